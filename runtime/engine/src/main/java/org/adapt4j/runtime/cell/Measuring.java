package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.evaluation.Evaluation;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSet;

/**
 * Measures a policy at declared points. Draws from streams of its own, so that measuring more or less often changes nothing
 * in training.
 */
final class Measuring implements Stateful {

    /** Measures once. */
    interface Measurement {
        Evaluation of(Policy policy, TaskSet tasks, RandomStream random);
    }

    private final List<Long> points;
    private final Map<Split, TaskSet> tasks;
    private final Measurement measurement;
    private final HeldBackLoss heldBack;
    private final long seed;
    private final CellLogs logs;
    private int done;

    /**
     * A plan of measuring.
     *
     * @param points ascending, on the scale of the budget's limited resource
     * @param tasks what to measure on
     */
    Measuring(
            List<Long> points,
            Map<Split, TaskSet> tasks,
            Measurement measurement,
            HeldBackLoss heldBack,
            long seed,
            CellLogs logs) {
        this.points = List.copyOf(points);
        this.tasks = tasks;
        this.measurement = measurement;
        this.heldBack = heldBack;
        this.seed = seed;
        this.logs = logs;
    }

    /** Whether a point has been reached that was not measured yet. */
    boolean isDue(long spent) {
        return done < points.size() && points.get(done) <= spent;
    }

    /** Whether every point was measured. */
    boolean isFinished() {
        return done == points.size();
    }

    /** Measures at the last point reached; points passed over in one go are left out. */
    void measure(Policy policy, long spent) {
        while (done + 1 < points.size() && points.get(done + 1) <= spent) {
            done++;
        }
        measureNext(policy);
    }

    /** Measures at the next declared point, reached or not. */
    void measureNext(Policy policy) {
        long point = points.get(done);
        tasks.forEach((split, set) -> {
            Streams random =
                    Streams.root(seed).child("measuring").child(split.name()).child(Long.toString(point));
            logs.record(point, split, measurement.of(policy, set, random), task -> heldBack.of(policy, task));
        });
        done++;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(done);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        done = in.readInt();
    }
}
