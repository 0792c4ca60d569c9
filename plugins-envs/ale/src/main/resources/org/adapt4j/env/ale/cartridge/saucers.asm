; SAUCERS. Four rows of saucers cross the night sky; a gun on the ground shoots at them.
;
; Stick left and right, button to shoot; one shot at a time is in the air. A saucer hit counts 1; after a miss the gun is silent for
; half a second. There are 20 shots, and one is lost when none is fired for a second and a half. The game ends with the last.
;
; Score and end lie where ALE looks for those of its game 'carnival': score in decimal in $AD (high) and $AE, of which ALE makes ten
; points each, end when $83 is 0.

SHOTS        = $83
SCORE        = $AE

FRAME_RAM    = $84
LANES        = 6
LANE_ROWS    = 13
LANES_RAM    = $B0              ; to $D0
LEFT_NUMBER  = SCORE
RIGHT_NUMBER = SHOTS
LEFT_COLOUR  = $0E
RIGHT_COLOUR = $2A

laneSpeed    = $94              ; of each of the four rows: 64th parts of a column a frame, 0 while there is none
lanePart     = $98              ; 256th parts of its column
laneWait     = $9C              ; frames until one comes; while it bursts, until it is gone
gun          = $A0              ; column of the gun
shotRow      = $A1              ; NOWHERE while there is no shot
shotColumn   = $A2
idle         = $A3              ; frames without a shot; below 0 after a miss, while the gun is silent
entered      = $A4              ; has a saucer come in this frame?
bursting     = $A5              ; of each of the four rows: 1 while it bursts

ROWS_OF_SAUCERS = 4
STEP         = 2
RIGHTMOST    = 142
GUN_ROW      = 68
SHOT_ROWS    = 5
SHOT_STEP    = 6
PATIENCE     = 90
SILENCE      = 30

        .org $F000
        .include "hardware.asm"
        .include "frame.asm"
        .include "lanes.asm"

NewGame:
        lda #0
        sta SCORE
        sta idle
        lda #$20
        sta SHOTS
        sta playing
        lda #RIGHTMOST / 2
        sta gun
        lda #NOWHERE
        sta shotRow
        ldx #LANES - 1
@lane:  lda #0
        sta laneX,x
        lda #Nothing - Shapes
        sta laneShape,x
        dex
        bpl @lane
        ldx #ROWS_OF_SAUCERS - 1
@row:   lda #0
        sta laneSpeed,x
        sta bursting,x
        lda FirstWaits,x
        sta laneWait,x
        dex
        bpl @row
        rts

Play:
        bit stick
        bmi @notRight
        lda gun
        cmp #RIGHTMOST - STEP + 1
        bcs @notRight
        adc #STEP
        sta gun
@notRight:
        bit stick
        bvs @notLeft
        lda gun
        sec
        sbc #STEP
        bcc @notLeft
        sta gun
@notLeft:
        lda shotRow
        cmp #NOWHERE
        bne @shotFlies
        lda idle
        bmi @silent
        bit fire
        bmi @waits
        lda #GUN_ROW - 2
        sta shotRow
        lda gun
        clc
        adc #7                  ; the middle of the gun
        sta shotColumn
        lda #0
        sta idle
        lda #8
        ldx #4
        jsr Ring
        jmp @saucers
@waits: inc idle
        lda idle
        cmp #PATIENCE
        bcc @saucers
        lda #0
        sta idle
        jsr Spend
        jmp @saucers
@silent:
        inc idle
        jmp @saucers
@shotFlies:
        sec
        sbc #SHOT_STEP
        sta shotRow
        bcs @saucers
        lda #NOWHERE            ; above the sky
        sta shotRow
        lda #256 - SILENCE
        sta idle
        jsr Spend
@saucers:
        lda #0
        sta entered
        ldx #ROWS_OF_SAUCERS - 1
@lane:  lda bursting,x
        bne @bursts
        lda laneSpeed,x
        bne @flies
        lda laneWait,x
        beq @enter
        dec laneWait,x
        jmp @next
@enter: lda entered
        bne @next
        jsr Enter
        jmp @next
@bursts:
        dec laneWait,x
        bne @next
@gone:  lda #0
        sta bursting,x
        sta laneSpeed,x
        sta laneX,x
        lda #Nothing - Shapes
        sta laneShape,x
        lda seed
        and #63
        adc #30
        sta laneWait,x
        jmp @next
@flies: jsr Fly
        bcs @gone
        lda shotRow             ; is the shot in this row? its rows overlap those of the saucer
        clc
        adc #SHOT_ROWS
        sec
        sbc LaneRows,x
        cmp #SHOT_ROWS + 8
        bcs @next
        lda shotColumn          ; and within its columns
        adc #3
        sec
        sbc laneX,x
        cmp #20
        bcs @next
        lda #1
        sta bursting,x
        lda #12
        sta laneWait,x
        lda #Burst - Shapes
        sta laneShape,x
        lda #NOWHERE
        sta shotRow
        stx scratch + 2
        lda #8
        ldx #14
        jsr Ring
        ldx #SCORE
        jsr Count
        jsr Spend
        ldx scratch + 2
