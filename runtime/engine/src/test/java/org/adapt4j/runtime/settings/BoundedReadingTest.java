package org.adapt4j.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a configuration holds or includes, reading it ends soon, in little memory, with a sentence. */
final class BoundedReadingTest {

    private static final String TOO_LONG =
            "makes the experiment too long: more than 2,097,152 characters once every ${…} is filled in. Take in less";

    @TempDir
    private Path folder = Path.of("");

    private final Problems problems = new Problems();
    private final ConfigurationReader reader = new ConfigurationReader(List.of(), problems);

    @Test
    void nesting() {
        resolved("a = " + "[".repeat(10_000) + "]".repeat(10_000));
        resolved("\n" + "{ a ".repeat(10_000));
        resolved("a" + ".a".repeat(10_000) + " = 1");
        resolved("a = ${a" + ".a".repeat(10_000) + "}");

        assertThat(problems.found())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.message()).contains("nested too deeply"));
        assertThat(problems.found()).extracting(Problem::line).contains(1, 2);
    }

    @Test
    void allowsWhatPeopleNest() {
        Config config = resolved("a = " + "[".repeat(90) + "]".repeat(90) + "\nb" + ".b".repeat(90) + " = 1");

        assertThat(problems.found()).isEmpty();
        assertThat(config.root()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${x%d}${x%d}", "[${x%d}, ${x%d}]", "{ a = ${x%d}, b = ${x%d} }", "${x%d} ${?x%d}"})
    void laughs(String twice) {
        resolved("x0 = [lol]\n" + lines(1, 40, i -> "x" + i + " = " + twice.replace("%d", String.valueOf(i - 1))));

        assertThat(problems.found()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(TOO_LONG);
            assertThat(problem.line()).isBetween(15, 25);
        });
    }

    @Test
    void laughsAtOneKey() {
        resolved("x = [lol]\n" + "x = ${x}${x}\n".repeat(40));
        resolved("x.a = [lol]\n" + "x.a = ${x.a}${x.a}\n".repeat(40));

        assertThat(problems.found()).extracting(Problem::message).containsOnly(TOO_LONG);
        assertThat(problems.found()).hasSize(2);
    }

    @Test
    void laughsThroughIncludes() throws IOException {
        Files.writeString(folder.resolve("base.conf"), "x0 = [lol]\n");
        for (int i = 1; i < 40; i++) {
            Files.writeString(folder.resolve(i + ".conf"), "x%d = ${x%d}${x%d}\n".formatted(i, i - 1, i - 1));
        }
        Path file = Files.writeString(
                folder.resolve("exp.conf"),
                "s {\ninclude \"base.conf\"\n" + lines(1, 40, i -> "include \"" + i + ".conf\"") + "}");

        reader.resolve(reader.file(file));

        assertThat(problems.found()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(TOO_LONG);
            assertThat(problem.file()).matches(".*/\\d\\d.conf");
            assertThat(problem.path()).startsWith("s.x");
        });
    }

    @Test
    void addsToAListManyTimes() {
        Config config = resolved("x = []\n" + "x += 1\n".repeat(300) + "y = [1]\n" + "y = ${y} [2]\n".repeat(300));

        assertThat(problems.found()).isEmpty();
        assertThat(config.getIntList("x")).hasSize(300);
        assertThat(config.getIntList("y")).hasSize(301);
    }

    @Test
    void takesInASectionManyTimes() {
        Config config = resolved("base { " + lines(0, 50, i -> "k" + i + " = " + i) + " }\n"
                + lines(0, 200, i -> "m" + i + " = ${base} { own = " + i + " }"));

        assertThat(problems.found()).isEmpty();
        assertThat(config.getInt("m7.own")).isEqualTo(7);
        assertThat(config.getInt("m7.k49")).isEqualTo(49);
    }

    @Test
    void keys() {
        resolved(lines(0, 30_000, i -> "k" + i + "=1"));
        resolved(lines(0, 15_000, i -> "a.k" + i + "=1"));
        resolved(lines(0, 15_000, i -> "a{k" + i + "=1}"));
        resolved("x = 1\n" + lines(0, 1_500, i -> "k" + i + "=${x}"));

        assertThat(problems.found())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "has too many keys: at most 20,000 are read of an experiment",
                        "goes on with the same sections too often; write each section once, with its keys in { … }",
                        "goes on with the same sections too often; write each section once, with its keys in { … }",
                        "has too many substitutions: at most 1,000 ${…} are filled in");
    }

    @Test
    void length() throws IOException {
        Path huge = folder.resolve("huge.conf");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 40); // it holds nothing, and takes no room
        }
        Path file = Files.writeString(folder.resolve("exp.conf"), "include \"huge.conf\"\n");

        reader.resolve(reader.file(huge));
        reader.resolve(reader.file(file));

        assertThat(problems.found())
                .singleElement()
                .hasToString(huge + ": is too long: at most 1,048,576 bytes of such a file are read");
    }

    @Test
    void lengthOfAllTogether() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve(i + ".conf"), "k" + i + " = \"" + "x".repeat(400_000) + "\"\n");
        }
        Path file = Files.writeString(folder.resolve("exp.conf"), lines(0, 3, i -> "include \"" + i + ".conf\""));

        reader.resolve(reader.file(file));

        assertThat(problems.found())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith(folder
                                + "/2.conf: is too long: at most 1,048,576 bytes are read of an experiment and"));
    }

    @Test
    void circlesOfIncludes() throws IOException {
        Files.writeString(folder.resolve("a.conf"), "include \"./b.conf\"\n");
        Files.writeString(folder.resolve("b.conf"), "include \"././a.conf\"\n");
        Path link = Files.createSymbolicLink(folder.resolve("link.conf"), Path.of("exp.conf"));
        Files.createSymbolicLink(folder.resolve("loop.conf"), Path.of("loop.conf"));
        Path file = Files.writeString(
                folder.resolve("exp.conf"), "include \"link.conf\"\ninclude \"loop.conf\"\ninclude \"a.conf\"\n");

        reader.resolve(reader.file(file));

        assertThat(text()).isEqualTo("""
            a.conf: includes itself: exp.conf → a.conf → b.conf → a.conf
            link.conf: includes itself: exp.conf → link.conf
            loop.conf: cannot be read: too many levels of symbolic links or unable to access attributes of symbolic link\
            """);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void numbersOfIncludes() throws IOException {
        for (int i = 0; i < 30; i++) {
            Files.writeString(folder.resolve(i + ".conf"), ("include \"" + (i + 1) + ".conf\"\n").repeat(2));
        }
        Files.writeString(folder.resolve("30.conf"), "");
        for (int i = 100; i < 200; i++) {
            Files.writeString(folder.resolve(i + ".conf"), "include \"" + (i + 1) + ".conf\"\n");
        }

        reader.resolve(reader.file(folder.resolve("0.conf")));
        reader.resolve(reader.file(folder.resolve("100.conf")));

        assertThat(text())
                .contains("cannot include '1.conf': at most 1000 files are included")
                .contains("151.conf: is included too deeply: at most 50 files include each other");
    }

    @Test
    void whatIsNoFile() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.conf");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createDirectory(folder.resolve("folder.conf"));
        Path file = Files.writeString(
                folder.resolve("exp.conf"),
                "include \"pipe.conf\"\ninclude \"folder.conf\"\ninclude file(\"/dev/zero\")\ninclude \"a\\u0000b\"\n");

        reader.resolve(reader.file(file));

        assertThat(text()).isEqualTo("""
            /dev/zero: is a pipe, a socket or a device, and a file is needed there; copy the content to one
            exp.conf: 4: cannot include 'a\\u0000b': no file can have that name
            folder.conf: is a folder, and a file is needed there
            pipe.conf: is a pipe, a socket or a device, and a file is needed there; copy the content to one\
            """);
    }

    @Test
    void saysWhichByteIsNotUtf8() throws IOException {
        Path file = Files.write(
                folder.resolve("exp.conf"), "a = 1\nb = Ã¼\nc = caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        reader.resolve(reader.file(file));

        assertThat(text()).isEqualTo("exp.conf: 3: byte 8 of this line, 0xE9, is not UTF-8; save the file as UTF-8");
    }

    @Test
    void problemsAreFewAndShort() {
        resolved(lines(0, 3_000, i -> "k" + i + " = 1e400"));
        problems.add(new Problem("a\u001b[31mb", 1, "k\n", "is " + "x".repeat(100_000)));

        ConfigurationException all = new ConfigurationException(problems.found());
        assertThat(problems.count()).isEqualTo(3_001);
        assertThat(String.valueOf(all.getMessage()).lines()).hasSize(52);
        assertThat(all.getMessage()).endsWith("\n  and 950 more");
        assertThat(new Problem("a\u001b[31mb", 1, "k\n", "is " + "x".repeat(100_000)).toString())
                .startsWith("a\\u001b[31mb: 1: k\\u000a: is xxx")
                .hasSizeLessThan(3_000);
    }

    private Config resolved(String text) {
        return reader.resolve(reader.text("exp.conf", text));
    }

    private static String lines(int from, int to, IntFunction<String> line) {
        return IntStream.range(from, to).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private String text() {
        return String.join(
                        "\n", problems.found().stream().map(Problem::toString).toList())
                .replace(folder + "/", "");
    }
}
