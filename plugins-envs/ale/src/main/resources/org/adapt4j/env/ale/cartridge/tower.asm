; TOWER. Four storeys of ladders, a flag at the top, and a ghost in each storey between.
;
; Stick left and right to walk, up to climb; halfway up a ladder nobody can be caught. Half a ladder counts 1, and so does the other
; half, the flag 2; then the climb begins again, with faster ghosts. A ghost's touch costs one of three lives, and a fall to the ground. The game ends with
; the last life, or when the time is up.
;
; Score and end lie where ALE looks for those of its game 'assault': score in decimal in $80 (high), $81, $82, end when $E5, the
; lives, is 0.

SCORE        = $82
LIVES        = $E5

FRAME_RAM    = $84
LANES        = 5                ; the storeys, 0 on top
LANE_ROWS    = 17
LANES_RAM    = $B0              ; to $CC
LEFT_NUMBER  = SCORE
RIGHT_NUMBER = time
LEFT_COLOUR  = $9E
RIGHT_COLOUR = $1C

ghostPart    = $94              ; of each storey: 256th parts of the ghost's column,
ghostLeft    = $99              ; and 1 while it goes to the left
hero         = $9E              ; column of the hero
heroRow      = $9F
storey       = $A0              ; where the hero stands, or began to climb
climb        = $A1              ; rows still to climb, 0 while standing
time         = $A2              ; in 32nd frames, decimal
haste        = $A3              ; of the ghosts: 256th parts of a column a frame

STEP         = 2
RIGHTMOST    = 142
GROUND       = 4
TIME         = $60
FLAG_COLUMN  = 72
HALFWAY      = 9                ; rows still to climb
FIRST_GHOST  = 1
LAST_GHOST   = 3

        .org $F000
        .include "hardware.asm"
        .include "frame.asm"
        .include "lanes.asm"

NewGame:
        lda #0
        sta SCORE
        sta SCORE - 1
        lda #3
        sta LIVES
        sta playing
        lda #TIME
        sta time
        lda #180
        sta haste
        lda #Nothing - Shapes
        sta laneShape + GROUND
        sta laneX + GROUND
        lda #Flag - Shapes
        sta laneShape
        lda #FLAG_COLUMN
        sta laneX
        ldx #LAST_GHOST
@ghost: stx scratch + 2
        lda #RIGHTMOST
        jsr RandomBelow
        ldx scratch + 2
        sta laneX,x
        and #1
        sta ghostLeft,x
        lda #Ghost - Shapes
        sta laneShape,x
        dex
        bne @ghost
; The hero stands on the ground, somewhere between the ladders.
Fall:
        lda #GROUND
        sta storey
        lda #56
        jsr RandomBelow
        clc
        adc #44
        sta hero
        lda #0
        sta climb
        rts

Play:
        lda frame
        and #31
        bne @inTime
        ldx #time
        jsr CountDown
        lda time
        bne @inTime
        jmp Over
@inTime:
        lda climb
        bne @climbs
        lda stick
        and #STICK_UP
        bne @walks
        ldx storey
        lda LeftLadders,x
        jsr Grasp
        bcc @climbs
        lda RightLadders,x
        jsr Grasp
        bcc @climbs
@walks: bit stick
        bmi @notRight
        lda hero
        cmp #RIGHTMOST - STEP + 1
        bcs @notRight
        adc #STEP
        sta hero
@notRight:
        bit stick
        bvs @ghosts
        lda hero
        sec
        sbc #STEP
        bcc @ghosts
        sta hero
        bcs @ghosts
@climbs:
        lda stick
        and #STICK_UP
        bne @ghosts
        dec climb
        lda climb
        cmp #HALFWAY
        beq @half
        cmp #0
        bne @ghosts
        dec storey
@half:  jsr Reward
        lda #12
        ldx #8
        jsr Ring
@ghosts:
        jsr Haunt
        lda storey              ; on the top storey: the flag
        bne @caught
        lda hero
        sec
        sbc #FLAG_COLUMN - 10
        cmp #20
        bcs @done
        jsr Reward
        jsr Reward
        lda #4
        ldx #3
        jsr Ring
        lda haste
        cmp #240
        bcs @fastest
        adc #10
        sta haste
@fastest:
        jmp Fall
@caught:
        tax                     ; the storey whose ghost can reach the hero: the one above from row 11 of 17 on, none from row 6 on
        lda climb
        beq @here
        cmp #7
        bcc @above
        cmp #12
        bcc @done
        bcs @here
@above: dex
        beq @done
@here:  cpx #GROUND
        beq @done
        lda hero
        sec
        sbc laneX,x
        clc
        adc #11
        cmp #23
        bcs @done
        dec LIVES
        lda #8
        ldx #24
        jsr Ring
        lda LIVES
        beq Over
        jmp Fall
@done:  rts

Over:   lda #0
        sta LIVES
        sta playing
        rts

