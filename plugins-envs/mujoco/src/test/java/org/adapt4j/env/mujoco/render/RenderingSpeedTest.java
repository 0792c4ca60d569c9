package org.adapt4j.env.mujoco.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures a second of a table with forty geoms, with colours, depth and segmentation, by one thread and by two that draw pictures of
 * their own: {@code ./mvnw -pl plugins-envs/mujoco test -Dexcluded.tests=none -Dtest=RenderingSpeedTest}.
 */
@Tag("native")
@Tag("slow")
final class RenderingSpeedTest {

    private static final Logger LOG = LoggerFactory.getLogger(RenderingSpeedTest.class);

    /** Processor time, so that other programs on the machine disturb little. */
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    /** The first are those before it is all compiled. */
    private static final int ROUNDS = 150;

    private static final int PICTURES = 20;

    @ParameterizedTest
    @CsvSource({"64, 4000", "128, 1000"})
    void drawsAsManyPicturesASecondAsTasksNeed(int side, double enough) {
        double alone = picturesPerSecond(side, Renderer.Shadows.NONE);
        double shaded = picturesPerSecond(side, Renderer.Shadows.ON_GROUND);
        List<CompletableFuture<Double>> pair = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            pair.add(CompletableFuture.supplyAsync(() -> picturesPerSecond(side, Renderer.Shadows.NONE)));
        }
        double together = pair.stream().mapToDouble(CompletableFuture::join).sum();

        LOG.info(String.format(
                Locale.ROOT,
                "%d by %d: %.0f pictures a processor second, with shadows on the ground %.0f; two threads %.0f",
                side,
                side,
                alone,
                shaded,
                together));
        assertThat(alone).isGreaterThan(enough);
        assertThat(together).isGreaterThan(1.4 * alone);
    }

    private static double picturesPerSecond(int side, Renderer.Shadows shadows) {
        try (Stage stage = Stage.table()) {
            Camera camera = stage.camera("front");
            Image image = new Image(side, side, true, true, true);
            Renderer renderer = new Renderer(side, side, shadows);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long begin = THREAD.getCurrentThreadCpuTime();
                for (int picture = 0; picture < PICTURES; picture++) {
                    stage.scene.read(stage.simulation);
                    camera.read(stage.simulation);
                    renderer.draw(stage.scene, camera, image);
                }
                least = Math.min(least, THREAD.getCurrentThreadCpuTime() - begin);
            }
            return PICTURES / (least * 1e-9);
        }
    }
}
