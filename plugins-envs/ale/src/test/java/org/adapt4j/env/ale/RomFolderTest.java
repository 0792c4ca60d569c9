package org.adapt4j.env.ale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RomFolderTest {

    private static final Game BREAKOUT = Games.named("breakout").orElseThrow();

    /** Stands in for a cartridge that is not ours to ship: its MD5 is known to this test's folder only. */
    private static final byte[] IMAGE = new byte[2048];

    private static final Game GAME =
            new Game("testgame", RomFolder.md5(IMAGE), List.of(0), List.of(0), List.of(0), Optional.empty());

    @TempDir
    Path folder;

    private RomFolder folder() {
        return new RomFolder(
                Optional.of(folder), md5 -> md5.equals(GAME.md5()) ? Optional.of(GAME) : Games.withMd5(md5));
    }

    private void assertRefused(RomFolder from, Game game, String... parts) {
        assertThatThrownBy(() -> from.image(game))
                .isInstanceOf(UnplayableTaskException.class)
                .message()
                .contains(parts);
    }

    @Test
    void knowsACartridgeByItsContent() throws IOException {
        Files.createDirectories(folder.resolve("deep/er"));
        Files.write(folder.resolve("deep/er/My Favourite (1980) [!].a26"), IMAGE);

        assertThat(folder().image(GAME)).isEqualTo(IMAGE);
        assertThat(folder().inspect(List.of()))
                .containsExactly(Finding.good(
                        "rom/testgame",
                        folder.resolve("deep/er/My Favourite (1980) [!].a26").toString()));
    }

    @Test
    void refusesWithoutAFolder() throws IOException {
        assertRefused(new RomFolder(Optional.empty()), BREAKOUT, "rom/breakout: ", "benchmark.roms", "ALE_ROMS");
        assertRefused(
                new RomFolder(Optional.of(folder.resolve("x"))), BREAKOUT, "there is no folder " + folder.resolve("x"));
        Path file = Files.write(folder.resolve("file"), IMAGE);
        assertRefused(new RomFolder(Optional.of(file)), BREAKOUT, file + " is a file, not a folder");
    }

    @Test
    void refusesAFolderWithoutTheCartridge() throws IOException {
        assertRefused(folder(), BREAKOUT, "no file in " + folder, BREAKOUT.md5(), "None of its 0 files is a cartridge");
        Files.write(folder.resolve("a.bin"), IMAGE);
        assertRefused(folder(), BREAKOUT, "Recognised there: testgame");
    }

    @Test
    void refusesAnEmptyCartridge() throws IOException {
        Path file = Files.write(folder.resolve("breakout.bin"), new byte[0]);

        assertRefused(folder(), BREAKOUT, file.toString(), "it is empty", "Its MD5 must be " + BREAKOUT.md5());
    }

    @Test
    void refusesATruncatedCartridge() throws IOException {
        Files.write(folder.resolve("breakout.bin"), new byte[1999]);

        assertRefused(folder(), BREAKOUT, "it has 1999 bytes", "cut short");
    }

    @Test
    void refusesAnotherCartridgeUnderTheName() throws IOException {
        Files.write(folder.resolve("Breakout.BIN"), IMAGE);
        assertRefused(folder(), BREAKOUT, "is not the cartridge that ALE knows: it is that of testgame");

        byte[] unsupported = new byte[4096];
        unsupported[7] = 1;
        Files.write(folder.resolve("Breakout.BIN"), unsupported);
        assertRefused(folder(), BREAKOUT, RomFolder.md5(unsupported), "none of ALE's 104 cartridges");
    }

    @Test
    void refusesACartridgeThatCannotBeRead() throws IOException {
        Path file = Files.write(folder.resolve("breakout.bin"), IMAGE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root reads everything");

        assertRefused(folder(), BREAKOUT, "it cannot be read: look at its permissions");
    }

    @Test
    void ignoresWhatIsNoCartridge() throws IOException {
        Files.writeString(folder.resolve("readme.txt"), "hello");
        Files.write(folder.resolve("all.zip"), new byte[99]);
        Files.write(folder.resolve("huge.bin"), new byte[600 * 1024]);
        Files.createSymbolicLink(folder.resolve("lost.bin"), folder.resolve("nowhere"));

        List<Finding> findings = folder().inspect(List.of(BREAKOUT));

        assertThat(findings).hasSize(3);
        assertThat(findings.get(0).what()).isEqualTo("all.zip");
        assertThat(findings.get(0).found()).isEqualTo("ignored: it is an archive: unpack it");
        assertThat(findings.get(1).what()).isEqualTo("huge.bin");
        assertThat(findings.get(1).found()).contains("more than any cartridge");
        assertThat(findings.get(2).good()).isFalse();
        assertThat(findings.get(2).advice()).contains(BREAKOUT.md5());
    }
}
