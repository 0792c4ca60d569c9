; VAULT. A robber takes jewels, one after the other, from a vault with two pillars; a spark bounces about.
;
; Stick in eight directions. A jewel counts 1, and the next one appears elsewhere, near the robber; so it does when none was taken for a
; second. Each touch of the spark costs some of the time, and the game ends when the time is up.
;
; Score and end lie where ALE looks for those of its game 'koolaid': score in decimal in $80 (high) and $81, of which ALE makes a
; hundred points each, end when $D1 is $80.

SCORE        = $81
ENDED        = $D1

FRAME_RAM    = $82
FIELD_RAM    = $92
LEFT_NUMBER  = SCORE
RIGHT_NUMBER = time
LEFT_COLOUR  = $1E
RIGHT_COLOUR = $BA

robber       = $A0              ; column and top row of the robber
robberRow    = $A1
jewel        = $A2              ; column of the jewel
time         = $A3              ; in 32nd frames, decimal
spark        = $A4              ; column of the spark, its row, and 256th parts of both
sparkRow     = $A5
sparkPart    = $A6
sparkRowPart = $A7
sparkLeft    = $A8              ; 1 while it goes to the left
sparkUp      = $A9              ; 1 while it goes up
jewelRow     = $AA

STEP         = 2
LEFTMOST     = 4
RIGHTMOST    = 138
TOP          = 4
BOTTOM       = 76
SPARK_RIGHTMOST = 147
SPARK_BOTTOM = 80
TIME         = $50
TOUCH        = $08
HEIGHT       = 8                ; of robber and jewel, in rows

        .org $F000
        .include "hardware.asm"
        .include "frame.asm"
        .include "field.asm"

NewGame:
        lda #0
        sta SCORE
        sta SCORE - 1
        sta ENDED
        lda #72
        sta robber
        lda #64
        sta robberRow
        lda #TIME
        sta time
        sta playing
        jsr Light
; Puts the jewel 14 to 33 columns and 4 to 15 rows away from the robber, beside the pillars.
NextJewel:
        lda #20
        jsr RandomBelow
        clc
        adc #14
        sta scratch + 2
        bit seed
        bmi @left
        clc
        adc robber
        cmp #RIGHTMOST - 4
        bcc @column
@left:  lda robber
        sec
        sbc scratch + 2
        bcc @right
        cmp #LEFTMOST + 4
        bcs @column
@right: lda robber
        clc
        adc scratch + 2
@column:
        sta jewel
        lda #12
        jsr RandomBelow
        clc
        adc #4
        sta scratch + 2
        bit seed
        bmi @up
        clc
        adc robberRow
        cmp #BOTTOM - 1
        bcc @row
@up:    lda robberRow
        sec
        sbc scratch + 2
        bcc @down
        cmp #TOP + 2
        bcs @row
@down:  lda robberRow
        clc
        adc scratch + 2
@row:   sta jewelRow
        tay
        lda jewel
        jsr Blocked
        bcs @beside
        sbc #23                 ; the carry is clear: takes 24 away
        sta jewel
@beside:
        rts

; Puts the spark into the corner far from the robber.
Light:
        ldy #0                  ; goes to the right from the left,
        lda robber
        cmp #72
        bcs @column
        iny                     ; or the other way round
@column:
        sty sparkLeft
        lda SparkColumns,y
        sta spark
        ldy #0
        lda robberRow
        cmp #40
        bcs @row
        iny
@row:   sty sparkUp
        lda SparkRows,y
        sta sparkRow
        lda seed                ; not always at the same moment
        and #15
        adc spark
        sbc #8
        sta spark
        rts

Play:
        lda frame
        and #31
        bne @inTime
        ldx #time
        jsr CountDown
        lda time
        bne @goesOn
        jmp Over
@goesOn:
        lsr
        bcs @inTime
        jsr NextJewel           ; every 64 frames
@inTime:
        lda robber              ; columns first, then rows: along a wall one of the two still goes
        bit stick
        bmi @notRight
        cmp #RIGHTMOST
        bcs @columns
        adc #STEP
@notRight:
        bit stick
        bvs @columns
        cmp #LEFTMOST + STEP
        bcc @columns
        sbc #STEP
@columns:
        ldy robberRow
        jsr Blocked
        bcc @wall
        sta robber
@wall:  ldy robberRow
        lda stick
        and #STICK_UP
        bne @notUp
        cpy #TOP + 1
        bcc @rows
        dey
@notUp: lda stick
        and #STICK_DOWN
        bne @rows
        cpy #BOTTOM
        bcs @rows
        iny
@rows:  lda robber
        jsr Blocked
        bcc @floor
        sty robberRow
