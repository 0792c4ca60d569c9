package org.adapt4j.env.gridworld;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;

/** Somebody on the grid. Nothing is left to chance. */
final class Walker implements Slot {

    private int x;
    private int y;
    private int goalX;
    private int goalY;
    private String task = "";

    @Override
    public void begin(Task next) {
        meet(next);
        x = 0;
        y = 0;
    }

    private void meet(Task next) {
        if (!next.name().equals(task)) {
            task = next.name();
            goalX = Grid.goalX(next);
            goalY = Grid.goalY(next);
        }
    }

    @Override
    public double step(Action action) {
        x = Grid.x(x, action.choice());
        y = Grid.y(y, action.choice());
        return x == goalX && y == goalY ? Grid.AT_GOAL : Grid.ELSEWHERE;
    }

    @Override
    public void write(Observation into) {
        for (int i = 0; i < Grid.SIZE; i++) {
            into.put(0, i, i == x ? 1 : 0);
            into.put(0, Grid.SIZE + i, i == y ? 1 : 0);
        }
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("task", task);
        facts.put("x", x);
        facts.put("y", y);
        facts.put("step", step);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(x);
        out.writeInt(y);
    }

    @Override
    public void load(Task played, DataInputStream in) throws IOException {
        meet(played);
        x = in.readInt();
        y = in.readInt();
    }
}
