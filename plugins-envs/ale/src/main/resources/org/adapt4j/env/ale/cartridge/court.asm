; COURT. A ball goes up and down between two rackets; yours is the lower one.
;
; Stick left and right. Whoever misses the ball gives the other a point; five points win. The ball leaves a racket at an angle that
; depends on where it was hit, and each return makes it faster. The upper racket is smaller
; and slower than the ball at its widest angles, and does not aim well.
;
; Score and end lie where ALE looks for those of its game 'pong': the opponent's points in $8D, one's own in $8E, both binary, end
; when either is 21. So both begin at 16. $96 has to be 0 (that game's mode).

THEIRS       = $8D
OURS         = $8E
WINS         = 21
BEGINS       = 16

FRAME_RAM    = $A0
FIELD_RAM    = $B0
LEFT_NUMBER  = theirsShown
RIGHT_NUMBER = oursShown
LEFT_COLOUR  = $3A
RIGHT_COLOUR = $CA

theirsShown  = $C0
oursShown    = $C1
racket       = $C2              ; columns of the two rackets
opponent     = $C3
ball         = $C4              ; column of the ball, and the 256th parts of one
ballPart     = $C5
drift        = $C6              ; columns a frame, with a sign, and its 256th parts
driftPart    = $C7
ballRow      = $C8
ballRowPart  = $C9
down         = $CA              ; 1 while the ball goes down
pace         = $CB              ; 256th parts of a row a frame, above the 1 row of any ball
pause        = $CC              ; frames before the ball is served
aim          = $CD              ; where the opponent wants to have the ball on its racket

STEP         = 3
LEFTMOST     = 4
RIGHTMOST    = 123              ; of our racket, which is 32 columns wide
THEIR_RIGHTMOST = 139           ; of theirs, which is 16 columns wide
BALL_RIGHTMOST  = 148
OUR_ROW      = 80
THEIR_ROW    = 4
RACKET_ROWS  = 4
BALL_ROWS    = 4

        .org $F000
        .include "hardware.asm"
        .include "frame.asm"
        .include "field.asm"

NewGame:
        lda #BEGINS
        sta THEIRS
        sta OURS
        sta playing
        lda #0
        sta theirsShown
        sta oursShown
        lda #64
        sta racket
        lda #72
        sta opponent
; Puts the ball into the middle, to go up or down at a small angle.
Serve:
        lda #24
        sta pause
        lda #60
        sta pace
        lda #40
        sta ballRow
        jsr Random
        and #1
        sta down
        jsr Aim
        lda #64
        jsr RandomBelow
        clc
        adc #44
        sta ball
        lda #4
        jsr RandomBelow
        clc
        adc #4
        tax
; Sends the ball off at angle X of the table, and a bit of chance beside it.
Send:
        lda Drifts,x
        sta drift
        lda DriftParts,x
        sta driftPart
        jsr Random
        and #$3F
        clc
        adc driftPart
        sta driftPart
        bcc @sent
        inc drift
@sent:  rts

; Where the opponent aims to meet the ball: -13 to 14 columns from the middle, and it misses at more than 11.
Aim:
        lda #28
        jsr RandomBelow
        sec
        sbc #13
        sta aim
        rts

Drifts: .byte $FE, $FE, $FF, $FF, $FF, $FF, $00, $00, $00, $01, $01, $01
DriftParts:
        .byte $50, $90, $00, $40, $80, $D0, $00, $50, $90, $00, $40, $80

Play:
        bit stick
        bmi @notRight
        lda racket
        cmp #RIGHTMOST - STEP + 1
        bcs @notRight
        adc #STEP
        sta racket
@notRight:
        bit stick
        bvs @notLeft
        lda racket
        sec
        sbc #STEP
        cmp #LEFTMOST
        bcc @notLeft
        sta racket
@notLeft:
        jsr Oppose
        lda pause
        beq @moves
        dec pause
        rts
@moves: clc
        lda ballPart
        adc driftPart
        sta ballPart
        lda ball
        adc drift
        sta ball
        cmp #200
        bcs @leftWall           ; below 0
        cmp #LEFTMOST
        bcc @leftWall
        cmp #BALL_RIGHTMOST + 1
        bcc @inCourt
        lda #BALL_RIGHTMOST
        bne @wall
@leftWall:
        lda #LEFTMOST
@wall:  sta ball
        lda #0                  ; the drift changes sign
        sec
        sbc driftPart
        sta driftPart
        lda #0
        sbc drift
        sta drift
        lda #1
        ldx #12
        jsr Ring
@inCourt:
        lda down
        beq @up

        clc
        lda ballRowPart
        adc pace
        sta ballRowPart
        lda ballRow
        adc #1
        sta ballRow
        cmp #OUR_ROW - BALL_ROWS
        bcc @flies
        cmp #OUR_ROW + 2
        bcs @past
        lda racket
        jsr Reaches
        cmp #39
        bcs @flies
        lsr
        lsr
        tax
        inx                     ; angles 1 to 10
        lda #0
        sta down
        stx scratch + 2
        jsr Aim
        ldx scratch + 2
        jmp Returned
@past:  cmp #FIELD_ROWS - 1
        bcc @flies
        inc THEIRS
        ldx #theirsShown
        jmp Point
@flies: rts

@up:    sec
        lda ballRowPart
        sbc pace
        sta ballRowPart
        lda ballRow
        sbc #1
        sta ballRow
        cmp #NOWHERE
        bcs @theyMissed
        cmp #THEIR_ROW + RACKET_ROWS + 1
        bcs @flies
        cmp #THEIR_ROW - 1
        bcc @flies
        lda opponent
        jsr Reaches
        cmp #24
        bcs @flies
        lsr
        tax                     ; angles 0 to 11
        lda #1
        sta down
        jmp Returned
@theyMissed:
        inc OURS
        ldx #oursShown
; A point for the side whose shown number is cell X.
Point:
        jsr Count
        lda #4
        ldx #24
        jsr Ring
        lda OURS
        cmp #WINS
        beq @over
        lda THEIRS
        cmp #WINS
        beq @over
        jmp Serve
@over:  lda #0
        sta playing
        lda #NOWHERE
        sta ballRow
        rts

; The ball has met a racket, and left it at angle X: it gets faster.
Returned:
        jsr Send
        lda pace
        cmp #228
        bcs @fastest
        adc #20
        sta pace
@fastest:
        lda #4
        ldx #10
        jmp Ring

; How far the ball's right end is to the right of the left end of the racket at column A: from 0 to the widths of both less 1 they touch.
Reaches:
        sta scratch
        lda ball
        clc
        adc #7
        sec
        sbc scratch
        rts

; The opponent follows the ball by a column a frame while the ball comes up, and goes back to the middle while it goes down.
Oppose:
        lda #72
        ldx down
        bne @towards
        lda ball
        sec
        sbc #4
        clc
        adc aim
        cmp #LEFTMOST
        bcs @towards
        lda #LEFTMOST
@towards:
        cmp #200
        bcc @there
        lda #LEFTMOST
@there: cmp opponent
        beq @stays
        bcc @left
        lda opponent
        cmp #THEIR_RIGHTMOST
        bcs @stays
        inc opponent
        rts
@left:  dec opponent
@stays: rts

Prepare:
        lda racket
        ldx #0
        jsr Place
        lda opponent
        ldx #1
        jsr Place
        lda ball
        ldx #4
        jsr Place
        sta WSYNC
        sta HMOVE
        lda #7                  ; our racket is four times as wide as its shape, theirs twice
        sta NUSIZ0
        lda #5
        sta NUSIZ1
        lda #OUR_ROW
        sta row0
        lda #THEIR_ROW
        sta row1
        lda #RACKET_ROWS
        sta height0
        sta height1
        lda #BALL_ROWS
        sta heightB
        lda ballRow
        sta rowB
        lda #NOWHERE
        sta rowM
        lda #0
        sta shape0
        sta shape1
        rts

Colours:
        lda #RIGHT_COLOUR
        sta COLUP0
        lda #LEFT_COLOUR
        sta COLUP1
        lda #$0E
        sta COLUPF
        lda #%00110001          ; a ball of 8 pixels, mirrored playfield
        sta CTRLPF
        rts

        .align 256
Shapes: .byte %01111110, %11111111, %11111111, %01111110

; Walls at both sides, a net of dots in the middle
Field0: .fill 88, $10
Field1: .fill 43, 0
        .byte $AA, $AA
        .fill 43, 0
        .align 256
Field2: .fill 43, 0
        .byte $AA, $AA
        .fill 43, 0
FieldColours:
        .fill 12, $D2
        .fill 64, $D0
        .fill 12, $D2

        .org $FFFA
        .word Start, Start, Start
