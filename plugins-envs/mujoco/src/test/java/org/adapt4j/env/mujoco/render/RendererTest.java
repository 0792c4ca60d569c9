package org.adapt4j.env.mujoco.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
final class RendererTest {

    private static final String FRONT = "<camera name='front' pos='0 -4 0' xyaxes='1 0 0 0 0 1' fovy='45'/>";

    /** MuJoCo's own rays, one by one, are a renderer that shares nothing with ours. */
    @ParameterizedTest
    @ValueSource(strings = {"front", "shoulder", "wrist"})
    void depthsAndGeomsAreThoseOfMujocosRays(String name) {
        int width = 72;
        int height = 56;
        try (Stage stage = Stage.table()) {
            Camera camera = stage.camera(name);
            Image image = stage.draw(camera, width, height);

            int seen = 0;
            List<String> wrong = new ArrayList<>();
            int[] geom = new int[1];
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double[] ray = ray(camera, width, height, column, row);
                    // The length of the ray is that at depth 1, so MuJoCo's distance is a depth.
                    double depth = MuJoCo.mj_ray(
                            stage.model.raw(),
                            stage.simulation.raw(),
                            camera.place,
                            ray,
                            (byte[]) null,
                            (byte) 1,
                            -1,
                            geom);
                    boolean sky = depth < 0 || depth > camera.far();
                    int at = row * width + column;
                    double drawn = image.depth().get(at);
                    int shown = image.segmentation().get(at);
                    seen += sky ? 0 : 1;
                    if (Math.abs(drawn - (sky ? camera.far() : depth)) > 1e-6 || shown != (sky ? -1 : geom[0])) {
                        wrong.add(column + ", " + row + ": " + drawn + " for " + depth + ", geom " + shown + " for "
                                + geom[0]);
                    }
                }
            }

