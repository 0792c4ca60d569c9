package org.adapt4j.runtime.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.CellResources;
import org.adapt4j.runtime.run.PlannedCell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Races the algorithm of an experiment's first cell against another program, in turns: both stay, each works while the other waits, and what
 * counts is the processor time of whole processes, so that a busy machine harms both alike. What the other program must understand is
 * {@link RaceLane}'s to say; it answers each line by {@code race SECONDS}.
 */
@Command(
        name = "race",
        description =
                "Race updates of an experiment's algorithm against another program, turn by turn, by processor time.")
final class RaceVerb implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--against", paramLabel = "COMMAND", description = "The other program, split at spaces.")
    private String against = "";

    @Option(names = "--turns", paramLabel = "N", description = "Turns of each; ${DEFAULT-VALUE} by default.")
    private int turns = 9;

    @Option(names = "--updates", paramLabel = "N", description = "Updates of a turn; ${DEFAULT-VALUE} by default.")
    private int updates = 1;

    @Option(names = "--warm-up", paramLabel = "N", description = "Updates before; ${DEFAULT-VALUE} by default.")
    private int warmUp = 1;

    @Option(names = "--train", description = "Whole training steps: act as long as an update asks for, then make it.")
    private boolean train;

    @Option(names = "--lane", hidden = true, description = "Be our lane: answer lines of standard input.")
    private boolean lane;

    RaceVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (turns < 1 || updates < 1 || warmUp < 1) {
            throw new UsageException("--turns, --updates and --warm-up must be at least 1");
        }
        Path file = experiment.file();
        Workbench workbench = plugins.workbench();
        PlannedCell cell = workbench.plan(file, experiment.overrides()).cells().get(0);
        if (lane) {
            RaceLane.run(
                    workbench.racer(cell),
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                    console.out());
            return Exit.OK;
        }
        if (against.isBlank()) {
            throw new UsageException("--against is required: which program to race, such as"
                    + " \"/usr/bin/python3 examples/races/peers.py ppo-impala\"");
        }
        CellResources resources = workbench.resources(cell.resolved());
        try (Lane ours = new Lane("adapt4j", CellProcess.like(resources, ours(file)));
                Lane theirs = new Lane(
                        against,
                        CellProcess.likeOther(resources, List.of(against.strip().split(" +"))))) {
            race(ours, theirs);
        }
        return Exit.OK;
    }

    private List<String> ours(Path file) {
        List<String> arguments = new ArrayList<>(List.of(Main.class.getName(), "race", file.toString(), "--lane"));
        plugins.folder().ifPresent(folder -> arguments.addAll(List.of("--plugins", folder.toString())));
        arguments.addAll(experiment.overrides());
        return arguments;
    }

    private void race(Lane ours, Lane theirs) throws IOException {
        String command = train ? "train " : "update ";
        ours.ask(command + warmUp);
        theirs.ask(command + warmUp);
        double[] ratios = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            double here = ours.ask(command + updates) / updates;
            double there = theirs.ask(command + updates) / updates;
            ratios[turn] = there / here;
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%9.2f ms of processor time here, %9.2f there: %.2f times as fast%n",
                            1e3 * here,
                            1e3 * there,
                            ratios[turn]);
        }
        Arrays.sort(ratios);
        console.out()
                .printf(
                        Locale.ROOT,
                        "median of %d turns: %.2f times as fast (%.2f to %.2f)%n",
                        turns,
                        ratios[turns / 2],
                        ratios[0],
                        ratios[turns - 1]);
    }

    /** A process that answers. */
    private static final class Lane implements AutoCloseable {
        private final String name;
        private final Process process;
        private final BufferedReader answers;
        private final PrintStream questions;

        Lane(String name, ProcessBuilder builder) throws IOException {
            this.name = name;
            process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            if (!answer().equals("ready")) {
                throw new IOException(name + " did not begin with 'race ready'");
            }
        }

        double ask(String command) throws IOException {
            questions.println(command);
            return Double.parseDouble(answer());
        }

        private String answer() throws IOException {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith("race ")) {
                    return line.substring("race ".length()).strip();
                }
            }
            throw new IOException(name + " ended instead of answering");
        }

        @Override
        public void close() {
            questions.close();
            process.destroy();
        }
    }
}
