package org.adapt4j.runtime.cell;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalDouble;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Task;

/**
 * How far a policy's actions are from an expert's on episodes it was never shown: the mean squared difference over steps and
 * coordinates of continuous actions (Patacchiola et al. 2023, section 4.2), the share of other choices of discrete ones. The
 * expert's own observations are fed to the policy, episode by episode.
 */
final class HeldBackLoss {

    private final RecordedExpert expert;
    private final EnvironmentSpec spec;
    private final int most;

    /**
     * A measure.
     *
     * @param most episodes per task
     */
    HeldBackLoss(RecordedExpert expert, EnvironmentSpec spec, int most) {
        this.expert = expert;
        this.spec = spec;
        this.most = most;
    }

    /** The loss on a task; empty if there is no episode that was not shown. */
    OptionalDouble of(Policy policy, Task task) {
        List<Demonstration> episodes = expert.heldBack(task, most);
        if (episodes.isEmpty()) {
            return OptionalDouble.empty();
        }
        int longest = episodes.stream().mapToInt(Demonstration::steps).max().getAsInt();
        int slots = episodes.size();
        StepBuffers seen = StepBlock.allocate(spec, slots, 1).step(0);
        ActionBuffers acted =
                ActionBlock.allocate(spec.action(), List.of(), slots, 1).step(0);
        PolicyState state = policy.newState(slots);
        double sum = 0;
        long count = 0;
        for (int step = 0; step < longest; step++) {
            for (int slot = 0; slot < slots; slot++) {
                show(episodes.get(slot), Math.min(step, episodes.get(slot).steps() - 1), seen, slot);
                seen.flags().put(slot, step == 0 ? (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask()) : (byte) 0);
            }
            policy.act(seen, state, acted);
            for (int slot = 0; slot < slots; slot++) {
                if (step < episodes.get(slot).steps()) {
                    sum += distance(acted, slot, episodes.get(slot), step);
                    count++;
                }
            }
        }
        return OptionalDouble.of(sum / count);
    }

    private void show(Demonstration episode, int step, StepBuffers seen, int slot) {
        for (Component component : spec.observation()) {
            int bytes = component.space().bytes();
            seen.observation(component.name())
                    .put(slot * bytes, column(episode, component.name()), step * bytes, bytes);
        }
        ByteBuffer rewards = episode.columns().get("reward");
        seen.rewards().put(slot, step == 0 || rewards == null ? 0 : rewards.getFloat((step - 1) * Float.BYTES));
    }

    private double distance(ActionBuffers acted, int slot, Demonstration episode, int step) {
        ByteBuffer actions = column(episode, "action");
        if (spec.action() instanceof Discrete) {
            return acted.discrete().get(slot) == actions.getInt(step * Integer.BYTES) ? 0 : 1;
        }
        int width = spec.action().width();
        double squares = 0;
        for (int i = 0; i < width; i++) {
            double difference =
                    acted.continuous().get(slot * width + i) - actions.getFloat((step * width + i) * Float.BYTES);
            squares += difference * difference;
        }
        return squares / width;
    }

    private static ByteBuffer column(Demonstration episode, String name) {
        ByteBuffer column = episode.columns().get(name);
        if (column == null) {
            throw new IllegalArgumentException(
                    "a recorded episode of " + episode.task().name() + " has no column '" + name + "'");
        }
        return column;
    }
}
