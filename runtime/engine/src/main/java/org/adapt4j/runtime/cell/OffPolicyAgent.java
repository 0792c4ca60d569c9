package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.Expert;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Metrics;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.replay.BlockStore;
import org.adapt4j.toolkit.replay.Replays;
import org.adapt4j.toolkit.run.BudgetMeter;
import org.jspecify.annotations.Nullable;

/**
 * An agent that learns from replayed experience: each update plays a little, stores it in the task's replay, and learns from
 * a batch drawn in equal shares from a number of tasks.
 *
 * <p>Demonstrations that the budget grants are in the replays before anything is played.
 *
 * <p>Until the replays hold enough to draw from, an update only plays; it is charged its steps but no update.
 */
final class OffPolicyAgent implements CellAgent {

    private final TaskDistribution benchmark;
    private final TaskSet tasks;
    private final AlgorithmRequest request;
    private final int steps;
    private final ReplayPlan plan;
    private final WatchedAlgorithm<Batch.Transitions> algorithm;
    private final Policy explore;
    private final BudgetMeter budget;
    private final Expert expert;
    private final Averages logged;
    private final RandomStream random;
    private final BlockStore blocks;

    private @Nullable Player player;
    private @Nullable Replays replays;
    private PolicyState memory;
    private List<Integer> focus = List.of();
    private int updatesSincePlay;
    private double firstUpdateAt = -1;
    private boolean asked;
    private boolean played;
    /** Whether the agent came to its first play with weights that it was not born with: it has a policy worth playing. */
    private boolean taught;

    private final long bornWith;

    OffPolicyAgent(
            TaskDistribution benchmark,
            TaskSet tasks,
            AlgorithmFactory<Batch.Transitions> factory,
            Diet.OffPolicy diet,
            AlgorithmRequest request,
            BudgetMeter budget,
            Expert expert,
            Metrics metrics,
            RandomStream random,
            BlockStore blocks) {
        this.benchmark = benchmark;
        this.tasks = tasks;
        this.request = request;
        this.budget = budget;
        this.expert = expert;
        this.random = random;
        this.blocks = blocks;
        logged = new Averages(metrics, budget);
        steps = diet.steps();
        plan = diet.replay();
        algorithm = new WatchedAlgorithm<>(factory.create(request), budget);
        explore = algorithm.policy(Mode.EXPLORE);
        memory = explore.newState(request.slots());
        bornWith = plan.randomStart() ? sumOfWeights() : 0;
    }

    private long sumOfWeights() {
        CRC32C sum = new CRC32C();
        Parameters weights = algorithm.parameters();
        weights.snapshot(weights.groups())
                .tensors()
                .values()
                .forEach(tensor -> sum.update(tensor.data().duplicate().rewind()));
        return sum.getValue();
    }

    @Override
    public void collect(TaskSchedule schedule) {
        CellAgent.requireOwn(tasks, schedule.tasks(), "collect()");
        if (player == null) {
            player = new Player(
                    benchmark,
                    request.spec(),
                    schedule,
                    request.slots(),
                    Math.max(1, budget.stepsPerSlot(steps)),
                    algorithm.extras(),
                    random.child("environment"));
            replays = emptyReplays(schedule.tasks().size());
            RecordedExpert.showAll(expert, schedule.tasks(), budget, this::add);
            focus = all(schedule.tasks());
        } else {
            if (!schedule.tasks().equals(player.schedule().tasks())) {
                throw new IllegalArgumentException(
                        "off policy, collect() must go on with the same tasks, which have a replay each; use focus()"
                                + " to narrow");
            }
            player.reassign(schedule);
            replays().abandon();
            memory = explore.newState(request.slots());
        }
    }

    private Replays emptyReplays(int count) {
        boolean inContext = request.conditioning() instanceof Conditioning.Context;
        return new Replays(
                request.spec(),
                plan,
                count,
                request.slots(),
                inContext ? ((Conditioning.Context) request.conditioning()).size() : 0,
                inContext ? ((Conditioning.Context) request.conditioning()).window() : 0);
    }

    /** Narrows what is drawn; what is played stays. */
    @Override
    public void focus(TaskSet some) {
        CellAgent.requireOwn(tasks, some, "focus()");
        List<Integer> wanted = new ArrayList<>();
        List<Task> known = player().schedule().tasks().tasks();
        some.tasks().forEach(task -> {
            int index = known.indexOf(task);
            if (index < 0) {
                throw new IllegalArgumentException("focus(): " + task.name() + " is none of the tasks that are played");
            }
            wanted.add(index);
        });
        focus = List.copyOf(wanted);
    }

    @Override
    public Map<String, Double> update() {
        if (player == null) {
            throw new IllegalStateException("update() needs collect() first: the agent does not know what to play");
        }
        if (!budget.allowsUpdate()) {
            return Map.of();
        }
        asked = true;
        Map<String, Double> values = new TreeMap<>();
        int[] ready = ready();
        if (updatesSincePlay == 0 || ready.length == 0) {
            play();
            values.putAll(player().episodes());
            ready = ready();
        }
        if (ready.length > 0) {
            double progress = budget.progress();
            if (firstUpdateAt < 0) {
                firstUpdateAt = progress;
            }
            Batch.Transitions batch = replays().draw(choose(ready), weightExponent(progress), random.child("draws"));
            values.putAll(algorithm.update(batch, progress));
            budget.spend(Resource.UPDATES, 1);
            updatesSincePlay = (updatesSincePlay + 1) % plan.updates();
        }
        logged.add(values);
        return values;
    }

