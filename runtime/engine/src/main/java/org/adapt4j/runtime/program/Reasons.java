package org.adapt4j.runtime.program;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.runtime.cell.DivergedException;
import org.adapt4j.runtime.plugins.ClassVersions;
import org.adapt4j.runtime.run.Failure;
import org.adapt4j.toolkit.run.Causes;

/** Puts what ended a cell into words. */
public final class Reasons {
    /** By name, so that the runtime knows no more of DJL. */
    private static final String ENGINE_EXCEPTION = "ai.djl.engine.EngineException";

    /** Classes and methods in which libtorch is found, unpacked and loaded. */
    private static final List<String> LOADING = List.of(
            "ai.djl.engine.Engine.getEngine",
            "ai.djl.engine.Engine.getInstance",
            "ai.djl.engine.Engine.initEngine",
            "ai.djl.pytorch.engine.PtEngine.newInstance",
            "ai.djl.pytorch.jni.LibUtils.");

    private static final List<String> MEMORY = List.of(
            "not enough memory",
            "can't allocate memory",
            "cannot allocate memory",
            "out of memory",
            "bad_alloc",
            "bad allocation");

    private Reasons() {}

    /** The failure that stands in the result of a cell. */
    public static Failure of(Throwable problem) {
        if (isMissingTensorLibrary(problem)) {
            return exception("the tensor library cannot be loaded (" + messages(problem)
                    + "). Find out more with: adapt4j doctor");
        }
        if (problem instanceof LinkageError) {
            return exception(linkage(problem));
        }
        if (problem.getClass().getName().startsWith(ENGINE_EXCEPTION)) {
            return operation(problem);
        }
        if (problem instanceof DivergedException) {
            return new Failure(Failure.Kind.DIVERGED, String.valueOf(problem.getMessage()));
        }
        if (problem instanceof NotFiniteException) { // of an algorithm or a selector, outside of an update
            return new Failure(
                    Failure.Kind.DIVERGED,
                    "diverged: " + problem.getMessage() + place(problem) + DivergedException.REMEDY);
        }
        if (problem instanceof OutOfMemoryError) {
            return outOfMemory(String.valueOf(problem.getMessage()));
        }
        String message = problem.getMessage();
        if (problem instanceof RuntimeException && message != null) {
            return exception(message
                    + Blame.ofTheUsers(problem)
                            .map(who -> " (thrown in " + who + ")")
                            .orElse(""));
        }
        return exception(problem.getClass().getSimpleName() + (message == null ? "" : ": " + message) + place(problem));
    }

    /** Whether libtorch is not there or does not fit, as opposed to one of its operations that failed. */
    static boolean isMissingTensorLibrary(Throwable problem) {
        return causes(problem).anyMatch(cause -> {
            String message = String.valueOf(cause.getMessage()).replace('/', '.');
            boolean lacksClass = cause instanceof NoClassDefFoundError && message.contains("ai.djl.");
            return lacksClass
                    || Arrays.stream(cause.getStackTrace())
                            .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                            .takeWhile(frame -> !frame.startsWith("org.adapt4j."))
                            .anyMatch(frame -> LOADING.stream().anyMatch(frame::startsWith));
        });
    }

    /** The messages of a failure and its causes, outermost first. */
    public static String messages(Throwable problem) {
        Set<String> messages = new LinkedHashSet<>();
        causes(problem)
                .forEach(cause -> messages.add(
                        cause.getMessage() == null
                                ? cause.getClass().getSimpleName()
                                : firstSentence(cause.getMessage())));
        return String.join(": ", messages).replace('\n', ' ');
    }

    private static String linkage(Throwable problem) {
        Optional<String> later = ClassVersions.explain(problem);
        if (later.isPresent()) {
            return "a class"
                    + Blame.of(problem).map(who -> " that " + who + " needs").orElse("") + " " + later.get() + " ("
                    + messages(problem) + ")";
        }
        Optional<Throwable> library =
                causes(problem).filter(UnsatisfiedLinkError.class::isInstance).findFirst();
        String what = library.isPresent() ? "a native library cannot be loaded" : "a class cannot be loaded";
        String from = Blame.of(problem).map(who -> ", needed by " + who).orElse("");
        return what + from + " (" + problem.getClass().getSimpleName() + ": " + messages(problem) + ")";
    }

    private static Failure operation(Throwable problem) {
        String message = firstSentence(String.valueOf(problem.getMessage()));
        String small = message.toLowerCase(Locale.ROOT);
        return MEMORY.stream().anyMatch(small::contains)
                ? outOfMemory(message)
                : exception("a tensor operation failed: " + message + place(problem));
    }

    private static Failure outOfMemory(String message) {
        return new Failure(
                Failure.Kind.OUT_OF_MEMORY,
                "out of memory: " + message
                        + ". Run fewer cells at once with --slots, or make phase slots, rollouts, minibatches"
                        + " or the network smaller");
    }

    /** Without the native stack that libtorch appends to its messages. */
    private static String firstSentence(String message) {
        int end = message.indexOf("Exception raised from");
        return (end < 0 ? message : message.substring(0, end)).strip();
    }

    private static String place(Throwable problem) {
        return Blame.of(problem).map(who -> ", in " + who).orElse("");
    }

    private static Failure exception(String reason) {
        return new Failure(Failure.Kind.EXCEPTION, reason);
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return Causes.of(problem).stream().limit(20);
    }
}
