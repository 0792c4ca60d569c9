package org.adapt4j.env.gridworld;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.task.Task;

/** The rules: five by five cells, and a goal in one of the 21 that do not touch the start (Zintgraf et al. 2020, section 5.1). */
final class Grid {

    static final int SIZE = 5;
    static final int STEPS = 15;

    static final double AT_GOAL = 1;
    static final double ELSEWHERE = -0.1;

    /** What the actions do: stay, up, right, down, left. */
    private static final int[][] MOVES = {{0, 0}, {0, 1}, {1, 0}, {0, -1}, {-1, 0}};

    /** Has no divisor in common with 21, so that multiples of it meet every goal. */
    private static final int STRIDE = 8;

    private static final String X = "x";
    private static final String Y = "y";

    private Grid() {}

    static int actions() {
        return MOVES.length;
    }

    /** Where an action leads along x. */
    static int x(int from, int action) {
        return inside(from + MOVES[action][0]);
    }

    /** Where an action leads along y. */
    static int y(int from, int action) {
        return inside(from + MOVES[action][1]);
    }

    private static int inside(int place) {
        return Math.max(0, Math.min(SIZE - 1, place));
    }

    /** All goals, in an order in which the first few of them are spread over the grid. */
    static List<Task> goals() {
        List<Task> byColumn = new ArrayList<>();
        for (int x = 0; x < SIZE; x++) {
            for (int y = 0; y < SIZE; y++) {
                if (x > 1 || y > 1) {
                    byColumn.add(new Task(
                            "gridworld",
                            "goal/" + x + "-" + y,
                            Map.of(X, Integer.toString(x), Y, Integer.toString(y))));
                }
            }
        }
        List<Task> spread = new ArrayList<>();
        for (int i = 0; i < byColumn.size(); i++) {
            spread.add(byColumn.get(i * STRIDE % byColumn.size()));
        }
        return spread;
    }

    static int goalX(Task task) {
        return Integer.parseInt(task.attribute(X));
    }

    static int goalY(Task task) {
        return Integer.parseInt(task.attribute(Y));
    }
}
