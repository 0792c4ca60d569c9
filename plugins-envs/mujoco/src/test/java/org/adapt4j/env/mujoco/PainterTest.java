package org.adapt4j.env.mujoco;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
final class PainterTest {

    private static final int SIDE = 41;

    /** A red thing of a known silhouette, seen along y from 10 m: how much of the picture it covers. */
    @ParameterizedTest
    @CsvSource({
        "sphere, 1, 3.1416",
        "capsule, 0.5 1, 2.7854",
        "cylinder, 0.5 1, 2",
        "ellipsoid, 1 0.3 0.5, 1.5708",
        "box, 1 0.2 0.5, 2",
    })
    void coversTheSilhouette(String type, String size, double area) {
        String xml = "<mujoco><worldbody><body><geom type='" + type + "' size='" + size
                + "' rgba='1 0 0 1'/></body></worldbody></mujoco>";
        double seen = 0;
        try (Model model = Model.parse(type, xml);
                Simulation simulation = new Simulation(model)) {
            // Far away with a narrow view, so that perspective hardly matters: 4 m across.
            double angle = Math.toDegrees(2 * Math.atan(2.0 / 1000));
            ByteBuffer picture =
                    new Painter(SIDE, SIDE).paint(simulation, new Painter.View(0, 0, 0, 1000, 90, 0, angle));

            for (int i = 0; i < SIDE * SIDE; i++) {
                int red = picture.get(3 * i) & 255;
                int blue = picture.get(3 * i + 2) & 255;
                seen += red > 2 * blue ? 1 : 0;
            }
        }
        double pixel = 4.0 / SIDE;

        assertThat(seen * pixel * pixel).isBetween(0.88 * area, 1.12 * area);
    }
}
