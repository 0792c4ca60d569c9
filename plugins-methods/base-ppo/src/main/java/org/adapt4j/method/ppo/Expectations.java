package org.adapt4j.method.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.method.ppo.Experience.Part;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ObservationReader;
import org.adapt4j.toolkit.network.WeightVector;

/** What the critic expects where a rollout, or an episode within it, was cut off; by the present weights, without a gradient. */
final class Expectations {

    private final PpoSettings settings;
    private final PpoNetwork network;
    private final WeightVector weights;
    private final NDManager life;

    Expectations(PpoSettings settings, PpoNetwork network, WeightVector weights, NDManager life) {
        this.settings = settings;
        this.network = network;
        this.weights = weights;
        this.life = life;
    }

    /**
     * What is expected after the last action, {@code [slots]}. With memory the whole stretch is run again to know what is
     * remembered.
     */
    float[] afterTheLastAction(Experience experience) {
        int slots = experience.slots;
        float[] last = new float[slots];
        int length = network.isRecurrent() ? experience.steps + 1 : 1;
        int perChunk = Math.max(1, settings.chunk() / length);
        for (int from = 0; from < slots; from += perChunk) {
            int[] chosen =
                    IntStream.range(from, Math.min(slots, from + perChunk)).toArray();
            try (NDManager inputs = life.newSubManager()) {
                Part part = experience.withWhatFollows(chosen);
                float[] values = network.run(weights.constants(), inputs, experience, part)
                        .value()
                        .toFloatArray();
                System.arraycopy(values, values.length - chosen.length, last, from, chosen.length);
            }
        }
        return last;
    }

    /** Adds what the last state of a cut-off episode promised to the reward of its last action. */
    void addWhatWasCutOff(Experience experience, Batch.Truncations cut) {
        ObservationReader inputs = network.inputs();
        int count = cut.count();
        ByteBuffer[] observations = new ByteBuffer[inputs.components().size()];
        for (int c = 0; c < observations.length; c++) {
            observations[c] = count == 0
                    ? ByteBuffer.allocate(0)
                    : cut.observations(c).duplicate().order(ByteOrder.nativeOrder());
        }
        for (int from = 0; from < count; from += settings.chunk()) {
            int size = Math.min(settings.chunk(), count - from);
            try (NDManager step = life.newSubManager()) {
                NDArray images = inputs.imageIndex() < 0
                        ? null
                        : inputs.images(
                                step,
                                observations[inputs.imageIndex()].slice(
                                        from * inputs.imageBytes(), size * inputs.imageBytes()),
                                size);
                int width = network.vectorWidth();
                float[] vector = new float[size * width];
                for (int k = 0; k < size; k++) {
                    inputs.write(observations, from + k, vector, k * width);
                }
                network.normaliser().ifPresent(normaliser -> normaliser.normalise(weights, vector, size, width));
                float[] values = network.run(
                                weights.constants(),
                                images,
                                width == 0 ? null : HostArrays.tensor(step, vector, size, width),
                                new float[0],
                                new boolean[size],
                                1)
                        .value()
                        .toFloatArray();
                for (int k = 0; k < size; k++) {
                    int action = (cut.step(from + k) - 1) * experience.slots + cut.slot(from + k);
                    experience.rewards[action] += (float) (settings.discount() * values[k]);
                }
            }
        }
    }
}
