package org.adapt4j.env.hiddengoal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;

/** A point that looks for a goal. Nothing is left to chance. */
final class Seeker implements Slot {

    private final boolean sparse;
    private double x;
    private double y;
    private double goalX;
    private double goalY;
    private String task = "";

    Seeker(boolean sparse) {
        this.sparse = sparse;
    }

    @Override
    public void begin(Task next) {
        meet(next);
        x = 0;
        y = 0;
    }

    private void meet(Task next) {
        if (!next.name().equals(task)) {
            task = next.name();
            goalX = Math.cos(HalfCircle.angle(next));
            goalY = Math.sin(HalfCircle.angle(next));
        }
    }

    @Override
    public double step(Action action) {
        x += HalfCircle.STRIDE * action.at(0);
        y += HalfCircle.STRIDE * action.at(1);
        double distance = Math.hypot(goalX - x, goalY - y);
        return sparse ? HalfCircle.sparse(distance) : HalfCircle.dense(distance);
    }

    @Override
    public void write(Observation into) {
        into.put(0, 0, x);
        into.put(0, 1, y);
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
        out.writeDouble(x);
        out.writeDouble(y);
    }

    @Override
    public void load(Task played, DataInputStream in) throws IOException {
        meet(played);
        x = in.readDouble();
        y = in.readDouble();
    }
}
