; ORCHARD. Fruit falls from the trees; the basket at the bottom catches it.
;
; Stick left and right. A fruit caught counts 1, five missed end the game, and so does the 24th fruit. Fruit falls the faster the
; more has been caught.
;
; Score and end lie where ALE looks for those of its game 'kaboom': score in decimal in $A3 (high), $A4, $A5, end when $A1 is 0.

LIVES        = $A1
SCORE        = $A5

FRAME_RAM    = $80
FIELD_RAM    = $90
LEFT_NUMBER  = SCORE
RIGHT_NUMBER = LIVES
LEFT_COLOUR  = $1E
RIGHT_COLOUR = $4A

basket       = $A6              ; column of the basket
fruit        = $A7              ; column of the fruit
fruitRow     = $A8              ; its row, and the 256th parts of one
fruitPart    = $A9
kind         = $AA              ; 0 to 3: which fruit
left         = $AB              ; fruits still to fall

FRUITS       = 24
MISSES       = 5
STEP         = 3                ; columns a frame
RIGHTMOST    = 136
BASKET_ROW   = 75
GROUND_ROW   = 82

        .org $F000
        .include "hardware.asm"
        .include "frame.asm"
        .include "field.asm"

NewGame:
        lda #0
        sta SCORE
        lda #MISSES
        sta LIVES
        lda #FRUITS
        sta left
        sta playing
        lda #RIGHTMOST / 2
        sta basket
; Hangs the next fruit into the trees, or ends the game.
NextFruit:
        lda left
        bne @more
        sta LIVES
        sta playing
        rts
@more:  dec left
        lda #RIGHTMOST
        jsr RandomBelow
        sta fruit
        jsr Random
        and #3
        sta kind
        lda #6
        sta fruitRow
        lda #0
        sta fruitPart
        rts

Play:
        bit stick
        bmi @notRight
        lda basket
        cmp #RIGHTMOST - STEP
        bcs @notRight
        adc #STEP
        sta basket
@notRight:
        bit stick
        bvs @notLeft
        lda basket
        sec
        sbc #STEP
        bcc @notLeft
        sta basket
@notLeft:
        lda SCORE               ; falls by 1 row and, for each ten caught, by 3/8 of a row more
        and #$F0
        asl
        sta scratch
        lda SCORE
        and #$F0
        lsr
        lsr
        adc scratch
        asl
        adc fruitPart
        sta fruitPart
        lda fruitRow
        adc #1
        sta fruitRow
        cmp #BASKET_ROW - 4
        bcc @falls
        cmp #GROUND_ROW
        bcs @missed
        lda fruit               ; over the basket? then the columns differ by less than 14
        sec
        sbc basket
        clc
        adc #13
        cmp #27
        bcs @falls
        ldx #SCORE
        jsr Count
        lda #4
        ldx #6
        jsr Ring
        jmp NextFruit
@missed:
        dec LIVES
        lda #8
        ldx #20
        jsr Ring
        lda LIVES
        beq @over
        jmp NextFruit
@over:  sta playing
@falls: rts

Prepare:
        lda basket
        ldx #0
        jsr Place
        lda fruit
        ldx #1
        jsr Place
        sta WSYNC
        sta HMOVE
        lda #5                  ; both twice as wide
        sta NUSIZ0
        sta NUSIZ1
        ldx kind
        lda FruitShapes,x
        sta shape1
        lda #BASKET_ROW
        sta row0
        lda #10
        sta height0
        sta height1
        lda #Basket - Shapes
        sta shape0
        lda fruitRow
        sta row1
        lda #NOWHERE
        sta rowM
        sta rowB
        rts

Colours:
        lda #$2C
        sta COLUP0
        ldx kind
        lda FruitColours,x
        sta COLUP1
        lda #$C6
        sta COLUPF
        lda #1
        sta CTRLPF
        rts

FruitColours:
        .byte $4A, $1E, $7C, $3C
FruitShapes:
        .byte Apple - Shapes, Pear - Shapes, Plum - Shapes, Apple - Shapes

        .align 256
Shapes:
Basket: .byte %11000011
        .byte %11111111
        .byte %11111111
        .byte %10101011
        .byte %11010101
        .byte %10101011
        .byte %11010101
        .byte %01101010
        .byte %01111110
        .byte %00111100
Apple:  .byte %00000100
        .byte %00001000
        .byte %01101100
        .byte %11111110
        .byte %11111110
        .byte %11111110
        .byte %11111110
        .byte %11111110
        .byte %01111100
        .byte %00101000
Pear:   .byte %00000100
        .byte %00001000
        .byte %00011000
        .byte %00111100
        .byte %00111100
        .byte %01111110
        .byte %11111111
        .byte %11111111
        .byte %11111111
        .byte %01111110
Plum:   .byte %00000110
        .byte %00001000
        .byte %00111100
        .byte %01111110
        .byte %11111111
        .byte %11111111
        .byte %11111111
        .byte %11111111
        .byte %01111110
        .byte %00111100

        .align 256
; leaves above, grass below
Field0: .fill 5, $F0
        .byte $F0, $70, $E0, $A0, $40
        .fill 74, 0
        .byte $50
        .fill 3, $F0
Field1: .fill 5, $FF
        .byte $FF, $EF, $C6, $C2, $80
        .fill 74, 0
        .byte $AA
        .fill 3, $FF
        .align 256
Field2: .fill 5, $FF
        .byte $FF, $DF, $9D, $19, $10
        .fill 74, 0
        .byte $55
        .fill 3, $FF
FieldColours:
        .fill 36, $80
        .fill 28, $82
        .fill 24, $84

        .org $FFFA
        .word Start, Start, Start
