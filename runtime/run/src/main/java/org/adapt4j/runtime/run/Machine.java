package org.adapt4j.runtime.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Tells processes of this boot of the machine from those of earlier ones. */
final class Machine {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /** The start of a process is known to a hundredth of a second, and clocks are stepped. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(5);

    private Machine() {}

    static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Whether the process that wrote this at that time still lives; a later process under the same number does not count. */
    static boolean lives(long pid, String boot, Instant wroteAt) {
        return boot.equals(bootId())
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().startInstant())
                        .filter(start -> start.isBefore(wroteAt.plus(CLOCK_ERROR)))
                        .isPresent();
    }
}
