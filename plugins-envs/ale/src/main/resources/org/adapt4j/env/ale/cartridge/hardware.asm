; The registers of the Atari 2600 (Stella Programmer's Guide, Steve Wright, 1979).

; TIA: the video chip, written
VSYNC  = $00    ; bit 1: vertical synchronisation
VBLANK = $01    ; bit 1: the picture is off
WSYNC  = $02    ; the processor waits for the next line
NUSIZ0 = $04    ; copies and width of player 0 and missile 0
NUSIZ1 = $05
COLUP0 = $06    ; colour of player 0 and missile 0
COLUP1 = $07
COLUPF = $08    ; colour of playfield and ball
COLUBK = $09    ; colour of the background
CTRLPF = $0A    ; bit 0: mirrored playfield, 1: score colours, 2: playfield in front, 4-5: width of the ball
REFP0  = $0B    ; bit 3: player 0 is mirrored
REFP1  = $0C
PF0    = $0D    ; playfield: bits 4 to 7 from left to right,
PF1    = $0E    ;            then bits 7 to 0,
PF2    = $0F    ;            then bits 0 to 7; a bit is 4 pixels wide
RESP0  = $10    ; the object starts where the beam is now
RESP1  = $11
RESM0  = $12
RESM1  = $13
RESBL  = $14
AUDC0  = $15    ; kind of sound
AUDF0  = $17    ; its pitch
AUDV0  = $19    ; its volume
GRP0   = $1B    ; shape of player 0 in this line
GRP1   = $1C
ENAM0  = $1D    ; bit 1: missile 0 is seen in this line
ENAM1  = $1E
ENABL  = $1F
HMP0   = $20    ; bits 4 to 7: how far HMOVE moves player 0 to the left, -8 to 7
HMP1   = $21
HMM0   = $22
HMM1   = $23
HMBL   = $24
VDELP0 = $25    ; bit 0: GRP0 shows only when GRP1 is written
VDELBL = $27    ; bit 0: ENABL shows only when GRP1 is written
HMOVE  = $2A    ; moves all objects
HMCLR  = $2B    ; clears all five amounts
CXCLR  = $2C

; TIA, read
INPT4  = $0C    ; bit 7 is 0 while the fire button is pressed

; RIOT: joystick, switches, timer
SWCHA  = $0280  ; bits 7 to 4 are 0 while the stick is held right, left, down, up
SWCHB  = $0282  ; bit 0 is 0 while RESET is pressed
INTIM  = $0284  ; what the timer stands at
TIM64T = $0296  ; sets the timer, which counts every 64 cycles

STICK_RIGHT = %10000000
STICK_LEFT  = %01000000
STICK_DOWN  = %00100000
STICK_UP    = %00010000
