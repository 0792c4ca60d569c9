; REEF. A submarine at the left; sharks, mines and jellyfish come in from the right.
;
; Stick up and down. What has passed counts 1; the first touch ends the game, and so does the 50th that passed. At most four come
; at a time, so there is always a way.
;
; Score and end lie where ALE looks for those of its game 'freeway': score in decimal in $E7, which ALE takes as one point a frame at
; most, end when $96 is 1. $80 has to be 0 (that game's mode).

ENDED        = $96
SCORE        = $E7

FRAME_RAM    = $81
LANES        = 7
LANE_ROWS    = 12
LANES_RAM    = $A0              ; to $C4
LEFT_NUMBER  = SCORE
RIGHT_NUMBER = coming
LEFT_COLOUR  = $1E
RIGHT_COLOUR = $9A

laneSpeed    = $C5              ; of each lane: 64th parts of a column a frame, 0 while nothing comes
lanePart     = $CC              ; 256th parts of its column
laneWait     = $D3              ; frames until something comes
submarine    = $DA              ; its row
passed       = $DB              ; what has passed and is still to be counted
coming       = $DC              ; how many come just now

COLUMN       = 16               ; of the submarine
LOWEST       = 76
entered      = $DD              ; has anything come in this frame?

MOST         = 4
GOAL         = $50
ENTRY        = 142

        .org $F000
        .include "hardware.asm"
        .include "frame.asm"
        .include "lanes.asm"

NewGame:
        lda #0
        sta SCORE
        sta ENDED
        sta passed
        sta coming
        lda #39
        sta submarine
        sta playing
        ldx #LANES - 1
@lane:  lda #0
        sta laneSpeed,x
        sta laneX,x
        lda #Nothing - Shapes
        sta laneShape,x
        stx scratch + 2
        jsr Random
        ldx scratch + 2
        and #63
        sta laneWait,x
        dex
        bpl @lane
        rts

Play:
        lda stick
        and #STICK_UP
        bne @notUp
        lda submarine
        beq @notUp
        dec submarine
@notUp: lda stick
        and #STICK_DOWN
        bne @notDown
        lda submarine
        cmp #LOWEST
        bcs @notDown
        inc submarine
@notDown:
        lda passed              ; one a frame
        beq @counted
        dec passed
        ldx #SCORE
        jsr Count
        lda SCORE
        cmp #GOAL
        bne @counted
        jmp Over
@counted:
        lda #0
        sta entered
        ldx #LANES - 1
@lane:  lda laneSpeed,x
        bne @swims
        lda laneWait,x
        beq @enter
        dec laneWait,x
        jmp @next
@enter: lda entered
        bne @next
        lda coming
        cmp #MOST
        bcs @next
        jsr Enter
        jmp @next
@swims: asl                     ; to the left by speed/64
        asl
        sta scratch
        lda laneSpeed,x
        lsr
        lsr
        lsr
        lsr
        lsr
        lsr
        sta scratch + 1
        lda lanePart,x
        sec
        sbc scratch
        sta lanePart,x
        lda laneX,x
        sbc scratch + 1
        sta laneX,x
        bcc @gone
        cmp #COLUMN + 16 - 2    ; touches the submarine? columns first
        bcs @next
        lda LaneRows,x          ; then rows, 7 of its 8 and 9 of 10
        clc
        adc #8
        sec
        sbc submarine
        cmp #15
        bcs @next
        jmp Over
@gone:  lda #0
        sta laneSpeed,x
        sta laneX,x
        lda #Nothing - Shapes
        sta laneShape,x
        dec coming
        inc passed
        lda seed
        and #63
        adc #8
        sta laneWait,x
@next:  dex
        bpl @lane
        rts

Over:   lda #1
        sta ENDED
        lda #0
        sta playing
        lda #8
        ldx #28
        jmp Ring

; Something comes in lane X, the only one in this frame: there is no time for more.
Enter:
        inc coming
        inc entered
        lda #ENTRY
        sta laneX,x
        stx scratch + 2
        jsr Random
        tay
        ldx scratch + 2
        and #63
        clc
        adc #72                 ; 9/8 to 9/4 columns a frame
        sta laneSpeed,x
        tya
        rol                     ; its upper two bits say what comes
        rol
        rol
        and #3
        tay
        lda Things,y
        sta laneShape,x
        rts

Prepare:
        lda #COLUMN
        ldx #0
        jsr Place
        sta WSYNC
        sta HMOVE
        jsr PlaceLanes
        sta HMCLR
        lda #5
        sta NUSIZ0
        sta NUSIZ1
        lda submarine
        sta row0
        lda #8
        sta height0
        lda #Submarine - Shapes
        sta shape0
        lda #NOWHERE
        sta rowM
        rts

Colours:
        lda #$1E
        sta COLUP0
        lda #$F4
        sta COLUPF
        lda #1
        sta CTRLPF
        rts

LaneRows:
        .byte 2, 14, 26, 38, 50, 62, 74
LaneColours:
        .byte $4C, $3E, $6C, $4C, $3E, $6C, $4C
Things: .byte Shark - Shapes, Mine - Shapes, Jelly - Shapes, Mine - Shapes

        .align 256
Shapes:
Submarine:
        .byte %00001000
        .byte %00001000
        .byte %00011100
        .byte %10111110
        .byte %11111111
        .byte %11101011
        .byte %11111111
        .byte %10111110
Shark:  .byte %00000000
        .byte %00010000
        .byte %00110001
        .byte %01111011
        .byte %10111111
        .byte %11111110
        .byte %00111111
        .byte %11111011
        .byte %01111001
        .byte %00000000
Mine:   .byte %00010000
        .byte %01010100
        .byte %00111000
        .byte %01111100
        .byte %11111110
        .byte %11111110
        .byte %01111100
        .byte %00111000
        .byte %01010100
        .byte %00010000
Jelly:  .byte %00111100
        .byte %01111110
        .byte %11111111
        .byte %11111111
        .byte %11011011
        .byte %01011010
        .byte %01011010
        .byte %10100101
        .byte %10100101
        .byte %00000000
Nothing:
        .fill 10, 0

        .align 256
; waves above, the reef below
Field0: .fill 2, $00
        .fill 80, 0
        .byte $00, $10, $10, $B0, $F0, $F0
Field1: .fill 2, $00
        .fill 80, 0
        .byte $00, $10, $39, $7B, $FF, $FF
        .align 256
Field2: .fill 2, $00
        .fill 80, 0
        .byte $00, $08, $9C, $DE, $FF, $FF
FieldColours:
        .fill 3, $9C
        .fill 21, $94
        .fill 24, $92
        .fill 24, $90
        .fill 16, $80

        .org $FFFA
        .word Start, Start, Start
