package org.adapt4j.env.ale.cartridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AssemblerTest {

    /** Encodings from the processor's manual (MCS6500 Programming Manual, 1976, appendix B), one of each form at least. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "lda #$44         => a9 44",
                "LDA $44          => a5 44",
                "lda $44,x        => b5 44",
                "lda $4400        => ad 00 44",
                "lda $4400,X      => bd 00 44",
                "lda $4400 , y    => b9 00 44",
                "lda ($44,x)      => a1 44",
                "lda ($44),y      => b1 44",
                "lda $44,y        => b9 44 00",
                "ldx $44,y        => b6 44",
                "stx $44,y        => 96 44",
                "sty $44,x        => 94 44",
                "asl              => 0a",
                "asl a            => 0a",
                "asl $44          => 06 44",
                "ror $4400,x      => 7e 00 44",
                "jmp $5597        => 4c 97 55",
                "jmp ($5597)      => 6c 97 55",
                "jsr $5597        => 20 97 55",
                "bne *            => d0 fe",
                "beq * + 2        => f0 00",
                "bit $4400        => 2c 00 44",
                "cpx #-1          => e0 ff",
                "inc $44,x        => f6 44",
                "brk              => 00",
                "sed              => f8",
                "tsx              => ba",
                "lda (1 + 2) * 2  => a5 06",
                "sta ($80 + 1),y  => 91 81",
                "sta $0000,y      => 99 00 00"
            })
    void encodesAsTheManualSays(String source, String bytes) {
        String encoded = hex(assemble(source), bytes.split(" ").length);

        assertThat(encoded).isEqualTo(bytes);
    }

    @Test
    void knowsEveryDocumentedInstructionOnce() {
        Map<String, Map<Addressing, Integer>> instructions = Instructions.all();

        assertThat(instructions).hasSize(56);
        assertThat(instructions.values().stream()
                        .flatMap(forms -> forms.values().stream())
                        .toList())
                .hasSize(151)
                .doesNotHaveDuplicates();
    }

    @Test
    void encodesEveryFormOfEveryInstructionWithItsOperationCode() {
        Map<Addressing, String> operands = Map.ofEntries(
                Map.entry(Addressing.IMPLIED, ""),
                Map.entry(Addressing.ACCUMULATOR, "a"),
                Map.entry(Addressing.IMMEDIATE, "#1"),
                Map.entry(Addressing.ZERO_PAGE, "$80"),
                Map.entry(Addressing.ZERO_PAGE_X, "$80,x"),
                Map.entry(Addressing.ZERO_PAGE_Y, "$80,y"),
                Map.entry(Addressing.ABSOLUTE, "$1280"),
                Map.entry(Addressing.ABSOLUTE_X, "$1280,x"),
                Map.entry(Addressing.ABSOLUTE_Y, "$1280,y"),
                Map.entry(Addressing.INDIRECT, "($1280)"),
                Map.entry(Addressing.INDIRECT_X, "($80,x)"),
                Map.entry(Addressing.INDIRECT_Y, "($80),y"),
                Map.entry(Addressing.RELATIVE, "*"));

        Instructions.all()
                .forEach((name, forms) -> forms.forEach((addressing, code) -> {
                    byte[] image = assemble(name + " " + operands.get(addressing));

                    assertThat(image[0] & 0xff).as(name + " " + addressing).isEqualTo(code);
                }));
    }

    @Test
    void findsLabelsBeforeAndBehind() {
        byte[] image = assemble("""
            start:  jmp ahead
            value = $80
            ahead:  lda value       ; known: one byte
                    bne start
                    lda later       ; not known yet: two bytes
            later = $81
                    .word start, ahead + 1
            """);

        assertThat(hex(image, 14)).isEqualTo("4c 03 f0 a5 80 d0 f9 ad 81 00 00 f0 04 f0");
    }

    @Test
    void letsANameStandForALabelFurtherOn() {
        byte[] image = assemble("""
                    jsr alias
            alias = routine
            routine:
                    rts
            """);

        assertThat(hex(image, 4)).isEqualTo("20 03 f0 60");
    }

    @Test
    void keepsLocalLabelsToTheLabelAboveThem() {
        byte[] image = assemble("""
            one:
            @loop:  dex
                    bne @loop
            two:
            @loop:  dey
                    bne @loop
            """);

        assertThat(hex(image, 6)).isEqualTo("ca d0 fd 88 d0 fd");
    }

    @Test
    void laysOutWhatDirectivesAskFor() {
        byte[] image = assemble("""
                    .org $80
            first:  .space 3        ; in RAM: names only
            second:
                    .org $F000
                    .byte 1, -1, 'A', %101, <$1234, >$1234, second
                    .align 4
                    .fill 2, $EE
                    .org $FFFC
                    .word $F000
            """);

        assertThat(hex(image, 11)).isEqualTo("01 ff 41 05 34 12 83 00 ee ee 00");
        assertThat(hex(Arrays.copyOfRange(image, 0xffc, 0x1000), 4)).isEqualTo("00 f0 00 00");
        assertThat(image).hasSize(4096);
    }

    @Test
    void includesOtherSources() {
        Map<String, String> sources = Map.of(
                "main.asm", "  .include \"colours.asm\"\n lda #red\n jmp end\nend: .include \"end.asm\"",
                "colours.asm", "red = $42 ; \"bright\"",
                "end.asm", "  rts");

        byte[] image = Assembler.assemble("main.asm", name -> Optional.ofNullable(sources.get(name)));

        assertThat(hex(image, 6)).isEqualTo("a9 42 4c 05 f0 60");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "2 + 3 * 4           => 14",
                "(2 + 3) * 4         => 20",
                "-3 + 10             => 7",
                "~0 & $f             => 15",
                "1 << 4 | 3          => 19",
                "$f0 ^ %11110011     => 3",
                "100 % 7             => 2",
                "%11 % %10           => 1",
                "17 / 4              => 4",
                "<$12ff + 1          => 256",
                ">$12ff              => 18",
                "3 < 4               => 1",
                "3 >= 4              => 0",
                "5 == 5 & 5 != 6     => 1",
                "'z'                 => 122",
                "';' - ' '           => 27",
                "* - $f000           => 0"
            })
    void worksOutExpressions(String expression, int value) {
        byte[] image = assemble(" .word " + expression);

        assertThat((image[0] & 0xff) + 256 * (image[1] & 0xff)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "lad #1                => 'lad' is no instruction or directive",
                ".bite 1               => '.bite' is no instruction or directive",
                "lda                   => 'lda' has no form 'no operand'",
                "sta #1                => 'sta' has no form '#value'",
                "sty $1234,x           => '$1234' is 4660 and has to lie in 0 to 255",
                "jmp ($1234),y         => 'jmp' has no form '(zero page),y'",
                "lda #256              => '256' is 256 and has to lie in -128 to 255",
                "lda ($100),y          => '$100' is 256 and has to lie in 0 to 255",
                ".byte 300             => '300' is 300 and has to lie in -128 to 255",
                "lda nowhere           => 'nowhere' is not defined",
                "bne $F100             => the branch is too far: 253 bytes, and it reaches -128 to 127",
                "lda #1 +              => a value is missing in '1 +'",
                "lda #(1               => ')' is missing in '(1'",
                "lda #1 2              => '2' is not expected in '1 2'",
                "lda #1 ? 2            => '? 2' is no value or operator",
                "lda #1 / 0            => division by zero in '1 / 0'",
                ".fill later, 0        => .fill: 'later' has to be known here, and is defined further on or not at all",
                ".fill 3               => .fill needs a count and a value",
                ".byte                 => .byte needs a value",
                ".assert 1 == 2, \"no\"  => no",
                ".assert 1             => .assert needs an expression and a message in quotes",
                ".include else         => .include needs a name in quotes",
                ".include \"else.asm\"   => there is no source 'else.asm'",
                "lda #$123456789       => '123456789' is too large a number",
            })
    void saysWhatIsWrongAndWhere(String line, String message) {
        String source = " nop\n " + line + "\nlater = 1\n";

        assertThatThrownBy(() -> assemble(source))
                .isInstanceOf(AssemblyException.class)
                .hasMessage("test.asm: 2: " + message);
    }

    @Test
    void refusesBytesOutsideOfTheCartridge() {
        assertThatThrownBy(() -> assemble(" .org $E000\n nop"))
                .hasMessage("test.asm: 2: bytes at $E000, outside of the cartridge at $F000 to $FFFF");
    }

    @Test
    void namesAllProblemsAtOnceWithTheFileTheyAreIn() {
        Map<String, String> sources = Map.of(
                "main.asm",
                "one: nop\n .include \"part.asm\"\none: rts\n .org $F000\n nop",
                "part.asm",
                "\n lda\n jmp here");

        assertThatThrownBy(() -> Assembler.assemble("main.asm", name -> Optional.ofNullable(sources.get(name))))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "part.asm: 2: 'lda' has no form 'no operand'",
                        "main.asm: 3: 'one' is already defined at main.asm: 1"));
    }

    @Test
    void refusesBytesOverBytes() {
        assertThatThrownBy(() -> assemble(" nop\n .org $F000\n nop"))
                .hasMessage("test.asm: 3: there are bytes at $F000 already");
    }

    @Test
    void refusesSourcesThatIncludeThemselves() {
        assertThatThrownBy(() -> assemble(" .include \"test.asm\""))
                .hasMessage("test.asm: 1: 'test.asm' is included too deeply");
    }

    private static byte[] assemble(String source) {
        return Assembler.assemble("test.asm", name -> Optional.of(source).filter(text -> name.equals("test.asm")));
    }

    private static String hex(byte[] image, int count) {
        return HexFormat.of().withDelimiter(" ").formatHex(Arrays.copyOf(image, count));
    }
}
