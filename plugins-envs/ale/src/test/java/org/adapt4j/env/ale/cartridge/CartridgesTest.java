package org.adapt4j.env.ale.cartridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CartridgesTest {

    /** A game never changes under its name: whoever changes one on purpose measures its returns anew, and says so in the changelog. */
    private static final Map<String, String> MD5 = Map.of(
            "orchard", "4f23991b3a37c451c55e1e0a36c931cf",
            "reef", "318d551fdc7d7685a53245525b442125",
            "court", "a334bbc0a713f193850e8168b80a2188",
            "tower", "7919a853042192ee4d554b656f04d0cf",
            "saucers", "647d77b82fa9262ceda60e9a2c5edce9",
            "bricks", "fc4ff15e954aff473176dd2b62e13d46",
            "vault", "2b704564314da7c361256002ddd7f4c1");

    static List<Cartridge> cartridges() {
        return Cartridges.all();
    }

    @ParameterizedTest
    @MethodSource("cartridges")
    void assemblesToFourKilobytesThatStartWithinThemselves(Cartridge cartridge) {
        byte[] rom = cartridge.rom();

        int start = (rom[0xffc] & 0xff) + 256 * (rom[0xffd] & 0xff);
        assertThat(rom).hasSize(4096);
        assertThat(start).isBetween(0xf000, 0xffff);
        assertThat(rom[start - 0xf000]).as("sei").isEqualTo((byte) 0x78);
    }

    @ParameterizedTest
    @MethodSource("cartridges")
    void explainsItselfAtTheTopOfItsSource(Cartridge cartridge) {
        String source = Cartridges.source(cartridge.name() + ".asm").orElseThrow();

        assertThat(source)
                .startsWith("; " + cartridge.name().toUpperCase(Locale.ROOT) + ". ")
                .contains("'" + cartridge.aleGame() + "'");
        assertThat(cartridge.title()).startsWithIgnoringCase(cartridge.name() + ": ");
    }

    @Test
    void givesEachCartridgeAGameOfAleOfItsOwn() {
        assertThat(Cartridges.all()).hasSizeGreaterThanOrEqualTo(6);
        assertThat(Cartridges.all()).extracting(Cartridge::name).doesNotHaveDuplicates();
        assertThat(Cartridges.all()).extracting(Cartridge::aleGame).doesNotHaveDuplicates();
        assertThat(Cartridges.all()).allMatch(cartridge -> cartridge.random() < cartridge.expert());
    }

    @Test
    void staysTheSameGameUnderTheSameName() {
        Map<String, String> digests =
                Cartridges.all().stream().collect(Collectors.toMap(Cartridge::name, cartridge -> md5(cartridge.rom())));

        assertThat(digests).isEqualTo(MD5);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
