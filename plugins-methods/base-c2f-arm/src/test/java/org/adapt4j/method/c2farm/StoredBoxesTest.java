package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class StoredBoxesTest {

    private static final float[] FIRST = {0.2f, 0.1f, 0.9f, 0, 0, 0, 1, 1};
    private static final float[] NOTHING = new float[8];
    private static final float[] THIRD = {-0.1f, -0.2f, 1.2f, 0, 1, 0, 0, 0};

    @Test
    void areThoseOfTheLabelsOfWhatWasDoneNext() {
        C2fArmSettings settings = SettingsOf.named("c2f-arm-small", "attention.next-box = stored");
        Camera camera = settings.scene().camera(16, 16);
        StoredBoxes boxes = new StoredBoxes(new Labels(settings.attention(), camera, 3), 3);
        Labels labels = new Labels(settings.attention(), camera, 2);
        labels.read(FloatBuffer.wrap(joined(THIRD, FIRST)), 2, new SplittableRandom(5));

        boxes.read(FloatBuffer.wrap(joined(FIRST, NOTHING, THIRD)), new int[] {2, 1, 0}, 3, new SplittableRandom(5));

        for (int depth = 1; depth < 3; depth++) {
            double[] middles = {1, 2, 3, 4, 5, 6, 7, 8, 9};
            boxes.put(depth, middles);
            double[] wanted = labels.middles(depth);
            assertThat(middles)
                    .containsExactly(wanted[0], wanted[1], wanted[2], 4, 5, 6, wanted[3], wanted[4], wanted[5]);
        }
    }

    /** Play whose rows have something next: targets look where the next action was, and numbers stay finite. */
    @Test
    @Tag("native")
    void targetsOfTheAuthorsPresetsLookThere() {
        String stored = C2fArmContractTest.TINY + ", attention.next-box = stored";
        try (Play greedy = new Play(SettingsOf.paper(C2fArmContractTest.TINY), 12, "red", 1);
                Play authors = new Play(SettingsOf.paper(stored), 12, "red", 1)) {
            greedy.show(3);
            authors.show(3);

            assertThat(authors.steps(6).get("loss-depth-1")).isFinite();
            greedy.steps(6);

            assertThat(weights(authors, 0)).isNotEqualTo(weights(greedy, 0));
        }
    }

    private static float[] weights(Play play, int depth) {
        return play.algorithm().depths().get(depth).online().flat().toFloatArray();
    }

    private static float[] joined(float[]... poses) {
        float[] all = new float[8 * poses.length];
        for (int i = 0; i < poses.length; i++) {
            System.arraycopy(poses[i], 0, all, 8 * i, 8);
        }
        return all;
    }
}
