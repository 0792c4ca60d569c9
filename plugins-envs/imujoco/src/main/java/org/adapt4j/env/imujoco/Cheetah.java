package org.adapt4j.env.imujoco;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.imujoco.CheetahBenchmark.Target;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;

/** A half-cheetah that is paid for running at some velocity, or in some direction, which it is not told. */
final class Cheetah implements Slot {

    /** What actions cost, half of what Gym charges: so all sources of these tasks. */
    private static final double CONTROL_COST = 0.05;

    private final BodySlot body;
    private final Target target;
    private final int limit;
    private final ToDoubleFunction<Task> goals;
    private double goal;
    private double reward;

    /**
     * A half-cheetah.
     *
     * @param body the same by Gym's rules
     * @param goals the velocity, or the sign of the direction, of a task
     */
    Cheetah(BodySlot body, Target target, int limit, ToDoubleFunction<Task> goals) {
        this.body = body;
        this.target = target;
        this.limit = limit;
        this.goals = goals;
    }

    @Override
    public void begin(Task task) {
        goal = goals.applyAsDouble(task);
        body.begin(task);
        reward = 0;
    }

    @Override
    public double step(Action action) {
        body.step(action);
        double cost = 0;
        for (int motor = 0; motor < action.width(); motor++) {
            double push = BodySlot.decimal(action.at(motor));
            cost += push * push;
        }
        double paid = target == Target.VELOCITY ? -Math.abs(body.velocity() - goal) : goal * body.velocity();
        reward = paid - CONTROL_COST * cost;
        if (body.ending() == Ending.TERMINATED && target == Target.VELOCITY) {
            // The simulation diverged, and the episode is cut short: as bad as standing still for the rest of it.
            reward -= goal * (limit - body.steps());
        }
        return reward;
    }

    @Override
    public Ending ending() {
        return body.ending();
    }

    @Override
    public void write(Observation into) {
        body.write(into);
    }

    @Override
    public void abandon() {
        body.abandon();
        reward = 0;
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        body.describe(step, facts);
        facts.put("reward", reward);
        facts.put("goal", goal);
    }

    @Override
    public Optional<Picture> picture() {
        return body.picture();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeDouble(reward);
        body.save(out);
    }

    @Override
    public void load(Task task, DataInputStream in) throws IOException {
        goal = goals.applyAsDouble(task);
        reward = in.readDouble();
        body.load(task, in);
    }

    @Override
    public void close() {
        body.close();
    }
}
