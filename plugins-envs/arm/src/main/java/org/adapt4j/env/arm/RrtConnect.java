package org.adapt4j.env.arm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A path around obstacles in joint space: RRT-Connect (Kuffner and LaValle 2000, ICRA), two trees that grow towards each other, then short
 * cuts between random points of the path. Lengths and counts are ours.
 */
final class RrtConnect {

    private static final int ROUNDS = 2000;
    private static final int MOST_NODES = 3000;
    private static final int SHORT_CUTS = 100;
    private static final double REACH = 0.2;

    /** Every so often a tree grows towards the root of the other one. */
    private static final int GREED = 10;

    private final Kinematics arm;
    private final Edges edges;
    private final double[][][] nodes;
    private final int[][] parents = new int[2][MOST_NODES];
    private final int[] count = new int[2];
    private final double[] sample;
    private final double[] next;

    RrtConnect(Kinematics arm, Edges edges) {
        this.arm = arm;
        this.edges = edges;
        nodes = new double[2][MOST_NODES][arm.joints()];
        sample = new double[arm.joints()];
        next = new double[arm.joints()];
    }

    Optional<Path> plan(double[] from, double[] to, RandomGenerator random) {
        plant(0, from);
        plant(1, to);
        int growing = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int other = 1 - growing;
            if (round % GREED == GREED - 1) {
                System.arraycopy(nodes[other][0], 0, sample, 0, sample.length);
            } else {
                for (int i = 0; i < sample.length; i++) {
                    sample[i] = random.nextDouble(arm.lowest(i), arm.highest(i));
                }
            }
            int grown = grow(growing, nearest(growing, sample), sample);
            if (grown >= 0) {
                int met = connect(other, nodes[growing][grown]);
                if (met >= 0) {
                    return Optional.of(path(growing == 0 ? grown : met, growing == 0 ? met : grown, random));
                }
            }
            if (count[0] == MOST_NODES || count[1] == MOST_NODES) {
                return Optional.empty();
            }
            growing = other;
        }
        return Optional.empty();
    }

    private void plant(int tree, double[] root) {
        System.arraycopy(root, 0, nodes[tree][0], 0, root.length);
        parents[tree][0] = -1;
        count[tree] = 1;
    }

    private int nearest(int tree, double[] q) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count[tree]; i++) {
            double distance = 0;
            double[] node = nodes[tree][i];
            for (int k = 0; k < q.length; k++) {
                distance += (node[k] - q[k]) * (node[k] - q[k]);
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    /** Adds a node a reach away from another one; returns it, or -1 if something is in the way. */
    private int grow(int tree, int from, double[] towards) {
        if (count[tree] == MOST_NODES) {
            return -1;
        }
        double[] start = nodes[tree][from];
        double share = Math.min(1, REACH / Math.max(1e-9, Path.distance(start, towards)));
        for (int k = 0; k < next.length; k++) {
            next[k] = start[k] + (towards[k] - start[k]) * share;
        }
        if (!edges.free(start, next)) {
            return -1;
        }
        int node = count[tree]++;
        System.arraycopy(next, 0, nodes[tree][node], 0, next.length);
        parents[tree][node] = from;
        return node;
    }

    /** Grows a tree towards a point until it is there, and returns the node; -1 if something is in the way. */
    private int connect(int tree, double[] goal) {
        int node = nearest(tree, goal);
        while (true) {
            boolean last = Path.distance(nodes[tree][node], goal) <= REACH;
            node = grow(tree, node, goal);
            if (node < 0 || last) {
                return node;
            }
        }
    }

    private Path path(int inFirst, int inSecond, RandomGenerator random) {
        List<double[]> points = new ArrayList<>();
        for (int i = inFirst; i >= 0; i = parents[0][i]) {
            points.add(nodes[0][i].clone());
        }
        Collections.reverse(points);
        for (int i = parents[1][inSecond]; i >= 0; i = parents[1][i]) {
            points.add(nodes[1][i].clone());
        }
        for (int cut = 0; cut < SHORT_CUTS && points.size() > 2; cut++) {
            int[] ends = {random.nextInt(points.size()), random.nextInt(points.size())};
            Arrays.sort(ends);
            if (ends[1] - ends[0] > 1 && edges.free(points.get(ends[0]), points.get(ends[1]))) {
                points.subList(ends[0] + 1, ends[1]).clear();
            }
        }
        return new Path(points);
    }
}
