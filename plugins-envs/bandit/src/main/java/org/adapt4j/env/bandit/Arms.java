package org.adapt4j.env.bandit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;

/** Some arms. An episode is a pull, and there is nothing to see. */
final class Arms implements Slot {

    private static final int NONE = -1;

    private final Bandits bandits;
    private final RandomGenerator random;
    private final double[] chances;
    private String task = "";
    private int pulled = NONE;

    Arms(Bandits bandits, RandomGenerator random) {
        this.bandits = bandits;
        this.random = random;
        chances = new double[bandits.arms()];
    }

    @Override
    public void begin(Task next) {
        meet(next);
    }

    private void meet(Task next) {
        if (!next.name().equals(task)) {
            task = next.name();
            bandits.chances(next, chances);
            pulled = NONE;
        }
    }

    @Override
    public double step(Action action) {
        pulled = action.choice();
        return random.nextDouble() < chances[pulled] ? 1 : 0;
    }

    @Override
    public Ending ending() {
        return Ending.TERMINATED;
    }

    @Override
    public void write(Observation into) {
        into.put(0, 0, 0);
    }

    @Override
    public void abandon() {
        pulled = NONE;
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("task", task);
        facts.put("chances", Arrays.stream(chances).mapToObj(Double::toString).collect(Collectors.joining(" ")));
        facts.put("pulled", pulled);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(pulled);
    }

    @Override
    public void load(Task played, DataInputStream in) throws IOException {
        meet(played);
        pulled = in.readInt();
    }
}
