package org.adapt4j.method.c2farm;

import java.nio.ByteBuffer;

/**
 * A pinhole camera that stands still, in the convention of RLBench: its frame looks along z with x to the left and y up, pixel (row,
 * column) is a ray through integers, row 0 on top, and (height/2, width/2) looks along the axis.
 */
final class Camera {

    /** Of a point beside the camera some pixel far outside is as good as another. */
    private static final double FAR_OUT = 1e6;

    private final int height;
    private final int width;
    private final double focal;
    private final double[] position;
    private final double[][] axes;
    private final float[] rays;

    /**
     * Places it.
     *
     * @param position in metres
     * @param forward where it looks, of any length
     * @param up roughly; not along {@code forward}
     * @param fieldOfView from the lower to the upper edge, in degrees
     */
    Camera(double[] position, double[] forward, double[] up, double fieldOfView, int height, int width) {
        this.position = position.clone();
        this.height = height;
        this.width = width;
        focal = height / 2.0 / Math.tan(Math.toRadians(fieldOfView) / 2);
        double[] z = unit(forward);
        double along = z[0] * up[0] + z[1] * up[1] + z[2] * up[2];
        double[] y = unit(new double[] {up[0] - along * z[0], up[1] - along * z[1], up[2] - along * z[2]});
        double[] x = {y[1] * z[2] - y[2] * z[1], y[2] * z[0] - y[0] * z[2], y[0] * z[1] - y[1] * z[0]};
        axes = new double[][] {x, y, z};
        rays = new float[3 * height * width];
        for (int pixel = 0; pixel < height * width; pixel++) {
            double left = (width / 2.0 - pixel % width) / focal;
            double above = (height / 2.0 - pixel / width) / focal;
            for (int axis = 0; axis < 3; axis++) {
                rays[3 * pixel + axis] = (float) (left * x[axis] + above * y[axis] + z[axis]);
            }
        }
    }

    private static double[] unit(double[] v) {
        double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        if (!(length > 1e-9)) {
            throw new IllegalArgumentException("a camera needs a direction to look in, and another one that is up");
        }
        return new double[] {v[0] / length, v[1] / length, v[2] / length};
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /**
     * What it sees, as points of the world.
     *
     * @param depth of each pixel along the axis, in metres, 32-bit floats
     * @param at first byte
     * @param points where to write, {@code [height, width, 3]}
     */
    void points(ByteBuffer depth, int at, float[] points) {
        float x = (float) position[0];
        float y = (float) position[1];
        float z = (float) position[2];
        for (int pixel = 0; pixel < height * width; pixel++) {
            float far = depth.getFloat(at + Float.BYTES * pixel);
            points[3 * pixel] = x + far * rays[3 * pixel];
            points[3 * pixel + 1] = y + far * rays[3 * pixel + 1];
            points[3 * pixel + 2] = z + far * rays[3 * pixel + 2];
        }
    }

    /**
     * The pixel of a point; outside of the image for what the camera does not see. Rounds as the authors' code.
     *
     * @param points three numbers each
     * @param which one of them
     * @param pixel where to write row and column
     */
    void pixel(double[] points, int which, int[] pixel) {
        double[] seen = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            for (int k = 0; k < 3; k++) {
                seen[axis] += axes[axis][k] * (points[3 * which + k] - position[k]);
            }
        }
        pixel[0] = height - towardsZero(focal * seen[1] / seen[2] + height / 2.0);
        pixel[1] = width - towardsZero(focal * seen[0] / seen[2] + width / 2.0);
    }

    private static int towardsZero(double pixels) {
        return (int) Math.max(-FAR_OUT, Math.min(FAR_OUT, pixels));
    }

    /** Whether a point lies before the camera and within the image. */
    boolean sees(double[] point) {
        double far = 0;
        for (int k = 0; k < 3; k++) {
            far += axes[2][k] * (point[k] - position[k]);
        }
        int[] pixel = new int[2];
        pixel(point, 0, pixel);
        return far > 0 && pixel[0] >= 0 && pixel[0] < height && pixel[1] >= 0 && pixel[1] < width;
    }
}