@next:  dex
        bpl @lane
        rts

; Moves the saucer in row X, rows 0 and 2 to the right, 1 and 3 to the left. The carry is set when it has left the sky.
Fly:
        lda laneSpeed,x
        asl
        asl
        sta scratch
        lda laneSpeed,x
        rol
        rol
        rol
        and #3
        sta scratch + 1
        txa
        lsr
        bcs @left
        lda lanePart,x
        adc scratch
        sta lanePart,x
        lda laneX,x
        adc scratch + 1
        sta laneX,x
        cmp #RIGHTMOST + 1
        rts
@left:  lda lanePart,x
        sbc scratch             ; the carry is set
        sta lanePart,x
        lda laneX,x
        sbc scratch + 1
        sta laneX,x
        bcc @out
        clc
        rts
@out:   sec
        rts

; A saucer comes in row X.
Enter:
        inc entered
        stx scratch + 2
        jsr Random
        tay
        ldx scratch + 2
        and #63
        clc
        adc #40                 ; 5/8 to 13/8 columns a frame
        sta laneSpeed,x
        lda Entries,x
        sta laneX,x
        tya
        rol
        rol
        and #1
        tay
        lda Saucers,y
        sta laneShape,x
        rts

; One shot less; the game ends with the last.
Spend:
        stx scratch
        ldx #SHOTS
        jsr CountDown
        ldx scratch
        lda SHOTS
        bne @more
        sta playing
@more:  rts

Prepare:
        lda gun
        ldx #0
        jsr Place
        lda shotColumn
        ldx #2
        jsr Place
        sta WSYNC
        sta HMOVE
        jsr PlaceLanes
        sta HMCLR
        lda #$25                ; twice as wide, a shot of 4 pixels
        sta NUSIZ0
        lda #5
        sta NUSIZ1
        lda #GUN_ROW
        sta row0
        lda #10
        sta height0
        lda #Gun - Shapes
        sta shape0
        lda shotRow
        sta rowM
        lda #SHOT_ROWS
        sta heightM
        rts

Colours:
        lda #$CC
        sta COLUP0
        lda #$04
        sta COLUPF
        lda #0
        sta CTRLPF
        rts

Entries:
        .byte 0, RIGHTMOST, 0, RIGHTMOST
FirstWaits:
        .byte 40, 10, 25, 1
LaneRows:
        .byte 2, 15, 28, 41
LaneColours:
        .byte $4C, $7C, $AC, $3C, 0, 0
Saucers:
        .byte Saucer - Shapes, Cigar - Shapes

        .align 256
Shapes:
Gun:    .byte %00011000
        .byte %00011000
        .byte %00011000
        .byte %00011000
        .byte %00111100
        .byte %01111110
        .byte %11111111
        .byte %11111111
        .byte %11111111
        .byte %11111111
Saucer: .byte %00000000
        .byte %00011000
        .byte %00111100
        .byte %01111110
        .byte %11111111
        .byte %10110101
        .byte %11111111
        .byte %01111110
        .byte %00100100
        .byte %01000010
        .byte %00000000
Cigar:  .byte %00000000
        .byte %00000000
        .byte %00111100
        .byte %01111110
        .byte %11111111
        .byte %11011011
        .byte %11011011
        .byte %11111111
        .byte %01111110
        .byte %00111100
        .byte %00000000
Burst:  .byte %10001001
        .byte %01010010
        .byte %00000100
        .byte %01100001
        .byte %00010110
        .byte %10100000
        .byte %00001101
        .byte %01000010
        .byte %10011000
        .byte %00100101
        .byte %10000001
Nothing:
        .fill 11, 0

        .align 256
; stars, and the roofs of a town at the bottom
Field0: .fill 1, 0
        .byte $20
        .fill 25, 0
        .byte $80
        .fill 24, 0
        .byte $10
        .fill 25, 0
        .byte $00, $00, $60, $60, $70, $F0, $F0, $F0, $F0, $F0
Field1: .fill 13, 0
        .byte $04
        .fill 24, 0
        .byte $40
        .fill 20, 0
        .byte $02
        .fill 18, 0
        .byte $00, $10, $10, $39, $3B, $7B, $FF, $FF, $FF, $FF
        .align 256
Field2: .fill 7, 0
        .byte $20
        .fill 36, 0
        .byte $02
        .fill 17, 0
        .byte $40
        .fill 15, 0
        .byte $00, $00, $18, $19, $5B, $DB, $FF, $FF, $FF, $FF
FieldColours:
        .fill 60, $00
        .fill 6, $60
        .fill 6, $50
        .fill 6, $52
        .fill 10, $00

        .org $FFFA
        .word Start, Start, Start