            assertThat(wrong).isEmpty();
            assertThat(seen).isGreaterThan(width * height / 2);
        }
    }

    private static double[] ray(Camera camera, int width, int height, int column, int row) {
        double pixel = 2 * Math.tan(Math.toRadians(camera.fieldOfView()) / 2) / height;
        double right = (column + 0.5 - width / 2.0) * pixel;
        double up = (height / 2.0 - row - 0.5) * pixel;
        double[] ray = new double[3];
        for (int i = 0; i < 3; i++) {
            ray[i] = right * camera.axes[3 * i] + up * camera.axes[3 * i + 1] - camera.axes[3 * i + 2];
        }
        return ray;
    }

    @Test
    void aSphereHasTheDepthAndTheSizeThatGeometrySays() {
        try (Stage stage = Stage.world(FRONT + "<geom type='sphere' size='0.5' pos='0 0 0'/>")) {
            Image image = stage.draw(stage.camera("front").between(0.1, 20), 101, 101);

            int covered = 0;
            for (int i = 0; i < 101 * 101; i++) {
                covered += image.segmentation().get(i) == 0 ? 1 : 0;
            }
            assertThat(image.depth().get(50 * 101 + 50)).isCloseTo(3.5f, within(1e-6f));
            assertThat(image.depth().get(0)).isEqualTo(20);
            // The outline is a circle of radius tan(asin(0.5 / 4)) at depth 1.
            double radius = Math.tan(Math.asin(0.5 / 4)) / (2 * Math.tan(Math.PI / 8) / 101);
            assertThat((double) covered).isCloseTo(Math.PI * radius * radius, within(20.0));
        }
    }

    @Test
    void rowZeroIsAtTheTopAndColumnZeroOnTheLeft() {
        String balls = "<geom type='sphere' size='0.3' pos='-1 0 1' rgba='1 0 0 1'/>"
                + "<geom type='sphere' size='0.3' pos='1 0 -1' rgba='0 0 1 1'/>";
        try (Stage stage = Stage.world(FRONT + balls)) {
            Image image = stage.draw(stage.camera("front"), 64, 64);

            // One metre at a depth of four is 19.3 pixels of 45 degrees on 64.
            assertThat(image.segmentation().get(13 * 64 + 13)).isZero();
            assertThat(image.segmentation().get(51 * 64 + 51)).isEqualTo(1);
            assertThat(image.segmentation().get(51 * 64 + 13)).isEqualTo(-1);
            assertThat(Stage.pixel(image, 13, 13)[0]).isGreaterThan(100);
            assertThat(Stage.pixel(image, 13, 13)[2]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"front", "shoulder", "wrist"})
    void pointsOfTheCloudLieOnTheGeomsThatTheyShow(String name) {
        try (Stage stage = Stage.table()) {
            Camera camera = stage.camera(name);
            Image image = stage.draw(camera, 64, 48);
            FloatBuffer points = FloatBuffer.allocate(64 * 48 * 3);
            PointCloud.write(camera, image, points);

            int onTop = 0;
            for (int i = 0; i < 64 * 48; i++) {
                if (image.segmentation().get(i) == stage.geom("floor")) {
                    assertThat(points.get(3 * i + 2)).isCloseTo(0, within(1e-5f));
                } else if (image.segmentation().get(i) == stage.geom("top") && points.get(3 * i) < 0.74) {
                    assertThat(points.get(3 * i + 2)).isCloseTo(0.75f, within(1e-5f));
                    onTop++;
                }
            }
            assertThat(onTop).isGreaterThan(200);
        }
    }

    /** The matrices that RLBench gives lead from a pixel and its depth to the same point. */
    @Test
    void pointsFollowFromRlbenchsMatrices() {
        try (Stage stage = Stage.table()) {
            Camera camera = stage.camera("front");
            Image image = stage.draw(camera, 128, 128);
            FloatBuffer points = FloatBuffer.allocate(128 * 128 * 3);
            PointCloud.write(camera, image, points);
            FloatBuffer k = FloatBuffer.allocate(9);
            camera.intrinsics(128, 128, k);
            FloatBuffer t = FloatBuffer.allocate(16);
            camera.extrinsics(t);

            // RLBench's front camera: f = 175.8386 at 128 pixels of 40 degrees.
            assertThat(k.get(0)).isCloseTo(-175.8386f, within(1e-3f));
            assertThat(new float[] {k.get(2), k.get(5), k.get(8)}).containsExactly(64, 64, 1);
            assertThat(t.get(2)).isCloseTo(-0.9063f, within(1e-4f)); // forward is the third column
            for (int i : new int[] {0, 1000, 9000, 16383}) {
                float depth = image.depth().get(i);
                float x = depth * (i % 128 + 0.5f - k.get(2)) / k.get(0);
                float y = depth * (i / 128 + 0.5f - k.get(5)) / k.get(4);
                for (int axis = 0; axis < 3; axis++) {
                    float world = t.get(4 * axis) * x
                            + t.get(4 * axis + 1) * y
                            + t.get(4 * axis + 2) * depth
                            + t.get(4 * axis + 3);
                    assertThat(points.get(3 * i + axis)).isCloseTo(world, within(1e-5f));
                }
            }
        }
    }

    @Test
    void coloursThatAreChangedAreSeenAtTheNextReading() {
        try (Stage stage = Stage.table()) {
            mjModel raw = stage.model.raw();
            int red = stage.geom("red");
            Camera camera = stage.camera("front");
            Image image = stage.draw(camera, 128, 128);
            int at = 0;
            while (image.segmentation().get(at) != red) {
                at++;
            }
            int[] before = Stage.pixel(image, at % 128, at / 128);

            raw.geom_rgba().put(4L * red, 0.1f);
            raw.geom_rgba().put(4L * red + 1, 0.9f);
            stage.scene.read(stage.simulation);
            int[] after = Stage.pixel(stage.draw(camera, 128, 128), at % 128, at / 128);
            raw.geom_rgba().put(4L * red + 3, 0f);
            stage.scene.read(stage.simulation);
            int behind = stage.draw(camera, 128, 128).segmentation().get(at);

            assertThat(before[0]).isGreaterThan(4 * before[1]);
            assertThat(after).containsExactly(before[1], before[0], before[2]);
            assertThat(behind).isEqualTo(stage.geom("top"));
        }
    }

    @Test
    void aGeomsOwnColourPrecedesItsMaterialsUnlessItIsTheDefault() {
        String xml = "<mujoco><asset><material name='m' rgba='0 0 1 1'/></asset><worldbody>" + FRONT
                + "<geom type='box' size='.3 .3 .3' pos='-1 0 0' material='m'/>"
                + "<geom type='box' size='.3 .3 .3' pos='1 0 0' material='m' rgba='1 0 0 1'/></worldbody></mujoco>";
        try (Stage stage = Stage.of(xml)) {
            Image image = stage.draw(stage.camera("front"), 64, 64);

            assertThat(Stage.pixel(image, 13, 32)[0]).isZero();
            assertThat(Stage.pixel(image, 13, 32)[2]).isGreaterThan(80);
            assertThat(Stage.pixel(image, 51, 32)[0]).isGreaterThan(80);
            assertThat(Stage.pixel(image, 51, 32)[2]).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"group='3', false", "rgba='1 1 1 0', false", "rgba='1 1 1 0.2', true", "group='2', true"})
    void geomsOfHiddenGroupsAndWithoutAlphaAreLookedThrough(String attribute, boolean seen) {
        try (Stage stage = Stage.world(FRONT + "<geom type='sphere' size='0.5' " + attribute + "/>")) {
            Image image = stage.draw(stage.camera("front"), 9, 9);

            assertThat(image.segmentation().get(40)).isEqualTo(seen ? 0 : -1);
        }
    }

    @Test
    void nothingIsSeenNearerOrFartherThanTheCameraSees() {
        String balls = "<geom type='sphere' size='0.1' pos='0 -3.8 0'/><geom type='sphere' size='0.9' pos='0 0 0'/>";
        try (Stage stage = Stage.world(FRONT + balls)) {
            Camera camera = stage.camera("front");

            Image all = stage.draw(camera.between(0.01, 10), 9, 9);
            Image notTheNear = stage.draw(camera.between(0.5, 10), 9, 9);
            Image none = stage.draw(camera.between(0.5, 3), 9, 9);

            assertThat(all.depth().get(40)).isCloseTo(0.1f, within(1e-6f));
            assertThat(notTheNear.depth().get(40)).isCloseTo(3.1f, within(1e-6f));
            assertThat(none.depth().get(40)).isEqualTo(3);
            assertThat(none.segmentation().get(40)).isEqualTo(-1);
        }
    }

    @Test
    void figuresStandOnBoxes() {
        String box = "<geom type='box' size='1 1 1' rgba='0.9 0.9 0.2 1'/>";
        try (Stage stage = Stage.world("<camera name='front' pos='0 -4 0' xyaxes='1 0 0 0 0 1' fovy='37'/>" + box)) {
            stage.scene.digit(0, 7);
            Image image = stage.draw(stage.camera("front"), 40, 40);

            StringBuilder dots = new StringBuilder();
            for (int row = 8; row < 36; row += 4) {
                for (int column = 12; column < 30; column += 4) {
                    dots.append(Stage.pixel(image, column, row)[0] < 60 ? '#' : '.');
                }
                dots.append('\n');
            }

            assertThat(dots).hasToString("#####\n....#\n...#.\n..#..\n.#...\n.#...\n.#...\n");
            assertThatThrownBy(() -> stage.scene.digit(0, 10)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shadowsFallAwayFromTheSun() {
        String things = "<geom type='plane' size='5 5 1'/><geom type='sphere' size='0.3' pos='0 0 0.8'/>";
        try (Stage stage = Stage.world(things)) {
            Camera above = Camera.lookingAt(0, 0, 0, 5, 90, -90, 45);
            Image bare = stage.draw(above, 64, 64);
            Image shaded = new Image(64, 64, true, false, false);
            new Renderer(64, 64, Renderer.Shadows.ON_GROUND).draw(stage.scene, above, shaded);

            double x = 0;
            double y = 0;
            int dark = 0;
            for (int i = 0; i < 64 * 64; i++) {
                if ((shaded.rgb().get(3 * i) & 255) < (bare.rgb().get(3 * i) & 255)) {
                    x += i % 64 - 31.5;
                    y += 31.5 - i / 64;
                    dark++;
                }
            }
            // The sun is at (0.35, -0.55, 0.9).
            assertThat(dark).isGreaterThan(20);
            assertThat(x / y).isCloseTo(-0.35 / 0.55, within(0.15));
            assertThat(y).isPositive();
        }
    }

    @Test
    void aTextureRepeatsAsItsMaterialSays() {
        String xml = "<mujoco><asset><texture name='t' type='2d' builtin='checker' rgb1='1 0 0' rgb2='0 0 1' width='8'"
                + " height='8'/><material name='m' texture='t' texrepeat='2 1'/></asset><worldbody>"
                + "<geom type='plane' size='1 1 1' material='m'/></worldbody></mujoco>";
        try (Stage stage = Stage.of(xml)) {
            // 2 m across 40 pixels: four squares along x, two along y.
            Image image = stage.draw(Camera.lookingAt(0, 0, 0, 100, 90, -90, 1.1458), 40, 40);

            StringBuilder squares = new StringBuilder();
            for (int row = 10; row < 40; row += 20) {
                for (int column = 5; column < 40; column += 10) {
                    squares.append(Stage.pixel(image, column, row)[0] > 100 ? 'r' : 'b');
                }
            }
            assertThat(squares.toString()).isIn("rbrbbrbr", "brbrrbrb");
        }
    }

    @ParameterizedTest
    @EnumSource
    void picturesAreTheSameInterpretedCompiledAndInAnyThread(Renderer.Shadows shadows) {
        try (Stage stage = Stage.table()) {
            Camera camera = stage.camera("front");
            Image first = new Image(48, 48, true, true, true);
            new Renderer(48, 48, shadows).draw(stage.scene, camera, first);
            Renderer renderer = new Renderer(48, 48, shadows);
            Image later = new Image(48, 48, true, true, true);

            CompletableFuture<Image> elsewhere = CompletableFuture.supplyAsync(() -> {
                Image image = new Image(48, 48, true, true, true);
                Renderer other = new Renderer(48, 48, shadows);
                for (int i = 0; i < 50; i++) {
                    other.draw(stage.scene, camera, image);
                }
                return image;
            });
            for (int i = 0; i < 300; i++) {
                renderer.draw(stage.scene, camera, later);
            }

            for (Image image : List.of(later, elsewhere.join())) {
                assertThat(image.rgb()).isEqualTo(first.rgb());
                assertThat(image.depth()).isEqualTo(first.depth());
                assertThat(image.segmentation()).isEqualTo(first.segmentation());
            }
        }
    }

    @Test
    void nothingIsAllocatedPerPicture() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Stage stage = Stage.table()) {
            Camera camera = stage.camera("front");
            Image image = new Image(32, 32, true, true, true);
            FloatBuffer points = FloatBuffer.allocate(32 * 32 * 3);
            Renderer renderer = new Renderer(32, 32, Renderer.Shadows.ON_GROUND);
            long least = Long.MAX_VALUE;
            for (int turn = 0; turn < 20; turn++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int picture = 0; picture < 20; picture++) {
                    stage.scene.read(stage.simulation);
                    camera.read(stage.simulation);
                    renderer.draw(stage.scene, camera, image);
                    PointCloud.write(camera, image, points);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }

            assertThat(least).as("bytes of 20 pictures").isLessThan(500);
        }
    }

    @Test
    void onlyWhatIsWantedIsThere() {
        Image depths = new Image(8, 8, false, true, false);

        try (Stage stage = Stage.table()) {
            new Renderer(8, 8).draw(stage.scene, stage.camera("front"), depths);
        }

        assertThat(depths.depth().get(60)).isBetween(0.5f, 3f);
        assertThat(depths.hasRgb() || depths.hasSegmentation()).isFalse();
        assertThatThrownBy(depths::rgb).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        try (Stage stage = Stage.table();
                Stage other = Stage.world(FRONT)) {
            Camera camera = stage.camera("front");

            assertThatThrownBy(() -> Camera.named(stage.model, "fornt"))
                    .hasMessage("table.xml: there is no camera 'fornt'; there are front, shoulder, wrist");
            assertThatThrownBy(() -> stage.scene.read(other.simulation)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> camera.read(other.simulation)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> camera.between(0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Image(0, 64, true, false, false)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Renderer(64, 10_000)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(
                            () -> new Renderer(64, 64).draw(stage.scene, camera, new Image(32, 64, true, false, false)))
                    .isInstanceOf(IllegalArgumentException.class);
            stage.simulation.close();
            assertThatThrownBy(() -> stage.scene.read(stage.simulation)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> camera.read(stage.simulation)).isInstanceOf(IllegalStateException.class);
        }
    }
}
