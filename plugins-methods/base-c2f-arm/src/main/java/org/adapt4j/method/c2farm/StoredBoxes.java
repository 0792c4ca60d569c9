package org.adapt4j.method.c2farm;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/**
 * The boxes that finer depths look at by what was done next, as the authors' replay keeps them: labels of the next row's action (stepjam/ARM,
 * agents). The replay here keeps actions, and boxes follow from these.
 */
final class StoredBoxes {

    private final Labels labels;
    private final int[] rows;
    private final FloatBuffer poses;
    private int known;

    /**
     * Boxes of at most so many rows.
     *
     * @param labels of as many actions
     */
    StoredBoxes(Labels labels, int most) {
        this.labels = labels;
        rows = new int[most];
        poses = FloatBuffer.allocate(Labels.POSE * most);
    }

    /**
     * Finds them where something was done: without, a pose is zeros, whose quaternion is none.
     *
     * @param actions what was done next after each row of a batch
     * @param wanted the rows asked for
     * @param random moves boxes, as labels have it
     */
    void read(FloatBuffer actions, int[] wanted, int count, RandomGenerator random) {
        known = 0;
        for (int i = 0; i < count; i++) {
            int from = Labels.POSE * wanted[i];
            boolean done = false;
            for (int k = 3; k < 7; k++) {
                done |= actions.get(from + k) != 0;
            }
            if (done) {
                poses.put(Labels.POSE * known, actions, from, Labels.POSE);
                rows[known++] = i;
            }
        }
        labels.read(poses, known, random);
    }

    /** Writes the middles of a depth's boxes where they are known, three numbers for each of the rows asked for. */
    void put(int depth, double[] middles) {
        for (int k = 0; k < known; k++) {
            System.arraycopy(labels.middles(depth), 3 * k, middles, 3 * rows[k], 3);
        }
    }
}
