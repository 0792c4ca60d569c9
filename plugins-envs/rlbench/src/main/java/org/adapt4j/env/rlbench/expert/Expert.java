package org.adapt4j.env.rlbench.expert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.adapt4j.env.arm.Path;
import org.adapt4j.env.arm.Planner;
import org.adapt4j.env.arm.Planner.Route;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.arm.Trapezoid;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.Script.Kind;
import org.adapt4j.env.rlbench.describe.Script.Move;
import org.adapt4j.env.rlbench.scene.Panda;
import org.adapt4j.env.rlbench.scene.World;
import org.jspecify.annotations.Nullable;

/**
 * Follows a script in a world, a step of 0.05 s at a time; plans each move when it is its turn, from where the arm was told to be. Moves
 * nothing itself.
 */
public final class Expert {

    /** Radians a second squared, in joint space, as in RLBench. */
    private static final double ACCELERATION = 4;

    /** Steps after a move in which the arm catches up with what it was told. */
    private static final int SETTLING = 2;

    /** Steps after the last move in which the task may still become done, as in RLBench. */
    private static final int AFTERWARDS = 10;

    private static final String NO_PATH = "no-path-to-waypoint-";

    private final World world;
    private final Planner planner;
    private final RandomGenerator random;
    private final List<Move> moves;
    private final int gripperSteps;
    private int at;
    private @Nullable Trapezoid motion;
    private int waiting;
    private boolean over;
    private boolean open = true;
    private boolean carrying;
    private boolean flipped;
    private String reason = "";
    private final double[] target = new double[Panda.JOINTS];

    /**
     * At the beginning of a script.
     *
     * @param gripperSteps how many steps the fingers need
     */
    public Expert(World world, Planner planner, Script script, int gripperSteps, RandomGenerator random) {
        this.world = world;
        this.planner = planner;
        this.random = random;
        this.gripperSteps = gripperSteps;
        moves = script.moves();
    }

    /**
     * Whether an arm could follow a script if nothing were in its way, as RLBench asks of every layout; and here also whether there is a
     * way around things to the first pose.
     *
     * @return what is wrong with the layout; empty if nothing is
     */
    public Optional<String> objection() {
        double[] q = Panda.home();
        prepare();
        boolean first = true;
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            note(move);
            if (!move.to().isEmpty()) {
                Optional<Path> path = path(i, q, first);
                if (path.isEmpty()) {
                    return Optional.of(first ? "blocked" : "unreachable");
                }
                first = false;
                q = path.get().end();
            }
        }
        return Optional.empty();
    }

    private void note(Move move) {
        if (move.kind() == Kind.GRIPPER) {
            carrying = !move.open() && !move.thing().isEmpty();
        }
    }

    /**
     * What the arm is to be told next.
     *
     * @param q joint positions
     * @return false if the script is over, or cannot go on: {@link #reason} says which
     */
    public boolean next(double[] q) {
        world.robot().readTarget(target);
        while (true) {
            if (motion != null) {
                motion.next(q);
                if (motion.done()) {
                    motion = null;
                }
                return true;
            }
            if (waiting > 0) {
                waiting--;
                System.arraycopy(target, 0, q, 0, q.length);
                return true;
            }
            if (over || !reason.isEmpty()) {
                return false;
            }
            if (at == moves.size()) {
                over = true;
                waiting = AFTERWARDS;
            } else {
                start();
            }
        }
    }

    /**
     * The next whole move, in the place of {@link #next}: for actions that are moves. Pauses are left out.
     *
     * @param pose where the tip is to be, x, y, z, then the quaternion with w last
     * @return false if the script is over, or cannot go on
     */
    public boolean nextMove(double[] pose) {
        while (at < moves.size() && moves.get(at).kind() == Kind.PAUSE) {
            at++;
        }
        if (at == moves.size() || !reason.isEmpty()) {
            return false;
        }
        world.robot().readTarget(target);
        prepare();
        double[] end = target;
        if (moves.get(at).kind() != Kind.GRIPPER) {
            Optional<Path> path = path(at, target, true);
            if (path.isEmpty()) {
                reason = NO_PATH + at;
                return false;
            }
            end = path.get().end();
            at++;
        }
        if (at < moves.size() && moves.get(at).kind() == Kind.GRIPPER) {
            open = moves.get(at).open();
            note(moves.get(at));
            at++;
        }
        Pose tip = world.arm().tip(end);
        double[] numbers = {tip.x(), tip.y(), tip.z(), tip.qx(), tip.qy(), tip.qz(), tip.qw()};
        System.arraycopy(numbers, 0, pose, 0, numbers.length);
        return true;
    }

    private void prepare() {
        world.arm().take(world.simulation());
        world.ignoreTouched();
        hold();
    }

    private void start() {
        Move move = moves.get(at);
        switch (move.kind()) {
            case PAUSE -> waiting = (int) Math.ceil(move.seconds() / Panda.STEP);
            case GRIPPER -> {
                open = move.open();
                waiting = gripperSteps;
                note(move);
            }
            case FREE, LINE, ARC -> {
                prepare();
                Optional<Path> path = path(at, target, true);
                if (path.isEmpty()) {
                    reason = NO_PATH + at;
                    return;
                }
                Path whole = path.get();
                while (moves.get(at).kind() == Kind.ARC) {
                    at++;
                    Optional<Path> piece = path(at, whole.end(), true);
                    if (piece.isEmpty()) {
                        reason = NO_PATH + at;
                        return;
                    }
                    whole = whole.then(piece.get());
                }
                motion = new Trapezoid(whole, move.speed(), ACCELERATION, Panda.STEP);
                waiting = move.kind() == Kind.FREE ? 1 : SETTLING;
            }
        }
        at++;
    }

    /** Tells the planner what is in the hand: the thing that the fingers last closed on. */
    private void hold() {
        world.arm().release();
        for (int i = at - 1; carrying && i >= 0; i--) {
            if (moves.get(i).kind() == Kind.GRIPPER) {
                world.arm().hold(world.simulation(), world.body(moves.get(i).thing()));
                return;
            }
        }
    }

    /** The way of a move; {@link #flipped} says how the hand arrives. */
    private Optional<Path> path(int index, double[] from, boolean avoid) {
        Move move = moves.get(index);
        if (move.kind() != Kind.FREE) {
            return planner.line(from, turned(move.to().get(0).get(), flipped), false);
        }
        List<Pose> then = new ArrayList<>();
        for (int i = index + 1; i < moves.size() && moves.get(i).kind() != Kind.FREE; i++) {
            if (!moves.get(i).to().isEmpty()) {
                then.add(moves.get(i).to().get(0).get());
            }
        }
        boolean start = carrying && flipped;
        List<Pose> next = then.stream().map(pose -> turned(pose, start)).toList();
        for (Supplier<Pose> to : move.to()) {
            Optional<Route> route = planner.move(from, turned(to.get(), start), avoid, next, !carrying, random);
            if (route.isPresent()) {
                flipped = start ^ route.get().flipped();
                return Optional.of(route.get().path());
            }
        }
        return Optional.empty();
    }

    private static Pose turned(Pose pose, boolean flip) {
        return flip ? pose.flipped() : pose;
    }

    /** Whether the fingers are to be open. */
    public boolean open() {
        return open;
    }

    /** Why the script cannot go on; empty if it can, or is over. */
    public String reason() {
        return reason;
    }
}
