package org.adapt4j.env.gymnasium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.adapt4j.env.gymnasium.GymnasiumBenchmark.Settings;
import org.adapt4j.toolkit.environment.ChildProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Python process with environments in it, one for each slot that it serves. Orders go through its standard input, one at a time; what it
 * prints is kept for messages.
 */
final class Python implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Python.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = "adapt4j_gymnasium.py";
    private static final long WATCH_MILLIS = 200;

    private final Settings settings;
    private final Process process;
    private final ChildProcess child;
    private final OutputStream orders;
    private final InputStream answers;
    private volatile long deadline = Long.MAX_VALUE;
    private volatile boolean late;

    /** Starts it. @throws GymnasiumException if there is no such program */
    Python(Settings settings) {
        this.settings = settings;
        try {
            ProcessBuilder builder = new ProcessBuilder(settings.python(), "-u", "-c", script());
            // One of many such processes; a pool of threads in each would only be in the way.
            builder.environment().putIfAbsent("OPENBLAS_NUM_THREADS", "1");
            process = builder.start();
        } catch (IOException e) {
            throw new GymnasiumException(
                    "'" + settings.python() + "' does not run: " + e.getMessage()
                            + ". Name the Python that has gymnasium and numpy: benchmark.python",
                    e);
        }
        orders = process.getOutputStream();
        answers = process.getInputStream();
        child = new ChildProcess(process, process.getErrorStream(), "gymnasium", line -> {
            LOG.debug("{}", line);
            return true;
        });
        Thread watch = new Thread(this::watch, "gymnasium-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(Python.class.getResourceAsStream(SCRIPT))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Ends a process that does not answer in time: the one who waits for it then reads its end. */
    private void watch() {
        try {
            while (process.isAlive()) {
                if (System.nanoTime() - deadline > 0 && deadline != Long.MAX_VALUE) {
                    late = true;
                    child.kill();
                    return;
                }
                process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Gives an order of a few bytes and waits until it is carried out.
     *
     * @param what it is, for messages
     * @param playing which environment, for messages
     */
    synchronized void order(byte[] order, String what, String playing) {
        within(settings.stepSeconds());
        try {
            orders.write(order);
            orders.flush();
            int answer = answers.read();
            if (answer == '!') {
                throw new GymnasiumException("environment " + playing + ": " + what + " raised "
                        + JSON.readTree(line()).path("error").asText());
            }
            if (answer != '+') {
                throw ended(what, playing, null);
            }
        } catch (IOException e) {
            throw ended(what, playing, e);
        } finally {
            deadline = Long.MAX_VALUE;
        }
    }

    /** Gives an order that is answered by words. */
    synchronized JsonNode ask(ObjectNode order, String playing) {
        within(settings.startSeconds());
        try {
            orders.write((JSON.writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
            String said = line();
            if (said.isEmpty()) {
                throw ended("start", playing, null);
            }
            JsonNode told = JSON.readTree(said);
            if (told.has("error")) {
                throw new GymnasiumException("environment " + playing + ": "
                        + told.path("error").asText()
                        + (told.path("refused").asBoolean() ? "" : ". Played by " + settings.python()));
            }
            return told;
        } catch (IOException e) {
            throw ended("start", playing, e);
        } finally {
            deadline = Long.MAX_VALUE;
        }
    }

    private void within(double seconds) {
        deadline = System.nanoTime() + (long) (1e9 * seconds);
    }

    /** A line without its end; empty if there is none. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = answers.read(); next >= 0 && next != '\n'; next = answers.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private GymnasiumException ended(String what, String playing, @Nullable IOException cause) {
        String how;
        if (child.awaitEnd()) {
            how = late
                    ? "did not answer in time; see benchmark.step-seconds and benchmark.start-seconds"
                    : "ended with " + process.exitValue();
        } else {
            how = Thread.currentThread().isInterrupted()
                    ? "was waited for until this was interrupted"
                    : "answered what is no answer";
        }
        String message = "environment " + playing + ", " + what + ": " + settings.python() + " " + how + child.said();
        return cause == null ? new GymnasiumException(message) : new GymnasiumException(message, cause);
    }

    /** Ends the process, with all that it started. */
    @Override
    public void close() {
        child.end(() -> {
            try {
                orders.close();
            } catch (IOException e) {
                child.kill(); // it takes no orders any more
            }
        });
    }
}
