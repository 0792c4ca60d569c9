package org.adapt4j.runtime.report.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.runtime.report.Report;
import org.adapt4j.runtime.report.SyntheticRun;
import org.adapt4j.runtime.report.SyntheticRun.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the README that draw the first figure from {@code evaluations.csv}, run as they stand, give the figure's own numbers. */
@Tag("slow")
final class FirstFigureTest {
    @TempDir
    private Path folder;

    private Path report = Path.of("");

    @BeforeEach
    void makeAReport() {
        SyntheticRun run = SyntheticRun.of(folder.resolve("run"), new Size(List.of("paper"), List.of(200), 3, 4, 6));
        report = Report.write(run.root(), Report.Options.defaults())
                .page()
                .resolveSibling(".")
                .normalize();
    }

    @Test
    void inFiveLinesOfPython() throws Exception {
        assumeTrue(
                ends("/usr/bin/python3", "-c", "import pandas, matplotlib"),
                "apt-get install python3-pandas python3-matplotlib");
        String lines = shown("python");
        assertThat(lines.lines()).hasSize(5);
        run("/usr/bin/python3", "drawn.py", lines);
        assertThat(report.resolve("first.png")).isNotEmptyFile();

        String ofReturns = lines.replace("normalised", "return");
        run("/usr/bin/python3", "told.py", ofReturns + "curves.stack([0, 1]).to_csv('curves.csv')\n");

        compare(row -> row[2] + " " + row[0], 3); // declared, preset, method, mean
    }

    @Test
    void inFiveLinesOfR() throws Exception {
        assumeTrue(ends("Rscript", "--version"), "apt-get install r-base-core");
        String lines = shown("r");
        assertThat(lines.lines()).hasSize(5);
        run("Rscript", "drawn.R", lines);
        assertThat(report.resolve("first.png")).isNotEmptyFile();

        String ofReturns = lines.replace("normalised", "return");
        run("Rscript", "told.R", ofReturns + "write.csv(curves, 'curves.csv', row.names = FALSE, quote = FALSE)\n");

        compare(row -> row[1] + " " + row[2], 3); // preset, method, declared, mean
    }

    /** Holds what a program made of the table beside what the page plots. @param key method and point of a row */
    private void compare(Function<String[], String> key, int mean) throws IOException {
        Map<String, Double> plotted = new TreeMap<>();
        rows(report.resolve("figures/adaptation-return.csv"))
                .forEach(row -> plotted.put(row[1] + " " + row[2], Double.valueOf(row[3])));
        Map<String, Double> told = new TreeMap<>();
        rows(report.resolve("curves.csv")).forEach(row -> told.put(key.apply(row), Double.valueOf(row[mean])));

        assertThat(plotted).hasSize(4 * 6);
        assertThat(told.keySet()).isEqualTo(plotted.keySet());
        plotted.forEach((where, value) ->
                assertThat(told.getOrDefault(where, Double.NaN)).as(where).isCloseTo(value, within(1e-9)));
    }

    private static List<String[]> rows(Path csv) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
    }

    private static String shown(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static boolean ends(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // not installed
        }
    }

    private void run(String program, String name, String text) throws IOException, InterruptedException {
        Files.writeString(report.resolve(name), text);
        Path log = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(Arrays.asList(program, name))
                .directory(report.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}
