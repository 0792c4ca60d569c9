package org.adapt4j.env.mujoco.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
final class FilmTest {

    private static final int SIDE = 41;

    /** A red thing of a known silhouette, seen along y from far away: how much of the picture it covers. */
    @ParameterizedTest
    @CsvSource({
        "sphere, 1, 3.1416",
        "capsule, 0.5 1, 2.7854",
        "cylinder, 0.5 1, 2",
        "ellipsoid, 1 0.3 0.5, 1.5708",
        "box, 1 0.2 0.5, 2",
    })
    void coversTheSilhouette(String type, String size, double area) {
        double seen = 0;
        try (Stage stage = Stage.world("<geom type='" + type + "' size='" + size + "' rgba='1 0 0 1'/>")) {
            // With a narrow view, so that perspective hardly matters: 4 m across.
            double angle = Math.toDegrees(2 * Math.atan(2.0 / 900));
            ByteBuffer picture = Film.draw(stage.simulation, Camera.lookingAt(0, 0, 0, 900, 90, 0, angle), SIDE, SIDE);

            for (int i = 0; i < SIDE * SIDE; i++) {
                int red = picture.get(3 * i) & 255;
                int blue = picture.get(3 * i + 2) & 255;
                seen += red > 2 * blue ? 1 : 0;
            }
        }
        double pixel = 4.0 / SIDE;

        assertThat(seen * pixel * pixel).isBetween(0.9 * area, 1.1 * area);
    }

    @Test
    void aLargeFloorReachesTheHorizonAndFades() {
        try (Stage stage = Stage.world("<geom type='plane' size='10 10 1' rgba='0.2 0.2 0.2 1'/>")) {
            ByteBuffer picture = Film.draw(stage.simulation, Camera.lookingAt(0, 0, 1, 5, 90, 0, 40), SIDE, SIDE);

            int justAbove = picture.get(3 * (SIDE / 2 - 2) * SIDE + 2) & 255;
            int justBelow = picture.get(3 * (SIDE / 2 + 2) * SIDE + 2) & 255;
            int near = picture.get(3 * (SIDE - 1) * SIDE + 2) & 255;
            assertThat(justAbove).isGreaterThan(230);
            assertThat(justBelow).isBetween(120, 246); // pale with distance
            assertThat(near).isLessThan(80);
        }
    }
}
