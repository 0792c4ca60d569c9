package org.adapt4j.method.amf;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Random;
import org.adapt4j.method.selection.fake.FakeSelection;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * What a choice costs with the defaults: demonstrations of 64 steps, a last layer of 256 features and 4 outputs, in seconds of one core.
 * The forward passes of a network are not in it. Run by hand.
 */
@Tag("slow")
final class SelectionSpeedTest {

    private final InformationSelector selector = new InformationSelector(
            ReferenceDefaults.of(AmfPlugin.class, "selectors.amf").settings(InformationSelector.Settings.class, ""));

    @Test
    void aChoiceAmongFiftyTasksTakesLessThanASecond(TestReporter reporter) {
        double seconds = best(50, 200);

        reporter.publishEntry("50 tasks, 200 demonstrations", String.format(Locale.ROOT, "%.2f s", seconds));
        assertThat(seconds).isLessThan(1);
    }

    /** The number of points is limited: where there are more tasks, fewer steps of each are looked at, and what grows is their number. */
    @Test
    void moreTasksAndMoreDemonstrationsCostNoMore(TestReporter reporter) {
        double few = best(12, 200);
        double more = best(50, 200);
        double many = best(100, 200);
        double shown = best(50, 800);

        reporter.publishEntry(
                "12, 50, 100 tasks of 200 demonstrations, and 50 of 800",
                String.format(Locale.ROOT, "%.2f s, %.2f s, %.2f s, %.2f s", few, more, many, shown));
        assertThat(many).isLessThan(2 * more);
        assertThat(shown).isLessThan(2 * more);
        assertThat(few).isLessThan(3);
    }

    /** Seconds of this thread, the best of some. */
    private double best(int tasks, int demonstrations) {
        FakeSelection now = situation(tasks, demonstrations);
        double best = Double.POSITIVE_INFINITY;
        for (int repetition = 0; repetition < 4; repetition++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            selector.score(now);
            long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            best = Math.min(best, (end - start) / 1e9);
        }
        return best;
    }

    private static FakeSelection situation(int tasks, int demonstrations) {
        Random random = new Random(1);
        FakeSelection now = FakeSelection.of(tasks);
        for (int j = 0; j < demonstrations; j++) {
            now.shows(j % tasks, random(random, 64, 256), random(random, 64, 4), random(random, 64, 4));
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
