package org.adapt4j.runtime.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;

/** Tells processes of this boot of the machine from those of earlier ones. */
final class Machine {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /** Of the fields that follow the name in a process's {@code stat}; the first is its state. */
    private static final int START = 19;

    private static final Set<String> ENDED = Set.of("Z", "X", "x");

    private Machine() {}

    static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /**
     * When a process was started, in ticks since the boot: no clock that somebody may set. With its number it names one process of a boot.
     *
     * @return empty if there is none, or only what its parent has not asked for yet
     */
    static OptionalLong startOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The name before them is in parentheses, and may hold some itself.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return ENDED.contains(fields[0]) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether the process that was started then lives. */
    static boolean lives(long pid, long started) {
        return startOf(pid).equals(OptionalLong.of(started));
    }
}
