package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against the authors' voxel grid. */
final class VoxeliserTest {

    private static final JsonNode ORIGINAL = Original.file("voxels.json");

    @Test
    void fillsVolumesAsTheOriginal() {
        for (String name : new String[] {"A_V4_exact", "B_V8_exact"}) {
            JsonNode known = ORIGINAL.get(name);
            int side = known.get("V").asInt();
            float[] volume = volume(known.get("points_xyz"), known.get("points_rgb"), known.get("bounds"), side);
            float[] expected = Original.floats(known.get("grid_xyzc"));
            int cells = side * side * side;
            for (int cell = 0; cell < cells; cell++) {
                for (int channel = 0; channel < 10; channel++) {
                    assertThat(volume[channel * cells + cell])
                            .as("%s: channel %s of cell %s", name, channel, cell)
                            .isCloseTo(expected[10 * cell + channel], within(1e-6f));
                }
            }
        }
    }

    @Test
    void fillsBoxesAsTheOriginal() {
        JsonNode known = ORIGINAL.get("C_V4_batch2_boxes");
        for (int row = 0; row < 2; row++) {
            float[] volume = volume(
                    known.get("points_xyz").get(row),
                    known.get("points_rgb").get(row),
                    known.get("bounds").get(row),
                    4);
            double[] sums = new double[10];
            for (int i = 0; i < volume.length; i++) {
                sums[i / 64] += volume[i];
            }
            for (JsonNode occupied : known.get("occupied_cells").get(row)) {
                int[] at = Original.integers(occupied.get("cell"));
                float[] expected = Original.floats(occupied.get("values"));
                for (int channel = 0; channel < 10; channel++) {
                    assertThat(volume[channel * 64 + (at[0] * 4 + at[1]) * 4 + at[2]])
                            .isCloseTo(expected[channel], within(2e-6f));
                }
            }
            assertThat(sums)
                    .containsExactly(Original.numbers(known.get("channel_sums").get(row)), within(2e-5));
        }
    }

    @Test
    void saysWhereThereIsNothing() {
        Voxeliser voxeliser = new Voxeliser(4);
        Grid grid = new Grid(4).between(new double[3], new double[] {1, 1, 1});
        FloatBuffer into = FloatBuffer.allocate(voxeliser.size());

        voxeliser.fill(
                new float[] {Float.NaN, 0, 0, 5, 5, 5}, new float[6], 2, new Crop(1, 2, 9, false), grid, into, 0);
        assertThat(voxeliser.isEmpty()).isTrue();

        voxeliser.fill(new float[] {0.5f, 0, 0, 5, 5, 5}, new float[6], 2, new Crop(1, 2, 9, false), grid, into, 0);
        assertThat(voxeliser.isEmpty()).isFalse();
    }

    @Test
    void allocatesNothing() {
        Voxeliser voxeliser = new Voxeliser(16);
        float[] points = new float[3 * 64 * 64];
        for (int i = 0; i < points.length; i++) {
            points[i] = (i * 37 % 1000) / 1000f;
        }
        Grid grid = new Grid(16).between(new double[3], new double[] {1, 1, 1});
        Crop crop = new Crop(64, 64, 64, false);
        FloatBuffer into = FloatBuffer.allocate(voxeliser.size());
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 50; i++) {
            voxeliser.fill(points, points, 64, crop, grid, into, 0);
        }

        long before = bean.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 500; i++) {
            voxeliser.fill(points, points, 64, crop, grid, into, 0);
        }

        assertThat(bean.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(16_000);
    }

    private static float[] volume(JsonNode points, JsonNode colours, JsonNode bounds, int side) {
        float[] places = Original.floats(points);
        double[] box = Original.numbers(bounds);
        Voxeliser voxeliser = new Voxeliser(side);
        Grid grid = new Grid(side).between(Arrays.copyOf(box, 3), Arrays.copyOfRange(box, 3, 6));
        FloatBuffer into = FloatBuffer.allocate(voxeliser.size());
        int count = places.length / 3;
        voxeliser.fill(places, Original.floats(colours), count, new Crop(1, count, count, false), grid, into, 0);
        return into.array();
    }
}
