package org.adapt4j.runtime.cell;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.evaluation.EvaluationRequest;
import org.adapt4j.api.evaluation.Evaluator;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.experiment.PhaseSettings;
import org.adapt4j.runtime.experiment.ResolvedCell;
import org.adapt4j.runtime.experiment.RunSettings;
import org.adapt4j.runtime.film.Film;
import org.adapt4j.runtime.film.Gif;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.toolkit.run.BudgetMeter;

/** Runs one phase from start, or from where it was interrupted, to its end. */
public final class CellRunner {

    private static final int HELD_BACK = 50; // of Patacchiola et al.'s 100 episodes, what every number of shots leaves

    /** The film of the final policy, in the folder of the cell. */
    public static final String FILM = "film.gif";

    private static final int FILM_SCALE = 3;
    private static final int FILM_DELAY = 7; // about 15 frames a second, Procgen's pace for people

    private CellRunner() {}

    /**
     * Runs a cell. Its logs, checkpoints, what it learned and its film go to its folder.
     *
     * @param run how often to write checkpoints, and how long its film is
     * @param watch who has it run
     * @throws InterruptedCellException if a stop was requested; the cell can be resumed
     */
    public static PhaseResult run(CellFolder folder, CellConfig cell, RunSettings run, CellWatch watch) {
        TaskDistribution benchmark = cell.benchmark();
        PhaseSettings phase = cell.phase();
        TaskSet training = benchmark.tasks(Split.TRAIN);
        CellConfig.Method method = cell.method();
        TaskSet tasks;
        EnvironmentSpec spec;
        Map<Split, TaskSet> measured = new EnumMap<>(Split.class);
        RandomStream seeds = Streams.root(cell.seed());
        if (method instanceof CellConfig.Method.Adapt adapt) {
            tasks = adapt.tasks();
            spec = benchmark.spec(adapt.learned().isPresent() ? training : tasks);
            measured.put(Split.TEST, tasks);
            seeds = seeds.child("adapt").child(tasks.size() == 1 ? tasks.get(0).name() : "together");
        } else {
            tasks = training;
            spec = benchmark.spec(tasks);
            for (Split split : phase.measure().splits()) {
                measured.put(split, benchmark.tasks(split).first(phase.measure().tasks()));
            }
            seeds = seeds.child("pretrain");
        }
        long seed = seeds.nextLong();
        BudgetMeter budget = new BudgetMeter(phase.limits(), phase.slots());
        watch.begins(budget);
        Evaluator evaluator = cell.evaluator().orElseGet(EpisodeEvaluator::new);
        CellLogs logs = new CellLogs(folder.path(), budget, benchmark, evaluator.span(), events(folder, run));
        // A stream apart from those that a checkpoint holds: an order depends on the seed and the task alone.
        RecordedExpert expert =
                new RecordedExpert(cell.data(), budget, Streams.root(seed).child("expert"));
        Measuring measuring = new Measuring(
                phase.points(),
                measured,
                (policy, set, random) -> evaluator.evaluate(policy, episodes(cell, spec, set, random)),
                new HeldBackLoss(expert, spec, HELD_BACK),
                seed,
                logs);
        try (CellSession session = new CellSession(new CellSession.Parts(
                cell,
                spec,
                tasks,
                budget,
                seed,
                logs,
                measuring,
                expert,
                new StateFile(folder.path().resolve("checkpoint")),
                run.checkpointEvery(),
                watch::stopRequested))) {
            work(folder, cell, expert, session);
            boolean hasFilm = method instanceof CellConfig.Method.Adapt adapt
                    && session.reported().isPresent()
                    && film(
                            folder.path().resolve(FILM),
                            run.filmFrames(),
                            benchmark,
                            spec,
                            adapt.tasks().get(0),
                            session.reported().get(),
                            Streams.root(seed).child("film"));
            if (method instanceof CellConfig.Method.Adapt && run.keep() == RunSettings.Keep.ADAPTED) {
                AdaptedFiles.write(folder, spec, cell.conditioning(), budget, session.weights());
            }
            return new PhaseResult(
                    budget.spent(Resource.ENVIRONMENT_STEPS),
                    budget.spent(Resource.UPDATES),
                    session.parameters(),
                    benchmark.backEnd(),
                    benchmark.title(),
                    hasFilm);
        }
    }

