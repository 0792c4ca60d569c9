package org.adapt4j.env.rlbench.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.scene.World;

/**
 * What the expert does, one thing after the other. Poses are those of the tip: the point between the finger tips, z where the hand
 * approaches, y where the fingers close.
 *
 * <p>A free move goes around what is in the way; lines and arcs do not mind it. Where the hand is empty, a free move may turn it by half a
 * turn about its approach if that makes what follows possible, until the hand is empty again.
 */
public final class Script {

    /** Radians a second, in joint space. */
    private static final double FREE_SPEED = 1;

    private static final double LINE_SPEED = 0.6;

    private final World world;
    private final int variation;
    private final List<Move> moves = new ArrayList<>();

    /** What kind of thing it is. */
    public enum Kind {
        /** To a pose, around what is in the way. */
        FREE,
        /** To a pose, straight. */
        LINE,
        /** To a pose, straight, and on to the next without a stop. */
        ARC,
        /** The fingers open or close. */
        GRIPPER,
        /** Nothing for a while. */
        PAUSE
    }

    /**
     * One thing to do.
     *
     * @param kind of it
     * @param to poses that will do, the first that can be reached; empty where the tip stays
     * @param speed of a move, radians a second
     * @param open whether the fingers are to open
     * @param thing that is held once they closed; empty for none
     * @param seconds of a pause
     */
    public record Move(Kind kind, List<Supplier<Pose>> to, double speed, boolean open, String thing, double seconds) {}

    /** An empty one, for a world in which an episode begins. */
    public Script(World world, int variation) {
        this.world = world;
        this.variation = variation;
    }

    /** What was said so far. */
    public List<Move> moves() {
        return List.copyOf(moves);
    }

    /** Which variation is played. */
    public int variation() {
        return variation;
    }

    /** Where things are. */
    public World world() {
        return world;
    }

    /** Where a body is now, before anything was done. */
    public Pose pose(String body) {
        return world.pose(body);
    }

    /** Goes to a pose, around what is in the way; of several to the first that can be reached, with all lines that follow. */
    public Script free(Pose... either) {
        List<Supplier<Pose>> to = new ArrayList<>();
        for (Pose pose : either) {
            to.add(() -> pose);
        }
        return add(Kind.FREE, to, FREE_SPEED);
    }

    /** Goes to a pose that is known only when it is its turn. */
    public Script free(Supplier<Pose> then) {
        return add(Kind.FREE, List.of(then), FREE_SPEED);
    }

    /** Goes straight to a pose, whatever is in the way. */
    public Script line(Pose to) {
        return line(to, LINE_SPEED);
    }

    /** Goes straight to a pose. @param speed radians a second in joint space */
    public Script line(Pose to, double speed) {
        return add(Kind.LINE, List.of(() -> to), speed);
    }

    /** Goes straight to a pose that is known only when it is its turn. */
    public Script line(Supplier<Pose> then, double speed) {
        return add(Kind.LINE, List.of(then), speed);
    }

    /**
     * Carries a pose around an axis, by short lines.
     *
     * @param start the pose at the beginning, where the tip must be
     * @param point of the axis
     * @param axis direction, of length 1
     * @param angle radians, right-handed
     * @return where the tip is then
     */
    public Pose arc(Pose start, double[] point, double[] axis, double angle, double speed) {
        int pieces = Math.max(1, (int) Math.ceil(Math.abs(angle) / 0.1));
        Pose end = start;
        for (int i = 1; i <= pieces; i++) {
            Pose piece = start.turned(point, axis, angle * i / pieces);
            add(i < pieces ? Kind.ARC : Kind.LINE, List.of(() -> piece), speed);
            end = piece;
        }
        return end;
    }

    /** Closes the fingers on nothing that is to be carried. */
    public Script close() {
        return close("");
    }

    /** Closes the fingers on a thing, which from then on must not touch anything else on free moves. */
    public Script close(String thing) {
        moves.add(new Move(Kind.GRIPPER, List.of(), 0, false, thing, 0));
        return this;
    }

    /** Opens the fingers. */
    public Script open() {
        moves.add(new Move(Kind.GRIPPER, List.of(), 0, true, "", 0));
        return this;
    }

    /** Waits. */
    public Script pause(double seconds) {
        moves.add(new Move(Kind.PAUSE, List.of(), 0, false, "", seconds));
        return this;
    }

    /** Takes a thing: comes from behind the pose, goes straight there, and closes. @param back metres */
    public Script take(String thing, Pose at, double back) {
        return free(at.ahead(0, 0, -back)).line(at).close(thing);
    }

    private Script add(Kind kind, List<Supplier<Pose>> to, double speed) {
        moves.add(new Move(kind, to, speed, false, "", 0));
        return this;
    }
}