; Adds 1 to the score.
Reward:
        ldx #SCORE
        jsr Count
        bcc @less
        inc SCORE - 1           ; the hundreds
@less:  rts

; Is the hero at the ladder that is climbed at column A? Then the carry is clear, and the hero is on it. Keeps X.
Grasp:
        beq @none               ; no ladder leads up from here
        sta scratch
        sec
        sbc hero
        clc
        adc #8
        cmp #17
        bcs @none
        lda scratch
        sta hero
        lda #LANE_ROWS
        sta climb
        clc
        rts
@none:  sec
        rts

; The ghosts go to and fro.
Haunt:
        ldx #LAST_GHOST
@ghost: lda ghostLeft,x
        bne @left
        lda ghostPart,x
        clc
        adc haste
        sta ghostPart,x
        bcc @next
        inc laneX,x
        lda laneX,x
        cmp #RIGHTMOST
        bcc @next
        inc ghostLeft,x
        bne @next
@left:  lda ghostPart,x
        sec
        sbc haste
        sta ghostPart,x
        bcs @next
        dec laneX,x
        bne @next
        dec ghostLeft,x
@next:  dex
        bne @ghost
        rts

Prepare:
        lda hero
        ldx #0
        jsr Place
        sta WSYNC
        sta HMOVE
        jsr PlaceLanes
        sta HMCLR
        lda #5
        sta NUSIZ0
        sta NUSIZ1
        ldx storey
        lda StoreyRows,x
        ldy climb
        beq @stands
        clc                     ; while climbing, counted from the storey above
        adc climb
        sec
        sbc #LANE_ROWS
@stands:
        sta heroRow
        sta row0
        lda #11
        sta height0
        lda #Hero - Shapes
        sta shape0
        lda #NOWHERE
        sta rowM
        lda hero                ; the legs move
        lsr
        eor heroRow
        and #4
        beq @steps
        lda #HeroSteps - Shapes
        sta shape0
@steps: rts

Colours:
        lda #$9E
        sta COLUP0
        lda #$26
        sta COLUPF
        lda #1
        sta CTRLPF
        rts

LeftLadders:
        .byte 0, 51, 27, 59, 35
RightLadders:
        .byte 0, 91, 115, 83, 107
StoreyRows:
        .byte 5, 22, 39, 56, 73
LaneColours:
        .byte $1E, $4C, $5C, $3C, 0

        .align 256
Shapes:
Hero:   .byte %00111100
        .byte %00111100
        .byte %00011000
        .byte %01111110
        .byte %11111111
        .byte %10111101
        .byte %10111101
        .byte %00111100
        .byte %00100100
        .byte %01100110
        .byte %01000010
HeroSteps:
        .byte %00111100
        .byte %00111100
        .byte %00011000
        .byte %01111110
        .byte %11111111
        .byte %10111101
        .byte %10111101
        .byte %00111100
        .byte %00011000
        .byte %00111100
        .byte %00100100
Ghost:  .byte 0, 0, 0, 0
        .byte %00111100
        .byte %01111110
        .byte %11011011
        .byte %11011011
        .byte %11111111
        .byte %11111111
        .byte %11111111
        .byte %11111111
        .byte %11111111
        .byte %10101011
        .byte 0
Flag:   .byte 0, 0
        .byte %11000000
        .byte %11110000
        .byte %11111100
        .byte %11111111
        .byte %11111100
        .byte %11110000
        .byte %11000000
        .byte %11000000
        .byte %11000000
        .byte %11000000
        .byte %11000000
        .byte %11000000
        .byte 0
Nothing:
        .fill 15, 0

        .align 256
; floors and ladders, storey by storey
Field0:
        .fill 16, 0
        .byte $F0
        .fill 16, 0
        .byte $F0
        .fill 16, 0
        .byte $F0
        .fill 16, 0
        .byte $F0
        .fill 16, 0
        .byte $F0
        .fill 3, $F0
Field1:
        .fill 16, 0
        .byte $FF
        .fill 16, 0
        .byte $FF
        .byte 0, $0C, 0, $0C, 0, $0C, 0, $0C, 0, $0C, 0, $0C, 0, $0C, 0, $0C, $FF
        .fill 16, 0
        .byte $FF
        .byte 0, $03, 0, $03, 0, $03, 0, $03, 0, $03, 0, $03, 0, $03, 0, $03, $FF
        .fill 3, $FF
        .align 256
Field2:
        .fill 16, 0
        .byte $FF
        .byte 0, $0C, 0, $0C, 0, $0C, 0, $0C, 0, $0C, 0, $0C, 0, $0C, 0, $0C, $FF
        .fill 16, 0
        .byte $FF
        .byte 0, $30, 0, $30, 0, $30, 0, $30, 0, $30, 0, $30, 0, $30, 0, $30, $FF
        .fill 16, 0
        .byte $FF
        .fill 3, $FF
FieldColours:
        .fill 88, 0

        .org $FFFA
        .word Start, Start, Start
