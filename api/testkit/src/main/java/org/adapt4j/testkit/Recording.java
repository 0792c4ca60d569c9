package org.adapt4j.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;

/** Everything some slots went through under random actions; two recordings of the same play are equal. */
final class Recording {

    private final List<Moment> moments = new ArrayList<>();

    /**
     * What one slot saw at one step.
     *
     * @param observation bytes of all components
     * @param last bytes of all components where an episode ended, else empty
     */
    record Moment(int step, int slot, List<Byte> observation, List<Byte> last, float reward, byte flags, int task) {

        boolean is(Flag flag) {
            return flag.isIn(flags);
        }

        boolean ends() {
            return is(Flag.TERMINATED) || is(Flag.TRUNCATED);
        }
    }

    /** Receives the first observations and then plays; one more row than steps. */
    static Recording fromTheStart(VectorEnvironment environment, int steps, long actionSeed) {
        Recording recording = new Recording();
        StepBlock seen = StepBlock.allocate(environment.spec(), environment.slots(), 1);
        environment.receive(seen.step(0));
        recording.note(0, environment.spec(), seen.step(0));
        recording.play(environment, seen.step(0), steps, actionSeed);
        return recording;
    }

    /** Plays on. */
    static Recording continued(VectorEnvironment environment, int steps, long actionSeed) {
        Recording recording = new Recording();
        StepBlock seen = StepBlock.allocate(environment.spec(), environment.slots(), 1);
        recording.play(environment, seen.step(0), steps, actionSeed);
        return recording;
    }

    private void play(VectorEnvironment environment, StepBuffers seen, int steps, long actionSeed) {
        EnvironmentSpec spec = environment.spec();
        SplittableRandom random = new SplittableRandom(actionSeed);
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), environment.slots(), 1);
        for (int step = 1; step <= steps; step++) {
            draw(spec, acted.step(0), random);
            environment.send(acted.step(0));
            environment.receive(seen);
            note(step, spec, seen);
        }
    }

    /** Writes actions drawn uniformly. */
    static void draw(EnvironmentSpec spec, ActionBuffers actions, SplittableRandom random) {
        if (spec.action() instanceof Discrete discrete) {
            for (int slot = 0; slot < actions.slots(); slot++) {
                actions.discrete().put(slot, random.nextInt(discrete.size()));
            }
        } else if (spec.action() instanceof Box box) {
            for (int i = 0; i < actions.slots() * box.width(); i++) {
                double low = Math.max(box.low(), -1e6);
                double high = Math.min(box.high(), 1e6);
                actions.continuous().put(i, (float) (low + random.nextDouble() * (high - low)));
            }
        }
    }

    private void note(int step, EnvironmentSpec spec, StepBuffers seen) {
        for (int slot = 0; slot < seen.slots(); slot++) {
            List<Byte> observation = new ArrayList<>();
            List<Byte> last = new ArrayList<>();
            boolean ends = seen.is(Flag.TERMINATED, slot) || seen.is(Flag.TRUNCATED, slot);
            for (int c = 0; c < spec.observation().size(); c++) {
                int bytes = spec.observation().get(c).space().bytes();
                copy(seen.observation(c), slot * bytes, bytes, observation);
                if (ends) {
                    copy(seen.lastObservation(c), slot * bytes, bytes, last);
                }
            }
            moments.add(new Moment(
                    step,
                    slot,
                    observation,
                    last,
                    seen.rewards().get(slot),
                    seen.flags().get(slot),
                    seen.tasks().get(slot)));
        }
    }

    private static void copy(ByteBuffer from, int start, int bytes, List<Byte> to) {
        for (int i = 0; i < bytes; i++) {
            to.add(from.get(start + i));
        }
    }

    /** All moments, by step and then by slot. */
    List<Moment> moments() {
        return moments;
    }

    /** The moments of one slot. */
    List<Moment> ofSlot(int slot) {
        return moments.stream().filter(moment -> moment.slot() == slot).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recording recording && moments.equals(recording.moments);
    }

    @Override
    public int hashCode() {
        return moments.hashCode();
    }
}
