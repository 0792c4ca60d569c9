package org.adapt4j.runtime.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the virtual machine wrote down when it met its end, such as a crash in a native library.
 *
 * @param problem in its words, such as {@code SIGSEGV (0xb)}
 * @param frame the native or Java frame that was running; empty if it does not say
 * @param caller the innermost Java method that is neither Java's nor a binding's; empty if it does not say
 */
record CrashReport(String problem, String frame, String caller) {
    static final String FILE = "hs_err.log";

    private static final Pattern PROBLEM = Pattern.compile("#\\s+(.+?)(?: at pc=\\S+)?, pid=(\\d+), tid=.*");
    private static final Pattern JAVA_FRAME =
            Pattern.compile("[jJ] +(?:\\d+%? +)?(?:c[12] +)?([\\w.$]+\\.[\\w$<>]+)\\(.*");
    private static final List<String> BINDINGS =
            List.of("java.", "javax.", "jdk.", "sun.", "ai.djl.", "org.bytedeco.", "com.sun.");

    /** The report of a process; empty if there is none, or it is another's. */
    static Optional<CrashReport> of(Path file, long pid) {
        List<String> lines;
        try {
            // Symbols of native libraries are bytes of any kind.
            lines = Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException e) {
            return Optional.empty();
        }
        for (String line : lines) {
            Matcher problem = PROBLEM.matcher(line);
            if (problem.matches()) {
                return problem.group(2).equals(Long.toString(pid))
                        ? Optional.of(new CrashReport(problem.group(1), frame(lines), caller(lines)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String frame(List<String> lines) {
        int at = lines.indexOf("# Problematic frame:");
        return at < 0 || at + 1 == lines.size()
                ? ""
                : lines.get(at + 1).replaceFirst("^#\\s*", "").strip();
    }

    private static String caller(List<String> lines) {
        return lines.stream()
                .map(JAVA_FRAME::matcher)
                .filter(Matcher::matches)
                .map(frame -> frame.group(1))
                .filter(method -> BINDINGS.stream().noneMatch(method::startsWith))
                .findFirst()
                .orElse("");
    }

    /** Whether the machine had no more memory to give, which is nobody's crash. */
    boolean isOutOfMemory() {
        return problem.startsWith("Out of Memory Error");
    }

    /** In one sentence. */
    String words() {
        return problem + (frame.isEmpty() ? "" : " in " + frame) + (caller.isEmpty() ? "" : ", called from " + caller);
    }
}
