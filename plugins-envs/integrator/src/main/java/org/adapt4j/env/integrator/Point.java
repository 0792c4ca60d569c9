package org.adapt4j.env.integrator;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;

/** A point on its way to a goal. Nothing is left to chance. */
final class Point implements Slot {

    private final double[] position = new double[2];
    private double[] goal = new double[2];
    private String task = "";

    @Override
    public void begin(Task next) {
        meet(next);
        position[0] = 0;
        position[1] = 0;
    }

    private void meet(Task next) {
        if (!next.name().equals(task)) {
            task = next.name();
            goal = Integrator.goal(next);
        }
    }

    @Override
    public double step(Action action) {
        double reward = Integrator.reward(position, goal);
        position[0] += action.at(0);
        position[1] += action.at(1);
        return reward;
    }

    @Override
    public void write(Observation into) {
        into.put(0, position);
        into.put(1, goal);
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("task", task);
        facts.put("x", position[0]);
        facts.put("y", position[1]);
        facts.put("step", step);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeDouble(position[0]);
        out.writeDouble(position[1]);
    }

    @Override
    public void load(Task played, DataInputStream in) throws IOException {
        meet(played);
        position[0] = in.readDouble();
        position[1] = in.readDouble();
    }
}
