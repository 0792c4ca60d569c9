; What all games share: start, the rhythm of 262 lines a frame, chance, placing of objects, and the two numbers at the top.
;
; A game sets FRAME_RAM (the first of the 16 RAM cells used here; ALE reads score and end from cells of the game whose layout
; a cartridge follows, so every game puts its own cells around those), LEFT_NUMBER and RIGHT_NUMBER (cells with two decimal
; digits each), LEFT_COLOUR, RIGHT_COLOUR, and writes these subroutines:
;   NewGame  sets the cells of a game that begins
;   Play     one frame of play; called while 'playing' is not 0
;   Prepare  places the objects; has to end within the 37 lines before the picture, together with Play
;   Colours  sets colours and CTRLPF for the picture, in at most 60 cycles
;   Picture  draws PICTURE_LINES lines, and begins and ends at the beginning of a line

PICTURE_LINES = 176
PLACE_OFFSET  = 4              ; so that column 0 is the first of the picture; a player of double width is one further right

seed       = FRAME_RAM         ; two cells of chance
frame      = FRAME_RAM + 2     ; counts frames
playing    = FRAME_RAM + 3     ; 0 when the game is over
stick      = FRAME_RAM + 4     ; SWCHA of this frame
fire       = FRAME_RAM + 5     ; INPT4 of this frame
sound      = FRAME_RAM + 6     ; volume of the sound that fades
leftNow    = FRAME_RAM + 7     ; the digits' shape in this row
rightNow   = FRAME_RAM + 8
leftTens   = FRAME_RAM + 9     ; where in Digits the next rows stand
leftOnes   = FRAME_RAM + 10
rightTens  = FRAME_RAM + 11
rightOnes  = FRAME_RAM + 12
scratch    = FRAME_RAM + 13    ; three cells for whoever needs them now

; ---- start ----------------------------------------------------------------------------------------------------------------------

Start:
        sei
        cld
        ldx #$FF
        txs
        lda INTIM               ; chance begins with what the timer and all RAM happen to hold
        adc seed
        sta seed
        ldy #$80
@mix:   jsr Random
        adc $0000,y
        sta seed
        iny
        bne @mix
        ldx #0                  ; clear the chips and all RAM but the cells of chance
        txa
@clear: cpx #seed
        beq @keep
        cpx #seed + 1
        beq @keep
        sta $00,x
@keep:  inx
        bne @clear
        jsr NewGame

; ---- a frame: 3 lines of synchronisation, 37 dark, 192 seen, 30 dark ------------------------------------------------------------

Frame:
        lda #2
        sta WSYNC
        sta VBLANK
        sta VSYNC
        sta WSYNC
        sta WSYNC
        lda #0
        sta WSYNC
        sta VSYNC               ; here ALE ends a frame and reads RAM
        lda #43                 ; 43 x 64 cycles: 36 lines and a bit
        sta TIM64T
        inc frame
        jsr Stir
        jsr Fade
        lda SWCHB
        lsr
        bcs @running
        jsr NewGame
        jmp @prepare
@running:
        lda playing
        beq @prepare
        jsr Play
@prepare:
        jsr Prepare
@dark:  lda INTIM
        bne @dark
        sta WSYNC
        sta VBLANK              ; A is 0: the picture is on
        jsr Numbers             ; 16 lines
        jsr Colours
        jsr Picture             ; 176 lines
        lda #2
        sta VBLANK
        lda #34                 ; 34 x 64 cycles: 28 lines and a bit
        sta TIM64T
@below: lda INTIM
        bne @below
        jmp Frame

; ---- chance ---------------------------------------------------------------------------------------------------------------------

; Reads the stick. Each change of it stirs chance, so that games played differently go differently.
Stir:
        lda INPT4
        sta fire
        lda SWCHA
        cmp stick
        sta stick
        beq Random
        lda seed
        clc
        adc frame
        sta seed
; A random byte in A: eight steps of a linear feedback shift register of 16 bits (taps 16, 14, 13, 11). Keeps Y.
Random:
        lda seed
        ora seed + 1
        bne @alive              ; all zero would stay zero
        inc seed
@alive: ldx #8
@step:  lsr seed + 1
        ror seed
        bcc @next
        lda seed + 1
        eor #$B4
        sta seed + 1
@next:  dex
        bne @step
        lda seed
        rts

; A random number from 0 to A - 1 in A: the high byte of A times a random byte. Keeps Y.
RandomBelow:
        sta scratch
        jsr Random
        sta scratch + 1
        lda #0
        ldx #8
@bit:   lsr scratch + 1
        bcc @even
        clc
        adc scratch
@even:  ror
        dex
        bne @bit
        rts

; ---- sound ----------------------------------------------------------------------------------------------------------------------

