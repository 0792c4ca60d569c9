package org.adapt4j.method.gp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.ExpertPosterior;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Box;
import org.adapt4j.toolkit.kernel.Cholesky;
import org.adapt4j.toolkit.kernel.Gram;

/**
 * Imitates by regression with a Gaussian process: prior mean zero, a radial kernel over all numbers of an observation, independent
 * coordinates of the action (Rasmussen and Williams 2006, algorithm 2.1; Bagatella et al. 2025, section 5.1).
 *
 * <p>Its weights are what it was shown. An update conditions on what was carried over from before and on all pairs of its batch, anew; so
 * one update learns all there is, and a second changes nothing. {@code n} pairs take {@code n³ / 6} multiplications.
 */
final class GaussianProcess implements BaseAlgorithm<Batch.Imitation>, ExpertPosterior, Parameters {

    private static final String GROUP = "policy";
    private static final String INPUTS = GROUP + "/inputs";
    private static final String ACTIONS = GROUP + "/actions";

    private final GaussianProcessFactory.Settings settings;
    private final EnvironmentSpec spec;
    private final Box action;
    private final int width;
    private final int actionWidth;
    private double[][] carriedInputs = {};
    private double[][] carriedActions = {};
    private double[][] inputs = {};
    private double[][] actions = {};
    private Cholesky factor = Cholesky.of(new double[0][0]);
    private double[][] coefficients = {};

    GaussianProcess(GaussianProcessFactory.Settings settings, EnvironmentSpec spec) {
        this.settings = settings;
        this.spec = spec;
        action = (Box) spec.action();
        actionWidth = action.width();
        width = spec.observation().stream()
                .mapToInt(component -> component.space().width())
                .sum();
    }

    @Override
    public Map<String, Double> update(Batch.Imitation batch, double progress) {
        if (batch.size() == settings.pairs()) {
            throw new IllegalStateException(
                    "gp looks at all pairs of observation and action at once, and there are at least " + batch.size()
                            + "; raise the setting 'pairs' of gp, or give a smaller budget of demonstrations");
        }
        Map<String, ByteBuffer> observations = new TreeMap<>();
        spec.observation().forEach(component -> observations.put(component.name(), batch.column(component.name())));
        double[][] fresh = inputs(observations, batch.size());
        double[][] done = new double[batch.size()][actionWidth];
        ByteBuffer column = batch.column("action");
        for (int row = 0; row < done.length; row++) {
            for (int i = 0; i < actionWidth; i++) {
                done[row][i] = column.getFloat((row * actionWidth + i) * Float.BYTES);
            }
        }
        condition(joined(carriedInputs, fresh), joined(carriedActions, done));
        return Map.of("pairs", (double) inputs.length, "loss", loss());
    }

    private double loss() {
        double[][] means = means(inputs);
        double sum = 0;
        for (int row = 0; row < means.length; row++) {
            for (int i = 0; i < actionWidth; i++) {
                sum += (means[row][i] - actions[row][i]) * (means[row][i] - actions[row][i]) / actionWidth;
            }
        }
        return sum / means.length;
    }

    private void condition(double[][] newInputs, double[][] newActions) {
        inputs = newInputs;
        actions = newActions;
        double[][] gram = Gram.rbf(inputs, settings.lengthScale(), settings.signalVariance());
        for (int i = 0; i < gram.length; i++) {
            gram[i][i] += settings.noiseVariance();
        }
        factor = Cholesky.of(gram);
        coefficients = new double[actions.length][];
        for (int i = 0; i < actions.length; i++) {
            coefficients[i] = actions[i].clone();
        }
        factor.solve(coefficients);
    }

    private static double[][] joined(double[][] one, double[][] other) {
        double[][] all = new double[one.length + other.length][];
        System.arraycopy(one, 0, all, 0, one.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private double[][] inputs(Map<String, ByteBuffer> observations, int rows) {
        double[][] read = new double[rows][width];
        int at = 0;
        for (Component component : spec.observation()) {
            ByteBuffer values = Objects.requireNonNull(observations.get(component.name()), component.name());
            int own = component.space().width();
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < own; i++) {
                    read[row][at + i] = values.getFloat((row * own + i) * Float.BYTES);
                }
            }
            at += own;
        }
        return read;
    }

    private double[][] means(double[][] at) {
        double[][] means = new double[at.length][actionWidth];
        for (int row = 0; row < at.length; row++) {
            for (int k = 0; k < inputs.length; k++) {
                double alike = Gram.rbf(at[row], inputs[k], settings.lengthScale(), settings.signalVariance());
                for (int i = 0; i < actionWidth; i++) {
                    means[row][i] += alike * coefficients[k][i];
                }
            }
        }
        return means;
    }

    @Override
    public double noiseVariance() {
        return settings.noiseVariance();
    }

    @Override
    public double[][] mean(Map<String, ByteBuffer> observations, int rows) {
        return means(inputs(observations, rows));
    }

