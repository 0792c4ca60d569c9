package org.adapt4j.env.rlbench.describe;

import org.adapt4j.env.arm.Rotation;
import org.adapt4j.env.rlbench.scene.World;

/** A part of space that goes along with a body, in place of RLBench's proximity sensors. */
public final class Volume {

    private enum Kind {
        BALL,
        BOX,
        CYLINDER
    }

    private final Kind kind;
    private final String frame;
    private final double[] middle;
    private final double[] size;
    private final double[] pose = new double[7];
    private final double[] back = new double[4];
    private final double[] local = new double[3];

    private Volume(Kind kind, String frame, double[] middle, double... size) {
        this.kind = kind;
        this.frame = frame;
        this.middle = middle;
        this.size = size;
    }

    /** A ball around a point of a body's frame; an empty name is the world's frame. */
    public static Volume ball(String frame, double x, double y, double z, double radius) {
        return new Volume(Kind.BALL, frame, new double[] {x, y, z}, radius);
    }

    /** A box around a point of a body's frame, by half its sizes. */
    public static Volume box(String frame, double x, double y, double z, double hx, double hy, double hz) {
        return new Volume(Kind.BOX, frame, new double[] {x, y, z}, hx, hy, hz);
    }

    /** A cylinder along z around a point of a body's frame, by radius and half its height. */
    public static Volume cylinder(String frame, double x, double y, double z, double radius, double half) {
        return new Volume(Kind.CYLINDER, frame, new double[] {x, y, z}, radius, half);
    }

    /** Whether a point of the world lies within. */
    boolean contains(World world, double[] point) {
        System.arraycopy(point, 0, local, 0, 3);
        if (!frame.isEmpty()) {
            world.writePose(frame, pose, 0);
            for (int i = 0; i < 3; i++) {
                local[i] -= pose[i];
                back[1 + i] = -pose[3 + i];
            }
            back[0] = pose[6];
            Rotation.turn(back, local, local);
        }
        for (int i = 0; i < 3; i++) {
            local[i] -= middle[i];
        }
        double flat = local[0] * local[0] + local[1] * local[1];
        return switch (kind) {
            case BALL -> flat + local[2] * local[2] < size[0] * size[0];
            case BOX -> Math.abs(local[0]) < size[0] && Math.abs(local[1]) < size[1] && Math.abs(local[2]) < size[2];
            case CYLINDER -> flat < size[0] * size[0] && Math.abs(local[2]) < size[1];
        };
    }
}
