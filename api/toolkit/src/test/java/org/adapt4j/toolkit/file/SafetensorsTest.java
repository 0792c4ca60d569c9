package org.adapt4j.toolkit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsTest {

    private static final Map<String, Tensor> TENSORS = Map.of(
            "policy/layer/weight",
            Tensor.of(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, -0.5f}),
            "optimizer/steps",
            Tensor.of(17.0),
            "empty",
            Tensor.of(List.of(0L), new float[0]));

    @Test
    void readsWhatItWrote() throws IOException {
        Map<String, String> metadata = Map.of("task \"a\"\n", "ünï\\code");

        Safetensors.Content content = Safetensors.read(new ByteArrayInputStream(written(TENSORS, metadata)));

        assertThat(content.tensors()).isEqualTo(TENSORS);
        assertThat(content.metadata()).isEqualTo(metadata);
    }

    @Test
    void writesTheLayoutOfTheFormat() throws IOException {
        byte[] bytes = written(Map.of("a", Tensor.of(List.of(2L), new float[] {1, 2})), Map.of());

        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        int length = (header.length() + 7) / 8 * 8;
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getLong(0)).isEqualTo(length);
        assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8).stripTrailing())
                .isEqualTo(header);
        assertThat(file.getFloat(8 + length)).isEqualTo(1);
        assertThat(file.getFloat(12 + length)).isEqualTo(2);
        assertThat(bytes).hasSize(16 + length);
    }

    @Test
    void refusesAFileThatEndsTooEarly() throws IOException {
        byte[] bytes = written(TENSORS, Map.of());

        for (int length = 0; length < bytes.length; length += 5) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(part)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("not a sound safetensors file");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"a\":1}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}",
                "{\"__metadata__\":{\"a\":1}}"
            })
    void refusesABrokenHeader(String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(8 + text.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();

        assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("not a sound safetensors file");
    }

    private static byte[] written(Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Safetensors.write(out, tensors, metadata);
        return out.toByteArray();
    }
}
