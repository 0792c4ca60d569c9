package org.adapt4j.testkit.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.adapt4j.api.task.Task;

/** Three balls on a table, and how RLBench's front camera sees them. The first one is to be reached. */
final class VoxelReachScene {

    private static final int BALLS = 3;
    private static final double RADIUS = 0.025;
    private static final double TABLE = 0.75;
    private static final double FAR = 3;
    private static final double REACHED = 0.025;
    private static final double ANGLE = Math.cos(Math.toRadians(15) / 2);
    private static final double[] EYE = {1.35, 0, 1.58};
    private static final double[] LEFT = {0, -1, 0};
    private static final double[] UP = {-0.422618, 0, 0.906308};
    private static final double[] FORWARD = {-0.906308, 0, -0.422618};

    private final int pixels;
    private final double[] places = new double[3 * BALLS];
    private final float[] colours = new float[3 * BALLS];
    private final byte[] picture;
    private final float[] depths;

    /** An empty table. @param pixels of each side of the picture */
    VoxelReachScene(int pixels) {
        this.pixels = pixels;
        picture = new byte[3 * pixels * pixels];
        depths = new float[pixels * pixels];
    }

    /** Lays out the balls anew, and looks at them. */
    void layOut(Task task, RandomGenerator random) {
        float[] wanted = VoxelReachBenchmark.rgb(task);
        for (int ball = 0; ball < BALLS; ball++) {
            do {
                places[3 * ball] = 0.05 + 0.4 * random.nextDouble();
                places[3 * ball + 1] = -0.3 + 0.6 * random.nextDouble();
                places[3 * ball + 2] = TABLE + RADIUS + 0.3 * random.nextDouble();
            } while (isClose(ball));
            do {
                for (int k = 0; k < 3; k++) {
                    colours[3 * ball + k] = ball == 0 ? wanted[k] : random.nextFloat();
                }
            } while (ball > 0 && isAlike(ball, wanted));
        }
        draw();
    }

    private boolean isClose(int ball) {
        for (int other = 0; other < ball; other++) {
            double square = 0;
            for (int k = 0; k < 3; k++) {
                double away = places[3 * ball + k] - places[3 * other + k];
                square += away * away;
            }
            if (square < 0.01) {
                return true;
            }
        }
        return false;
    }

    private boolean isAlike(int ball, float[] wanted) {
        double square = 0;
        for (int k = 0; k < 3; k++) {
            double away = colours[3 * ball + k] - wanted[k];
            square += away * away;
        }
        return square < 0.36;
    }

    private void draw() {
        double focal = pixels / 2.0 / Math.tan(Math.toRadians(20));
        for (int pixel = 0; pixel < depths.length; pixel++) {
            double left = (pixels / 2.0 - pixel % pixels) / focal;
            double above = (pixels / 2.0 - pixel / pixels) / focal;
            double x = left * LEFT[0] + above * UP[0] + FORWARD[0];
            double y = left * LEFT[1] + above * UP[1] + FORWARD[1];
            double z = left * LEFT[2] + above * UP[2] + FORWARD[2];
            double far = FAR;
            int seen = -1;
            if (z < 0 && (TABLE - EYE[2]) / z < far) {
                far = (TABLE - EYE[2]) / z;
                seen = BALLS;
            }
            for (int ball = 0; ball < BALLS; ball++) {
                double hit = hit(ball, x, y, z);
                if (hit < far) {
                    far = hit;
                    seen = ball;
                }
            }
            depths[pixel] = (float) far;
            for (int k = 0; k < 3; k++) {
                float shade = seen < 0 ? 0.2f : seen == BALLS ? 0.55f : colours[3 * seen + k];
                picture[3 * pixel + k] = (byte) Math.round(255 * shade);
            }
        }
    }

    /** How far along a ray a ball is; beyond everything if it is missed. */
    private double hit(int ball, double x, double y, double z) {
        double ox = EYE[0] - places[3 * ball];
        double oy = EYE[1] - places[3 * ball + 1];
        double oz = EYE[2] - places[3 * ball + 2];
        double a = x * x + y * y + z * z;
        double b = ox * x + oy * y + oz * z;
        double c = ox * ox + oy * oy + oz * oz - RADIUS * RADIUS;
        double root = b * b - a * c;
        return root < 0 ? Double.POSITIVE_INFINITY : (-b - Math.sqrt(root)) / a;
    }

    /** Bytes {@code [pixels, pixels, 3]}; live. */
    byte[] picture() {
        return picture;
    }

    /** Metres along the camera's axis, {@code [pixels, pixels]}; live. */
    float[] depths() {
        return depths;
    }

    /** Where the ball to reach is. */
    double place(int axis) {
        return places[axis];
    }

    /** Whether a pose touches the ball with the gripper pointing down: half a turn about y. */
    boolean isReached(double x, double y, double z, double turnY, double length) {
        double dx = x - places[0];
        double dy = y - places[1];
        double dz = z - places[2];
        return dx * dx + dy * dy + dz * dz <= REACHED * REACHED && Math.abs(turnY) >= ANGLE * length;
    }

    void save(DataOutputStream out) throws IOException {
        for (double place : places) {
            out.writeDouble(place);
        }
        for (float colour : colours) {
            out.writeFloat(colour);
        }
    }

    void load(DataInputStream in) throws IOException {
        for (int i = 0; i < places.length; i++) {
            places[i] = in.readDouble();
        }
        for (int i = 0; i < colours.length; i++) {
            colours[i] = in.readFloat();
        }
        draw();
    }
}
