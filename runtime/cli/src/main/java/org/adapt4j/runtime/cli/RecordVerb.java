package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSetWriter;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.cell.Recorder;
import org.adapt4j.runtime.experiment.Experiment;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records what learned policies do as a data set of demonstrations, or copies a data set into another format. */
@Command(
        name = "record",
        description = {
            "Record what the policies of a run do, as a data set of demonstrations with a data card.",
            "Given an experiment file instead, copy the data set that it names into another format.",
            "A recording that was stopped goes on when the same command is given again."
        })
final class RecordVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "RUN|FILE.conf",
            description = "Folder of a run, or an experiment to copy from.")
    private Path source = Path.of("");

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Settings of the format, as adapt4j plugins shows them.")
    private List<String> settings = List.of();

    @Option(names = "--format", required = true, paramLabel = "NAME", description = "Such as imujoco-rollouts, minari.")
    private String format = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the data set.")
    private Path out = Path.of("");

    @Option(
            names = "--episodes",
            paramLabel = "N",
            description = "How many there shall be of each task; all of them where a data set is copied.")
    private @Nullable Integer episodes;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "Play exactly so many steps each, over as many episodes as it takes; by default one whole episode.")
    private @Nullable Integer steps;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of what is played; ${DEFAULT-VALUE} by default.")
    private long seed;

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "Only this task, several times for several; by default each cell's only training task.")
    private List<String> chosenTasks = new ArrayList<>();

    @Option(names = "--cell", paramLabel = "ID", description = "Only this cell, several times for several.")
    private List<String> chosenCells = new ArrayList<>();

    @Option(
            names = "--weights",
            paramLabel = "GROUP",
            split = ",",
            description = "Keep only these groups of a policy's weights, such as policy; all by default.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--licence", paramLabel = "TEXT", description = "For the data card.")
    private String licence = "not stated";

    @Mixin
    private PluginOption plugins = new PluginOption();

    RecordVerb(Console console) {
        this.console = console;
    }

    /** A policy on a task. */
    private record Play(PlannedCell cell, CellFolder folder, Workbench.Learned learned, Task task) {}

    @Override
    public Integer call() {
        check();
        Workbench workbench = plugins.workbench();
        try (RecordingLog log = RecordingLog.open(out)) {
            try {
                if (Files.isRegularFile(source)) {
                    copy(workbench, log);
                } else {
                    play(workbench, log);
                }
            } finally {
                DataCard.write(out, log, licence);
            }
        } catch (UncheckedIOException e) {
            // Its message names the file and what to do.
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        console.out().println(out.resolve(DataCard.FILE));
        return Exit.OK;
    }

    private void check() {
        boolean copies = Files.isRegularFile(source);
        if (!Files.exists(source)) {
            throw new UsageException(source + ": there is neither a run nor an experiment of that name");
        }
        if (!copies && episodes == null) {
            throw new UsageException("--episodes is missing: how many of each task?");
        }
        if ((episodes != null && episodes < 1) || (steps != null && steps < 1)) {
            throw new UsageException("--episodes and --steps must be at least 1");
        }
        if (copies && (steps != null || !chosenCells.isEmpty() || !groups.isEmpty())) {
            throw new UsageException("--steps, --cell and --weights are for playing, but " + source
                    + " is an experiment whose data set is copied");
        }
        for (String setting : settings) {
            if (setting.indexOf('=') < 1) {
                throw new UsageException("'" + setting + "' is not a setting: write key=value");
            }
        }
    }

    // --- playing ----------------------------------------------------------------------------------------------------

    private void play(Workbench workbench, RecordingLog log) {
        RunFolder run = RunFolder.open(source);
        workbench.adopt(run.plan());
        for (Play play : plays(run, workbench)) {
            Task task = play.task();
            ObjectNode origin = origin(run, play);
            try (DataSetWriter writer =
                            workbench.writer(format, settings, play.learned().benchmark(), out);
                    Recorder recorder = recorder(workbench, play)) {
                describe(origin, play.learned().benchmark(), recorder.spec());
                origin.put("weights", weights(recorder, task));
                OptionalInt length = steps == null ? OptionalInt.empty() : OptionalInt.of(steps);
                fill(
                        log,
                        writer,
                        task,
                        origin,
                        episodes == null ? 0 : episodes,
                        number -> recorder.record(task, seed, number, length));
            }
            DataCard.write(out, log, licence);
        }
    }

    private static Recorder recorder(Workbench workbench, Play play) {
        try {
            return workbench.recorder(play.folder());
        } catch (IllegalStateException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private String weights(Recorder recorder, Task task) {
        Path file = weightsOf(task);
        try {
            Set<String> written = recorder.write(out.resolve(file), new LinkedHashSet<>(groups));
            return "`" + file + "`: " + String.join(", ", written);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--weights " + String.join(",", groups) + ": " + e.getMessage());
        }
    }

    private static Path weightsOf(Task task) {
        return Path.of("policies", task.name().replace('/', '-') + ".safetensors");
    }

    /** Which policy plays which task: no task twice, or the data set would mix experts. */
    private List<Play> plays(RunFolder run, Workbench workbench) {
        Map<String, Play> plays = new LinkedHashMap<>();
        List<String> passedOver = new ArrayList<>();
        for (CellStatus status : run.status()) {
            PlannedCell cell = status.cell();
            if (!cell.kind().equals("pretrain") || !(chosenCells.isEmpty() || chosenCells.contains(cell.id()))) {
                continue;
            }
            if (status.state() != CellState.DONE) {
                passedOver.add(cell.title() + " is " + status.state().word());
                continue;
            }
            CellFolder folder = run.cell(cell);
            Workbench.Learned learned = workbench.learned(folder);
            if (learned.objection().isPresent()) {
                passedOver.add(cell.title() + ": " + learned.objection().get());
                continue;
            }
            List<Task> tasks = learned.training().tasks().stream()
                    .filter(task -> chosenTasks.isEmpty() || chosenTasks.contains(task.name()))
                    .toList();
            if (chosenTasks.isEmpty() && tasks.size() > 1) {
                passedOver.add(cell.title() + " learned " + tasks.size() + " tasks; say which with --task");
                continue;
            }
            for (Task task : tasks) {
                Play other = plays.putIfAbsent(task.name(), new Play(cell, folder, learned, task));
                if (other != null) {
                    throw new UsageException(task.name() + ": was learned by the cells "
                            + other.cell().id() + " (" + other.cell().title() + ") and " + cell.id() + " ("
                            + cell.title() + "). Choose one with --cell");
                }
            }
        }
        passedOver.forEach(why -> console.err().println("passed over: " + why));
        if (plays.isEmpty()) {
            throw new UsageException(source + ": has no finished pre-training cell "
                    + (chosenTasks.isEmpty() ? "of one task" : "of " + String.join(", ", chosenTasks)));
        }
        return List.copyOf(plays.values());
    }

    private ObjectNode origin(RunFolder run, Play play) {
        ObjectNode origin = JsonNodeFactory.instance.objectNode();
        origin.put("cell", play.cell().id()).put("run", run.plan().name());
        origin.put("learner", play.learned().learner());
        origin.put("algorithm", play.learned().algorithm());
        origin.put("preset", play.cell().preset())
                .put("training-seed", play.cell().seed());
        if (play.folder().result().orElseThrow() instanceof CellResult.Done done) {
            origin.put("environment-steps", done.spent().environmentSteps());
            origin.put("updates", done.spent().updates());
            origin.put("back-end", done.backEnd());
        }
        for (ObjectNode line : play.folder().lines(play.folder().evaluations())) {
            int measured = line.path("returns").size();
            if (measured > 0 && line.path("task").asText().equals(play.task().name())) {
                double sum = 0;
                for (JsonNode one : line.path("returns")) {
                    sum += one.asDouble();
                }
                origin.put("measured-return", sum / measured);
                origin.put("measured-episodes", measured);
            }
        }
        origin.put("seed", seed);
        origin.put("steps", steps);
        ObjectNode versions = origin.putObject("versions");
        run.plan().versions().forEach(versions::put);
        return origin;
    }

    // --- copying ----------------------------------------------------------------------------------------------------

    private void copy(Workbench workbench, RecordingLog log) {
        Experiment.Recorded recorded = workbench.dataSet(source);
        TaskDistribution benchmark = recorded.benchmark();
        Map<String, Task> tasks = new LinkedHashMap<>();
        if (chosenTasks.isEmpty()) {
            for (Split split : Split.values()) {
                benchmark.tasks(split).tasks().forEach(task -> tasks.put(task.name(), task));
            }
        }
        for (String name : chosenTasks) {
            Task task = benchmark
                    .task(name)
                    .orElseThrow(() ->
                            new UsageException("--task " + name + ": " + benchmark.title() + " has no such task"));
            if (recorded.data().count(task) == 0) {
                throw new UsageException(
                        "--task " + name + ": " + recorded.data().title() + " has no episode of it");
            }
            tasks.put(name, task);
        }
        int copied = 0;
        for (Task task : tasks.values()) {
            int there = recorded.data().count(task);
            if (there == 0) {
                continue;
            }
            if (episodes != null && episodes > there) {
                throw new UsageException("--episodes " + episodes + ": "
                        + recorded.data().title() + " has " + there + " episodes of " + task.name() + " only");
            }
            ObjectNode origin = JsonNodeFactory.instance.objectNode();
            origin.put("copied-from", recorded.data().title());
            describe(origin, benchmark, benchmark.spec(TaskSet.of(task)));
            recorded.data()
                    .policy(task)
                    .ifPresent(weights -> DurableFiles.write(out.resolve(weightsOf(task)), weights));
            try (DataSetWriter writer = workbench.writer(format, settings, benchmark, out)) {
                fill(
                        log,
                        writer,
                        task,
                        origin,
                        episodes == null ? there : episodes,
                        number -> recorded.data().demonstration(task, number));
            }
            copied++;
        }
        if (copied == 0) {
            throw new UsageException(
                    source + ": " + recorded.data().title() + " has no episode of any task of " + benchmark.title());
        }
    }

    // --- both -------------------------------------------------------------------------------------------------------

    private void describe(ObjectNode origin, TaskDistribution benchmark, EnvironmentSpec spec) {
        origin.put("benchmark", benchmark.title()).put("format", format);
        ArrayNode columns = origin.putArray("columns");
        for (Component component : spec.observation()) {
            columns.addObject().put("name", component.name()).put("what", text(component.space()));
        }
        columns.addObject().put("name", "action").put("what", text(spec.action()));
    }

    private static String text(Space space) {
        if (space instanceof Discrete discrete) {
            return "one of " + discrete.size() + " choices";
        }
        Box box = (Box) space;
        boolean isBounded = box.low() > -Float.MAX_VALUE || box.high() < Float.MAX_VALUE;
        return box.element().name().toLowerCase(Locale.ROOT) + " " + box.shape()
                + (isBounded ? " in [" + box.low() + ", " + box.high() + "]" : "");
    }

    /** Adds what is missing of a task. The log has a line for every episode that the writer counts. */
    private void fill(
            RecordingLog log,
            DataSetWriter writer,
            Task task,
            ObjectNode origin,
            int wanted,
            IntFunction<Demonstration> episode) {
        int there = writer.count(task);
        log.begin(task, origin, there);
        for (int number = there; number < wanted; number++) {
            Demonstration recorded = episode.apply(number);
            log.episode(task, number, recorded);
            try {
                writer.add(recorded);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--format " + format + ": " + e.getMessage());
            }
        }
        console.err().println(log.summary(task, Math.max(there, wanted)));
    }
}
