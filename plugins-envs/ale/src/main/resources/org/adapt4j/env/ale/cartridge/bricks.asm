; BRICKS. A ball knocks bricks out of a wall; the bat at the bottom sends it back up.
;
; Stick left and right. Each of the 64 bricks counts 1. Where the ball meets the bat decides on its angle, and each return makes it
; faster. The game ends when five balls are lost, when no brick is left, or when the time is up.
;
; Score and end lie where ALE looks for those of its game 'breakout': score in decimal in $CD, hundreds in $CC, balls in $B9, which ALE
; wants to have seen at 5 before 0 means the end. $B2 has to be 0 (that game's mode).

BALLS        = $B9
SCORE        = $CD

FRAME_RAM    = $80
LEFT_NUMBER  = SCORE
RIGHT_NUMBER = BALLS
LEFT_COLOUR  = $0E
RIGHT_COLOUR = $5C

; The wall: four rows of 16 bricks, 8 pixels wide. For each row there is a byte of each of the five playfield registers that show it,
; the right half of the screen after the left.
wall         = $90
wallP1       = wall             ; bricks 0 to 3
wallP2       = wall + 4         ; 4 to 7
wallP0Right  = wall + 8         ; 8 and 9
wallP1Right  = wall + 12        ; 10 to 13
wallP2Right  = wall + 16        ; 14 and 15, and the stones at the right

bat          = $A4              ; column of the bat
ball         = $A5              ; column of the ball, and 256th parts
ballPart     = $A6
drift        = $A7              ; columns a frame, with a sign, and 256th parts
driftPart    = $A8
ballRow      = $A9
ballRowPart  = $AA
down         = $AB              ; 1 while the ball goes down
pace         = $AC              ; 256th parts of a row a frame, above the 1 row of any ball
pause        = $AD              ; frames before the ball is served
time         = $AE              ; left, in 16 frames
row          = $AF              ; the row that is drawn
ballNow      = $B0              ; ENABL for it
ballOffset   = $B1

STEP         = 3
LEFTMOST     = 4
RIGHTMOST    = 123
BALL_RIGHTMOST = 148
BALL_ROWS    = 3
BAT_ROW      = 82
BAT_ROWS     = 3
LAST_ROW     = 88
TOP_ROW      = 4
WALL_TOP     = 24
WALL_BOTTOM  = 40
BRICKS       = $64
TIME         = 150

        .org $F000
        .include "hardware.asm"
        .include "frame.asm"

NewGame:
        lda #0
        sta SCORE
        lda #5
        sta BALLS
        sta playing
        lda #TIME
        sta time
        lda #64
        sta bat
        ldx #3
@row:   lda #$FF
        sta wallP1,x
        sta wallP2,x
        sta wallP0Right,x
        sta wallP1Right,x
        sta wallP2Right,x
        dex
        bpl @row
; Puts the ball under the wall, to fall at a small angle.
Serve:
        lda #20
        sta pause
        lda #90
        sta pace
        lda #WALL_BOTTOM + 4
        sta ballRow
        lda #1
        sta down
        lda #96
        jsr RandomBelow
        clc
        adc #28
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

Drifts: .byte $FE, $FE, $FF, $FF, $FF, $FF, $00, $00, $00, $01, $01, $01
DriftParts:
        .byte $50, $90, $00, $40, $80, $D0, $00, $50, $90, $00, $40, $80

Play:
        lda frame
        and #15
        bne @inTime
        dec time
        bne @inTime
        jmp Over
@inTime:
        bit stick
        bmi @notRight
        lda bat
        cmp #RIGHTMOST - STEP + 1
        bcs @notRight
        adc #STEP
        sta bat
@notRight:
        bit stick
        bvs @notLeft
        lda bat
        sec
        sbc #STEP
        cmp #LEFTMOST
        bcc @notLeft
        sta bat
@notLeft:
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
        bcc @inside
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
@inside:
        lda down
        beq @up
        clc
        lda ballRowPart
        adc pace
        sta ballRowPart
        lda ballRow
        adc #1
        sta ballRow
        cmp #LAST_ROW
        bcs @lost
        cmp #BAT_ROW - BALL_ROWS + 1
        bcc @wallAt
        cmp #BAT_ROW + 2
        bcs @done
        lda ball                ; on the bat?
        clc
        adc #7
        sec
        sbc bat
        cmp #39
        bcs @done
        lsr
        lsr
        tax
        inx                     ; angles 1 to 10
        lda #0
        sta down
        jsr Send
        lda pace
        cmp #230
        bcs @fastest
        adc #16
        sta pace
@fastest:
        lda #4
        ldx #10
        jmp Ring
@done:  rts
@lost:  lda #8
        ldx #26
        jsr Ring
        dec BALLS
        beq @over
        jmp Serve
@over:  jmp Over
@up:    sec
        lda ballRowPart
        sbc pace
        sta ballRowPart
        lda ballRow
        sbc #1
        sta ballRow
        cmp #TOP_ROW
        bcc @ceiling
        cmp #128
        bcc @wallAt
@ceiling:
        lda #TOP_ROW
        sta ballRow
        inc down
        rts
@wallAt:
        jmp Knock

Over:   lda #0
        sta BALLS
        sta playing
        lda #LAST_ROW
        sta ballRow
        rts

; Does the ball's front edge meet a brick? Then that goes, and the ball turns round. The stones at both ends stay.
Knock:
        lda ballRow
        ldx down
        beq @front
        clc
        adc #BALL_ROWS - 1
@front: sec
        sbc #WALL_TOP
        cmp #WALL_BOTTOM - WALL_TOP
        bcs @none
        lsr
        lsr
        sta scratch             ; the row of bricks
        lda ball                ; the brick under the middle of the ball
        sec
        sbc #16 - 4
        cmp #128
        bcs @turn
        lsr
        lsr
        lsr
        tay
        lda BrickBytes,y
        clc
        adc scratch
        tax
        lda wall,x
        and BrickBits,y
        beq @none
        eor wall,x
        sta wall,x
        lda #12
        ldx #6
        jsr Ring
        ldx #SCORE
        jsr Count
        lda SCORE
        cmp #BRICKS
        beq Over
@turn:  lda down
        eor #1
        sta down
@none:  rts

; For each brick of a row: where its register's four bytes begin, and its two bits.
BrickBytes:
        .byte 0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 12, 12, 12, 12, 16, 16
BrickBits:
        .byte $C0, $30, $0C, $03, $03, $0C, $30, $C0, $30, $C0, $C0, $30, $0C, $03, $03, $0C

Prepare:
        lda bat
        ldx #0
        jsr Place
        lda ball
        ldx #4
        jsr Place
        sta WSYNC
        sta HMOVE
        lda #7                  ; the bat is 32 pixels wide
        sta NUSIZ0
        rts

Colours:
        lda #$9C
        sta COLUP0
        lda #$0C
        sta COLUPF
        lda #%00110001          ; a ball of 8 pixels, mirrored playfield
        sta CTRLPF
        rts

; Walls at both sides and above; the wall of bricks as a playfield whose right half is written while the left is drawn.
Picture:
        ldy #0
        sty row
        sty ballNow
        lda #TOP_ROW
        ldx #$FF
        jsr Open
        lda #WALL_TOP
        ldx #0
        jsr Open
        ldy #0
        lda #%00110000          ; from here on the playfield is not mirrored
        sta WSYNC
        sta CTRLPF
        lda BrickColours,y
        sta COLUPF
        lda #$F0
        sta PF0                 ; 17
        jmp @left
@line:  sta WSYNC               ; the first line of a row
        lda BrickColours,y
        sta COLUPF
        lda ballNow
        sta ENABL
        lda #$F0                ; the stones at the left
        sta PF0                 ; 18
@left:  lda wallP1,y
        sta PF1                 ; 25
        lda wallP2,y
        sta PF2                 ; 32
        lda wallP0Right,y
        sta PF0                 ; 39
        lda wallP1Right,y
        sta PF1                 ; 46
        inc row
        lda wallP2Right,y
        sta PF2                 ; 58
        lda row
        sec
        sbc ballRow
        sta ballOffset          ; 69
        sta WSYNC               ; the second
        lda #$F0
        sta PF0
        lda wallP1,y
        sta PF1                 ; 12
        lda wallP2,y
        sta PF2                 ; 19
        lda ballOffset
        cmp #BALL_ROWS
        lda wallP0Right,y
        sta PF0                 ; 31
        lda wallP1Right,y
        nop
        sta PF1                 ; 40
        lda #1                  ; 1 while the ball is not there, and 2 while it is
        bcs @noBall
        lda #2
@noBall:
        sta ballNow
        lda wallP2Right,y
        sta PF2                 ; 56
        lda row
        and #3
        bne @line               ; 64
        iny
        cpy #4
        bne @line               ; 70
        ldx #0
        lda #%00110001
        sta WSYNC
        sta CTRLPF
        stx PF2
        stx PF1
        lda #$10
        sta PF0
        lda ballNow
        sta ENABL
        lda #$0C
        sta COLUPF
        jsr Ball
        inc row
        sta WSYNC
        jsr Ball
        lda #LAST_ROW
        ldx #0
        jsr Open
        ldx #0
        sta WSYNC
        stx ENABL
        stx GRP0
        stx PF0
        stx PF1
        stx PF2
        rts

; Draws rows with playfield X between the walls, up to row A, which is no longer drawn.
Open:
        sta scratch
        lda ballNow
        ldy #0
@row:   sta WSYNC
        sta ENABL
        sty GRP0                ; 6
        stx PF1
        stx PF2                 ; 12
        lda #$10
        cpx #0
        beq @sides
        lda #$F0
@sides: sta PF0                 ; 22
        inc row
        jsr Ball
        ldy #0                  ; the bat in the next row
        lda row
        sec
        sbc #BAT_ROW
        cmp #BAT_ROWS
        bcs @noBat
        ldy #$FF
@noBat: sta WSYNC
        lda row
        cmp scratch
        lda ballNow
        bcc @row
        rts

; ENABL for row 'row'.
Ball:
        lda row
        sec
        sbc ballRow
        cmp #BALL_ROWS
        lda #0
        bcs @none
        lda #2
@none:  sta ballNow
        rts

BrickColours:
        .byte $4A, $2C, $1E, $CA

        .org $FFFA
        .word Start, Start, Start
