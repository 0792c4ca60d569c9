package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.junit.jupiter.api.Test;

/** Boxes, cells, pixels, windows and labels, against the authors' functions and their filling of the replay. */
final class AttentionTest {

    private static final JsonNode ORIGINAL = Original.file("attention.json");
    private static final C2fArmSettings SETTINGS = SettingsOf.original("");
    private static final EnvironmentSpec SEEN = new EnvironmentSpec(
            List.of(
                    new Component("front-rgb", Box.image(128, 128, 3)),
                    new Component("front-depth", new Box(Element.FLOAT32, List.of(128, 128), 0, 10)),
                    new Component("gripper-open", Box.vector(1, 0, 1)),
                    new Component("gripper-joint-positions", Box.vector(2, 0, 1))),
            Box.vector(8, -2, 2),
            10);

    private static Grid workspace(int voxels) {
        return new Grid(voxels)
                .between(
                        C2fArmSettings.numbers(SETTINGS.attention().lowest()),
                        C2fArmSettings.numbers(SETTINGS.attention().highest()));
    }

    @Test
    void choosesTheFirstOfTheBestVoxels() {
        float[] volumes = new float[4 * 64];
        for (int n = 0; n < 64; n++) {
            volumes[n] = (float) Math.sin(0.37 * n);
            volumes[64 + n] = (float) Math.cos(0.91 * n);
            volumes[128 + n] = n == 9 || n == 27 || n == 50 ? 1 : 0;
            volumes[192 + n] = -1;
        }
        Heads heads = heads(4, "logits", 0);

        for (int row = 0; row < 4; row++) {
            assertThat(xyz(best(heads, volumes, new float[0], row)[0], 4))
                    .containsExactly(Original.integers(
                            ORIGINAL.at("/argmax_one_volume/indices_xyz_ARM").get(row)));
        }
    }

    @Test
    void choosesAmongTwoVolumes() {
        float[] volumes = new float[3 * 128];
        for (int n = 0; n < 64; n++) {
            volumes[n] = (float) Math.sin(0.37 * n);
            volumes[64 + n] = (float) (0.9 * Math.cos(0.21 * n));
            volumes[128 + n] = (float) (0.3 * Math.sin(0.5 * n));
            volumes[192 + n] = (float) (0.3 * Math.sin(0.5 * n + 0.4));
            volumes[256 + n] = n == 9 || n == 27 || n == 50 ? 1 : 0;
            volumes[320 + n] = volumes[256 + n];
        }
        float[] turns = new float[3 * 216];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = (float) Math.sin(0.11 * (i % 216 + 5 * (i / 216)));
        }
        JsonNode known = ORIGINAL.get("argmax_two_volumes_RB");
        Heads heads = heads(4, "volumes", 1);

