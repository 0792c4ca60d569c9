package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SafetensorsTest {

    private static final String FLOAT = "\"dtype\":\"F32\",\"shape\":[1]";

    @Test
    void readsWhatOthersWrite() throws IOException {
        byte[] file = file(
                "{\"b\":{\"data_offsets\":[8,12],\"shape\":[1,1],\"dtype\":\"F32\"},\"__metadata__\":{\"by\":\"hand\"},"
                        + "\"none\":{\"dtype\":\"F64\",\"shape\":[0,3],\"data_offsets\":[8,8]},"
                        + "\"a\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}",
                12);

        assertThat(Safetensors.read("x", file).tensors()).containsOnlyKeys("a", "b", "none");
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Snapshot snapshot = Snapshot.of(
                Map.of("policy/a", Tensor.of(List.of(2L, 1L), new float[] {1, 2}), "policy/b", Tensor.of(3, 4)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Safetensors.write(snapshot, out);

        assertThat(Safetensors.read("x", out.toByteArray())).isEqualTo(snapshot);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                | 0 | it holds no tensors",
                "{\"__metadata__\":{}}                                             | 0 | it holds no tensors",
                "[]                                                                | 0 | its header is not a JSON object",
                "null                                                              | 0 | its header is not a JSON object",
                "{\"a\":                                                           | 4 | its header is not JSON",
                "{\"a\":{F,\"data_offsets\":[0,4]}} x                              | 4 | its header is not JSON",
                "{\"a\":{F,\"data_offsets\":[0,4]},\"a\":{F,\"data_offsets\":[4,8]}} | 8 | its header is not JSON (Duplicate",
                "{\"a\":{F}}                                                       | 4 | tensor a has no data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}                  | 4 | tensor a has no shape",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}   | 4 | of the type \"BF16\"",
                "{\"a\":{F,\"data_offsets\":[0,8]}}                                | 8 | tensor a: shape [1] of FLOAT32",
                "{\"a\":{F,\"data_offsets\":[4,0]}}                                | 4 | tensor a lies outside of it",
                "{\"a\":{F,\"data_offsets\":[0,4]}}                                | 3 | tensor a lies outside of it",
                "{\"a\":{F,\"data_offsets\":[-4,0]}}                               | 4 | data_offsets must be whole numbers",
                "{\"a\":{F,\"data_offsets\":[0,4.0]}}                              | 4 | data_offsets must be whole numbers",
                "{\"a\":{F,\"data_offsets\":[0,99999999999999999999]}}             | 4 | data_offsets must be whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[9999999999,9999999999],\"data_offsets\":[0,4]}} | 4 | overflow",
                "{\"a\":{F,\"data_offsets\":[0,4]}}                                | 8 | 4 bytes follow the last tensor",
                "{\"a\":{F,\"data_offsets\":[4,8]}}                                | 8 | bytes 0 to 4 belong to no tensor",
                "{\"a\":{F,\"data_offsets\":[0,4]},\"b\":{F,\"data_offsets\":[8,12]}} | 12 | bytes 4 to 8 belong to no tensor",
                "{\"a\":{F,\"data_offsets\":[0,4]},\"b\":{F,\"data_offsets\":[0,4]}}  | 4 | two tensors overlap at byte 0",
                "{\"a\":{F,\"data_offsets\":[0,4]},\"b\":{F,\"data_offsets\":[2,6]}}  | 6 | two tensors overlap at byte 2"
            })
    void refuses(String header, int data, String why) {
        byte[] file = file(header.strip().replace("F,", FLOAT + ",").replace("{F}", "{" + FLOAT + "}"), data);

        assertThatThrownBy(() -> Safetensors.read("weights.safetensors", file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("weights.safetensors is damaged: ")
                .hasMessageContaining(why);
    }

    @Test
    void readsTensorsUnderTheNamesThatTheyHadBefore() throws IOException {
        String header = "{\"policy/log-deviation\":{F,\"data_offsets\":[0,4]},"
                + "\"policy/log-deviation/bias\":{F,\"data_offsets\":[4,8]},"
                + "\"policy/a-log-deviation\":{F,\"data_offsets\":[8,12]}}";
        String twice = "{\"policy/log-deviation\":{F,\"data_offsets\":[0,4]},"
                + "\"policy/log-std\":{F,\"data_offsets\":[4,8]}}";

        Snapshot read = Safetensors.read("x", file(header.replace("F,", FLOAT + ","), 12));

        assertThat(read.tensors()).containsOnlyKeys("policy/log-std", "policy/log-std/bias", "policy/a-log-deviation");
        assertThatThrownBy(() -> Safetensors.read("x", file(twice.replace("F,", FLOAT + ","), 8)))
                .hasMessage("x is damaged: it holds policy/log-std under its old name too");
    }

    @Test
    void refusesAHeaderThatDoesNotFit() {
        for (byte[] file :
                List.of(new byte[3], "not tensors at all".getBytes(StandardCharsets.US_ASCII), new byte[8], new byte[] {
                    2, 0, 0, 0, 0, 0, 0, 0, '{'
                })) {
            assertThatThrownBy(() -> Safetensors.read("x", file)).hasMessageContaining("header");
        }
    }

    private static byte[] file(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }
}
