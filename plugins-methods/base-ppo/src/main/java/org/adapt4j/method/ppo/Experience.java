package org.adapt4j.method.ppo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Conditioning.TrialView;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.method.ppo.PpoSettings.Deviation;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ObservationNormaliser;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.returns.Gae;
import org.jspecify.annotations.Nullable;

/**
 * A rollout as PPO reads it. Samples are numbered time-major, {@code step · slots + slot}; those of row {@code steps} are
 * what followed the last action.
 */
final class Experience {

    private final PpoNetwork network;
    private final Batch.Rollout rollout;
    private final ByteBuffer[] observations;
    private @Nullable ByteBuffer stage;

    final int steps;
    final int slots;
    final float[] rewards;
    final float[] values;
    final float[] logProbabilities;
    final float[] advantages;
    final float[] returns;
    final boolean[] ends;
    final boolean[] cleared;
    private final IntBuffer choices;
    private final @Nullable FloatBuffer rawActions;
    private final float @Nullable [] normalised;

    /** Reads a rollout. @param trained whether a tensor is one that training changes */
    Experience(PpoNetwork network, Batch.Rollout rollout, WeightVector weights, Predicate<String> trained) {
        this.network = network;
        this.rollout = rollout;
        steps = rollout.steps();
        slots = rollout.slots();
        int samples = steps * slots;
        rewards = new float[samples];
        rollout.seen().rewards().asFloatBuffer().get(slots, rewards);
        advantages = new float[samples];
        returns = new float[samples];
        values = column(PpoAlgorithm.VALUE);
        logProbabilities = column(PpoAlgorithm.LOG_PROBABILITY);
        choices = rollout.acted().column("action").asIntBuffer();
        rawActions = network.isDiscrete()
                ? null
                : rollout.acted().column(PpoAlgorithm.RAW_ACTION).asFloatBuffer();
        ends = new boolean[samples];
        cleared = new boolean[samples + slots];
        boolean overTrials = network.memory().isPresent();
        TrialView view = network.memory().map(Conditioning.Memory::view).orElse(TrialView.WHOLE);
        ByteBuffer flags = rollout.seen().flags();
        for (int i = 0; i < samples + slots; i++) {
            byte bits = flags.get(i);
            boolean trialBegins = Flag.NEW_TRIAL.isIn(bits);
            boolean episodeBegins = Flag.FIRST.isIn(bits);
            cleared[i] = overTrials ? trialBegins : episodeBegins;
            if (i >= slots) {
                int action = i - slots;
                ends[action] = overTrials ? trialBegins : Flag.TERMINATED.isIn(bits) || Flag.TRUNCATED.isIn(bits);
                if (!view.counts(episodeBegins, trialBegins)) {
                    rewards[action] = 0;
                }
            }
        }
        List<Component> components = network.inputs().components();
        observations = new ByteBuffer[components.size()];
        for (int c = 0; c < observations.length; c++) {
            observations[c] = rollout.seen().observations(components.get(c).name());
        }
        normalised = network.normaliser()
                .map(normaliser -> normalised(normaliser, weights, trained.test(normaliser.tensor())))
                .orElse(null);
    }

    /** Vectors as acting has seen them, and those that follow the last action as the next rollout will, {@code [steps + 1, slots, width]}. */
    private float[] normalised(ObservationNormaliser normaliser, WeightVector weights, boolean grows) {
        int width = network.inputs().vectorWidth();
        float[] last = new float[slots * width];
        for (int slot = 0; slot < slots; slot++) {
            network.inputs().write(observations, steps * slots + slot, last, slot * width);
        }
        if (grows) {
            normaliser.normaliseAhead(weights, last, slots, width);
        } else {
            normaliser.normalise(weights, last, slots, width);
        }
        float[] all = new float[(steps + 1) * slots * width];
        rollout.acted().column(PpoAlgorithm.NORMALISED).asFloatBuffer().get(all, 0, steps * slots * width);
        System.arraycopy(last, 0, all, steps * slots * width, last.length);
        return all;
    }

    private float[] column(String name) {
        float[] values = new float[steps * slots];
        rollout.acted().column(name).asFloatBuffer().get(values);
        return values;
    }

    /**
     * Finds advantages and returns by generalised advantage estimation.
     *
     * @param lastValues what is expected after the last action, {@code [slots]}
     */
    void estimate(float[] lastValues, double discount, double lambda) {
        Gae.advantages(slots, rewards, values, lastValues, ends, discount, lambda, advantages);
        for (int i = 0; i < returns.length; i++) {
            returns[i] = advantages[i] + values[i];
        }
    }

    /** Steps that stay together: what is shuffled are samples, or with memory the whole sequences of slots. */
    int sequence() {
        return network.isRecurrent() ? steps : 1;
    }

    /** How many samples, or sequences, there are. */
    int units() {
        return steps * slots / sequence();
    }

    /** A part of what is shuffled, with all that the network reads. */
    Part part(int[] units) {
        return part(units, sequence());
    }

    /** The same of slots, whose last step is not learned from but looked at. */
    Part withWhatFollows(int[] chosenSlots) {
        int[] units = chosenSlots.clone();
        if (!network.isRecurrent()) {
            for (int k = 0; k < units.length; k++) {
                units[k] += steps * slots;
            }
        }
        return part(units, network.isRecurrent() ? steps + 1 : 1);
    }