    /** Where people watch it, if they want to: named so that TensorBoard's list of runs tells what each is. */
    private static Optional<LiveEvents> events(CellFolder folder, RunSettings run) {
        if (!run.tensorboard()) {
            return Optional.empty();
        }
        ResolvedCell cell = ResolvedCell.parse(folder.resolved());
        String name = cell.method() instanceof ResolvedCell.Method.Adapt adapt
                ? "adapt-" + ResolvedCell.name(adapt.adapter())
                        + (adapt.tasks().size() == 1 ? "-" + adapt.tasks().get(0) : "")
                : "pretrain-" + ResolvedCell.name(((ResolvedCell.Method.Pretrain) cell.method()).learner());
        Path events = folder.path()
                .resolve("tensorboard")
                .resolve((name + "-seed" + cell.seed()).replaceAll("[^A-Za-z0-9._-]", "_"));
        return Optional.of(new LiveEvents(events, cell.hyperParameters()));
    }

    /** What a measurement plays. */
    private static EvaluationRequest episodes(
            CellConfig cell, EnvironmentSpec spec, TaskSet tasks, RandomStream random) {
        PhaseSettings.Measure measure = cell.phase().measure();
        return new EvaluationRequest(cell.benchmark(), spec, tasks, measure.episodes(), measure.slots(), random);
    }

    /** Has the method do its part, from what was learned before or towards what others go on with. */
    private static void work(CellFolder folder, CellConfig cell, RecordedExpert expert, CellSession session) {
        if (cell.method() instanceof CellConfig.Method.Adapt adapt) {
            Checkpoint learned = adapt.learned()
                    .map(id -> LearnedFiles.read(folder.sibling(id).learned(), cell.conditioning()))
                    .orElseGet(() -> new Checkpoint(Snapshot.of(Map.of()), cell.conditioning(), Map.of()));
            adapt.adapter().adapt(learned, session);
            session.finish();
        } else if (cell.method() instanceof CellConfig.Method.Pretrain pretrain) {
            Checkpoint learned = pretrain.learner().learn(session);
            session.finish();
            Map<String, String> facts = new TreeMap<>(learned.facts());
            expert.shown().forEach((task, count) -> facts.put(Checkpoint.DEMONSTRATIONS + task, count.toString()));
            LearnedFiles.write(new Checkpoint(learned.weights(), learned.conditioning(), facts), folder.learned());
        }
    }

    /** Films the first episode of a policy, up to a number of frames; false if there is nothing to see. */
    private static boolean film(
            Path file,
            int frames,
            TaskDistribution benchmark,
            EnvironmentSpec spec,
            Task task,
            Policy policy,
            RandomStream random) {
        if (frames == 0) {
            return false;
        }
        Film film = new Film(spec);
        StepBlock seen = StepBlock.allocate(spec, 1, 1);
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), 1, 1);
        PolicyState state = policy.newState(1);
        TaskSchedule schedule = TaskSchedule.eachEpisode(TaskSet.of(task));
        try (VectorEnvironment environment =
                benchmark.open(new EnvironmentRequest(spec, schedule, 1, random, Purpose.MEASURING))) {
            environment.receive(seen.step(0));
            if (!film.add(environment, seen.step(0))) {
                return false;
            }
            for (int frame = 1; frame < frames; frame++) {
                policy.act(seen.step(0), state, acted.step(0));
                environment.send(acted.step(0));
                environment.receive(seen.step(0));
                if (seen.step(0).is(Flag.FIRST, 0)) {
                    film.addLast(environment, seen.step(0));
                    break;
                }
                film.add(environment, seen.step(0));
            }
        }
        DurableFiles.write(file, out -> Gif.write(film.frames(), FILM_SCALE, FILM_DELAY, out));
        return true;
    }
}
