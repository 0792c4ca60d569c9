package org.adapt4j.toolkit.environment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapt4j.api.task.Task;

/** Counts up by a step, by two if chance wants it, and ends at the number of its task; sees the number and the task. */
class Counter implements Slot {

    private final RandomGenerator random;
    private Task task = CounterPlay.task(1);
    int count;
    boolean abandoned;
    boolean isClosed;

    Counter(RandomGenerator random) {
        this.random = random;
    }

    int goal() {
        return Integer.parseInt(task.attribute("goal"));
    }

    @Override
    public void begin(Task next) {
        task = next;
        count = 0;
    }

    @Override
    public double step(Action action) {
        count += action.choice() + (random.nextInt(4) == 0 ? 1 : 0);
        return count;
    }

    @Override
    public Ending ending() {
        return count >= goal() ? Ending.TERMINATED : Ending.NONE;
    }

    @Override
    public void write(Observation into) {
        into.put(0, 0, count);
        into.put(0, 1, goal());
        into.put(1, new byte[] {(byte) count});
    }

    @Override
    public void abandon() {
        abandoned = true;
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("step", step);
        facts.put("count", count);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(count);
    }

    @Override
    public void load(Task played, DataInputStream in) throws IOException {
        task = played;
        count = in.readInt();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
