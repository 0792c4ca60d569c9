package org.adapt4j.env.arm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds ways to poses: straight lines of the tip, or any way around obstacles.
 *
 * <p>A free move looks ahead: of the many joint positions that reach a pose it takes one from which the straight lines that follow can be
 * drawn, and it may turn the hand by half a turn about its approach if the caller allows. Not for two threads. The same random numbers
 * give the same plan.
 */
public final class Planner {

    /** Points of a straight line; and of one that is only looked at. */
    private static final int LINE_STEPS = 30;

    private static final int GLANCE_STEPS = 15;

    private static final int LINE_ITERATIONS = 60;
    private static final int GOAL_ITERATIONS = 100;

    /** A joint that turns by more from one point of a line to the next has changed to another branch of solutions. */
    private static final double JUMP = 0.5;

    private static final int TRIALS = 100;
    private static final int NEAR_TRIALS = 40;
    private static final int GOALS = 8;
    private static final int PLANS = 5;
    private static final double SPREAD = 0.8;

    private final Kinematics arm;
    private final InverseKinematics inverse;
    private final Edges edges;
    private final RrtConnect tree;
    private final double[] start = new double[3];
    private final double[] startTurn = new double[4];
    private final double[] turn = new double[3];
    private final double[] place = new double[3];
    private final double[] orientation = new double[4];
    private final double[] q;
    private final double[] before;

    /**
     * A way to a pose.
     *
     * @param path in joint space
     * @param flipped whether the hand arrives with half a turn about its approach
     */
    public record Route(Path path, boolean flipped) {}

    /** Joint positions at a pose. */
    private record Goal(double[] q, boolean flipped, double distance) {}

    /** Plans in the scratch state of an arm. */
    public Planner(Kinematics arm) {
        this.arm = arm;
        inverse = new InverseKinematics(arm);
        edges = new Edges(arm);
        tree = new RrtConnect(arm, edges);
        q = new double[arm.joints()];
        before = new double[arm.joints()];
    }

    /** The solver that plans are made with. */
    public InverseKinematics inverse() {
        return inverse;
    }

    /**
     * A straight line of the tip, turning evenly.
     *
     * @param from joint positions
     * @param avoid whether the way must be free; a line that touches things is for grasping and pushing
     * @return empty if the arm cannot follow the line, or something is in the way
     */
    public Optional<Path> line(double[] from, Pose to, boolean avoid) {
        for (int steps : new int[] {LINE_STEPS, GLANCE_STEPS}) { // where a fine line fails, a coarse one may get past
            List<double[]> points = new ArrayList<>(steps + 1);
            points.add(from.clone());
            if (follow(from, to, steps, avoid, points)) {
                return Optional.of(new Path(points));
            }
        }
        return Optional.empty();
    }

    /** Whether lines from pose to pose can be drawn; what is in the way does not matter. Allocates nothing but their ends. */
    public boolean canFollow(double[] from, List<Pose> poses) {
        double[] at = from;
        for (Pose pose : poses) {
            if (!follow(at, pose, GLANCE_STEPS, false, null)) {
                return false;
            }
            at = q.clone();
        }
        return true;
    }

    /** Draws a line and leaves its end in {@link #q}. */
    private boolean follow(double[] from, Pose to, int steps, boolean avoid, @Nullable List<double[]> points) {
        arm.place(from);
        arm.tip(start, startTurn);
        Rotation.between(startTurn, to.quaternion(), turn);
        System.arraycopy(from, 0, q, 0, q.length);
        double[] end = to.position();
        for (int step = 1; step <= steps; step++) {
            double share = (double) step / steps;
            for (int i = 0; i < 3; i++) {
                place[i] = start[i] + (end[i] - start[i]) * share;
            }
            Rotation.along(startTurn, turn, share, orientation);
            System.arraycopy(q, 0, before, 0, q.length);
            if (!inverse.solve(q, place, orientation, LINE_ITERATIONS) || jumps() || (avoid && arm.collides(q))) {
                return false;
            }
            if (points != null) {
                points.add(q.clone());
            }
        }
        return true;
    }

    private boolean jumps() {
        for (int i = 0; i < q.length; i++) {
            if (Math.abs(q[i] - before[i]) > JUMP) {
                return true;
            }
        }
        return false;
    }

    /**
     * Any way to a pose: a straight line if it is free, else straight in joint space, else around what is in the way.
     *
     * @param from joint positions
     * @param avoid whether the way must be free
     * @param then poses that straight lines must lead to afterwards
     * @param eitherWay whether the hand may arrive after half a turn about its approach, with all that follows
     * @return empty if no way was found
     */
    public Optional<Route> move(
            double[] from, Pose to, boolean avoid, List<Pose> then, boolean eitherWay, RandomGenerator random) {
        Optional<Path> direct = line(from, to, avoid);
        if (direct.isPresent() && canFollow(direct.get().end(), then)) {
            return Optional.of(new Route(direct.get(), false));
        }
        List<Goal> goals = goals(from, to, avoid, then, eitherWay, random);
        for (Goal goal : goals) {
            if (!avoid || edges.free(from, goal.q)) {
                return Optional.of(new Route(new Path(List.of(from.clone(), goal.q)), goal.flipped));
            }
        }
        for (Goal goal : goals.subList(0, Math.min(PLANS, goals.size()))) {
            Optional<Path> around = around(from, goal.q, random);
            if (around.isPresent()) {
                return Optional.of(new Route(around.get(), goal.flipped));
            }
        }
        return Optional.empty();
    }

    /**
     * A way to joint positions around whatever is in the way.
     *
     * @return empty if none was found
     */
    public Optional<Path> around(double[] from, double[] to, RandomGenerator random) {
        return tree.plan(from, to, random);
    }

    /** Joint positions at the pose from which all that follows can be done, the nearest first. */
    private List<Goal> goals(
            double[] from, Pose to, boolean avoid, List<Pose> then, boolean eitherWay, RandomGenerator random) {
        List<Goal> goals = new ArrayList<>();
        for (boolean flipped : eitherWay ? new boolean[] {false, true} : new boolean[] {false}) {
            Pose pose = flipped ? to.flipped() : to;
            List<Pose> next = flipped ? then.stream().map(Pose::flipped).toList() : then;
            int found = 0;
            for (int trial = 0; trial < TRIALS && found < GOALS; trial++) {
                double[] guess = guess(from, trial, random);
                if (inverse.solve(guess, pose.position(), pose.quaternion(), GOAL_ITERATIONS)
                        && !(avoid && arm.collides(guess))
                        && canFollow(guess, next)) {
                    goals.add(new Goal(guess, flipped, Path.distance(from, guess)));
                    found++;
                }
            }
        }
        goals.sort(Comparator.comparingDouble(Goal::distance));
        return goals;
    }

    /** Where a search starts: where the arm is, then around home, then anywhere. */
    private double[] guess(double[] from, int trial, RandomGenerator random) {
        double[] guess = from.clone();
        for (int i = 0; trial > 0 && i < guess.length; i++) {
            guess[i] = trial < NEAR_TRIALS
                    ? arm.home(i) + random.nextDouble(-SPREAD, SPREAD)
                    : random.nextDouble(arm.lowest(i), arm.highest(i));
            guess[i] = Math.max(arm.lowest(i), Math.min(arm.highest(i), guess[i]));
        }
        return guess;
    }
}
