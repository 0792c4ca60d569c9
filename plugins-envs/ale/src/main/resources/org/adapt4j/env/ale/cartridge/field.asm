; A picture of 88 rows of two lines each: two players, one missile, the ball, and a playfield of which every row may differ.
;
; A game sets FIELD_RAM (11 cells) and writes the tables FieldColours, Field0, Field1, Field2 (88 bytes each, from top to bottom)
; and Shapes (within a page; players' shapes from top to bottom). Rows count from the top; an object at row 128 is not seen.

FIELD_ROWS = 88

row0    = FIELD_RAM             ; player 0: its top row, its height in rows, where in Shapes it begins
height0 = FIELD_RAM + 1
shape0  = FIELD_RAM + 2
row1    = FIELD_RAM + 3         ; player 1
height1 = FIELD_RAM + 4
shape1  = FIELD_RAM + 5
rowM    = FIELD_RAM + 6         ; missile 0
heightM = FIELD_RAM + 7
rowB    = FIELD_RAM + 8         ; ball
heightB = FIELD_RAM + 9
missile = FIELD_RAM + 10        ; missile 0 in the next row

NOWHERE = 128

Picture:
        lda #1                  ; GRP0 and ENABL show when GRP1 is written: all change at the beginning of a row
        sta VDELP0
        sta VDELBL
        ldy #0
        sty missile
        tya
; 152 cycles a row; player 1's shape is in A already
@row:   sta WSYNC
        sta GRP1                ; 3
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
        tya                     ; the ball in the next row
        sec
        sbc rowB
        cmp heightB
        ldx #0
        bcs @noBall
        ldx #2
@noBall:
        stx ENABL               ; 58
        tya                     ; missile 0
        sec
        sbc rowM
        cmp heightM
        ldx #0
        bcs @noMissile
        ldx #2
@noMissile:
        stx missile             ; 77
        tya                     ; player 0
        sec
        sbc row0
        cmp height0
        bcc @shape0
        lda #0
        beq @show0
@shape0:
        adc shape0
        tax
        lda Shapes,x
@show0: sta GRP0                ; 102
        tya                     ; player 1
        sec
        sbc row1
        cmp height1
        bcc @shape1
        lda #0
        beq @rowEnds
@shape1:
        adc shape1
        tax
        lda Shapes,x
@rowEnds:
        cpy #FIELD_ROWS
        bne @row                ; 129
        ldx #0
        sta WSYNC
        stx COLUBK
        stx PF0
        stx PF1
        stx PF2
        stx ENAM0
        stx ENABL
        stx GRP0
        stx GRP1                ; shows player 0 and the ball, now empty
        stx VDELP0
        stx VDELBL
        rts
