package org.adapt4j.env.rlbench.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.env.rlbench.bridge.BridgeException.Kind;
import org.adapt4j.toolkit.environment.ChildProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to a server of RLBench, and the server's process if it was started here. */
final class Simulator implements AutoCloseable {

    static final String TOKEN_VARIABLE = "ADAPT4J_BRIDGE_TOKEN";

    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final String SCRIPT = "adapt4j_rlbench_bridge.py";
    private static final Pattern LISTENS =
            Pattern.compile(Pattern.quote(Connection.VERSION) + " listens at port ([0-9]+)");
    private static final int TOKEN_BYTES = 24;

    private final Connection connection;
    private final @Nullable Started started;

    private Simulator(Connection connection, @Nullable Started started) {
        this.connection = connection;
        this.started = started;
    }

    /** Reaches the server of a slot: starts one, or connects to the one that the user started for it. */
    static Simulator reach(BridgeSettings settings, int slot) {
        if (settings.connect().isEmpty()) {
            Started started = new Started(settings);
            try {
                int port = started.port(settings.launchSeconds());
                Connection connection = Connection.open("127.0.0.1", port, started.token, settings.launchSeconds());
                return new Simulator(connection, started);
            } catch (RuntimeException e) {
                throw started.explained(e);
            }
        }
        if (slot >= settings.connect().size()) {
            throw new BridgeException(
                    Kind.LAUNCH,
                    "slot " + slot + " has no server: connect names "
                            + settings.connect().size()
                            + ". Start one for each slot, since a simulator plays one episode at a time");
        }
        String address = settings.connect().get(slot);
        return new Simulator(
                Connection.open(
                        BridgeSettings.host(address),
                        BridgeSettings.port(address),
                        token(settings),
                        settings.launchSeconds()),
                null);
    }

    private static String token(BridgeSettings settings) {
        if (settings.tokenFile().isEmpty()) {
            return System.getenv().getOrDefault(TOKEN_VARIABLE, "");
        }
        try {
            return Files.readString(Path.of(settings.tokenFile())).strip();
        } catch (IOException e) {
            throw new BridgeException(
                    Kind.LAUNCH, "the token file " + settings.tokenFile() + " cannot be read: " + e.getMessage(), e);
        }
    }

    Connection connection() {
        return connection;
    }

    /** Versions of everything on the other side. */
    String versions() {
        return connection.versions();
    }

    /** The same failure with what our process said last, which is ended for it: only then has it said all. */
    RuntimeException explained(RuntimeException thrown) {
        return started == null ? thrown : started.explained(thrown);
    }

    /** Variables that CoppeliaSim needs, for a folder of it. */
    static Map<String, String> variables(String coppeliasim) {
        if (coppeliasim.isEmpty()) {
            return Map.of();
        }
        String libraries = System.getenv().getOrDefault("LD_LIBRARY_PATH", "");
        return Map.of(
                "COPPELIASIM_ROOT", coppeliasim,
                "LD_LIBRARY_PATH", libraries.isEmpty() ? coppeliasim : libraries + ":" + coppeliasim,
                "QT_QPA_PLATFORM_PLUGIN_PATH", coppeliasim);
    }

    @Override
    public void close() {
        connection.close();
        if (started != null) {
            started.close();
        }
    }

    /** A process of Python with our script in it. */
    private static final class Started implements AutoCloseable {
        private final String token;
        private final Path script;
        private final Process process;
        private final ChildProcess child;
        private int port = -1;

        Started(BridgeSettings settings) {
            byte[] secret = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(secret);
            token = HexFormat.of().formatHex(secret);
            try {
                script = Files.createTempDirectory("adapt4j-rlbench").resolve(SCRIPT);
                try (InputStream in = Simulator.class.getResourceAsStream(SCRIPT)) {
                    Files.write(script, in.readAllBytes());
                }
                ProcessBuilder builder = new ProcessBuilder(
                                List.of(settings.python(), "-u", script.toString(), "--once"))
                        .redirectErrorStream(true);
                builder.environment().put(TOKEN_VARIABLE, token);
                builder.environment().putAll(variables(settings.coppeliasim()));
                process = builder.start();
                process.getOutputStream().close();
            } catch (IOException e) {
                throw new BridgeException(
                        Kind.LAUNCH,
                        "'" + settings.python() + "' cannot be started: " + e.getMessage()
                                + ". Name the Python that has RLBench: bridge.python",
                        e);
            }
            child = new ChildProcess(process, process.getInputStream(), "rlbench", this::hear);
        }

        /** A line of it. @return whether messages should show it */
        private boolean hear(String line) {
            LOG.debug("{}", line);
            Matcher matcher = LISTENS.matcher(line);
            if (!matcher.matches()) {
                return true;
            }
            synchronized (this) {
                port = Integer.parseInt(matcher.group(1));
                notifyAll();
            }
            return false;
        }

        synchronized int port(double seconds) {
            long deadline = System.nanoTime() + (long) (1e9 * seconds);
            while (port < 0) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new BridgeException(Kind.LAUNCH, "RLBench's server did not listen within " + seconds + " s");
                }
                if (!process.isAlive()) {
                    throw new BridgeException(Kind.LAUNCH, "RLBench's server ended at once");
                }
                try {
                    wait(Math.min(left, 100));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new BridgeException(Kind.LAUNCH, "interrupted while RLBench's server was started", e);
                }
            }
            return port;
        }

        RuntimeException explained(RuntimeException thrown) {
            if (thrown instanceof BridgeException dead && dead.kind() == Kind.DEAD) {
                child.awaitEnd(); // a process that breaks writes its trace after it has let the connection go
            }
            close();
            String said = child.said();
            return thrown instanceof BridgeException failure && !said.isEmpty()
                    ? new BridgeException(failure.kind(), failure.getMessage() + said, failure)
                    : thrown;
        }

        /** Ends the process with all that it started, once what it said is read, and takes the script away. */
        @Override
        public void close() {
            child.end(child::terminate);
            try {
                Files.deleteIfExists(script);
                Files.deleteIfExists(script.resolveSibling(""));
            } catch (IOException e) {
                LOG.debug("{} stays behind: {}", script, e.getMessage());
            }
        }
    }
}
