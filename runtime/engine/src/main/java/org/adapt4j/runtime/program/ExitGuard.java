package org.adapt4j.runtime.program;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Keeps code that is not ours from ending the process as if it had come to its end: {@link System#exit} from anywhere but here is told, with
 * its caller, to somebody who says how the process ends instead. What signals end is left alone.
 */
public final class ExitGuard {
    /** Hooks of libraries and plug-ins get this long to clean up. */
    private static final long PATIENCE_MILLIS = 20_000;

    private volatile boolean ending;

    private ExitGuard() {}

    /** Stands guard. @param told who ended the process, in words; answers with the exit status */
    public static ExitGuard install(ToIntFunction<String> told) {
        ExitGuard guard = new ExitGuard();
        Thread hook = new Thread(
                () -> {
                    if (!guard.ending) {
                        caller().ifPresent(who -> Runtime.getRuntime().halt(told.applyAsInt(who)));
                    }
                },
                "exit-guard");
        Runtime.getRuntime().addShutdownHook(hook);
        return guard;
    }

    /** Ends this process, whatever threads still run and whatever hooks never come back. */
    public void exit(int status) {
        ending = true;
        Thread impatience = new Thread(
                () -> {
                    try {
                        Thread.sleep(PATIENCE_MILLIS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(status);
                },
                "exit-impatience");
        impatience.setDaemon(true);
        impatience.start();
        System.exit(status);
    }

    /** Who waits inside {@link Runtime#exit}; nobody does where a signal ends the process. */
    private static Optional<String> caller() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(trace -> afterExit(trace).stream())
                .findFirst();
    }

    private static Optional<String> afterExit(StackTraceElement[] trace) {
        for (int i = 0; i < trace.length; i++) {
            if (trace[i].getClassName().equals("java.lang.Runtime")
                    && trace[i].getMethodName().equals("exit")) {
                StackTraceElement[] outside = Arrays.copyOfRange(trace, i + 1, trace.length);
                return Blame.culprit(Arrays.stream(outside)).map(Blame::words);
            }
        }
        return Optional.empty();
    }
}
