; A picture of lanes one below the other, in each of which player 1 appears anew, at a column and with a shape and colour of its own;
; player 0 and missile 0 go across all lanes. Below the lanes is ground. In all 88 rows of two lines each.
;
; A game sets LANES, LANE_ROWS, LANES_RAM (9 + 4 x LANES cells) and writes the tables FieldColours, Field0, Field1, Field2 (88 bytes
; each, from top to bottom; the first row of a lane shows what the row before showed), LaneColours (one
; byte a lane) and Shapes (within a page; from top to bottom; those of player 1 have LANE_ROWS - 2 bytes).
; Rows count from the top; an object at row 128 is not seen. Player 1 is seen from the third row of a lane on.

FIELD_ROWS = 88

row0      = LANES_RAM           ; player 0: its top row, its height in rows, where in Shapes it begins
height0   = LANES_RAM + 1
shape0    = LANES_RAM + 2
rowM      = LANES_RAM + 3       ; missile 0
heightM   = LANES_RAM + 4
missile   = LANES_RAM + 5       ; missile 0 in the next row
lane      = LANES_RAM + 6       ; the lane that is drawn
laneEnd   = LANES_RAM + 7       ; the row after its last
shape1    = LANES_RAM + 8       ; the next byte of player 1's shape
laneX     = LANES_RAM + 9       ; of each lane: the column of player 1, 0 to 148,
laneShape = laneX + LANES       ; where in Shapes it begins,
laneDelay = laneShape + LANES   ; and what PlaceLanes makes of the column: how long to wait before placing it,
laneFine  = laneDelay + LANES   ; and how far to move it then

NOWHERE = 128

; Works out laneDelay and laneFine. About 90 cycles a lane.
PlaceLanes:
        ldx #LANES - 1
@lane:  lda laneX,x
        clc
        adc #LANE_OFFSET
        ldy #0
        sec
@fifteens:
        iny
        sbc #15
        bcs @fifteens
        eor #7
        asl
        asl
        asl
        asl
        sta laneFine,x
        sty laneDelay,x
        dex
        bpl @lane
        rts

LANE_OFFSET = 0                 ; so that column 0 is the first of the picture; of double width, it is one further right

Picture:
        lda #1                  ; GRP0 shows when GRP1 is written
        sta VDELP0
        lda #0
        sta missile
        sta lane
        tay
; first row of a lane: player 1 is placed in its second line
@lane:  sta WSYNC
        lda #0
        sta GRP1                ; 5
        lda missile
        sta ENAM0               ; 11
        iny
        jsr @row0               ; 68
        sta WSYNC
        ldx lane
        lda laneFine,x
        sta HMP1
        lda laneDelay,x
        tax                     ; 16
@delay: dex
        bne @delay
        sta RESP1               ; 18 + 5 times the delay
        .assert >(@delay) == >(*), "the delay has to lie within a page"
; second row: player 1 is moved, and gets its colour and shape
        sta WSYNC
        sta HMOVE
        stx GRP1                ; 6; X is 0
        lda Field0,y
        sta PF0                 ; 13
        lda Field1,y
        sta PF1                 ; 20
        lda FieldColours,y
        sta COLUBK              ; 27
        lda Field2,y
        sta PF2                 ; 34
        lda missile
        sta ENAM0               ; 40
        ldx lane
        lda LaneColours,x
        sta COLUP1
        lda laneShape,x
        sta shape1              ; 57
        inc lane
        tya
        clc
        adc #LANE_ROWS - 1
        sta laneEnd             ; 71
        iny
        jsr @row0               ; 128
        ldx shape1
        lda Shapes,x
        inc shape1              ; 140
; further rows
@row:   sta WSYNC
        sta GRP1
        lda Field0,y
        sta PF0                 ; 10
        lda Field1,y
        sta PF1                 ; 17
        lda FieldColours,y
        sta COLUBK              ; 24
        lda Field2,y
        sta PF2                 ; 31
        lda missile
        sta ENAM0               ; 37
        iny
        jsr @row0               ; 94
        ldx shape1
        lda Shapes,x
        inc shape1              ; 106
        cpy laneEnd
        bne @row                ; 112
        lda lane
        cmp #LANES
        beq @ground
        jmp @lane
; the ground
@ground:
        sta WSYNC
        lda #0
        sta GRP1
        sta GRP0
        sta ENAM0
        lda Field0,y
        sta PF0
        lda FieldColours,y
        sta COLUBK
        lda Field1,y
        sta PF1
        lda Field2,y
        sta PF2
        sta WSYNC
        iny
        cpy #FIELD_ROWS
        bne @ground
        ldx #0
        sta WSYNC
        stx COLUBK
        stx PF0
        stx PF1
        stx PF2
        stx VDELP0
        rts

; Player 0 and missile 0 in row Y. At most 55 cycles with the call.
@row0:  tya
        sec
        sbc rowM
        cmp heightM
        ldx #0
        bcs @noMissile
        ldx #2
@noMissile:
        stx missile             ; 24
        tya
        sec
        sbc row0
        cmp height0
        bcc @shape0
        lda #0
        sta GRP0
        rts
@shape0:
        adc shape0
        tax
        lda Shapes,x
        sta GRP0
        rts                     ; 55
