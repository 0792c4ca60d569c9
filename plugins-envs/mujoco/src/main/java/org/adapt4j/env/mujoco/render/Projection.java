package org.adapt4j.env.mujoco.render;

/**
 * The geoms of a scene as a camera's pixels meet them: each pixel's ray in each geom's own stretched frame (see {@link Rays}), and
 * which pixels a geom can cover.
 */
final class Projection {

    /** Pixels by which outlines are widened, so that rounding opens no gap. */
    private static final double SLACK = 1e-6;

    private static final int CORNERS = 8;

    private final int width;
    private final int height;

    /** The rays' common origin, per geom. */
    double[] origins = {};

    /** Direction of the ray through the middle of pixel (0, 0), per geom; its part along the optical axis has length 1. */
    double[] firsts = {};

    /** What a direction gains from column to column. */
    double[] across = {};

    /** What a direction gains from row to row. */
    double[] down = {};

    /** Depth that a geom lies behind, whatever the pixel; metres. */
    double[] nearest = {};

    /** Geoms that may be seen, the nearest first, the endless ones last. */
    int[] order = {};

    int visible;

    /** The rows that the last {@link #outline} covers: from the first to before the last. */
    int top;

    int bottom;

    /** Columns that the last {@link #outline} covers in each of its rows: from one to before the other. */
    final int[] left;

    final int[] right;

    /** Per geom: the middle and the halves of the axes of its box in the camera's frame: to the right, up, forward. */
    private double[] boxes = {};

    private double[] keys = {};
    private final double[] low;
    private final double[] high;
    private final double[] cornerX = new double[CORNERS];
    private final double[] cornerY = new double[CORNERS];
    private double pixel;

    Projection(int width, int height) {
        this.width = width;
        this.height = height;
        left = new int[height];
        right = new int[height];
        low = new double[height];
        high = new double[height];
    }

    /** Takes over where everything is. */
    void set(GeomScene scene, Camera camera) {
        if (keys.length < scene.count) {
            allocate(scene.count);
        }
        pixel = camera.pixel(height);
        visible = 0;
        for (int geom = 0; geom < scene.count; geom++) {
            if (scene.colours[4 * geom + 3] > 0 && setBox(scene, camera, geom)) {
                setRays(scene, camera, geom);
                insert(geom);
            }
        }
    }

    private void allocate(int count) {
        origins = new double[3 * count];
        firsts = new double[3 * count];
        across = new double[3 * count];
        down = new double[3 * count];
        nearest = new double[count];
        order = new int[count];
        boxes = new double[12 * count];
        keys = new double[count];
    }

    /** Writes a geom's box in the camera's frame; false if it lies outside of the depths that the camera sees. */
    private boolean setBox(GeomScene scene, Camera camera, int geom) {
        double[] axes = camera.axes;
        int box = 12 * geom;
        double reach = 0;
        for (int i = 0; i < 3; i++) {
            double sign = i == 2 ? -1 : 1;
            double middle = 0;
            for (int j = 0; j < 3; j++) {
                middle += axes[3 * j + i] * (scene.places[3 * geom + j] - camera.place[j]);
            }
            boxes[box + i] = sign * middle;
            for (int k = 0; k < 3; k++) {
                double along = 0;
                for (int j = 0; j < 3; j++) {
                    along += axes[3 * j + i] * scene.turns[9 * geom + 3 * j + k];
                }
                double part = sign * along * scene.extents[3 * geom + k];
                boxes[box + 3 + 3 * k + i] = part;
                if (i == 2) {
                    reach += Math.abs(part);
                }
            }
        }
        double depth = boxes[box + 2];
        nearest[geom] = depth - reach;
        keys[geom] = reach > GeomScene.ENDLESS / 1000 ? Double.POSITIVE_INFINITY : depth - reach;
        return depth + reach >= camera.near() && depth - reach <= camera.far();
    }

