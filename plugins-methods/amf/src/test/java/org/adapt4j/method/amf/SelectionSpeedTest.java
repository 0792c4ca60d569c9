package org.adapt4j.method.amf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.FakeSelection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a choice costs with the defaults: 50 tasks, 200 demonstrations of 50 steps, a last layer of 256 features and 4 outputs. The forward
 * passes of a network are not in it. Run by hand, on a core of its own.
 */
final class SelectionSpeedTest {

    @Tag("slow")
    @Test
    void aChoiceAmongFiftyTasksTakesLessThanASecond() {
        InformationSelector selector = new InformationSelector(ReferenceDefaults.of(AmfPlugin.class, "selectors.amf")
                .settings(InformationSelector.Settings.class, ""));
        FakeSelection now = situation(50, 200);

        double best = Double.POSITIVE_INFINITY;
        for (int repetition = 0; repetition < 5; repetition++) {
            long start = System.nanoTime();
            selector.score(now);
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }

        assertThat(best).isLessThan(1);
    }

    private static FakeSelection situation(int tasks, int demonstrations) {
        Random random = new Random(1);
        FakeSelection now = FakeSelection.of(tasks);
        for (int j = 0; j < demonstrations; j++) {
            now.shows(j % tasks, random(random, 50, 256), random(random, 50, 4), random(random, 50, 4));
        }
        return now;
    }

    private static double[][] random(Random random, int rows, int width) {
        double[][] values = new double[rows][width];
        for (double[] row : values) {
            for (int i = 0; i < width; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return values;
    }
}
