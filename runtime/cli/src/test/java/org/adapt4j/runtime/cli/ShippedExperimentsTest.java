package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment that comes with Adapt4J can be begun as it stands; parts that several include have no name. */
@Tag("native")
final class ShippedExperimentsTest {

    private static final Path EXAMPLES = Path.of("../../examples");

    static List<Path> experiments() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("experiments", "races")) {
            try (Stream<Path> files = Files.walk(EXAMPLES.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".conf") && isNamed(file))
                        .sorted()
                        .forEach(found::add);
            }
        }
        assertThat(found).hasSizeGreaterThan(25);
        return found;
    }

    private static boolean isNamed(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.startsWith("name "));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void holdsNoMistake(Path file) {
        Screen screen = new Screen();

        assertThat(screen.run("validate", file.toString())).as(screen.err()).isZero();
        assertThat(screen.out()).contains("No problems.");
    }
}
