package org.adapt4j.env.rlbench.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.env.rlbench.bridge.BridgeException.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The server that is shipped, in a Python of the machine, beside something that looks like RLBench and is of the standard library alone. */
@Tag("native")
@Timeout(120)
final class ServerScriptTest {

    private static final String HELLO = "{\"type\":\"hello\",\"version\":\"rlbench-bridge/1\",\"token\":\"%s\"}";

    private static final String ARRAY = """
        {"type": "step", "arrays": [{"name": "action", "dtype": "%s", "offset": %s, "bytes": 4}]}\
        """;

    @TempDir
    private Path folder;

    private Path python = Path.of("python3");

    @BeforeEach
    void findPython() throws IOException, URISyntaxException {
        assumeTrue(hasPython(), "python3 is not installed");
        Path installation =
                Path.of(ServerScriptTest.class.getResource("installation").toURI());
        python = script("exec env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH='" + installation + "' python3 \"$@\"\n");
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private Path script(String line) throws IOException {
        Path file = Files.createTempFile(folder, "python", "");
        Files.writeString(file, "#!/bin/sh\n" + line);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private BridgeSettings settings(double stepSeconds, int restarts) {
        return new BridgeSettings(
                List.of(), "", python.toString(), "", true, false, 1, 4, 60, 60, stepSeconds, 60, restarts, 5);
    }

    private Visit visit(double stepSeconds, int restarts) {
        return new Visit(settings(stepSeconds, restarts), Visit.wishes(Visit.JOINTS, false), Visit.task(1));
    }

    @Test
    void playsEpisodesInAProcessOfItsOwn() {
        try (Visit visit = visit(30, 0)) {
            float first = visit.number(2, 0);
            assertThat(visit.number(1, 1)).isEqualTo(0.1f);
            assertThat(visit.seen.observation(4).get(11) & 255).isEqualTo(200);
            assertThat(visit.number(5, 2)).isEqualTo(1.5f);
            assertThat(visit.batch.info(0)).containsEntry("instruction", "reach ball 1");

            assertThat(visit.step()).isZero();
            assertThat(visit.number(1, 0)).isEqualTo(1);
            assertThat(visit.step()).isEqualTo(100);
            assertThat(visit.seen.is(Flag.TERMINATED, 0)).isTrue();
            assertThat(visit.number(2, 0)).as("another seed").isNotEqualTo(first);
        }
        try (Visit again = visit(30, 0);
                Visit once = visit(30, 0)) {
            assertThat(again.number(2, 0)).as("the same seed").isEqualTo(once.number(2, 0));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, boundary", "1.5, invalid_action"})
    void actionsThatCannotBeDoneAreOutcomes(float first, String error) {
        try (Visit visit = visit(30, 0)) {
            assertThat(visit.step(first)).isEqualTo(-1);

            assertThat(visit.batch.info(0)).containsEntry("reason", error);
            assertThat(visit.step()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"2, simulator-dead", "2.5, simulator-slow"})
    void aProcessThatDiesOrHangsIsReplaced(float first, String reason) {
        try (Visit visit = visit(first == 2 ? 30 : 1, 1)) {
            visit.step(first);

            assertThat(visit.seen.is(Flag.TRUNCATED, 0)).isTrue();
            assertThat(visit.batch.info(0)).containsEntry("simulators", 2);
            assertThat(visit.batch.info(0).get("invalid-actions")).hasToString("{" + reason + "=1}");
            assertThat(visit.step()).isZero();
        }
    }

    @Test
    void theLastWordsOfAProcessAreTold() {
        try (Visit visit = visit(30, 0)) {
            assertThatThrownBy(() -> visit.step(2))
                    .isInstanceOfSatisfying(
                            BridgeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DEAD))
                    .hasMessageContaining("the scene fell into the sea");
        }
    }

    @Test
    void otherErrorsOfRlbenchAreRepeated() {
        try (Visit visit = visit(30, 0)) {
            assertThatThrownBy(() -> visit.step(3))
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("says (failed): something else");
        }
    }

    @Test
    void withoutRlbenchTheDoctorIsRecommended() {
        BridgeSettings bare = new BridgeSettings(List.of(), "", "python3", "", true, false, 1, 4, 60, 60, 30, 60, 0, 5);

        assertThatThrownBy(() -> new Visit(bare, Visit.wishes(Visit.JOINTS, true), Visit.task(0)))
                .isInstanceOf(BridgeException.class)
                .hasMessageContaining("says (import)")
                .hasMessageContaining("adapt4j doctor");
    }

    @Test
    void aPythonThatIsNotThereIsNamed() {
        BridgeSettings none =
                new BridgeSettings(List.of(), "", "/no/python", "", true, false, 1, 4, 60, 60, 30, 60, 0, 5);

        assertThatThrownBy(() -> new Visit(none, Visit.wishes(Visit.JOINTS, true), Visit.task(0)))
                .isInstanceOfSatisfying(
                        BridgeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LAUNCH))
                .hasMessageContaining("'/no/python' cannot be started");
    }

    @Test
    void aPythonThatEndsAtOnceIsQuoted() throws IOException {
        python = script("echo 'no such luck'; exit 1\n");

        SlowLog log = new SlowLog(); // nothing is read before it has ended
        try {
            assertThatThrownBy(() -> visit(30, 0))
                    .isInstanceOfSatisfying(
                            BridgeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LAUNCH))
                    .hasMessageContaining("ended at once")
                    .hasMessageContaining("no such luck");
        } finally {
            log.detach();
        }
    }

    /** A log that keeps whoever writes to it at debug level waiting. */
    private static final class SlowLog extends AppenderBase<ILoggingEvent> {
        private final Logger logger = (Logger) LoggerFactory.getLogger(Simulator.class);

        SlowLog() {
            logger.setLevel(Level.DEBUG);
            logger.addAppender(this);
            start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }

        void detach() {
            logger.detachAppender(this);
            logger.setLevel(null);
        }
    }

    @Test
    void theDoctorSaysWhatIsMissingAndWhereToGetIt() {
        BridgeSettings bare =
                new BridgeSettings(List.of(), "", "python3", "/nowhere", true, false, 1, 4, 60, 60, 30, 60, 0, 5);

        assertThat(BridgeDoctor.inspect(settings(30, 0)))
                .filteredOn(finding -> finding.what().equals("rlbench/rlbench"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.good()).isTrue());
        assertThat(BridgeDoctor.inspect(bare))
                .filteredOn(finding -> finding.what().equals("rlbench/rlbench"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.advice()).contains("github.com/stepjam/RLBench"));
        assertThat(BridgeDoctor.inspect(bare))
                .filteredOn(finding -> finding.what().equals("rlbench/coppeliasim"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("/nowhere"));
    }

    /** What a stranger or a broken client may send, and what the server says to it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello wrong-token-of-some-length rlbench-bridge/1 | token",
                "hello 0123456789abcdef rlbench-bridge/9 | version",
                "text {\"type\":\"step\"} | order",
                "text {] | header",
                "text [1] | header",
                "length 2147483647 | header",
                "greeted {\"type\":\"reset\",\"variation\":0,\"seed\":1} | order",
                "greeted {\"type\":\"task\"} | header",
                "greeted {\"type\":\"dance\"} | type",
                "array float32 9 | header",
                "array pickle 0 | header",
            })
    void theServerRefusesWhatIsNotOfTheProtocol(String sent, String code) throws IOException, InterruptedException {
        Path tokens = folder.resolve("token");
        Files.writeString(tokens, FakeServer.TOKEN);
        Path program = folder.resolve("server.py");
        Files.write(
                program,
                BridgeSlot.class
                        .getResourceAsStream("adapt4j_rlbench_bridge.py")
                        .readAllBytes());
        Process server = new ProcessBuilder(
                        python.toString(), "-u", program.toString(), "--once", "--token-file", tokens.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Socket socket = new Socket("127.0.0.1", port(server))) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String[] words = sent.split(" ", 2);
            switch (words[0]) {
                case "length" ->
                    socket.getOutputStream()
                            .write(ByteBuffer.allocate(4)
                                    .putInt(Integer.parseInt(words[1]))
                                    .array());
                case "hello" -> {
                    String[] parts = words[1].split(" ");
                    write(socket, HELLO.formatted(parts[0]).replace("rlbench-bridge/1", parts[1]));
                }
                case "array" -> {
                    String[] parts = words[1].split(" ");
                    write(socket, HELLO.formatted(FakeServer.TOKEN));
                    assertThat(read(in)).contains("\"hello\"");
                    write(socket, ARRAY.formatted(parts[0], parts[1]));
                }
                case "greeted" -> {
                    write(socket, HELLO.formatted(FakeServer.TOKEN));
                    assertThat(read(in))
                            .contains("\"hello\"")
                            .contains("1.2.0-fake")
                            .contains("reach_target");
                    write(socket, words[1]);
                }
                default -> write(socket, words[1]);
            }

            assertThat(read(in)).contains("\"error\"").contains("\"code\": \"" + code + "\"");
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void rlbenchsOwnExpertIsShown() {
        try (BridgeDemos demos =
                new BridgeDemos(settings(30, 0), Visit.wishes(Visit.JOINTS, true), each -> new float[] {1, 0})) {
            List<BridgeDemos.Frame> first = demos.play(Visit.task(2), 5, 7);
            List<BridgeDemos.Frame> other = demos.play(Visit.task(2), -6, 7);
            List<BridgeDemos.Frame> again = demos.play(Visit.task(2), 5, 7);

            assertThat(first).hasSize(4);
            assertThat(first.get(3).positions()).startsWith(3, 0.1f);
            assertThat(first.get(3).speeds()).containsOnly(0.25);
            assertThat(first.get(3).tip()).endsWith(1);
            assertThat(first.get(3).open()).isTrue();
            assertThat(first.get(0).observation()[4]).hasSize(12).endsWith(1, 1, 200);
            assertThat(first.get(0).observation()[2]).isEqualTo(again.get(0).observation()[2]);
            assertThat(first.get(0).observation()[2]).isNotEqualTo(other.get(0).observation()[2]);
        }
    }

    @Test
    void theServerGoesBackToDemonstrations() {
        try (Simulator simulator = Simulator.reach(settings(30, 0), 0)) {
            Connection connection = simulator.connection();
            Visit.wishes(Visit.JOINTS, true).tell(connection, settings(30, 0));
            connection.ask(Connection.request("task").put("name", "reach_target"), new float[0], "task", 30);
            Message frame = connection.ask(
                    Connection.request("demos")
                            .put("amount", 1)
                            .put("variation", 2)
                            .put("attempts", 7)
                            .put("seed", 5),
                    new float[0],
                    "frame",
                    30);
            float drawn = frame.array("task_low_dim_state", "float32").getFloat(0);
            int frames = 0;
            while (frame.type().equals("frame")) {
                frames++;
                frame = connection.next("frame", "end", 30);
            }

            Message first =
                    connection.ask(Connection.request("reset_to_demo").put("demo", 0), new float[0], "observation", 30);

            assertThat(frames).isEqualTo(4);
            assertThat(first.array("task_low_dim_state", "float32").getFloat(0)).isEqualTo(drawn);
            assertThat(first.array("joint_positions", "float32").getFloat(0)).isZero();
        }
    }

    private static int port(Process server) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = server.getInputStream().read();
                c != '\n';
                c = server.getInputStream().read()) {
            assertThat(c).as("the server ended").isNotNegative();
            line.append((char) c);
        }
        return Integer.parseInt(line.substring(line.lastIndexOf(" ") + 1));
    }

    private static void write(Socket socket, String header) throws IOException {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        out.write(ByteBuffer.allocate(4).putInt(bytes.length).array());
        out.write(bytes);
        out.flush();
    }

    private static String read(DataInputStream in) throws IOException {
        byte[] header = new byte[in.readInt()];
        in.readFully(header);
        return new String(header, StandardCharsets.UTF_8);
    }
}
