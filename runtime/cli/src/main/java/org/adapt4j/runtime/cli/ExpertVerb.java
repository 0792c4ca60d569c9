package org.adapt4j.runtime.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.cell.Streams;
import org.adapt4j.runtime.experiment.Experiment;
import org.adapt4j.toolkit.environment.SlotBatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how good a benchmark's expert is, and what it costs. */
@Command(
        name = "expert",
        description = {
            "Let the expert of a benchmark play its tasks: how often it solves them, and what a demonstration costs.",
            "'plays' are episodes as they come; 'shown' are demonstrations as methods get them, after failures were discarded."
        })
final class ExpertVerb implements Callable<Integer> {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final Console console;

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--episodes", paramLabel = "N", description = "Of each task; ${DEFAULT-VALUE} by default.")
    private int episodes = 20;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of what a task leaves to chance.")
    private long seed;

    ExpertVerb(Console console) {
        this.console = console;
    }

    /** What came of some plays or demonstrations. */
    private static final class Tally {
        private int solved;
        private int played;
        private long steps;
        private double seconds;
        private long nanos;
        private final Map<String, Integer> reasons = new TreeMap<>();

        String share() {
            return solved + "/" + played;
        }

        String mean(double sum, String format) {
            return played == 0 ? "-" : String.format(Locale.ROOT, format, sum / played);
        }
    }

    @Override
    public Integer call() {
        if (episodes < 1) {
            throw new UsageException("--episodes " + episodes + ": must be at least 1");
        }
        Path file = experiment.file();
        Experiment.Shown shown = plugins.workbench().shown(file, experiment.overrides());
        Set<Task> tasks = new LinkedHashSet<>();
        for (Split split : Split.values()) {
            tasks.addAll(shown.benchmark().tasks(split).tasks());
        }
        Table table = new Table("task", "plays", "steps", "seconds", "cpu ms", "shown", "steps", "cpu ms", "why not");
        boolean any = false;
        for (Task task : tasks) {
            Optional<Tally> plays = plays(shown.benchmark(), task);
            Optional<Tally> demonstrations = shown.data().map(data -> demonstrations(shown.benchmark(), data, task));
            any |= plays.isPresent() || demonstrations.isPresent();
            Tally played = plays.orElseGet(Tally::new);
            Tally given = demonstrations.orElseGet(Tally::new);
            played.reasons.putAll(given.reasons);
            table.add(
                    task.name(),
                    played.played == 0 ? "-" : played.share(),
                    played.mean(played.steps, "%.1f"),
                    played.seconds == 0 ? "-" : played.mean(played.seconds, "%.1f"),
                    played.mean(played.nanos / 1e6, "%.0f"),
                    given.played == 0 ? "-" : given.share(),
                    given.mean(given.steps, "%.1f"),
                    given.mean(given.nanos / 1e6, "%.0f"),
                    played.reasons.isEmpty() ? "" : played.reasons.toString());
        }
        if (!any) {
            throw new UsageException(
                    file + ": " + shown.benchmark().title() + " has no expert; name one with data-set { name = … }");
        }
        table.print(console.out());
        return Exit.OK;
    }

    /** Lets the expert play as episodes come; empty if the environment knows none. */
    private Optional<Tally> plays(TaskDistribution benchmark, Task task) {
        EnvironmentSpec spec = benchmark.spec(TaskSet.of(task));
        TaskSchedule schedule = TaskSchedule.fixed(task);
        Tally tally = new Tally();
        try (VectorEnvironment environment =
                benchmark.open(new EnvironmentRequest(spec, schedule, 1, Streams.root(seed), Purpose.MEASURING))) {
            if (!(environment instanceof SlotBatch batch) || !batch.hasExpert()) {
                return Optional.empty();
            }
            StepBuffers seen = StepBlock.allocate(spec, 1, 1).step(0);
            ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), 1, 1);
            batch.receive(seen);
            while (tally.played < episodes) {
                play(benchmark, task, batch, seen, acted, tally);
            }
        }
        return Optional.of(tally);
    }

    private static void play(
            TaskDistribution benchmark, Task task, SlotBatch batch, StepBuffers seen, ActionBlock acted, Tally tally) {
        double sum = 0;
        double seconds = 0;
        long start = CLOCK.getCurrentThreadCpuTime();
        boolean first = true;
        String reason = "time-limit";
        while (first || !seen.is(Flag.FIRST, 0)) {
            first = false;
            Map<String, Object> facts = batch.info(0);
            seconds = facts.get("seconds") instanceof Number number ? number.doubleValue() : 0;
            if (!batch.show(0, acted.step(0))) {
                reason = String.valueOf(batch.info(0).getOrDefault("reason", ""));
                batch.reassign(TaskSchedule.fixed(task));
                batch.receive(seen);
                break;
            }
            batch.send(acted.step(0));
            batch.receive(seen);
            sum += seen.rewards().get(0);
            tally.steps++;
            reason = seen.is(Flag.TERMINATED, 0) ? "over" : "time-limit";
        }
        tally.nanos += CLOCK.getCurrentThreadCpuTime() - start;
        tally.seconds += seconds;
        tally.played++;
        if (benchmark.solved(task, sum)) {
            tally.solved++;
        } else {
            tally.reasons.merge(reason.isEmpty() ? "not-done" : reason, 1, Integer::sum);
        }
    }

    private Tally demonstrations(TaskDistribution benchmark, DataSet data, Task task) {
        Tally tally = new Tally();
        for (int i = 0; i < Math.min(episodes, data.count(task)); i++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            tally.played++;
            try {
                Demonstration given = data.demonstration(task, i);
                tally.steps += given.steps();
                tally.solved += benchmark.solved(task, given.episodeReturn()) ? 1 : 0;
            } catch (UnplayableTaskException e) {
                tally.reasons.merge("no demonstration", 1, Integer::sum);
            }
            tally.nanos += CLOCK.getCurrentThreadCpuTime() - start;
        }
        return tally;
    }
}