        for (int row = 0; row < 3; row++) {
            int[] best = best(heads, volumes, turns, row);
            assertThat(xyz(best[0], 4))
                    .containsExactly(Original.integers(known.get("coords").get(row)));
            assertThat(Arrays.copyOfRange(best, 1, 5))
                    .containsExactly(Original.integers(known.get("rot_and_grip").get(row)));
        }
    }

    @Test
    void choosesRotationsAndGripperAmongOutputs() {
        float[] turns = new float[4 * 218];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = (float) Math.sin(0.11 * (i % 218 + 5 * (i / 218)));
        }
        Heads heads = heads(4, "logits", 1);

        for (int row = 0; row < 4; row++) {
            assertThat(Arrays.copyOfRange(best(heads, new float[4 * 64], turns, row), 1, 5))
                    .containsExactly(Original.integers(
                            ORIGINAL.at("/argmax_dense_ARM/rot_and_grip").get(row)));
        }
    }

    private static Heads heads(int voxels, String gripper, int depth) {
        C2fArmSettings.Attention all =
                SettingsOf.paper("attention.gripper = " + gripper).attention();
        return new Heads(all, depth, voxels);
    }

    private static int[] best(Heads heads, float[] volumes, float[] turns, int row) {
        int[] voxels = new int[row + 1];
        int[] chosen = new int[4 * row + 4];
        heads.best(volumes, turns, row, voxels, chosen);
        int[] best = new int[5];
        best[0] = voxels[row];
        System.arraycopy(chosen, 4 * row, best, 1, 4);
        return best;
    }

    private static int[] xyz(int voxel, int voxels) {
        Grid grid = new Grid(voxels);
        return new int[] {grid.along(0, voxel), grid.along(1, voxel), grid.along(2, voxel)};
    }

    /** The oracles' number of a cell of 16³. */
    private static int flat(int[] xyz) {
        return (xyz[0] * 16 + xyz[1]) * 16 + xyz[2];
    }

    /** As the agent does while acting. */
    @Test
    void goesFromCellsToPlacesToBoxes() {
        for (JsonNode known : ORIGINAL.get("acting_coordinates")) {
            int[] first = Original.integers(known.get("index0"));
            int[] second = Original.integers(known.get("index1"));
            Volumes volumes = new Volumes(new SceneReader(SEEN, SETTINGS.scene()), SETTINGS.attention());
            double[] place = new double[3];
            volumes.refine(0, place, 0, flat(first));
            double[] middle = place.clone();
            Grid fine = volumes.box(1, place, 0);
            double[] bounds = new double[6];
            for (int axis = 0; axis < 3; axis++) {
                bounds[axis] = fine.low(axis);
                bounds[3 + axis] = fine.corner(axis, 16);
            }
            volumes.refine(1, place, 0, flat(second));

            assertThat(middle).containsExactly(Original.numbers(known.get("attention0")), within(1e-6));
            assertThat(bounds).containsExactly(Original.numbers(known.get("bounds1")), within(1e-6));
            assertThat(place).containsExactly(Original.numbers(known.get("attention1")), within(1e-6));
        }
        for (JsonNode known : ORIGINAL.get("point_to_voxel_index")) {
            double[] point = Original.numbers(known.get("point"));
            int[] index = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                index[axis] = workspace(16).index(axis, point[axis]);
            }
            assertThat(index).containsExactly(Original.integers(known.get("index")));
        }
    }

    @Test
    void goesFromPointsToPixelsToWindows() {
        Camera camera = SETTINGS.scene().camera(128, 128);
        for (JsonNode known : ORIGINAL.at("/front_camera/cases")) {
            int[] pixel = new int[2];
            camera.pixel(Original.numbers(known.get("point")), 0, pixel);
            Crop crop = new Crop(128, 128, 64, false);
            crop.centre(pixel[0], pixel[1], 128, 128);

            assertThat(pixel)
                    .as("%s", known)
                    .containsExactly(Original.integers(known.get("stored_pixel_coord_row_col")));
            assertThat(new int[] {crop.rows()[0], crop.columns()[0]})
                    .containsExactly(Original.integers(known.get("crop64_top_left_row_col")));
        }
        for (JsonNode known : ORIGINAL.at("/crop64_from_128/cases")) {
            int[] pixel = Original.integers(known.get("pixel_row_col"));
            Crop crop = new Crop(128, 128, 64, true);
            crop.centre(pixel[0], pixel[1], 128, 128);

            assertThat(crop.rows()).containsExactly(Original.integers(known.get("source_rows")));
            assertThat(crop.columns()).containsExactly(Original.integers(known.get("source_cols")));
        }
    }

    /** Point clouds as PyRep's. */
    @Test
    void seesPointsWhereTheSimulatorDoes() {
        JsonNode known = Original.file("camera.json");
        float[] depths = Original.floats(known.get("depth_m"));
        ByteBuffer bytes = ByteBuffer.allocate(4 * depths.length).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(depths);
        float[] points = new float[3 * depths.length];

        SETTINGS.scene().camera(4, 4).points(bytes, 0, points);

        assertThat(points).containsExactly(Original.floats(known.get("point_cloud_row_col_xyz")), within(1e-6f));
    }

    @Test
    void labelsPosesAsTheOriginalWithoutAndWithShifts() {
        JsonNode demonstration = Original.file("demonstration.json");
        assertLabels(demonstration.get("no_augmentation_no_shift"), new double[][] {{0.5, 0.5, 0.5}});
        assertLabels(demonstration.get("augment_every_10_no_shift"), new double[][] {{0.5, 0.5, 0.5}});
        JsonNode shifted = demonstration.get("augment_every_10_with_shift");
        double[][] draws = new double[3][];
        for (int i = 0; i < 3; i++) {
            draws[i] = Original.numbers(shifted.get("unit_draws_in_order").get(i));
        }
        assertLabels(shifted.get("rows"), draws);
    }

    private static void assertLabels(JsonNode rows, double[][] draws) {
        List<JsonNode> acted = new ArrayList<>();
        rows.forEach(row -> {
            if (row.get("kind").asText().equals("add")) {
                acted.add(row);
            }
        });
        FloatBuffer actions = FloatBuffer.allocate(8 * acted.size());
        acted.forEach(row -> actions.put(Original.floats(row.get("action"))));
        Labels labels = new Labels(SETTINGS.attention(), SETTINGS.scene().camera(128, 128), acted.size());

        labels.read(actions, acted.size(), cycling(draws));

        for (int i = 0; i < acted.size(); i++) {
            JsonNode row = acted.get(i);
            int[] cells = new int[6];
            for (int k = 0; k < 6; k++) {
                cells[k] = labels.cell(k / 3, i, k % 3);
            }
            int[] pixel = new int[2];
            labels.pixel(1, i, pixel);
            int[] known = Original.integers(row.get("trans_indices"));
            assertThat(cells).as("row %s", i).containsExactly(known);
            for (int depth = 0; depth < 2; depth++) {
                assertThat(labels.voxel(depth, i)).isEqualTo(flat(Arrays.copyOfRange(known, 3 * depth, 3 * depth + 3)));
            }
            assertThat(new int[] {labels.turn(i, 0), labels.turn(i, 1), labels.turn(i, 2), labels.turn(i, 3)})
                    .containsExactly(Original.integers(row.get("rot_grip")));
            assertThat(Arrays.copyOfRange(labels.middles(1), 3 * i, 3 * i + 3))
                    .containsExactly(Original.numbers(row.get("attention0")), within(1e-6));
            assertThat(pixel).containsExactly(Original.integers(row.get("pixel_row_col")));
        }
    }

    private static RandomGenerator cycling(double[][] draws) {
        return new RandomGenerator() {
            private int next;

            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                double draw = draws[next / 3 % draws.length][next % 3];
                next++;
                return draw;
            }
        };
    }

    /** What the agent does is the middle of a fine cell, so nothing need be kept beside the pose. */
    @Test
    void whatWasChosenIsFoundAgainInThePose() {
        C2fArmSettings.Attention attention = SettingsOf.paper("attention.boxes = [0.2, 0.06], attention.shift = 0")
                .attention();
        Labels labels = new Labels(attention, SETTINGS.scene().camera(128, 128), 1);
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 200; trial++) {
            int[] chosen = random.ints(9, 0, 16).toArray();
            double[] middle = new double[3];
            for (int depth = 0; depth < 3; depth++) {
                Grid grid = depth == 0
                        ? workspace(16)
                        : new Grid(16)
                                .around(middle.clone(), 0, attention.boxes().get(depth - 1));
                for (int axis = 0; axis < 3; axis++) {
                    middle[axis] = grid.centre(axis, chosen[3 * depth + axis]);
                }
            }
            FloatBuffer action = FloatBuffer.wrap(
                    new float[] {(float) middle[0], (float) middle[1], (float) middle[2], 0, 0, 0, 1, 0});

            labels.read(action, 1, random);

            boolean within = true;
            for (int axis = 0; axis < 3; axis++) {
                within &= labels.cell(0, 0, axis) == chosen[axis];
            }
            for (int axis = 0; axis < 3 && within; axis++) {
                assertThat(labels.cell(1, 0, axis)).isEqualTo(chosen[3 + axis]);
            }
        }
    }

    @Test
    void countsWhatLiesOutsideAndRefusesWhatIsNoNumber() {
        Labels labels = new Labels(SETTINGS.attention(), SETTINGS.scene().camera(128, 128), 1);
        float[] pose = {0.2f, 0, 1, 0, 1, 0, 0, 1};

        labels.read(FloatBuffer.wrap(pose), 1, cycling(new double[][] {{0.5, 0.5, 0.5}}));
        assertThat(labels.outside()).isZero();
        pose[2] = 5;
        labels.read(FloatBuffer.wrap(pose), 1, cycling(new double[][] {{0.5, 0.5, 0.5}}));
        assertThat(labels.outside()).isEqualTo(1);
        assertThat(labels.cell(0, 0, 2)).isEqualTo(15);
        pose[0] = -5;
        labels.read(FloatBuffer.wrap(pose), 1, cycling(new double[][] {{0.5, 0.5, 0.5}}));
        assertThat(labels.cell(0, 0, 0)).isZero();

        pose[1] = Float.NaN;
        assertThatThrownBy(() -> labels.read(FloatBuffer.wrap(pose), 1, cycling(new double[][] {{0.5, 0.5, 0.5}})))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("action is NaN");
    }
}
