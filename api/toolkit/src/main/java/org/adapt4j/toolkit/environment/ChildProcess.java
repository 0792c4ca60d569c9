package org.adapt4j.toolkit.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A program that environments are played by, beside the JVM. What it prints is read as it comes, so that it never waits for a reader, and its
 * last lines are kept for messages. It ends with all that it started, and what it said is not lost by that: {@link Process#destroy} would
 * close the pipe with everything in it that nobody has read yet.
 */
public final class ChildProcess {

    private static final int LINES_KEPT = 12;
    private static final long GRACE_MILLIS = 3_000;

    private final Process process;
    private final Deque<String> last = new ArrayDeque<>();
    private final Thread reader;

    /**
     * Begins to listen, in a daemon thread that ends when the output does.
     *
     * @param process just started
     * @param output of it: what it prints, or what it reports as errors; nobody else may read it
     * @param name of the program, for that of the thread
     * @param heard is given each line in that thread, and says whether messages should show it
     */
    public ChildProcess(Process process, InputStream output, String name, Predicate<String> heard) {
        this.process = process;
        reader = new Thread(() -> listen(output, heard), name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void listen(InputStream output, Predicate<String> heard) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            lines.lines().filter(heard).forEach(this::keep);
        } catch (IOException | UncheckedIOException e) {
            keep("its output broke off: " + e.getMessage());
        }
    }

    private void keep(String line) {
        synchronized (last) {
            last.add(line);
            if (last.size() > LINES_KEPT) {
                last.remove();
            }
        }
    }

    /** The last lines that are worth showing, as the end of a message; empty if there is none. After {@link #awaitEnd} it is all. */
    public String said() {
        synchronized (last) {
            return last.isEmpty() ? "" : ". It said: " + String.join(" | ", last);
        }
    }

    /** Waits some seconds until it has ended by itself and what it said is read. @return whether it has ended; no, if interrupted */
    public boolean awaitEnd() {
        return awaitExit() && awaitOutput();
    }

    private boolean awaitExit() {
        try {
            return process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** No, if interrupted: output that somebody else holds open is given up after a while. */
    private boolean awaitOutput() {
        try {
            reader.join(GRACE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it at once. Whoever waits for its answers then reads their end. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Asks it to end as programs are asked to. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /**
     * Ends it with all that it started, and reads to the end what it said.
     *
     * @param ask how it is asked to; if it has not ended some seconds after that, it is killed
     */
    public void end(Runnable ask) {
        List<ProcessHandle> below = process.descendants().toList();
        ask.run();
        if (!awaitExit()) {
            kill();
        }
        below.forEach(ProcessHandle::destroyForcibly);
        awaitOutput();
        process.destroy(); // closes what is still open to it
    }
}