@floor: jsr Bounce

        lda jewel               ; at the jewel?
        sec
        sbc robber
        clc
        adc #13
        cmp #27
        bcs @nothing
        lda jewelRow
        sec
        sbc robberRow
        clc
        adc #HEIGHT - 1
        cmp #2 * HEIGHT - 1
        bcs @nothing
        ldx #SCORE
        jsr Count
        bcc @less
        inc SCORE - 1           ; the hundreds
@less:  lda #4
        ldx #5
        jsr Ring
        jsr NextJewel
@nothing:
        lda spark               ; at the spark?
        sec
        sbc robber
        clc
        adc #4
        cmp #19
        bcs @safe
        lda sparkRow
        sec
        sbc robberRow
        clc
        adc #2
        cmp #9
        bcs @safe
        lda #8
        ldx #18
        jsr Ring
        sed
        lda time
        sec
        sbc #TOUCH
        sta time
        cld
        beq Over
        bcc Over
        jmp Light
@safe:  rts

Over:   lda #$80
        sta ENDED
        lda #0
        sta playing
        rts

; Would the robber at column A and row Y stand in a pillar? Then the carry is clear. Keeps A and Y.
Blocked:
        sta scratch
        tya
        sec
        sbc #PILLAR_TOP - HEIGHT + 1
        cmp #PILLAR_ROWS + HEIGHT - 1
        bcs @free
        lda scratch
        sbc #31                 ; the carry is clear: takes 32 away
        cmp #23
        bcc @pillar
        sbc #56
        cmp #23
@pillar:
@free:  lda scratch
        rts

; The spark flies 5/4 columns and 3/4 of a row a frame, through pillars, and bounces off the walls.
Bounce:
        lda sparkLeft
        bne @left
        lda sparkPart
        clc
        adc #64
        sta sparkPart
        lda spark
        adc #1
        sta spark
        cmp #SPARK_RIGHTMOST
        bcc @vertical
        inc sparkLeft
        bne @vertical
@left:  lda sparkPart
        sec
        sbc #64
        sta sparkPart
        lda spark
        sbc #1
        sta spark
        cmp #LEFTMOST + 2
        bcs @vertical
        dec sparkLeft
@vertical:
        lda sparkUp
        bne @up
        lda sparkRowPart
        clc
        adc #192
        sta sparkRowPart
        bcc @done
        inc sparkRow
        lda sparkRow
        cmp #SPARK_BOTTOM
        bcc @done
        inc sparkUp
        rts
@up:    lda sparkRowPart
        sec
        sbc #192
        sta sparkRowPart
        bcs @done
        dec sparkRow
        lda sparkRow
        cmp #TOP + 1
        bcs @done
        dec sparkUp
@done:  rts

Prepare:
        lda robber
        ldx #0
        jsr Place
        lda jewel
        ldx #1
        jsr Place
        lda spark
        ldx #4
        jsr Place
        sta WSYNC
        sta HMOVE
        lda #5
        sta NUSIZ0
        sta NUSIZ1
        lda robberRow
        sta row0
        lda jewelRow
        sta row1
        lda #HEIGHT
        sta height0
        sta height1
        lda #Robber - Shapes
        sta shape0
        lda #Jewel - Shapes
        sta shape1
        lda sparkRow
        sta rowB
        lda #4
        sta heightB
        lda #NOWHERE
        sta rowM
        rts

Colours:
        lda #$BC
        sta COLUP0
        lda #$1E
        sta COLUP1
        lda #$3A
        sta COLUPF
        lda #%00110001          ; a ball of 8 pixels, mirrored playfield
        sta CTRLPF
        rts

SparkColumns:
        .byte 16, 134           ; when it goes to the right, and to the left
SparkRows:
        .byte 8, 76             ; when it goes down, and up
        .align 256
Shapes:
Robber: .byte %00111100
        .byte %01111110
        .byte %01011010
        .byte %01111110
        .byte %11111111
        .byte %10111101
        .byte %00111100
        .byte %01100110
Jewel:  .byte %00011000
        .byte %00111100
        .byte %01100110
        .byte %11011011
        .byte %11011011
        .byte %01100110
        .byte %00111100
        .byte %00011000

PILLAR_TOP   = 28
PILLAR_ROWS  = 32

        .align 256
; walls all around, and two striped pillars
Field0: .fill 4, $F0
        .fill 80, $10
        .fill 4, $F0
Field1: .fill 4, $FF
        .fill 80, 0
        .fill 4, $FF
        .align 256
Field2: .fill 4, $FF
        .fill 24, 0
        .byte 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0
        .byte 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 3
        .fill 24, 0
        .fill 4, $FF
FieldColours:
        .fill 88, $60

        .org $FFFA
        .word Start, Start, Start
