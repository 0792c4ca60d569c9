package org.adapt4j.method.selection.fake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.method.selection.Selection;
import org.jspecify.annotations.Nullable;

/**
 * A situation for a strategy to choose in, told by what a policy's last layer reads and answers at each step of each demonstration,
 * whatever task is told. Without further words all tasks count alike, actions are continuous, and nothing was shown.
 */
public final class FakeSelection implements Selection {

    /** A point of the observation: demonstration, step, and whether another task is told. */
    private static final int WHERE = 3;

    private final TaskSet tasks;
    private final List<Shown> shown = new ArrayList<>();
    private final List<double[][]> features = new ArrayList<>();
    private final List<double[][]> outputs = new ArrayList<>();
    private final List<double[][]> actions = new ArrayList<>();
    private final List<Round> rounds = new ArrayList<>();
    private final Map<String, Double> logged = new LinkedHashMap<>();
    private double[] targets;
    private int[] pretrained;
    private boolean discrete;
    private double strayed;
    private @Nullable RandomStream random;

    private FakeSelection(int count) {
        String[] names = new String[count];
        Arrays.setAll(names, i -> "task-" + i);
        tasks = new TaskSet(
                Stream.of(names).map(name -> new Task("fake", name, Map.of())).toList());
        targets = new double[count];
        Arrays.fill(targets, 1.0 / count);
        pretrained = new int[count];
    }

    /** A choice among so many tasks. */
    public static FakeSelection of(int tasks) {
        return new FakeSelection(tasks);
    }

    /** Sets how much each task counts; returns this. */
    public FakeSelection withTargets(double... newTargets) {
        targets = newTargets.clone();
        return this;
    }

    /** Sets how often each task was shown before; returns this. */
    public FakeSelection withPretrained(int... counts) {
        pretrained = counts.clone();
        return this;
    }

    /** Sets the random numbers, which no strategy gets without; returns this. */
    public FakeSelection withRandom(RandomStream newRandom) {
        random = newRandom;
        return this;
    }

    /** Lets every answer be larger by so much where another task than the demonstration's own is told; returns this. */
    public FakeSelection strayingBy(double distance) {
        strayed = distance;
        return this;
    }

    /** Lets actions be choices, and answers logits; returns this. */
    public FakeSelection withChoices() {
        discrete = true;
        return this;
    }

    /**
     * Adds a demonstration; returns this.
     *
     * @param read {@code [steps, features]}
     * @param answered {@code [steps, outputs]}
     * @param done {@code [steps, outputs]}
     */
    public FakeSelection shows(int task, double[][] read, double[][] answered, double[][] done) {
        shown.add(new Shown(task, read.length, false, false));
        features.add(read);
        outputs.add(answered);
        actions.add(done);
        return this;
    }

    /** Adds a demonstration of one step, answered with 0 where 1 was done, as in worked examples; returns this. */
    public FakeSelection shows(int task, double... read) {
        return shows(task, new double[][] {read}, new double[][] {{0}}, new double[][] {{1}});
    }

    /** Holds the last demonstration out; returns this. */
    public FakeSelection heldOut() {
        Shown last = shown.remove(shown.size() - 1);
        shown.add(new Shown(last.task(), last.steps(), true, last.isPending()));
        return this;
    }

    /** Lets the last demonstration wait for an update; returns this. */
    public FakeSelection pending() {
        Shown last = shown.remove(shown.size() - 1);
        shown.add(new Shown(last.task(), last.steps(), last.isHeldOut(), true));
        return this;
    }

    /** Adds an earlier choice; returns this. */
    public FakeSelection chose(int task, double lossBefore, double lossAfter) {
        rounds.add(new Round(task, lossBefore, lossAfter));
        return this;
    }

    /** What the strategy logged. */
    public Map<String, Double> logged() {
        return logged;
    }

    @Override
    public TaskSet tasks() {
        return tasks;
    }

    @Override
    public EnvironmentSpec spec() {
        int width = outputs.isEmpty() ? 1 : outputs.get(0)[0].length;
        Space action = discrete ? new Discrete(width) : Box.vector(width, -1, 1);
        return new EnvironmentSpec(List.of(new Component("where", Box.vector(WHERE, 0, 1e6))), action, 100);
    }

    @Override
    public double[] targets() {
        return targets.clone();
    }

    @Override
    public List<Shown> shown() {
        return List.copyOf(shown);
    }

    @Override
    public List<Round> rounds() {
        return List.copyOf(rounds);
    }

    @Override
    public int[] pretrained() {
        return pretrained.clone();
    }

    @Override
    public Steps steps(int demonstration, int task, int most) {
        int all = shown.get(demonstration).steps();
        int rows = most == 0 ? all : Math.min(all, most);
        int width = outputs.get(demonstration)[0].length;
        ByteBuffer where = ByteBuffer.allocateDirect(WHERE * Float.BYTES * rows).order(ByteOrder.nativeOrder());
        double[] done = new double[rows * width];
        for (int row = 0; row < rows; row++) {
            int step = rows == 1 ? 0 : row * (all - 1) / (rows - 1);
            where.putFloat(WHERE * Float.BYTES * row, demonstration);
            where.putFloat((WHERE * row + 1) * Float.BYTES, step);
            where.putFloat(
                    (WHERE * row + 2) * Float.BYTES,
                    task == shown.get(demonstration).task() ? 0 : 1);
            System.arraycopy(actions.get(demonstration)[step], 0, done, row * width, width);
        }
        return new Steps(rows, Map.of("where", where), done);
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return type == LastLayer.class ? Optional.of(type.cast(lastLayer())) : Optional.empty();
    }

    private LastLayer lastLayer() {
        return new LastLayer() {
            @Override
            public int features() {
                return features.get(0)[0].length;
            }

            @Override
            public int outputs() {
                return outputs.get(0)[0].length;
            }

            @Override
            public void forward(
                    Map<String, ByteBuffer> observations, int rows, FloatBuffer read, FloatBuffer answered) {
                ByteBuffer where = Objects.requireNonNull(observations.get("where"));
                for (int row = 0; row < rows; row++) {
                    int demonstration = (int) where.getFloat(WHERE * Float.BYTES * row);
                    int step = (int) where.getFloat((WHERE * row + 1) * Float.BYTES);
                    double[] answer = FakeSelection.this.outputs.get(demonstration)[step].clone();
                    for (int i = 0; i < answer.length; i++) {
                        answer[i] += strayed * where.getFloat((WHERE * row + 2) * Float.BYTES);
                    }
                    put(read, row, FakeSelection.this.features.get(demonstration)[step]);
                    put(answered, row, answer);
                }
            }
        };
    }

    private static void put(FloatBuffer to, int row, double[] values) {
        for (int i = 0; i < values.length; i++) {
            to.put(row * values.length + i, (float) values[i]);
        }
    }

    @Override
    public RandomStream random() {
        if (random == null) {
            throw new IllegalStateException(
                    "this selection has no random numbers; give it some with withRandom(stream)");
        }
        return random;
    }

    @Override
    public void log(String name, double value) {
        logged.put(name, value);
    }
}
