package org.adapt4j.runtime.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.runtime.cell.Streams;
import org.adapt4j.toolkit.replay.Replays;

/**
 * Our lane of a race: an algorithm that acts on and learns from made-up experience, in a process of its own. It reads {@code update N},
 * which makes N updates, and {@code train N}, which also acts as long as each of them asks for, and answers the processor time of the whole
 * process in seconds.
 */
final class RaceLane {

    /** Transitions in a replay before the first update; more than a batch, less than would take long. */
    private static final int STORED = 6_000;

    /** What one round of a kind of algorithm is. */
    private interface Round {

        void act();

        void learn();
    }

    private RaceLane() {}

    /** Answers until its input ends. */
    static void run(Workbench.Racer racer, BufferedReader in, PrintStream out) throws IOException {
        Round round = racer.factory().match(new Rounds(racer.spec(), racer.slots(), Streams.root(1)));
        out.println("race ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.strip().split(" ");
            boolean acts = words[0].equals("train");
            int count = Integer.parseInt(words[1]);
            long begin = processorTime();
            for (int i = 0; i < count; i++) {
                if (acts) {
                    round.act();
                }
                round.learn();
            }
            out.printf(Locale.ROOT, "race %.6f%n", (processorTime() - begin) / 1e9);
        }
    }

    /** Nanoseconds of processor that this process has used. */
    static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Makes a round of what an algorithm lives on. */
    private record Rounds(EnvironmentSpec spec, int slots, Streams random) implements Diet.Cases<Round> {

        private AlgorithmRequest request() {
            return new AlgorithmRequest(spec, Conditioning.none(), slots, Device.CPU, random.child("algorithm"));
        }

        @Override
        public Round onPolicy(AlgorithmFactory<Batch.Rollout> factory, Diet.OnPolicy diet) {
            BaseAlgorithm<Batch.Rollout> algorithm = factory.create(request());
            Policy policy = algorithm.policy(Mode.EXPLORE);
            PolicyState state = policy.newState(slots);
            StepBlock seen = StepBlock.allocate(spec, slots, diet.steps() + 1);
            ActionBlock acted = ActionBlock.allocate(spec.action(), algorithm.extras(), slots, diet.steps());
            for (int t = 0; t <= diet.steps(); t++) {
                makeUp(seen.step(t), t == 0);
            }
            for (int t = 0; t < diet.steps(); t++) {
                policy.act(seen.step(t), state, acted.step(t));
            }
            Batch.Rollout rollout = new Batch.Rollout(seen, acted, policy.newState(slots), NoTruncations.INSTANCE);
            return new Round() {
                @Override
                public void act() {
                    for (int t = 0; t < diet.steps(); t++) {
                        policy.act(seen.step(t), state, acted.step(t));
                    }
                }

                @Override
                public void learn() {
                    algorithm.update(rollout, 0);
                }
            };
        }

        @Override
        public Round offPolicy(AlgorithmFactory<Batch.Transitions> factory, Diet.OffPolicy diet) {
            BaseAlgorithm<Batch.Transitions> algorithm = factory.create(request());
            Policy policy = algorithm.policy(Mode.EXPLORE);
            PolicyState state = policy.newState(slots);
            Replays replays = new Replays(spec, diet.replay(), 1, slots, 0, 0);
            StepBlock seen = StepBlock.allocate(spec, slots, 2);
            ActionBuffers acted =
                    ActionBlock.allocate(spec.action(), List.of(), slots, 1).step(0);
            int[] now = {0};
            makeUp(seen.step(0), true);
            Runnable store = () -> {
                StepBuffers before = seen.step(now[0] % 2);
                StepBuffers after = seen.step(++now[0] % 2);
                makeUp(after, false);
                replays.observe(before, acted, after);
            };
            for (int t = 0; t * slots < STORED; t++) {
                makeUp(spec.action(), acted);
                store.run();
            }
            return new Round() {
                @Override
                public void act() {
                    for (int t = 0; t < diet.steps(); t++) {
                        policy.act(seen.step(now[0] % 2), state, acted);
                        store.run();
                    }
                }

                @Override
                public void learn() {
                    for (int i = 0; i < diet.replay().updates(); i++) {
                        algorithm.update(replays.draw(new int[] {0}, 0.5, random.child("draws")), 0);
                    }
                }
            };
        }

        @Override
        public Round offline(AlgorithmFactory<Batch.Imitation> factory, Diet.Offline diet) {
            BaseAlgorithm<Batch.Imitation> algorithm = factory.create(request());
            StepBlock seen = StepBlock.allocate(spec, diet.pairs(), 1);
            ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), diet.pairs(), 1);
            makeUp(seen.step(0), true);
            makeUp(spec.action(), acted.step(0));
            Batch.Imitation pairs = new Pairs(diet.pairs(), seen, acted);
            return new Round() {
                @Override
                public void act() {}

                @Override
                public void learn() {
                    algorithm.update(pairs, 0);
                }
            };
        }

        /** Fills a step with noise: its costs are those of any other numbers. */
        private void makeUp(StepBuffers step, boolean first) {
            for (int c = 0; c < spec.observation().size(); c++) {
                Space space = spec.observation().get(c).space();
                ByteBuffer column = step.observation(c);
                for (int at = 0; at < column.limit(); at += space.element() == Element.UINT8 ? 1 : 4) {
                    switch (space.element()) {
                        case UINT8 -> column.put(at, (byte) random.nextInt());
                        case FLOAT32 -> column.putFloat(at, (float) random.nextGaussian());
                        case INT32 -> column.putInt(at, space instanceof Discrete few ? random.nextInt(few.size()) : 0);
                    }
                }
            }
            for (int slot = 0; slot < step.slots(); slot++) {
                step.rewards().put(slot, (float) random.nextGaussian());
                step.flags().put(slot, (byte) (first ? Flag.FIRST.mask() | Flag.NEW_TRIAL.mask() : 0));
            }
        }

        private void makeUp(Space action, ActionBuffers acted) {
            RandomGenerator chance = random;
            for (int slot = 0; slot < acted.slots(); slot++) {
                if (action instanceof Discrete choices) {
                    acted.discrete().put(slot, chance.nextInt(choices.size()));
                } else if (action instanceof Box box) {
                    for (int i = slot * box.width(); i < (slot + 1) * box.width(); i++) {
                        acted.continuous().put(i, (float) (box.low() + (box.high() - box.low()) * chance.nextDouble()));
                    }
                }
            }
        }
    }

    private record Pairs(int size, StepBlock seen, ActionBlock acted) implements Batch.Imitation {

        @Override
        public ByteBuffer column(String name) {
            return name.equals("action") ? acted.column(name) : seen.observations(name);
        }
    }

    private enum NoTruncations implements Batch.Truncations {
        INSTANCE;

        @Override
        public int count() {
            return 0;
        }

        @Override
        public int step(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int slot(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public ByteBuffer observations(int component) {
            return ByteBuffer.allocate(0).order(ByteOrder.nativeOrder());
        }
    }
}