    private Part part(int[] units, int length) {
        int[] samples = units;
        if (length > 1) {
            samples = new int[units.length * length];
            for (int t = 0; t < length; t++) {
                for (int k = 0; k < units.length; k++) {
                    samples[t * units.length + k] = t * slots + units[k];
                }
            }
        }
        return new Part(samples, network.isRecurrent() ? start(units) : new float[0], length);
    }

    /**
     * Some samples, time-major.
     *
     * @param samples their numbers
     * @param start what their slots remembered before the first of them; empty without memory
     * @param steps of each slot
     */
    record Part(int[] samples, float[] start, int steps) {

        int size() {
            return samples.length;
        }
    }

    /** What slots remembered before the first step. */
    private float[] start(int[] chosenSlots) {
        int size = network.stateSize();
        float[] state = new float[chosenSlots.length * size];
        if (rollout.start() instanceof MemoryState memory) {
            for (int k = 0; k < chosenSlots.length; k++) {
                System.arraycopy(memory.lstm(), chosenSlots[k] * size, state, k * size, size);
            }
        }
        return state;
    }

    /**
     * The advantages of a minibatch, shifted and scaled to mean 0 and deviation 1 if wanted.
     *
     * @return by sample of the rollout, zeros outside of the minibatch
     */
    float[] advantages(Part minibatch, PpoSettings settings) {
        int[] all = minibatch.samples();
        float[] scaled = pick(advantages, all);
        if (settings.normaliseAdvantages() && all.length > 1) {
            boolean population = settings.advantageDeviation() == Deviation.POPULATION;
            Gae.normalise(advantages, all, 0, all.length, population, scaled);
        }
        float[] bySample = new float[advantages.length];
        for (int k = 0; k < all.length; k++) {
            bySample[all[k]] = scaled[k];
        }
        return bySample;
    }

    boolean[] cleared(int[] samples) {
        boolean[] chosen = new boolean[samples.length];
        for (int k = 0; k < samples.length; k++) {
            chosen[k] = cleared[samples[k]];
        }
        return chosen;
    }

    /** Copies the images of some samples side by side; nothing if there are none. */
    @Nullable
    ByteBuffer images(int[] samples) {
        int image = network.inputs().imageIndex();
        if (image < 0) {
            return null;
        }
        int bytes = network.inputs().imageBytes();
        ByteBuffer target = stage;
        if (target == null || target.capacity() < samples.length * bytes) {
            target = HostArrays.allocate(Math.multiplyExact(samples.length, bytes));
            stage = target;
        }
        for (int k = 0; k < samples.length; k++) {
            target.put(k * bytes, observations[image], samples[k] * bytes, bytes);
        }
        return target.slice(0, samples.length * bytes).order(ByteOrder.nativeOrder());
    }

    /** All that is not an image: other observations, then what the memory is told. */
    float[] vector(int[] samples) {
        int width = network.vectorWidth();
        int seen = network.inputs().vectorWidth();
        float[] vector = new float[samples.length * width];
        for (int k = 0; k < samples.length; k++) {
            if (normalised != null) {
                System.arraycopy(normalised, samples[k] * seen, vector, k * width, seen);
            } else {
                network.inputs().write(observations, samples[k], vector, k * width);
            }
            if (network.memory().isPresent() && !cleared[samples[k]]) {
                remember(
                        samples[k],
                        vector,
                        k * width + seen,
                        network.memory().get().view());
            }
        }
        return vector;
    }

    private void remember(int sample, float[] vector, int at, TrialView view) {
        int width = network.actionWidth();
        int slot = sample % slots;
        int before = sample - slots;
        if (before < 0) {
            if (rollout.start() instanceof MemoryState memory) {
                System.arraycopy(memory.actions(), slot * width, vector, at, width);
            }
        } else if (network.isDiscrete()) {
            vector[at + choices.get(before)] = 1;
        } else {
            FloatBuffer actions = rollout.acted().column("action").asFloatBuffer();
            actions.get(before * width, vector, at, width);
        }
        StepBuffers row = rollout.seen().step(sample / slots);
        PpoPolicy.remember(vector, at + width, row.rewards().get(slot), row.is(Flag.FIRST, slot), view);
    }

    /** The choices of some samples. */
    long[] choices(int[] samples) {
        long[] chosen = new long[samples.length];
        for (int k = 0; k < samples.length; k++) {
            chosen[k] = choices.get(samples[k]);
        }
        return chosen;
    }

    /** The continuous actions of some samples, as drawn, before they were made legal. */
    float[] rawActions(int[] samples) {
        int width = network.actionWidth();
        float[] chosen = new float[samples.length * width];
        if (rawActions != null) {
            for (int k = 0; k < samples.length; k++) {
                rawActions.get(samples[k] * width, chosen, k * width, width);
            }
        }
        return chosen;
    }

    static float[] pick(float[] values, int[] samples) {
        float[] chosen = new float[samples.length];
        for (int k = 0; k < samples.length; k++) {
            chosen[k] = values[samples[k]];
        }
        return chosen;
    }
}
