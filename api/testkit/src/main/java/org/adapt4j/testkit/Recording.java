package org.adapt4j.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;

/** Everything some slots went through under random actions; two recordings can be held beside each other. */
final class Recording {

    private final EnvironmentSpec spec;
    private final List<Moment> moments = new ArrayList<>();

    private Recording(EnvironmentSpec spec) {
        this.spec = spec;
    }

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

        /** Where it is, as messages name it: thousands of bytes tell nobody anything. */
        @Override
        public String toString() {
            return "step " + step + ", slot " + slot;
        }
    }

    /** Receives the first observations and then plays; one more row than steps. */
    static Recording fromTheStart(VectorEnvironment environment, int steps, long actionSeed) {
        Recording recording = new Recording(environment.spec());
        StepBlock seen = StepBlock.allocate(environment.spec(), environment.slots(), 1);
        environment.receive(seen.step(0));
        recording.note(0, environment.spec(), seen.step(0));
        recording.play(environment, seen.step(0), steps, actionSeed);
        return recording;
    }

    /** Plays on. */
    static Recording continued(VectorEnvironment environment, int steps, long actionSeed) {
        Recording recording = new Recording(environment.spec());
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

    /** How this play differs from another that it must repeat, at the first moment where it does; empty if it is the same. */
    Optional<String> differenceFrom(Recording expected) {
        return firstDifference(expected, (wanted, got) -> {
            List<String> columns = new ArrayList<>();
            if (got.task() != wanted.task()) {
                columns.add("the task is " + got.task() + " instead of " + wanted.task());
            }
            if (Float.compare(got.reward(), wanted.reward()) != 0) {
                columns.add("the reward is " + got.reward() + " instead of " + wanted.reward());
            }
            columns.addAll(sights(wanted, got));
            return columns;
        });
    }

    /** The same of what a policy sees: observations and flags, but neither rewards nor tasks. */
    Optional<String> differenceOfSights(Recording expected) {
        return firstDifference(expected, this::sights);
    }

    private Optional<String> firstDifference(Recording expected, BiFunction<Moment, Moment, List<String>> differences) {
        for (int i = 0; i < Math.min(moments.size(), expected.moments.size()); i++) {
            List<String> columns = differences.apply(expected.moments.get(i), moments.get(i));
            if (!columns.isEmpty()) {
                return Optional.of(moments.get(i) + ": " + String.join("; ", columns));
            }
        }
        return moments.size() == expected.moments.size()
                ? Optional.empty()
                : Optional.of("it has " + moments.size() + " moments instead of " + expected.moments.size());
    }

    private List<String> sights(Moment expected, Moment actual) {
        List<String> columns = new ArrayList<>();
        if (actual.flags() != expected.flags()) {
            columns.add("the flags are " + Flag.in(actual.flags()) + " instead of " + Flag.in(expected.flags()));
        }
        columns.addAll(observations("observation", expected.observation(), actual.observation()));
        if (actual.ends() && expected.ends()) {
            columns.addAll(observations("last observation", expected.last(), actual.last()));
        }
        return columns;
    }

    /** How observations differ, component by component. @param which kind they are of, to begin with */
    private List<String> observations(String which, List<Byte> expected, List<Byte> actual) {
        List<String> columns = new ArrayList<>();
        int from = 0;
        for (Component component : spec.observation()) {
            Space space = component.space();
            int to = from + space.bytes();
            List<Integer> shape = space instanceof Box box ? box.shape() : List.of(space.width());
            List<Byte> wanted = expected.subList(from, to);
            List<Byte> got = actual.subList(from, to);
            if (!got.equals(wanted)) {
                columns.add(which + " '" + component.name() + "' differs in "
                        + Difference.numbers(
                                        Difference.numbers(buffer(wanted), space.element()),
                                        Difference.numbers(buffer(got), space.element()),
                                        index -> Difference.place(index, shape))
                                .orElse("the bits of what is not a number"));
            }
            from = to;
        }
        return columns;
    }

    static ByteBuffer buffer(List<Byte> bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.size());
        bytes.forEach(buffer::put);
        return buffer;
    }

    private static void copy(ByteBuffer from, int start, int bytes, List<Byte> to) {
        for (int i = 0; i < bytes; i++) {
            to.add(from.get(start + i));
        }
    }

    /** What was played from a step on. */
    Recording from(int step) {
        Recording rest = new Recording(spec);
        moments.stream().filter(moment -> moment.step() >= step).forEach(rest.moments::add);
        return rest;
    }

    /** All moments, by step and then by slot. */
    List<Moment> moments() {
        return moments;
    }

    /** The moments of one slot. */
    List<Moment> ofSlot(int slot) {
        return moments.stream().filter(moment -> moment.slot() == slot).toList();
    }
}