    private void setRays(GeomScene scene, Camera camera, int geom) {
        double rightOfFirst = (0.5 - width / 2.0) * pixel;
        double aboveMiddle = (height / 2.0 - 0.5) * pixel;
        for (int k = 0; k < 3; k++) {
            double origin = 0;
            double toRight = 0;
            double up = 0;
            double back = 0;
            for (int j = 0; j < 3; j++) {
                double turn = scene.turns[9 * geom + 3 * j + k];
                origin += turn * (camera.place[j] - scene.places[3 * geom + j]);
                toRight += turn * camera.axes[3 * j];
                up += turn * camera.axes[3 * j + 1];
                back += turn * camera.axes[3 * j + 2];
            }
            int at = 3 * geom + k;
            double scale = scene.scales[at];
            origins[at] = origin / scale;
            firsts[at] = (rightOfFirst * toRight + aboveMiddle * up - back) / scale;
            across[at] = pixel * toRight / scale;
            down[at] = -pixel * up / scale;
        }
    }

    private void insert(int geom) {
        int place = visible++;
        while (place > 0 && keys[order[place - 1]] > keys[geom]) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = geom;
    }

    /** Sets {@link #top}, {@link #bottom}, {@link #left} and {@link #right} to the outline of a geom's box. */
    void outline(int geom) {
        if (keys[geom] < 1e-3 || keys[geom] == Double.POSITIVE_INFINITY) {
            coverAll(); // a corner may lie behind the camera
            return;
        }
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        int box = 12 * geom;
        for (int corner = 0; corner < CORNERS; corner++) {
            double x = boxes[box];
            double y = boxes[box + 1];
            double z = boxes[box + 2];
            for (int k = 0; k < 3; k++) {
                int sign = (corner >> k & 1) == 0 ? -1 : 1;
                x += sign * boxes[box + 3 + 3 * k];
                y += sign * boxes[box + 4 + 3 * k];
                z += sign * boxes[box + 5 + 3 * k];
            }
            // In rows and columns of pixels' middles.
            cornerX[corner] = width / 2.0 - 0.5 + x / (z * pixel);
            cornerY[corner] = height / 2.0 - 0.5 - y / (z * pixel);
            lowest = Math.min(lowest, cornerY[corner]);
            highest = Math.max(highest, cornerY[corner]);
        }
        top = firstAfter(lowest, height);
        bottom = Math.max(top, beyond(highest, height));
        for (int row = top; row < bottom; row++) {
            low[row] = Double.POSITIVE_INFINITY;
            high[row] = Double.NEGATIVE_INFINITY;
        }
        for (int corner = 0; corner < CORNERS; corner++) {
            for (int bit = 1; bit < CORNERS; bit <<= 1) {
                if ((corner & bit) == 0) {
                    edge(corner, corner | bit);
                }
            }
        }
        for (int row = top; row < bottom; row++) {
            left[row] = firstAfter(low[row], width);
            right[row] = beyond(high[row], width);
        }
    }

    private void coverAll() {
        top = 0;
        bottom = height;
        for (int row = 0; row < height; row++) {
            left[row] = 0;
            right[row] = width;
        }
    }

    private static int firstAfter(double place, int limit) {
        return (int) Math.min(limit, Math.max(0, Math.ceil(place - SLACK)));
    }

    private static int beyond(double place, int limit) {
        return (int) Math.min(limit, Math.max(0, Math.floor(place + SLACK) + 1));
    }

    /** Widens the rows that an edge of the box crosses. */
    private void edge(int one, int other) {
        boolean falls = cornerY[one] < cornerY[other];
        int upper = falls ? one : other;
        int lower = falls ? other : one;
        double y = cornerY[upper];
        double span = cornerY[lower] - y;
        double slope = span > SLACK ? (cornerX[lower] - cornerX[upper]) / span : 0;
        int last = Math.min(bottom, beyond(cornerY[lower], height));
        for (int row = Math.max(top, firstAfter(y, height)); row < last; row++) {
            double part = Math.min(span, Math.max(0, row - y));
            widen(row, cornerX[upper] + part * slope);
            if (span <= SLACK) {
                widen(row, cornerX[lower]);
            }
        }
    }

    private void widen(int row, double x) {
        low[row] = Math.min(low[row], x);
        high[row] = Math.max(high[row], x);
    }
}
