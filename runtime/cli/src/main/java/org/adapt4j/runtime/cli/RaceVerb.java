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
    /** Seconds of processor time of a turn: long beside a tick of the clock, short beside what else a machine does. */
    private static final double TURN = 2;

    /** Most updates that are asked for at once. */
    private static final int MOST = 1_000;

    private final Console console;

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--against", paramLabel = "COMMAND", description = "The other program, split at spaces.")
    private String against = "";

    @Option(names = "--turns", paramLabel = "N", description = "Turns of each; ${DEFAULT-VALUE} by default.")
    private int turns = 9;

    @Option(
            names = "--updates",
            paramLabel = "N",
            description = "Updates of a turn; by default as many as take two seconds of processor time here.")
    private int updates;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Processor time that each works before the first turn; ${DEFAULT-VALUE} by default.")
    private double warmUp = 20;

    @Option(names = "--train", description = "Whole training steps: act as long as an update asks for, then make it.")
    private boolean train;

    @Option(names = "--lane", hidden = true, description = "Be our lane: answer lines of standard input.")
    private boolean lane;

    RaceVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (turns < 1 || updates < 0 || !(warmUp >= 0)) {
            throw new UsageException("--turns must be at least 1, --updates and --warm-up not below 0");
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
        double takes = warmUp(ours, command);
        warmUp(theirs, command);
        int each = updates > 0 ? updates : (int) Math.max(1, Math.min(MOST, TURN / takes));
        double[] ratios = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            double here = ours.ask(command + each) / each;
            double there = theirs.ask(command + each) / each;
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

    /** Java compiles what runs often, for the first two thousand updates of small networks. @return seconds of an update by then */
    private double warmUp(Lane lane, String command) throws IOException {
        int count = 1;
        double last = lane.ask(command + count);
        for (double spent = last; spent < warmUp; spent += last) {
            count = Math.min(MOST, 2 * count);
            last = lane.ask(command + count);
        }
        return last / count;
    }

    /** A process that answers. */
    private static final class Lane implements AutoCloseable {
        private final String name;
        private final Process process;
        private final BufferedReader answers;
        private final PrintStream questions;

        Lane(String name, ProcessBuilder builder) throws IOException {
            this.name = name;
            try {
                process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            } catch (IOException e) {
                throw new UsageException(name + ": cannot be started (" + e.getMessage() + ")");
            }
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            String first = answer();
            if (!first.equals("ready")) {
                throw new UsageException(
                        name + ": must begin with the line 'race ready', not with 'race " + first + "'");
            }
        }

        double ask(String command) throws IOException {
            questions.println(command);
            String seconds = answer();
            try {
                return Double.parseDouble(seconds);
            } catch (NumberFormatException e) {
                throw new UsageException(
                        name + ": must answer '" + command + "' by 'race SECONDS', not by '" + seconds + "'");
            }
        }

        private String answer() throws IOException {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith("race ")) {
                    return line.substring("race ".length()).strip();
                }
            }
            throw new UsageException(name + ": ended instead of answering; what it said stands above");
        }

        @Override
        public void close() {
            questions.close();
            process.destroy();
        }
    }
}
