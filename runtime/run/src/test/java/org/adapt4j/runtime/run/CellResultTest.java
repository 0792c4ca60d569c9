package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CellResultTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final CellResult.Spent SPENT = new CellResult.Spent(61.5, 4_000_000_000L, 12);

    @TempDir
    private Path temporary = Path.of("");

    static Stream<CellResult> results() {
        return Stream.of(
                new CellResult.Done(SPENT, "coinrun-java", "paper", "Procgen", 74_512, "tiny", Optional.of("film.gif")),
                new CellResult.Done(CellResult.Spent.NOTHING, "", "mandi-2022", "", 0, "", Optional.empty()),
                new CellResult.Failed(new Failure(Failure.Kind.CRASHED, "boom"), SPENT, List.of("a", "b")),
                new CellResult.NotApplicable("PEARL needs old experience"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void comesBackAsItWasWritten(CellResult result) throws IOException {
        CellFolder cell = CellFolder.at(temporary);

        cell.end(result);

        assertThat(cell.result()).contains(result);
        assertThat(CellResult.of(JSON.readTree(result.bytes("0123456789abcdef"))))
                .isEqualTo(result);
    }

    @Test
    void thereIsNoneBeforeTheEnd() {
        assertThat(CellFolder.at(temporary).result()).isEmpty();
    }

    @Test
    void aFailureOfAnUnknownKindMayBeTriedAgainAndOneOfNoKindMayNot() throws IOException {
        assertThat(failed("{\"status\":\"failed\",\"reason\":\"x\",\"failure\":\"eaten\"}")
                        .isRetryable())
                .isTrue();
        assertThat(failed("{\"status\":\"failed\",\"reason\":\"x\"}").isRetryable())
                .isFalse();
    }

    private static Failure.Kind failed(String json) throws IOException {
        return ((CellResult.Failed) CellResult.of(JSON.readTree(json)))
                .failure()
                .kind();
    }

    @Test
    void refusesWhatIsNoResult() {
        for (String json : List.of("{\"status\":\"fine\"}", "{}", "[]", "{\"status\":")) {
            assertThatThrownBy(() -> CellResult.of(JSON.readTree(json))).isInstanceOf(IOException.class);
        }
    }
}
