package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
    /** Reads a folder by TensorBoard's own code and prints what it found. */
    private static final String READER = """
            import sys
            from tensorboard.backend.event_processing import plugin_event_multiplexer
            from tensorboard.plugins.hparams import metadata
            runs = plugin_event_multiplexer.EventMultiplexer().AddRunsFromDirectory(sys.argv[1])
            runs.Reload()
            (run,) = runs.Runs()
            for tensor in runs.Tensors(run, "loss"):
                print(tensor.step, tensor.tensor_proto.float_val[0])
            content = runs.SummaryMetadata(run, metadata.SESSION_START_INFO_TAG).plugin_data.content
            settings = metadata.parse_session_start_info_plugin_data(content).hparams
            print(settings["rate"].number_value, settings["name"].string_value, settings["on"].bool_value)
            """;

    @TempDir
    private Path temporary = Path.of("");

    /** Payloads, each checked against both of its checksums. */
    private static List<byte[]> records(byte[] file) {
        List<byte[]> payloads = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(in.getInt()).isEqualTo(EventFile.masked(length));
            byte[] payload = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(payload);
            assertThat(in.getInt()).isEqualTo(EventFile.masked(payload));
            payloads.add(payload);
        }
        return payloads;
    }

    @Test
    void writesTheBytesOfTheFormat() {
        EventFile file = new EventFile(1.5);
        file.scalar(2.5, 300, "loss", 0.25);

        List<byte[]> records = records(file.toBytes());

        ByteBuffer first = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        first.put((byte) 0x09).putDouble(1.5).put((byte) 0x1a).put((byte) 13);
        first.put("brain.Event:2".getBytes(StandardCharsets.UTF_8));
        assertThat(records.get(0)).isEqualTo(first.array());
        ByteBuffer second = ByteBuffer.allocate(27).order(ByteOrder.LITTLE_ENDIAN);
        second.put((byte) 0x09).putDouble(2.5);
        second.put((byte) 0x10).put((byte) 0xac).put((byte) 0x02);
        second.put((byte) 0x2a).put((byte) 13).put((byte) 0x0a).put((byte) 11);
        second.put((byte) 0x0a).put((byte) 4).put("loss".getBytes(StandardCharsets.UTF_8));
        second.put((byte) 0x15).putFloat(0.25f);
        assertThat(records.get(1)).isEqualTo(Arrays.copyOf(second.array(), second.position()));
    }

    @Test
    void masksTheChecksumOfTheStandardExample() {
        // CRC-32C of "123456789" is e3069283; turned right by 15 and shifted by a282ead8.
        int expected = Integer.rotateRight(0xe3069283, 15) + 0xa282ead8;

        assertThat(EventFile.masked("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(expected);
    }

    @Test
    void tellsAReaderToForgetWhatItReadBefore() {
        EventFile file = new EventFile(0);
        file.start(1.5);

        ByteBuffer event = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
        event.put((byte) 0x09).putDouble(1.5).put(new byte[] {0x3a, 2, 0x08, 1});
        assertThat(records(file.toBytes()).get(1)).isEqualTo(event.array());
    }

    @Test
    void handsOutWhatWasAdded() {
        EventFile whole = new EventFile(1);
        EventFile piecewise = new EventFile(1);
        whole.scalar(2, 3, "loss", 4);
        whole.scalar(3, 4, "loss", 3);

        byte[] first = piecewise.drain();
        piecewise.scalar(2, 3, "loss", 4);
        byte[] second = piecewise.drain();
        piecewise.scalar(3, 4, "loss", 3);
        byte[] third = piecewise.drain();

        assertThat(ByteBuffer.allocate(first.length + second.length + third.length)
                        .put(first)
                        .put(second)
                        .put(third)
                        .array())
                .isEqualTo(whole.toBytes());
        assertThat(piecewise.drain()).isEmpty();
    }

    @Test
    void hyperParametersAreARecordOfTheirPlugin() {
        EventFile file = new EventFile(0);
        file.hyperParameters(0, Map.of("rate", 0.5, "name", "ppo", "on", true));

        assertThat(new String(records(file.toBytes()).get(1), StandardCharsets.ISO_8859_1))
                .contains("_hparams_/session_start_info", "hparams", "rate", "ppo");
    }

    @Test
    @Tag("slow")
    void isReadByTensorBoardItself() throws IOException, InterruptedException {
        assumeTrue(python("-c", "import tensorboard").exit() == 0, "pip install tensorboard");
        EventFile before = new EventFile(1);
        before.start(1);
        before.scalar(1, 100, "loss", 9);
        before.scalar(2, 200, "loss", 8);
        EventFile after = new EventFile(3);
        after.start(3);
        after.hyperParameters(3, Map.of("rate", 0.5, "name", "ppo", "on", true));
        after.scalar(3, 100, "loss", 9);
        after.scalar(4, 200, "loss", 7);
        Files.write(temporary.resolve("events.out.tfevents.1.adapt4j"), before.toBytes());
        Files.write(temporary.resolve("events.out.tfevents.2.adapt4j"), after.toBytes());

        Output output = python("-c", READER, temporary.toString());

        assertThat(output.text()).isEqualTo("100 9.0\n200 7.0\n0.5 ppo True\n");
    }

    private record Output(int exit, String text) {}

    private static Output python(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return new Output(-1, String.valueOf(e.getMessage())); // there is no Python
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(10, TimeUnit.MINUTES) ? process.exitValue() : -1, text);
    }
}