; Starts a sound of kind A and pitch X.
Ring:
        sta AUDC0
        stx AUDF0
        lda #15
        sta sound
        rts

Fade:
        lda sound
        sta AUDV0
        beq @silent
        dec sound
@silent:
        rts

; ---- placing --------------------------------------------------------------------------------------------------------------------

; Puts object X (0 and 1: players, 2 and 3: missiles, 4: ball) at column A, 0 to 151, together with the HMOVE that follows.
; Takes two lines. The loop counts 15 pixels in 5 cycles; what is left over goes to HMOVE.
Place:
        clc
        adc #PLACE_OFFSET
        cpx #2                  ; a player appears one pixel to the right of a missile or the ball
        bcs @thin
        sbc #0                  ; the carry is clear: takes 1 away
@thin:  sec
        sta WSYNC
@coarse:
        sbc #15
        bcs @coarse
        .assert >(@coarse) == >(*), "Place has to lie within a page"
        eor #7
        asl
        asl
        asl
        asl
        sta HMP0,x
        sta RESP0,x
        sta WSYNC
        rts

; ---- the numbers at the top -----------------------------------------------------------------------------------------------------

; Draws the two numbers with the playfield, five rows of two lines, and ends after 16 lines with an empty playfield.
Numbers:
        lda #LEFT_COLOUR
        sta COLUP0
        lda #RIGHT_COLOUR
        sta COLUP1
        lda #2                  ; the left half in the colour of player 0, the right half in that of player 1
        sta CTRLPF
        lda #0
        sta COLUBK
        sta PF0
        sta PF1
        sta PF2
        ldx #LEFT_NUMBER
        ldy #leftTens
        jsr @split
        ldx #RIGHT_NUMBER
        ldy #rightTens
        jsr @split
        jsr @shapes
        sta WSYNC
        sta WSYNC
        ldy #5
@row:   sta WSYNC
        lda leftNow
        sta PF1
        inc leftTens
        inc leftOnes
        inc rightTens
        inc rightOnes
        lda rightNow
        nop
        nop
        sta PF1
        nop
        sta WSYNC
        lda leftNow
        sta PF1
        ldx leftTens            ; the next row's shape, while this one is drawn
        lda Digits,x
        and #$F0
        ldx leftOnes
        sta leftNow
        lda Digits,x
        and #$0F
        ora leftNow
        sta leftNow
        lda rightNow
        sta PF1
        ldx rightTens
        lda Digits,x
        and #$F0
        sta rightNow
        ldx rightOnes
        lda Digits,x
        and #$0F
        ora rightNow
        dey
        sta rightNow
        bne @row
        sty WSYNC
        sty PF1
        sty WSYNC
        rts

; Where the two digits in cell X begin, into cells Y and Y + 1.
@split:
        lda $00,x
        lsr
        lsr
        lsr
        lsr
        jsr @five
        lda $00,x
        and #$0F
@five:  sta scratch             ; times 5
        asl
        asl
        adc scratch
        sta $0000,y
        iny
        rts

; The first row's shapes.
@shapes:
        ldx leftTens
        lda Digits,x
        and #$F0
        sta leftNow
        ldx leftOnes
        lda Digits,x
        and #$0F
        ora leftNow
        sta leftNow
        ldx rightTens
        lda Digits,x
        and #$F0
        sta rightNow
        ldx rightOnes
        lda Digits,x
        and #$0F
        ora rightNow
        sta rightNow
        rts

; Five rows a digit, the same in both halves of the byte.
Digits:
        .byte %11101110, %10101010, %10101010, %10101010, %11101110
        .byte %01000100, %11001100, %01000100, %01000100, %11101110
        .byte %11101110, %00100010, %11101110, %10001000, %11101110
        .byte %11101110, %00100010, %01100110, %00100010, %11101110
        .byte %10101010, %10101010, %11101110, %00100010, %00100010
        .byte %11101110, %10001000, %11101110, %00100010, %11101110
        .byte %11101110, %10001000, %11101110, %10101010, %11101110
        .byte %11101110, %00100010, %00100010, %01000100, %01000100
        .byte %11101110, %10101010, %11101110, %10101010, %11101110
        .byte %11101110, %10101010, %11101110, %00100010, %11101110
        .byte 0                 ; the row after the last digit, drawn never

; ---- decimal numbers ------------------------------------------------------------------------------------------------------------

; Adds 1 to the decimal number in cell X. The carry is set when 99 became 0.
Count:
        sed
        lda $00,x
        clc
        adc #1
        sta $00,x
        cld
        rts

; Takes 1 from the decimal number in cell X.
CountDown:
        sed
        lda $00,x
        sec
        sbc #1
        sta $00,x
        cld
        rts
