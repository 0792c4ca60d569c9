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

    /** All goals, by x and then by y. */
    static List<Task> goals() {
        List<Task> goals = new ArrayList<>();
        for (int x = 0; x < SIZE; x++) {
            for (int y = 0; y < SIZE; y++) {
                if (x > 1 || y > 1) {
                    goals.add(new Task(
                            "gridworld",
                            "goal/" + x + "-" + y,
                            Map.of(X, Integer.toString(x), Y, Integer.toString(y))));
                }
            }
        }
        return goals;
    }

    static int goalX(Task task) {
        return Integer.parseInt(task.attribute(X));
    }

    static int goalY(Task task) {
        return Integer.parseInt(task.attribute(Y));
    }
}
