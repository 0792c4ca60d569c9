package org.adapt4j.method.selection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.ExpertPosterior;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Element;
import org.apiguardian.api.API;

/** Some demonstrations of a {@link Selection}, each as seen for some task; their steps, one after the other, are the points of a kernel. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Views {

    /** Rows of a forward pass: enough to keep a processor busy, few enough for its caches. */
    private static final int CHUNK = 2048;

    private final Selection now;
    private final List<View> views;
    private final int mostSteps;
    private final int[] first;
    private final Map<View, Integer> index = new HashMap<>();

    /**
     * A demonstration whose observations tell a task.
     *
     * @param demonstration index in {@link Selection#shown}
     * @param task index in {@link Selection#tasks}
     */
    public record View(int demonstration, int task) {}

    /**
     * What a last layer read and answered.
     *
     * @param features {@code [points, width]}
     * @param outputs {@code [points, width]}: mean actions, or logits
     */
    public record Embedded(double[][] features, double[][] outputs) {}

    /**
     * Views.
     *
     * @param views each once
     * @param mostSteps of a demonstration, evenly spaced; 0 for all
     */
    public Views(Selection now, List<View> views, int mostSteps) {
        this.now = now;
        this.views = List.copyOf(views);
        this.mostSteps = mostSteps;
        first = new int[views.size() + 1];
        for (int i = 0; i < views.size(); i++) {
            int steps = now.shown().get(views.get(i).demonstration()).steps();
            first[i + 1] = first[i] + (mostSteps == 0 ? steps : Math.min(steps, mostSteps));
            index.put(views.get(i), i);
        }
    }

    /** The views, in order. */
    public List<View> views() {
        return views;
    }

    /** Number of points. */
    public int size() {
        return first[views.size()];
    }

    /** The points of a view. */
    public int[] points(View view) {
        int at = Objects.requireNonNull(index.get(view), "no such view");
        int[] points = new int[first[at + 1] - first[at]];
        for (int i = 0; i < points.length; i++) {
            points[i] = first[at] + i;
        }
        return points;
    }

    /** Whether actions are choices, and outputs logits. */
    public boolean isDiscrete() {
        return now.spec().action().element() == Element.INT32;
    }

    /** What the expert did, {@code [points, outputs]}. */
    public double[][] actions() {
        double[][] actions = new double[size()][];
        for (int i = 0; i < views.size(); i++) {
            Selection.Steps steps = steps(i);
            int width = steps.actions().length / steps.rows();
            for (int row = 0; row < steps.rows(); row++) {
                actions[first[i] + row] = Arrays.copyOfRange(steps.actions(), row * width, (row + 1) * width);
            }
        }
        return actions;
    }

    private Selection.Steps steps(int view) {
        Selection.Steps steps =
                now.steps(views.get(view).demonstration(), views.get(view).task(), mostSteps);
        if (steps.rows() != first[view + 1] - first[view]) {
            throw new IllegalStateException("asked for " + (first[view + 1] - first[view])
                    + " steps of a demonstration, and got " + steps.rows());
        }
        return steps;
    }

    /** What the scoring agent's last layer reads and answers at each point; one forward pass over all. */
    public Embedded embedded() {
        LastLayer lastLayer = needed(LastLayer.class);
        Embedded all = new Embedded(new double[size()][], new double[size()][]);
        int view = 0;
        while (view < views.size()) {
            int end = view + 1;
            while (end < views.size() && first[end + 1] - first[view] <= CHUNK) {
                end++;
            }
            int rows = first[end] - first[view];
            FloatBuffer features = floats(rows * lastLayer.features());
            FloatBuffer outputs = floats(rows * lastLayer.outputs());
            lastLayer.forward(observations(view, end), rows, features, outputs);
            for (int row = 0; row < rows; row++) {
                all.features()[first[view] + row] = row(features, row, lastLayer.features());
                all.outputs()[first[view] + row] = row(outputs, row, lastLayer.outputs());
            }
            requireNumbers(all, first[view], first[view] + rows);
            view = end;
        }
        return all;
    }

    private static void requireNumbers(Embedded all, int from, int to) {
        for (int point = from; point < to; point++) {
            for (double[] values : List.of(all.features()[point], all.outputs()[point])) {
                for (double value : values) {
                    if (!Double.isFinite(value)) {
                        throw new IllegalStateException("the policy answers a demonstration with " + value
                                + ": its training went astray; lower adapt.algorithm.learning-rate");
                    }
                }
            }
        }
    }

    /** The scoring agent's mean actions, or logits, at each point, from whatever it has that tells them. */
    public double[][] answers() {
        return now.ability(LastLayer.class).isPresent() ? embedded().outputs() : beliefMeans();
    }

    private <T> T needed(Class<T> ability) {
        return now.ability(ability)
                .orElseThrow(() -> new IllegalStateException("the selector does not list " + ability.getSimpleName()
                        + " among its needs, or the algorithm lacks it after all"));
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static double[] row(FloatBuffer floats, int row, int width) {
        double[] values = new double[width];
        for (int i = 0; i < width; i++) {
            values[i] = floats.get(row * width + i);
        }
        return values;
    }

    private Map<String, ByteBuffer> observations(int from, int to) {
        Map<String, ByteBuffer> all = new TreeMap<>();
        int rows = first[to] - first[from];
        for (Component component : now.spec().observation()) {
            all.put(
                    component.name(),
                    ByteBuffer.allocateDirect(
                                    Math.multiplyExact(rows, component.space().bytes()))
                            .order(ByteOrder.nativeOrder()));
        }
        for (int view = from; view < to; view++) {
            Selection.Steps steps = steps(view);
            for (Component component : now.spec().observation()) {
                int bytes = component.space().bytes();
                column(all, component.name())
                        .put(
                                (first[view] - first[from]) * bytes,
                                column(steps.observations(), component.name()),
                                0,
                                steps.rows() * bytes);
            }
        }
        return all;
    }

    private static ByteBuffer column(Map<String, ByteBuffer> columns, String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    /** All numbers of all observed components of floats, {@code [points, …]}. */
    public double[][] inputs() {
        Map<String, ByteBuffer> observations = observations(0, views.size());
        List<Component> vectors = now.spec().observation().stream()
                .filter(component -> component.space().element() == Element.FLOAT32)
                .toList();
        int width = vectors.stream()
                .mapToInt(component -> component.space().width())
                .sum();
        double[][] inputs = new double[size()][width];
        int column = 0;
        for (Component component : vectors) {
            ByteBuffer values = column(observations, component.name());
            int own = component.space().width();
            for (int point = 0; point < inputs.length; point++) {
                for (int i = 0; i < own; i++) {
                    inputs[point][column + i] = values.getFloat((point * own + i) * Float.BYTES);
                }
            }
            column += own;
        }
        return inputs;
    }

    /** What the scoring agent believes about the points together, {@code [points, points]}. */
    public double[][] beliefCovariance() {
        return needed(ExpertPosterior.class).covariance(observations(0, views.size()), size());
    }

    /** Variance of the noise that the scoring agent's belief ascribes to an expert. */
    public double beliefNoise() {
        return needed(ExpertPosterior.class).noiseVariance();
    }

    /** Variance of the expert's noisy action at each point, as the scoring agent believes; each view by itself. */
    public double[] beliefVariances() {
        ExpertPosterior belief = needed(ExpertPosterior.class);
        double[] variances = new double[size()];
        for (int view = 0; view < views.size(); view++) {
            int rows = first[view + 1] - first[view];
            double[][] covariance = belief.covariance(observations(view, view + 1), rows);
            for (int row = 0; row < rows; row++) {
                variances[first[view] + row] = Math.max(0, covariance[row][row]) + belief.noiseVariance();
            }
        }
        return variances;
    }

    /** The actions that the scoring agent's belief expects, {@code [points, width]}. */
    public double[][] beliefMeans() {
        return needed(ExpertPosterior.class).mean(observations(0, views.size()), size());
    }
}
