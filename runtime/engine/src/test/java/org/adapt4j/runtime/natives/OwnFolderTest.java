package org.adapt4j.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnFolderTest {

    @TempDir
    private Path temporary = Path.of("");

    private @Nullable String before;

    @BeforeEach
    void keepTheProperty() {
        before = System.getProperty(OwnFolder.PROPERTY);
    }

    @AfterEach
    void putThePropertyBack() {
        if (before == null) {
            System.clearProperty(OwnFolder.PROPERTY);
        } else {
            System.setProperty(OwnFolder.PROPERTY, before);
        }
    }

    @Test
    void makesAFolderThatNobodyElseSees() throws IOException {
        System.setProperty(OwnFolder.PROPERTY, temporary.resolve("a/cache").toString());

        Path folder = OwnFolder.of("natives");

        assertThat(folder).isEqualTo(temporary.resolve("a/cache/natives")).isDirectory();
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(OwnFolder.of("natives")).isEqualTo(folder);
    }

    @Test
    void closesAFolderThatOthersCouldRead() throws IOException {
        System.setProperty(OwnFolder.PROPERTY, temporary.toString());
        Path folder = Files.createDirectory(temporary.resolve("natives"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        OwnFolder.of("natives");

        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    void refusesAFolderThatOthersCouldHaveWrittenTo() throws IOException {
        System.setProperty(OwnFolder.PROPERTY, temporary.toString());
        Path folder = Files.createDirectory(temporary.resolve("natives"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));

        assertThatThrownBy(() -> OwnFolder.of("natives"))
                .isInstanceOf(UnsafeFolderException.class)
                .hasMessage(folder.toRealPath() + " can be written to by others, so what lies in it cannot be trusted;"
                        + " delete it. Set ADAPT4J_CACHE to a folder of your own, or delete it from the environment");
    }

    @Test
    void refusesAFolderThatOthersCouldReplace() throws IOException {
        Path open = Files.createDirectory(temporary.resolve("open"));
        System.setProperty(OwnFolder.PROPERTY, open.resolve("cache").toString());
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> OwnFolder.of("natives"))
                .isInstanceOf(UnsafeFolderException.class)
                .hasMessageContaining(" can be replaced by others, because anyone can write to " + open.toRealPath());
    }

    @Test
    void refusesALinkInPlaceOfTheFolder() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        System.setProperty(OwnFolder.PROPERTY, temporary.resolve("cache").toString());
        Files.createDirectory(temporary.resolve("cache"));
        Files.createSymbolicLink(temporary.resolve("cache/natives"), elsewhere);

        assertThatThrownBy(() -> OwnFolder.of("natives")).hasMessageContaining("natives is not a folder");
    }

    @Test
    void refusesWhatIsAnothers() throws IOException {
        assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0);
        Path cache = Files.createDirectory(temporary.resolve("cache"));
        Files.setAttribute(cache, "unix:uid", 12345);
        System.setProperty(OwnFolder.PROPERTY, cache.toString());

        assertThatThrownBy(() -> OwnFolder.of("natives"))
                .isInstanceOf(UnsafeFolderException.class)
                .hasMessageStartingWith(cache.toRealPath() + " belongs to the user 12345, not to root");
    }

    private static String permissions(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }
}
