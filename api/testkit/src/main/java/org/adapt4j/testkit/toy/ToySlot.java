package org.adapt4j.testkit.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;

/** Plays the rules of a {@link Toy}. */
final class ToySlot implements Slot {

    private final Toy toy;
    private final RandomGenerator random;
    private Task task;
    private int state;
    private Ending ending = Ending.NONE;

    ToySlot(Toy toy, RandomGenerator random) {
        this.toy = toy;
        this.random = random;
        task = toy.tasks().get(0);
    }

    @Override
    public void begin(Task next) {
        task = next;
        state = toy.first(task, random);
    }

    @Override
    public double step(Action action) {
        int before = state;
        int chosen = action.width() == 0 ? action.choice() : Math.round(100 * action.at(0));
        state = toy.next(task, before, chosen, random);
        ending = toy.ends(task, state) ? Ending.TERMINATED : Ending.NONE;
        return toy.reward(task, before, chosen, state, random);
    }

    @Override
    public Ending ending() {
        return ending;
    }

    @Override
    public void write(Observation into) {
        for (int i = 0; i < toy.states(); i++) {
            into.put(0, i, i == state ? 1 : 0);
        }
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("task", task.name());
        facts.put("state", state);
        facts.put("step", step);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(state);
    }

    @Override
    public void load(Task played, DataInputStream in) throws IOException {
        task = played;
        state = in.readInt();
    }
}
