package org.adapt4j.env.rlbench.describe;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.adapt4j.env.arm.Rotation;
import org.adapt4j.env.rlbench.scene.World;

/** What can be asked of a world, as in RLBench's conditions, and how it is put together. */
public final class Conditions {

    private Conditions() {}

    /** A joint has moved by more than that since the beginning, either way; radians or metres. */
    public static Condition jointMoved(String joint, double threshold) {
        return new Noting() {
            @Override
            double note(World world) {
                return world.position(joint);
            }

            @Override
            boolean met(World world, double start) {
                return Math.abs(world.position(joint) - start) > threshold;
            }
        };
    }

    /** A thing is higher by more than that than at the beginning, metres. */
    public static Condition lifted(String thing, double threshold) {
        return new Noting() {
            private final double[] pose = new double[7];

            @Override
            double note(World world) {
                world.writePose(thing, pose, 0);
                return pose[2];
            }

            @Override
            boolean met(World world, double start) {
                return note(world) - start > threshold;
            }
        };
    }

    /** The origin of a thing is in a volume. */
    public static Condition in(String thing, Volume volume) {
        return in(thing, 0, 0, 0, volume);
    }

    /** A point of a thing's frame is in a volume. */
    public static Condition in(String thing, double x, double y, double z, Volume volume) {
        double[] pose = new double[7];
        double[] turn = new double[4];
        double[] inner = {x, y, z};
        double[] point = new double[3];
        return world -> {
            world.writePose(thing, pose, 0);
            turn[0] = pose[6];
            System.arraycopy(pose, 3, turn, 1, 3);
            Rotation.turn(turn, inner, point);
            for (int i = 0; i < 3; i++) {
                point[i] += pose[i];
            }
            return volume.contains(world, point);
        };
    }

    /** The point between the finger tips is in a volume. */
    public static Condition tipIn(Volume volume) {
        double[] pose = new double[7];
        return world -> {
            world.writeTip(pose, 0);
            return volume.contains(world, pose);
        };
    }

    /** An axis of a thing (0 for x, 1 for y, 2 for z) is upright or upside down to within an angle; or level, where {@code level}. */
    public static Condition axis(String thing, int axis, boolean level, double angle) {
        double[] pose = new double[7];
        double[] turn = new double[4];
        double[] direction = new double[3];
        double limit = level ? Math.sin(angle) : Math.cos(angle);
        return world -> {
            world.writePose(thing, pose, 0);
            turn[0] = pose[6];
            System.arraycopy(pose, 3, turn, 1, 3);
            for (int i = 0; i < 3; i++) {
                direction[i] = i == axis ? 1 : 0;
            }
            Rotation.turn(turn, direction, direction);
            return level ? Math.abs(direction[2]) < limit : Math.abs(direction[2]) > limit;
        };
    }

    /** The gripper holds a thing. */
    public static Condition grasped(String thing) {
        return world -> world.isGrasped(thing);
    }

    /** The gripper holds nothing of what can be carried. */
    public static Condition nothingGrasped() {
        return world -> !world.isAnythingGrasped();
    }

    /** It is not so. */
    public static Condition not(Condition condition) {
        return new Several(List.of(condition)) {
            @Override
            public boolean met(World world) {
                return !condition.met(world);
            }
        };
    }

    /** All are true at once. */
    public static Condition all(Condition... conditions) {
        return atLeast(conditions.length, conditions);
    }

    /** One is true. */
    public static Condition any(Condition... conditions) {
        return atLeast(1, conditions);
    }

    /** So many are true at once. */
    public static Condition atLeast(int count, Condition... conditions) {
        List<Condition> all = List.of(conditions);
        return new Several(all) {
            @Override
            public boolean met(World world) {
                int met = 0;
                for (int i = 0; i < all.size(); i++) {
                    met += all.get(i).met(world) ? 1 : 0;
                }
                return met >= count;
            }
        };
    }

    /** All became true one after the other, in this order; those that were need not stay so. */
    public static Condition inOrder(Condition... conditions) {
        List<Condition> all = List.of(conditions);
        return new Several(all) {
            private int next;

            @Override
            public boolean met(World world) {
                while (next < all.size() && all.get(next).met(world)) {
                    next++;
                }
                return next == all.size();
            }

            @Override
            public void save(DataOutputStream out) throws IOException {
                super.save(out);
                out.writeInt(next);
            }

            @Override
            public void load(DataInputStream in) throws IOException {
                super.load(in);
                next = in.readInt();
            }
        };
    }

    /** Remembers one number. */
    private abstract static class Noting implements Condition {
        private double start;

        abstract double note(World world);

        abstract boolean met(World world, double noted);

        @Override
        public void begin(World world) {
            start = note(world);
        }

        @Override
        public boolean met(World world) {
            return met(world, start);
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            out.writeDouble(start);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            start = in.readDouble();
        }
    }

    /** Made of others. */
    private abstract static class Several implements Condition {
        private final List<Condition> parts;

        Several(List<Condition> parts) {
            this.parts = parts;
        }

        @Override
        public void begin(World world) {
            parts.forEach(part -> part.begin(world));
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            for (Condition part : parts) {
                part.save(out);
            }
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            for (Condition part : parts) {
                part.load(in);
            }
        }
    }
}
