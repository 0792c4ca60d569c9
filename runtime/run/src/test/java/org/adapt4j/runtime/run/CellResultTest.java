package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CellResultTest {
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
    void comesBackAsItWasWritten(CellResult result) {
        Path file = temporary.resolve("result.json");

        result.write(file);

        assertThat(CellResult.read(file)).contains(result);
    }

    @Test
    void thereIsNoneBeforeTheEnd() {
        assertThat(CellResult.read(temporary.resolve("result.json"))).isEmpty();
    }

    @Test
    void aFailureOfAnUnknownKindMayBeTriedAgainAndOneOfNoKindMayNot() throws IOException {
        Path file = temporary.resolve("result.json");

        Files.writeString(file, "{\"status\":\"failed\",\"reason\":\"x\",\"failure\":\"eaten\"}");
        assertThat(((CellResult.Failed) CellResult.read(file).orElseThrow())
                        .failure()
                        .kind()
                        .isRetryable())
                .isTrue();
        Files.writeString(file, "{\"status\":\"failed\",\"reason\":\"x\"}");
        assertThat(((CellResult.Failed) CellResult.read(file).orElseThrow())
                        .failure()
                        .kind()
                        .isRetryable())
                .isFalse();
    }

    @Test
    void refusesWhatIsNoResult() throws IOException {
        Path file = Files.writeString(temporary.resolve("result.json"), "{\"status\":\"fine\"}");

        assertThatThrownBy(() -> CellResult.read(file))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageStartingWith(file + ": is not a result");
    }
}
