package org.adapt4j.runtime.program;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.adapt4j.toolkit.run.Causes;

/** Finds out whose code it was. */
final class Blame {
    /** What stands between somebody's code and what happened there. */
    private static final List<String> BETWEEN =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "com.google.inject.", "ai.djl.", "org.bytedeco.");

    private static final Set<String> NOBODYS_LOADERS = Set.of("app", "platform", "");

    private Blame() {}

    /** Where a failure comes from, such as {@code org.example.Bad.learn(Bad.java:12) of bad-1.0.jar}; empty if its trace does not tell. */
    static Optional<String> of(Throwable failure) {
        return origin(failure).map(Blame::words);
    }

    /** The same where that is a jar of the user's. */
    static Optional<String> ofTheUsers(Throwable failure) {
        return origin(failure).filter(frame -> jar(frame).isPresent()).map(Blame::words);
    }

    /** The innermost frame of somebody's code. */
    static Optional<StackTraceElement> culprit(Stream<StackTraceElement> innermostFirst) {
        return innermostFirst
                .filter(frame -> BETWEEN.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst();
    }

    static String words(StackTraceElement frame) {
        String place = frame.getClassName() + "." + frame.getMethodName() + "("
                + (frame.getFileName() == null ? "unknown source" : frame.getFileName())
                + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber()) + ")";
        return place + jar(frame).map(jar -> " of " + jar).orElse("");
    }

    private static Optional<StackTraceElement> origin(Throwable failure) {
        return culprit(Arrays.stream(Causes.root(failure).getStackTrace()));
    }

    /** A jar of the plug-in folder has a loader of its name. */
    private static Optional<String> jar(StackTraceElement frame) {
        return Optional.ofNullable(frame.getClassLoaderName()).filter(name -> !NOBODYS_LOADERS.contains(name));
    }
}
