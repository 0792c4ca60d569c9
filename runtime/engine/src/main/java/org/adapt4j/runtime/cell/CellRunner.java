package org.adapt4j.runtime.cell;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
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
import org.adapt4j.runtime.film.Film;
import org.adapt4j.runtime.film.Gif;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.toolkit.run.BudgetMeter;

/** Runs one phase from start, or from where it was interrupted, to its end. */
public final class CellRunner {

    private static final int HELD_BACK = 50; // of Patacchiola et al.'s 100 episodes, what every number of shots leaves

    private static final int FILM_SCALE = 3;
    private static final int FILM_DELAY = 7; // about 15 frames a second, Procgen's pace for people

    private CellRunner() {}

    /**
     * Runs a phase. Its logs, checkpoints, what it learned and its film go to the job's folder.
     *
     * @param stopRequested asked between two passes of the method's loop
     * @throws InterruptedCellException if a stop was requested; the cell can be resumed
     */
    public static PhaseResult run(CellJob job, BooleanSupplier stopRequested) {
        TaskDistribution benchmark = job.benchmark();
        TaskSet training = benchmark.tasks(Split.TRAIN);
        CellJob.Method method = job.method();
        TaskSet tasks;
        EnvironmentSpec spec;
        Map<Split, TaskSet> measured = new EnumMap<>(Split.class);
        RandomStream seeds = Streams.root(job.seed());
        if (method instanceof CellJob.Method.Adapt adapt) {
            tasks = adapt.tasks();
            spec = benchmark.spec(adapt.learned().isPresent() ? training : tasks);
            measured.put(Split.TEST, tasks);
            seeds = seeds.child("adapt").child(tasks.size() == 1 ? tasks.get(0).name() : "together");
        } else {
            tasks = training;
            spec = benchmark.spec(tasks);
            for (Split split : job.measure().splits()) {
                measured.put(split, benchmark.tasks(split).first(job.measure().tasks()));
            }
            seeds = seeds.child("pretrain");
        }
        long seed = seeds.nextLong();
        BudgetMeter budget = new BudgetMeter(job.budget(), job.slots());
        Evaluator evaluator = job.evaluator().orElseGet(EpisodeEvaluator::new);
        CellLogs logs = new CellLogs(job.folder(), budget, benchmark, evaluator.span());
        // A stream apart from those that a checkpoint holds: an order depends on the seed and the task alone.
        RecordedExpert expert =
                new RecordedExpert(job.data(), budget, Streams.root(seed).child("expert"));
        Measuring measuring = new Measuring(
                job.measure().points(),
                measured,
                (policy, set, random) -> evaluator.evaluate(
                        policy,
                        new EvaluationRequest(
                                benchmark,
                                spec,
                                set,
                                job.measure().episodes(),
                                job.measure().slots(),
                                random)),
                new HeldBackLoss(expert, spec, HELD_BACK),
                seed,
                logs);
        try (CellSession session = new CellSession(new CellSession.Parts(
                benchmark,
                job.algorithm(),
                spec,
                tasks,
                job.slots(),
                budget,
                budget.axis(),
                seed,
                logs,
                measuring,
                expert,
                new StateFile(job.folder().resolve("checkpoint")),
                job.checkpointEvery(),
                stopRequested))) {
            if (method instanceof CellJob.Method.Adapt adapt) {
                Checkpoint learned = adapt.learned()
                        .map(folder -> LearnedFiles.read(folder, adapt.conditioning()))
                        .orElseGet(() -> new Checkpoint(Snapshot.of(Map.of()), adapt.conditioning(), Map.of()));
                adapt.adapter().adapt(learned, session);
                session.finish();
            } else if (method instanceof CellJob.Method.Pretrain pretrain) {
                Checkpoint learned = pretrain.learner().learn(session);
                session.finish();
                Map<String, String> facts = new TreeMap<>(learned.facts());
                expert.shown().forEach((task, count) -> facts.put(Checkpoint.DEMONSTRATIONS + task, count.toString()));
                LearnedFiles.write(
                        new Checkpoint(learned.weights(), learned.conditioning(), facts),
                        job.folder().resolve("learned"));
            }
            boolean hasFilm = method instanceof CellJob.Method.Adapt adapt
                    && session.reported().isPresent()
                    && film(
                            job,
                            spec,
                            adapt.tasks().get(0),
                            session.reported().get(),
                            Streams.root(seed).child("film"));
            return new PhaseResult(
                    budget.spent(Resource.ENVIRONMENT_STEPS),
                    budget.spent(Resource.UPDATES),
                    session.parameters(),
                    benchmark.backEnd(),
                    benchmark.title(),
                    hasFilm);
        }
    }

    /** Films the first episode of a policy, up to a number of frames; false if there is nothing to see. */
    private static boolean film(CellJob job, EnvironmentSpec spec, Task task, Policy policy, RandomStream random) {
        if (job.filmFrames() == 0) {
            return false;
        }
        Film film = new Film(spec);
        StepBlock seen = StepBlock.allocate(spec, 1, 1);
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), 1, 1);
        PolicyState state = policy.newState(1);
        TaskSchedule schedule = TaskSchedule.eachEpisode(TaskSet.of(task));
        try (VectorEnvironment environment =
                job.benchmark().open(new EnvironmentRequest(spec, schedule, 1, random, Purpose.MEASURING))) {
            environment.receive(seen.step(0));
            if (!film.add(environment, seen.step(0))) {
                return false;
            }
            for (int frame = 1; frame < job.filmFrames(); frame++) {
                policy.act(seen.step(0), state, acted.step(0));
                environment.send(acted.step(0));
                environment.receive(seen.step(0));
                if (seen.step(0).is(Flag.FIRST, 0)) {
                    film.addLast(seen.step(0));
                    break;
                }
                film.add(environment, seen.step(0));
            }
        }
        DurableFiles.write(
                job.folder().resolve("film.gif"), out -> Gif.write(film.frames(), FILM_SCALE, FILM_DELAY, out));
        return true;
    }
}
