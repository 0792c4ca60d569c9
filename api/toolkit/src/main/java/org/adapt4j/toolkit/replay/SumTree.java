package org.adapt4j.toolkit.replay;

/**
 * Numbers that can be changed one by one and drawn in proportion to their size, both in logarithmic time (Schaul et al. 2016,
 * appendix B.2.1).
 *
 * <p>An inner node is always the sum of its two children, added anew and never adjusted by a difference, so that the tree is a
 * function of its leaves: nothing drifts, and a tree that is filled anew from saved leaves draws the same.
 */
final class SumTree {

    private static final int MOST_LEAVES = 1 << 29;

    /** The root is at 1, the children of {@code i} at {@code 2i} and {@code 2i + 1}, the leaves in the second half. */
    private final double[] nodes;

    private final int leaves;
    private int used;

    /**
     * A tree of zeros.
     *
     * @param size number of leaves that are needed
     */
    SumTree(int size) {
        leaves = leaves(size);
        nodes = new double[2 * leaves];
    }

    /** Number of leaves of a tree for so many: the next power of two. */
    private static int leaves(int size) {
        if (size < 1 || size > MOST_LEAVES) {
            throw new IllegalArgumentException("size: must lie in [1, " + MOST_LEAVES + "] but is " + size);
        }
        return size == 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }

    /** Bytes of memory that a tree takes. */
    static long bytes(int size) {
        return 2L * Double.BYTES * leaves(size);
    }

    /** The number at a leaf. */
    double get(int leaf) {
        return nodes[leaves + leaf];
    }

    /**
     * Changes a leaf.
     *
     * @param value finite, not negative; 0 so that it is never drawn
     */
    void set(int leaf, double value) {
        int node = leaves + leaf;
        used += (value > 0 ? 1 : 0) - (nodes[node] > 0 ? 1 : 0);
        nodes[node] = value;
        for (node >>= 1; node > 0; node >>= 1) {
            nodes[node] = nodes[2 * node] + nodes[2 * node + 1];
        }
    }

    /** Sum of all leaves. */
    double total() {
        return nodes[1];
    }

    /** Number of leaves above zero. */
    int used() {
        return used;
    }

    /**
     * The leaf in whose part of {@code [0, total)} a value lies. The leaf is never one of zeros, even if rounding has made the
     * value as large as the total.
     */
    int find(double value) {
        if (used == 0) {
            throw new IllegalStateException("nothing can be drawn from a tree of zeros");
        }
        double left = value;
        int node = 1;
        while (node < leaves) {
            node *= 2;
            if (left >= nodes[node] && nodes[node + 1] > 0) {
                left -= nodes[node];
                node++;
            }
        }
        return node - leaves;
    }

    /** Sums of a level, for tests: 0 is the root. */
    double[] level(int depth) {
        double[] sums = new double[1 << depth];
        System.arraycopy(nodes, sums.length, sums, 0, sums.length);
        return sums;
    }
}
