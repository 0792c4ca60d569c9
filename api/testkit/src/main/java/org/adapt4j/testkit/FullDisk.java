package org.adapt4j.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk over a folder that has no space left, for tests of who writes there: a small file system in memory, which hides what the folder
 * holds until it is closed. It takes root; where there is none, the test is skipped.
 */
public final class FullDisk implements AutoCloseable {

    /** What the smallest file takes. */
    private static final int PAGE = 4096;

    private final Path folder;

    private FullDisk(Path folder) {
        this.folder = folder;
    }

    /** One without any space. The folder is made if need be. */
    public static FullDisk over(Path folder) throws IOException {
        FullDisk disk = withPages(folder, 1);
        disk.fill();
        return disk;
    }

    /**
     * One with some space.
     *
     * @param pages of 4,096 bytes, of which each file takes at least one
     */
    public static FullDisk withPages(Path folder, int pages) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounting takes root");
        Files.createDirectories(folder);
        assumeTrue(
                succeeds(List.of("mount", "-t", "tmpfs", "-o", "size=" + pages * PAGE, "tmpfs", folder.toString())),
                "a file system in memory can be mounted");
        return new FullDisk(folder);
    }

    /** Takes up the space that is left. */
    public void fill() {
        try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
            byte[] page = new byte[PAGE];
            while (true) {
                filler.write(page);
            }
        } catch (IOException e) {
            return; // full, as it should be
        }
    }

    private static boolean succeeds(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives the folder back as it was. */
    @Override
    public void close() throws IOException {
        if (!succeeds(List.of("umount", "-l", folder.toString()))) {
            throw new IOException(folder + " cannot be unmounted");
        }
    }
}
