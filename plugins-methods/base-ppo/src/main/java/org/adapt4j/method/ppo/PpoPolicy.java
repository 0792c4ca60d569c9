package org.adapt4j.method.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Conditioning.TrialView;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Box;
import org.adapt4j.method.ppo.PpoNetwork.Output;
import org.adapt4j.toolkit.distribution.Categorical;
import org.adapt4j.toolkit.distribution.DiagonalGaussian;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ObservationReader;
import org.adapt4j.toolkit.network.WeightVector;

/** Acts with the present weights: one pass of the network for all slots, then draws on the host. */
final class PpoPolicy implements Policy {

    private final PpoNetwork network;
    private final WeightVector weights;
    private final Predicate<String> trained;
    private final NDManager life;
    private final RandomGenerator random;
    private final boolean greedy;
    private final Map<ActionBuffers, Optional<Extras>> extras = new WeakHashMap<>();

    /** Acts. @param trained whether a tensor is one that training changes */
    PpoPolicy(
            PpoNetwork network,
            WeightVector weights,
            Predicate<String> trained,
            NDManager life,
            RandomGenerator random,
            boolean greedy) {
        this.network = network;
        this.weights = weights;
        this.trained = trained;
        this.life = life;
        this.random = random;
        this.greedy = greedy;
    }

    @Override
    public PolicyState newState(int slots) {
        return network.isRecurrent()
                ? MemoryState.empty(slots, network.stateSize(), network.actionWidth())
                : PolicyState.none(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        int slots = seen.slots();
        boolean[] cleared = new boolean[slots];
        float[] remembered = new float[0];
        if (state instanceof MemoryState memory) {
            Flag border = network.memory().isPresent() ? Flag.NEW_TRIAL : Flag.FIRST;
            for (int slot = 0; slot < slots; slot++) {
                if (seen.is(border, slot)) {
                    memory.restart(slot);
                }
            }
            remembered = memory.lstm();
        }
        ObservationReader inputs = network.inputs();
        try (NDManager step = life.newSubManager()) {
            NDArray images =
                    inputs.imageIndex() < 0 ? null : inputs.images(step, seen.observation(inputs.imageIndex()), slots);
            int width = network.vectorWidth();
            Optional<Extras> notes = extras.computeIfAbsent(actions, this::extras);
            NDArray vector = width == 0 ? null : HostArrays.tensor(step, vector(seen, state, notes), slots, width);
            Output output = network.run(weights.constants(), images, vector, remembered, cleared, 1);
            float[] outputs = output.policy().toFloatArray();
            float[] values = output.value().toFloatArray();
            notes.ifPresent(columns -> columns.values.put(0, values));
            if (network.isDiscrete()) {
                choose(outputs, actions, notes, state);
            } else {
                choose(outputs, logStds(), actions, notes, state);
            }
            if (state instanceof MemoryState memory) {
                memory.lstm(output.state());
            }
        }
    }

    private float[] vector(StepBuffers seen, PolicyState state, Optional<Extras> notes) {
        ObservationReader inputs = network.inputs();
        int slots = seen.slots();
        int width = network.vectorWidth();
        float[] vector = new float[slots * width];
        ByteBuffer[] observations = inputs.columns(seen);
        for (int slot = 0; slot < slots; slot++) {
            inputs.write(observations, slot, vector, slot * width);
        }
        network.normaliser().ifPresent(normaliser -> {
            // What is noted is learned from; what is only played or measured leaves the statistics alone.
            if (notes.isPresent() && trained.test(normaliser.tensor())) {
                normaliser.absorb(weights, vector, slots, width);
            }
            normaliser.normalise(weights, vector, slots, width);
            notes.ifPresent(columns -> columns.note(vector, slots, width, inputs.vectorWidth()));
        });
        if (network.memory().isPresent() && state instanceof MemoryState memory) {
            TrialView view = network.memory().get().view();
            for (int slot = 0; slot < slots; slot++) {
                int at = slot * width + inputs.vectorWidth();
                boolean start = seen.is(Flag.NEW_TRIAL, slot);
                if (start && !memory.hasActed(slot)) {
                    continue;
                }
                boolean ended = start || seen.is(Flag.FIRST, slot);
                // Where a trial starts from an adapted memory, what is in view is what that memory's last action
                // earned.
                float reward = seen.rewards().get(slot);
                int actionWidth = network.actionWidth();
                System.arraycopy(memory.actions(), slot * actionWidth, vector, at, actionWidth);
                remember(vector, at + actionWidth, reward, ended, view);
            }
        }
        return vector;
    }

    /** Writes the last reward and whether it ended an episode, as the method shows them. */
    static void remember(float[] vector, int at, float reward, boolean ended, TrialView view) {
        vector[at] = view.reward(reward, ended);
        vector[at + 1] = view.end(ended);
    }

    private void choose(float[] logits, ActionBuffers actions, Optional<Extras> notes, PolicyState state) {
        int size = network.actionWidth();
        for (int slot = 0; slot < actions.slots(); slot++) {
            int from = slot * size;
            int choice = greedy ? Categorical.mode(logits, from, size) : Categorical.sample(logits, from, size, random);
            actions.discrete().put(slot, choice);
            if (notes.isPresent()) {
                notes.get().logProbabilities.put(slot, (float) Categorical.logProbability(logits, from, size, choice));
            }
            if (state instanceof MemoryState memory) {
                Arrays.fill(memory.actions(), from, from + size, 0);
                memory.actions()[from + choice] = 1;
                memory.acted(slot);
            }
        }
    }

    private void choose(
            float[] means, float[] logStds, ActionBuffers actions, Optional<Extras> notes, PolicyState state) {
        int size = network.actionWidth();
        Box box = network.box();
        float[] chosen = means.clone();
        for (int slot = 0; slot < actions.slots(); slot++) {
            int from = slot * size;
            if (!greedy) {
                DiagonalGaussian.sample(means, from, logStds, random, chosen);
            }
            for (int i = from; i < from + size; i++) {
                float legal = (float) Math.max(box.low(), Math.min(box.high(), chosen[i]));
                actions.continuous().put(i, legal);
                if (state instanceof MemoryState memory) {
                    memory.actions()[i] = legal;
                }
            }
            if (notes.isPresent()) {
                Extras columns = notes.get();
                columns.logProbabilities.put(
                        slot, (float) DiagonalGaussian.logProbability(means, from, logStds, chosen));
                columns.rawActions.orElseThrow().put(from, chosen, from, size);
            }
            if (state instanceof MemoryState memory) {
                memory.acted(slot);
            }
        }
    }

    private float[] logStds() {
        return weights.constants().get(network.logStd()).toFloatArray();
    }

    /** Where to note values and log-probabilities, where somebody wants to know. */
    private record Extras(
            FloatBuffer values,
            FloatBuffer logProbabilities,
            Optional<FloatBuffer> rawActions,
            Optional<FloatBuffer> observations) {

        void note(float[] normalised, int slots, int stride, int width) {
            for (int slot = 0; slot < slots; slot++) {
                observations.orElseThrow().put(slot * width, normalised, slot * stride, width);
            }
        }
    }

    private Optional<Extras> extras(ActionBuffers actions) {
        try {
            return Optional.of(new Extras(
                    actions.extra(PpoAlgorithm.VALUE),
                    actions.extra(PpoAlgorithm.LOG_PROBABILITY),
                    network.isDiscrete() ? Optional.empty() : Optional.of(actions.extra(PpoAlgorithm.RAW_ACTION)),
                    network.normaliser().map(normaliser -> actions.extra(PpoAlgorithm.NORMALISED))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
