package org.adapt4j.env.mujoco.render;

import java.nio.FloatBuffer;

/** Where in the world the pixels of an image are. */
public final class PointCloud {

    private PointCloud() {}

    /**
     * Writes the point that each pixel's middle shows: the camera's place plus depth times the ray, which is RLBench's T (depth K⁻¹ [u,
     * v, 1]) with the matrices of {@link Camera#extrinsics} and {@link Camera#intrinsics}. Pixels where nothing is seen lie at the
     * camera's farthest depth.
     *
     * @param camera as it was when the image was drawn
     * @param image with depths
     * @param xyz metres in the world, {@code [height, width, 3]}, from index 0
     */
    public static void write(Camera camera, Image image, FloatBuffer xyz) {
        FloatBuffer depth = image.depth();
        int width = image.width();
        int height = image.height();
        double pixel = camera.pixel(height);
        double[] axes = camera.axes;
        for (int row = 0; row < height; row++) {
            double up = (height / 2.0 - row - 0.5) * pixel;
            for (int column = 0; column < width; column++) {
                double right = (column + 0.5 - width / 2.0) * pixel;
                int at = row * width + column;
                double far = depth.get(at);
                for (int i = 0; i < 3; i++) {
                    double ray = right * axes[3 * i] + up * axes[3 * i + 1] - axes[3 * i + 2];
                    xyz.put(3 * at + i, (float) (camera.place[i] + far * ray));
                }
            }
        }
    }
}