    @Override
    public double[][] covariance(Map<String, ByteBuffer> observations, int rows) {
        double[][] at = inputs(observations, rows);
        double[][] covariance = Gram.rbf(at, settings.lengthScale(), settings.signalVariance());
        double[][] white = new double[inputs.length][rows];
        for (int k = 0; k < inputs.length; k++) {
            for (int row = 0; row < rows; row++) {
                white[k][row] = Gram.rbf(inputs[k], at[row], settings.lengthScale(), settings.signalVariance());
            }
        }
        factor.whiten(white);
        for (double[] shares : white) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < rows; j++) {
                    covariance[i][j] -= shares[i] * shares[j];
                }
            }
        }
        return covariance;
    }

    @Override
    public Policy policy(Mode mode) {
        return new Policy() {
            @Override
            public PolicyState newState(int slots) {
                return PolicyState.none(slots);
            }

            @Override
            public void act(StepBuffers seen, PolicyState state, ActionBuffers chosen) {
                Map<String, ByteBuffer> observations = new TreeMap<>();
                spec.observation()
                        .forEach(component -> observations.put(component.name(), seen.observation(component.name())));
                double[][] means = means(inputs(observations, seen.slots()));
                for (int slot = 0; slot < means.length; slot++) {
                    for (int i = 0; i < actionWidth; i++) {
                        double value = Math.min(action.high(), Math.max(action.low(), means[slot][i]));
                        chosen.continuous().put(slot * actionWidth + i, (float) value);
                    }
                }
            }
        };
    }

    @Override
    public Parameters parameters() {
        return this;
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return type == ExpertPosterior.class ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public Set<String> groups() {
        return Set.of(GROUP);
    }

    @Override
    public long count() {
        return (long) inputs.length * (width + actionWidth);
    }

    @Override
    public Snapshot snapshot() {
        return Snapshot.of(Map.of(INPUTS, tensor(inputs, width), ACTIONS, tensor(actions, actionWidth)));
    }

    private static Tensor tensor(double[][] rows, int width) {
        double[] flat = new double[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * width, width);
        }
        return new Tensor(
                Tensor.Type.FLOAT64,
                List.of((long) rows.length, (long) width),
                Tensor.of(flat).data());
    }

    /** Takes over what was shown before, and forgets what was shown here. */
    @Override
    public void restore(Snapshot snapshot, Set<String> groups) {
        requireKnown(groups);
        if (groups.contains(GROUP)) {
            for (String name : snapshot.only(Set.of(GROUP)).tensors().keySet()) {
                if (!name.equals(INPUTS) && !name.equals(ACTIONS)) {
                    throw new IllegalArgumentException("tensor " + name + " is not one of a Gaussian process's");
                }
            }
            carriedInputs = rows(snapshot, INPUTS, width);
            carriedActions = rows(snapshot, ACTIONS, actionWidth);
            condition(carriedInputs, carriedActions);
        }
    }

    private static double[][] rows(Snapshot snapshot, String name, int width) {
        Tensor tensor = snapshot.tensors().get(name);
        if (tensor == null || tensor.shape().size() != 2 || tensor.shape().get(1) != width) {
            throw new IllegalArgumentException(
                    name + (tensor == null ? " is missing" : " is of shape " + tensor.shape())
                            + ", and should be of shape [pairs, " + width + "]");
        }
        double[] flat = tensor.doubles();
        double[][] rows = new double[flat.length / width][width];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(flat, row * width, rows[row], 0, width);
        }
        return rows;
    }

    private static void requireKnown(Set<String> groups) {
        for (String group : groups) {
            if (!group.equals(GROUP) && !group.equals(OPTIMIZER)) {
                throw new IllegalArgumentException("no group '" + group + "', only '" + GROUP + "'");
            }
        }
    }

    @Override
    public void moveTowards(Snapshot target, double fraction) {
        throw new UnsupportedOperationException(
                "the weights of a Gaussian process are what it was shown, and no point between two such sets; use bc");
    }

    @Override
    public void train(Set<String> groups) {
        requireKnown(groups);
    }

    @Override
    public void resetOptimizer() {}

    @Override
    public void save(DataOutputStream out) throws IOException {
        save(carriedInputs, out);
        save(carriedActions, out);
        save(inputs, out);
        save(actions, out);
    }

    private static void save(double[][] rows, DataOutputStream out) throws IOException {
        out.writeInt(rows.length);
        for (double[] row : rows) {
            for (double value : row) {
                out.writeDouble(value);
            }
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        carriedInputs = load(in, width);
        carriedActions = load(in, actionWidth);
        double[][] allInputs = load(in, width);
        condition(allInputs, load(in, actionWidth));
    }

    private static double[][] load(DataInputStream in, int width) throws IOException {
        double[][] rows = new double[in.readInt()][width];
        for (double[] row : rows) {
            for (int i = 0; i < width; i++) {
                row[i] = in.readDouble();
            }
        }
        return rows;
    }

    @Override
    public void close() {}
}