    private void play() {
        if (!played) {
            played = true;
            taught = plan.randomStart() && sumOfWeights() != bornWith;
        }
        Policy policy = explore;
        if (plan.randomStart() && !taught && firstUpdateAt < 0) {
            policy = new UniformPolicy(request.spec().action(), random.child("random-start"));
        } else if (request.conditioning() instanceof Conditioning.Context context) {
            policy = new InferringPolicy(
                    explore,
                    context,
                    algorithm.ability(ContextInference.class).orElseThrow(),
                    replays(),
                    random.child("belief"),
                    logged);
        }
        player().lengthen(budget.stepsPerSlot(steps));
        player().play(policy, memory, replays()::observe);
        budget.spend(Resource.ENVIRONMENT_STEPS, (long) player().steps() * request.slots());
    }

    /** The tasks in focus that can be drawn from; none as long as too few of them can for a whole batch. */
    private int[] ready() {
        int[] ready = focus.stream()
                .mapToInt(Integer::intValue)
                .filter(replays()::isReady)
                .toArray();
        return ready.length < tasksPerBatch(focus.size()) ? new int[0] : ready;
    }

    private int tasksPerBatch(int available) {
        return plan.tasksPerBatch() == 0
                ? Math.min(available, plan.batch())
                : Math.min(available, plan.tasksPerBatch());
    }

    /** Different tasks of those, at random, in the order they were drawn. */
    private int[] choose(int[] ready) {
        int count = tasksPerBatch(ready.length);
        RandomStream chance = random.child("tasks");
        for (int i = 0; i < count && count < ready.length; i++) {
            int j = i + chance.nextInt(ready.length - i);
            int swapped = ready[i];
            ready[i] = ready[j];
            ready[j] = swapped;
        }
        return Arrays.copyOf(ready, count);
    }

    private double weightExponent(double progress) {
        if (plan.priorities().isEmpty()) {
            return 0;
        }
        ReplayPlan.Priorities priorities = plan.priorities().get();
        double done = firstUpdateAt < 1 ? (progress - firstUpdateAt) / (1 - firstUpdateAt) : 1;
        return priorities.weightStart() + done * (priorities.weightEnd() - priorities.weightStart());
    }

    @Override
    public void add(Demonstration demonstration) {
        int task = player().schedule().tasks().tasks().indexOf(demonstration.task());
        if (task < 0) {
            throw new IllegalArgumentException("add(): a demonstration of "
                    + demonstration.task().name() + ", which is none of the tasks that are played");
        }
        replays().add(demonstration, task);
    }

    private Player player() {
        if (player == null) {
            throw new IllegalStateException("needs collect() first: the agent does not know what to play");
        }
        return player;
    }

    private Replays replays() {
        if (replays == null) {
            throw new IllegalStateException("needs collect() first: the agent does not know what to play");
        }
        return replays;
    }

    private static List<Integer> all(TaskSet tasks) {
        List<Integer> all = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            all.add(task);
        }
        return List.copyOf(all);
    }

    @Override
    public Policy policy(Mode mode) {
        return algorithm.policy(mode);
    }

    @Override
    public Conditioning conditioning() {
        return request.conditioning();
    }

    @Override
    public Parameters parameters() {
        return algorithm.parameters();
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return algorithm.ability(type);
    }

    @Override
    public void requireFiniteWeights() {
        algorithm.requireFiniteWeights();
    }

    @Override
    public Optional<String> idle() {
        return asked && firstUpdateAt < 0
                ? Optional.of("nothing was learned: a task needs " + plan.start()
                        + " transitions before anything is drawn from its replay, and the budget ended before "
                        + (tasksPerBatch(focus.size()) == 1 ? "any" : tasksPerBatch(focus.size()) + " of the tasks")
                        + " had as many. Give the phase more environment-steps, or lower the algorithm's replay.start")
                : Optional.empty();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        algorithm.save(out);
        memory.save(out);
        logged.save(out);
        out.writeInt(updatesSincePlay);
        out.writeDouble(firstUpdateAt);
        out.writeBoolean(asked);
        out.writeBoolean(played);
        out.writeBoolean(taught);
        out.writeBoolean(player != null);
        if (player != null) {
            player.save(out);
            replays().save(out, blocks);
            out.writeInt(focus.size());
            for (int task : focus) {
                out.writeInt(task);
            }
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        algorithm.load(in);
        memory.load(in);
        logged.load(in);
        updatesSincePlay = in.readInt();
        firstUpdateAt = in.readDouble();
        asked = in.readBoolean();
        played = in.readBoolean();
        taught = in.readBoolean();
        boolean playing = in.readBoolean();
        if (playing != (player != null)) {
            throw new IOException("the method's first steps differ from those of the run that was interrupted");
        }
        if (player != null) {
            player.load(in);
            // What was shown before the loop was shown to this run again, and is among what is restored.
            replays().close();
            replays = emptyReplays(player.schedule().tasks().size());
            replays().load(in, blocks);
            List<Integer> wanted = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                wanted.add(in.readInt());
            }
            focus = List.copyOf(wanted);
        }
    }

    /** Stops playing. The policy lives on for the last measurement, until the session releases the agent. */
    @Override
    public void close() {
        if (player != null) {
            player.close();
        }
    }

    @Override
    public void release() {
        close();
        if (replays != null) {
            replays.close();
        }
        algorithm.close();
    }
}
