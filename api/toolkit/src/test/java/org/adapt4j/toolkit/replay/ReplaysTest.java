package org.adapt4j.toolkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.algorithm.ReplayPlan.Draws;
import org.adapt4j.api.algorithm.ReplayPlan.Priorities;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.Oracles;
import org.adapt4j.toolkit.replay.World.Fate;
import org.junit.jupiter.api.Test;

final class ReplaysTest {

    private static final int[] FIRST_TASK = {0};

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void returnsEqualTheWorkedRows() {
        JsonNode worked = Oracles.of("n_step");
        float[] rewards = Oracles.floats(worked.get("rewards"));
        int steps = worked.get("n").asInt();
        double gamma = worked.get("gamma").asDouble();
        World world = new World(1, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(50, 1, steps, gamma, false), 1, 1, 0, 0)) {
            world.begin(0);
            for (int t = 0; t < rewards.length; t++) {
                Fate fate = worked.get("terminal_after").get(t).asInt() == 1 ? Fate.ENDS : Fate.GOES_ON;
                world.step(replays, new Fate[] {fate}, new float[] {rewards[t]}, FIRST_TASK);
            }

            Map<Integer, float[]> drawn = new TreeMap<>();
            for (int i = 0; i < 200; i++) {
                Batch.Transitions batch = replays.draw(FIRST_TASK, 0, random);
                int number = World.number(batch, 0);
                drawn.put(number - world.rows.get(0).get(0).number, new float[] {
                    batch.column("return").getFloat(0),
                    batch.column("discount").getFloat(0),
                    batch.column("next-number").getFloat(0) - world.rows.get(0).get(0).number
                });
            }

            assertThat(drawn.keySet()).containsExactly(0, 1, 2, 3);
            for (JsonNode row : worked.get("rows")) {
                float[] found = drawn.getOrDefault(row.get("index").asInt(), new float[3]);
                assertThat(found[0]).isCloseTo((float) row.get("n_step_return").asDouble(), within(1e-6f));
                if (row.get("nonterminal").asBoolean()) {
                    assertThat(found[1]).isCloseTo((float) Math.pow(gamma, steps), within(1e-6f));
                    assertThat(found[2]).isEqualTo(row.get("next_state_index").asInt());
                } else {
                    assertThat(found[1]).isZero();
                }
            }
        }
    }

    @Test
    void keepsTheStepOfObservationActionAndReward() {
        EnvironmentSpec spec =
                new EnvironmentSpec(List.of(new Component("counter", Box.vector(1, 0, 1e6))), new Discrete(1000), 10);
        StepBlock block = StepBlock.allocate(spec, 2, 2);
        ActionBlock acts = ActionBlock.allocate(spec.action(), List.of(), 2, 1);
        try (Replays replays = new Replays(spec, World.plan(40, 8, 1, 0.9, true), 1, 2, 4, 10)) {
            for (int t = 0; t < 200; t++) {
                for (int slot = 0; slot < 2; slot++) {
                    int counter = 1000 * slot + t;
                    block.step(t % 2).observation(0).putFloat(4 * slot, counter);
                    block.step((t + 1) % 2).observation(0).putFloat(4 * slot, counter + 1);
                    block.step((t + 1) % 2).rewards().put(slot, counter + 1);
                    block.step(t % 2).flags().put(slot, t == 0 ? Flag.FIRST.mask() : 0);
                    acts.step(0).discrete().put(slot, counter);
                }
                replays.observe(block.step(t % 2), acts.step(0), block.step((t + 1) % 2));
                if (replays.isReady(0)) {
                    Batch.Transitions batch = replays.draw(FIRST_TASK, 0.5, random);
                    assertInStep(batch);
                    assertInStep(batch.context());
                    assertInStep(replays.context(0, random));
                }
            }
        }
    }

    private static void assertInStep(Batch.Transitions batch) {
        for (int i = 0; i < batch.size(); i++) {
            float counter = batch.column("counter").getFloat(4 * i);
            assertThat(batch.column("action").getInt(4 * i)).isEqualTo((int) counter);
            assertThat(batch.column("reward").getFloat(4 * i)).isEqualTo(counter + 1);
            assertThat(batch.column("return").getFloat(4 * i)).isEqualTo(counter + 1);
            assertThat(batch.column("next-counter").getFloat(4 * i)).isEqualTo(counter + 1);
        }
    }

    @Test
    void stacksStopAtTheBeginningOfAnEpisode() {
        World world = new World(3, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(50, 30, 1, 0.9, false), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.GOES_ON, Fate.ENDS, Fate.GOES_ON, Fate.GOES_ON);

            Batch.Transitions batch = replays.draw(FIRST_TASK, 0, random);

            ByteBuffer frames = batch.column("frames");
            int newEpisode = world.rows.get(0).get(2).number;
            for (int i = 0; i < batch.size(); i++) {
                if (World.number(batch, i) == newEpisode) {
                    int at = i * 3 * World.PIXELS;
                    assertThat(frames.get(at)).isZero();
                    assertThat(frames.get(at + World.PIXELS)).isZero();
                    assertThat(frames.get(at + 2 * World.PIXELS)).isNotZero();
                    return;
                }
            }
            throw new AssertionError("30 draws missed one of 3 transitions");
        }
    }

    @Test
    void bootstrapsFromWhereATimeLimitCutOff() {
        World world = new World(2, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(50, 20, 3, 0.5, false), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.GOES_ON, Fate.IS_CUT);

            Batch.Transitions batch = replays.draw(FIRST_TASK, 0, random);

            List<World.Moment> rows = world.rows.get(0);
            assertThat(replays.size(0)).isEqualTo(2);
            for (int i = 0; i < batch.size(); i++) {
                boolean first = World.number(batch, i) == rows.get(0).number;
                assertThat(batch.column("discount").getFloat(4 * i)).isEqualTo(first ? 0.25f : 0.5f);
                assertThat(batch.column("next-number").getFloat(4 * i)).isEqualTo(rows.get(2).number);
            }
        }
    }

    @Test
    void expectsNothingAfterATimeLimitWhereThePlanSaysSo() {
        World world = new World(2, 1, 1);
        ReplayPlan plan = new ReplayPlan(50, 20, 0, 1, true, 1, 0.5, 1, Optional.empty(), true);
        try (Replays replays = new Replays(world.spec, plan, 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.GOES_ON, Fate.IS_CUT, Fate.ENDS);

            Batch.Transitions batch = replays.draw(FIRST_TASK, 0, random);

            int first = world.rows.get(0).get(0).number;
            for (int i = 0; i < batch.size(); i++) {
                boolean goesOn = World.number(batch, i) == first;
                assertThat(batch.column("discount").getFloat(4 * i)).isEqualTo(goesOn ? 0.5f : 0);
                assertThat(batch.column("next-number").getFloat(4 * i)).isEqualTo(goesOn ? first + 1 : 0);
            }
        }
    }

    /** As C2F-ARM's replay: duplicates in a batch, and weights by priorities that are comparable between tasks. */
    @Test
    void drawsEachByItselfAndWeighsByPriorityWhereThePlanSaysSo() {
        World world = new World(1, 1, 2);
        ReplayPlan plan = new ReplayPlan(
                100, 8, 0, 1, true, 1, 0.5, 1, Optional.of(new Priorities(1, 0.5, 0.5, Draws.INDEPENDENT)));
        try (Replays replays = new Replays(world.spec, plan, 2, 1, 0, 0)) {
            world.begin(0);
            world.step(replays, new Fate[] {Fate.ENDS}, new float[1], new int[] {1});
            for (int i = 0; i < 9; i++) {
                world.step(replays, new Fate[] {Fate.ENDS}, new float[1], new int[] {1});
            }
            int both = 0;
            for (int k = 0; k < 60; k++) {
                Batch.Transitions batch = replays.draw(new int[] {0, 1}, 0.5, random);
                FloatBuffer errors = FloatBuffer.allocate(8);
                double heaviest = 0;
                for (int i = 0; i < 8; i++) {
                    heaviest = Math.max(heaviest, Math.pow(error(batch, i), -0.5));
                    errors.put(i, error(batch, i));
                }
                for (int i = 0; i < 8 && k > 40; i++) {
                    assertThat(batch.weights().get(i))
                            .isCloseTo((float) (Math.pow(error(batch, i), -0.5) / heaviest), within(1e-6f));
                }
                both += World.number(batch, 4) == World.number(batch, 5) ? 1 : 0;
                batch.reprioritise(errors);
            }
            assertThat(both).as("neighbours of a batch that are the same").isBetween(2, 30);
        }
    }

    private static float error(Batch.Transitions batch, int index) {
        return 0.5f + World.number(batch, index) % 4;
    }

    /** Which rows of C2F-ARM's replay can be drawn, and what follows them: two demonstrations and an episode that ran out of time. */
    @Test
    void holdsTheEpisodesOfTheOriginal() {
        EnvironmentSpec spec =
                new EnvironmentSpec(List.of(new Component("frame", Box.vector(1, 0, 100))), new Discrete(2), 3);
        JsonNode original = Oracles.file("independent-draws.json").get("replay");
        ReplayPlan plan = new ReplayPlan(50, 30, 0, 1, true, 1, 0.99, 1, Optional.empty());
        try (Replays replays = new Replays(spec, plan, 1, 1, 0, 0)) {
            replays.add(frames(spec, new float[] {0, 6, 12, 10, 12, 29}, new float[] {0, 0, 100, 0, 100}, 2, 4), 0);
            replays.add(frames(spec, new float[] {50, 51, 52}, new float[] {0, 0}), 0);

            TreeMap<Float, float[]> drawn = new TreeMap<>();
            for (int k = 0; k < 30; k++) {
                Batch.Transitions batch = replays.draw(FIRST_TASK, 0, random);
                for (int i = 0; i < batch.size(); i++) {
                    drawn.put(
                            batch.column("frame").getFloat(4 * i)
                                    + batch.column("reward").getFloat(4 * i),
                            new float[] {
                                batch.column("next-frame").getFloat(4 * i),
                                batch.column("discount").getFloat(4 * i)
                            });
                }
            }

            TreeMap<Float, float[]> expected = new TreeMap<>();
            for (JsonNode row : original.get("sampled_valid")) {
                boolean ends =
                        row.get("terminal").asInt() == 1 && !row.get("timeout").asBoolean();
                expected.put(
                        (float) (row.get("frame").asDouble() + row.get("reward").asDouble()),
                        new float[] {ends ? 0 : (float) row.get("next_frame").asDouble(), ends ? 0 : 0.99f});
            }
            assertThat(drawn.keySet()).isEqualTo(expected.keySet());
            drawn.forEach(
                    (frame, next) -> assertThat(next).as("after %s", frame).isEqualTo(expected.get(frame)));
        }
    }

    private static Demonstration frames(EnvironmentSpec spec, float[] seen, float[] earned, int... ends) {
        ByteBuffer frames = ByteBuffer.allocate(4 * seen.length).order(ByteOrder.nativeOrder());
        frames.asFloatBuffer().put(seen);
        ByteBuffer rewards = ByteBuffer.allocate(4 * earned.length).order(ByteOrder.nativeOrder());
        rewards.asFloatBuffer().put(earned);
        byte[] terminated = new byte[earned.length];
        for (int end : ends) {
            terminated[end] = 1;
        }
        Map<String, ByteBuffer> columns = Map.of(
                spec.observation().get(0).name(),
                frames,
                "action",
                ByteBuffer.allocate(4 * earned.length),
                "reward",
                rewards,
                Demonstration.TERMINATED,
                ByteBuffer.wrap(terminated));
        return new Demonstration(task(), earned.length, columns, 0);
    }

    @Test
    void whatBreaksOffCountsAsCutOffWhereItStood() {
        World world = new World(2, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(50, 20, 3, 0.5, false), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.GOES_ON, Fate.GOES_ON, Fate.GOES_ON);
            assertThat(replays.isReady(0)).isFalse();

            replays.abandon();
            replays.abandon();

            assertThat(replays.size(0)).isEqualTo(2);
            assertThat(replays.isReady(0)).isTrue();
            Batch.Transitions batch = replays.draw(FIRST_TASK, 0, random);
            for (int i = 0; i < batch.size(); i++) {
                assertThat(batch.column("next-number").getFloat(4 * i))
                        .isEqualTo(world.rows.get(0).get(2).number);
            }
        }
    }

    @Test
    void anEpisodeThatBeginsBreaksOffTheOneBefore() {
        World world = new World(2, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(50, 20, 1, 0.5, false), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.GOES_ON, Fate.GOES_ON);

            world.begin(0);
            go(world, replays, Fate.ENDS);

            assertThat(replays.size(0)).isEqualTo(2);
            Batch.Transitions batch = replays.draw(FIRST_TASK, 0, random);
            for (int i = 0; i < batch.size(); i++) {
                assertThat(world.fault(batch, i, 0, 1, 0.5)).isEmpty();
            }
        }
    }

    @Test
    void prioritiesAndWeightsEqualTheWorkedNumbers() {
        JsonNode worked = Oracles.of("per");
        float[] losses = Oracles.floats(worked.get("raw"));
        World world = new World(1, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(8, 5, 1, 0.9, true), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.ENDS, Fate.ENDS, Fate.ENDS, Fate.ENDS, Fate.ENDS);
            Map<Integer, Integer> places = new HashMap<>();
            world.rows.get(0).forEach(moment -> places.put(moment.number, places.size()));

            // Equal priorities: each of the five segments is one transition.
            Batch.Transitions batch = replays.draw(FIRST_TASK, 0.4, random);
            for (int i = 0; i < 5; i++) {
                assertThat(places.get(World.number(batch, i))).isEqualTo(i);
                assertThat(batch.weights().get(i)).isEqualTo(1);
            }
            batch.reprioritise(FloatBuffer.wrap(losses));

            int[] counts = new int[5];
            for (String beta : List.of("0.4", "0.7", "1.0")) {
                JsonNode raw = worked.get("weights").get(beta).get("raw");
                for (int k = 0; k < 4000; k++) {
                    batch = replays.draw(FIRST_TASK, Double.parseDouble(beta), random);
                    double heaviest = 0;
                    for (int i = 0; i < 5; i++) {
                        int place = places.getOrDefault(World.number(batch, i), -1);
                        counts[place]++;
                        heaviest = Math.max(heaviest, raw.get(place).asDouble());
                    }
                    for (int i = 0; i < 5; i++) {
                        int place = places.getOrDefault(World.number(batch, i), -1);
                        assertThat((double) batch.weights().get(i))
                                .isCloseTo(raw.get(place).asDouble() / heaviest, within(1e-5));
                    }
                }
            }
            for (int place = 0; place < 5; place++) {
                assertThat(counts[place] / 60_000.0)
                        .isCloseTo(worked.get("prob").get(place).asDouble(), within(0.01));
            }
        }
    }

    @Test
    void newTransitionsGetTheLargestPrioritySoFar() {
        World world = new World(1, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(8, 2, 1, 0.9, true), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.ENDS, Fate.ENDS);
            replays.draw(FIRST_TASK, 1, random).reprioritise(FloatBuffer.wrap(new float[] {16, 1}));
            replays.draw(FIRST_TASK, 1, random).reprioritise(FloatBuffer.wrap(new float[] {1, 1}));
            go(world, replays, Fate.ENDS);

            int newest = world.rows.get(0).get(2).number;
            int hits = 0;
            for (int k = 0; k < 3000; k++) {
                Batch.Transitions batch = replays.draw(FIRST_TASK, 1, random);
                hits += World.number(batch, 0) == newest ? 1 : 0;
                hits += World.number(batch, 1) == newest ? 1 : 0;
            }

            // √16 of 4 + 1 + 1.
            assertThat(hits / 6000.0).isCloseTo(4 / 6.0, within(0.02));
        }
    }

    @Test
    void drawsEqualSharesAndReturnsPrioritiesToTheirBuffers() {
        World world = new World(1, 6, 3);
        try (Replays replays = new Replays(world.spec, World.plan(300, 16, 1, 0.9, true), 3, 6, 2, 5)) {
            world.begin(0, 1, 2);
            world.play(replays, 60, random);
            List<List<Integer>> numbers = new ArrayList<>();
            for (List<World.Moment> rows : world.rows) {
                numbers.add(rows.stream().map(moment -> moment.number).toList());
            }

            for (int k = 0; k < 50; k++) {
                Batch.Transitions batch = replays.draw(new int[] {2, 0, 1}, 1, random);

                assertThat(batch.size()).isEqualTo(15);
                assertThat(batch.tasks()).isEqualTo(3);
                assertThat(batch.context().size()).isEqualTo(6);
                assertThat(batch.column("action").limit()).isEqualTo(60);
                float[] errors = new float[15];
                Arrays.fill(errors, 1);
                for (int i = 0; i < 15; i++) {
                    int task = new int[] {2, 0, 1}[i / 5];
                    assertThat(numbers.get(task)).contains(World.number(batch, i));
                    errors[i] = task == 1 ? 1e-4f + 0.01f * World.number(batch, i) : 1;
                }
                for (int i = 0; i < 6; i++) {
                    assertThat(numbers.get(new int[] {2, 0, 1}[i / 2])).contains(World.number(batch.context(), i));
                }
                batch.reprioritise(FloatBuffer.wrap(errors));
            }

            for (int task : new int[] {0, 2}) {
                Batch.Transitions even = replays.draw(new int[] {task}, 1, random);
                for (int i = 0; i < even.size(); i++) {
                    assertThat(even.weights().get(i)).isEqualTo(1);
                }
            }
            Batch.Transitions uneven = replays.draw(new int[] {1}, 1, random);
            TreeSet<Float> weights = new TreeSet<>();
            for (int i = 0; i < uneven.size(); i++) {
                weights.add(uneven.weights().get(i));
            }
            assertThat(weights).hasSizeGreaterThan(3);
        }
    }

    @Test
    void aTransitionWrittenOverSinceItWasDrawnKeepsItsErrorToItself() {
        World world = new World(1, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(6, 4, 1, 0.9, true), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.ENDS, Fate.ENDS, Fate.ENDS, Fate.ENDS);
            Batch.Transitions stale = replays.draw(FIRST_TASK, 1, random);
            go(world, replays, Fate.ENDS, Fate.ENDS, Fate.ENDS, Fate.ENDS, Fate.ENDS, Fate.ENDS);

            stale.reprioritise(FloatBuffer.wrap(new float[] {100, 100, 100, 100}));

            Batch.Transitions fresh = replays.draw(FIRST_TASK, 1, random);
            for (int i = 0; i < 4; i++) {
                assertThat(fresh.weights().get(i)).isEqualTo(1);
            }
        }
    }

    @Test
    void anErrorOfZeroLeavesATransitionReachable() {
        World world = new World(1, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(6, 2, 1, 0.9, true), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.ENDS, Fate.ENDS);

            replays.draw(FIRST_TASK, 1, random).reprioritise(FloatBuffer.wrap(new float[2]));

            assertThat(replays.isReady(0)).isTrue();
            assertThat(replays.draw(FIRST_TASK, 1, random).size()).isEqualTo(2);
        }
    }

    @Test
    void refusesErrorsThatAreNoNumbers() {
        World world = new World(1, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(6, 2, 1, 0.9, true), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.ENDS, Fate.ENDS);
            Batch.Transitions batch = replays.draw(FIRST_TASK, 1, random);

            for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                assertThatThrownBy(() -> batch.reprioritise(FloatBuffer.wrap(new float[] {1, wrong})))
                        .isInstanceOf(NotFiniteException.class)
                        .hasMessage("the error of a transition is " + wrong);
            }
            assertThatThrownBy(() -> batch.reprioritise(FloatBuffer.wrap(new float[] {1, -1})))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("error 1");
        }
    }

    @Test
    void uniformDrawsWeighOne() {
        World world = new World(1, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(50, 10, 1, 0.9, false), 1, 1, 0, 0)) {
            world.begin(0);
            world.play(replays, 20, random);
            Batch.Transitions batch = replays.draw(FIRST_TASK, 1, random);
            batch.reprioritise(FloatBuffer.wrap(new float[] {9, 1, 1, 1, 1, 1, 1, 1, 1, 5}));

            batch = replays.draw(FIRST_TASK, 1, random);

            for (int i = 0; i < 10; i++) {
                assertThat(batch.weights().get(i)).isEqualTo(1);
            }
            assertThat(batch.context().size()).isZero();
            assertThat(batch.context().context().size()).isZero();
        }
    }

    @Test
    void aContextComesFromEpisodesThatCountAlone() {
        World world = new World(2, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(100, 2, 5, 0.9, true), 1, 1, 8, 10)) {
            world.begin(0);
            replays.countInContext(0, false);
            go(world, replays, Fate.GOES_ON, Fate.GOES_ON, Fate.GOES_ON, Fate.GOES_ON, Fate.GOES_ON, Fate.ENDS);
            assertThat(replays.hasContext(0)).isFalse();
            assertThat(replays.isReady(0)).isFalse();
            assertThat(replays.context(0, random).size()).isZero();

            replays.countInContext(0, true);
            go(world, replays, Fate.GOES_ON, Fate.IS_CUT);
            replays.countInContext(0, false);
            go(world, replays, Fate.GOES_ON, Fate.GOES_ON, Fate.ENDS);

            assertThat(replays.isReady(0)).isTrue();
            TreeSet<Integer> drawn = new TreeSet<>();
            for (int k = 0; k < 100; k++) {
                Batch.Transitions context = replays.context(0, random);
                for (int i = 0; i < 8; i++) {
                    drawn.add(World.number(context, i));
                }
            }
            List<Integer> counting = world.rows.get(0).subList(6, 8).stream()
                    .map(moment -> moment.number)
                    .toList();
            assertThat(drawn).containsExactlyElementsOf(counting);
        }
    }

    @Test
    void aContextComesFromTheNewestTransitions() {
        World world = new World(2, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(100, 2, 5, 0.9, true), 1, 1, 8, 10)) {
            assertThat(replays.context(0, random).size()).isZero();
            assertThat(replays.context(0, random).tasks()).isEqualTo(1);
            world.begin(0);
            Fate[] on = new Fate[31];
            Arrays.fill(on, Fate.GOES_ON);
            go(world, replays, on);

            TreeSet<Integer> drawn = new TreeSet<>();
            for (int k = 0; k < 100; k++) {
                Batch.Transitions context = replays.context(0, random);
                assertThat(context.size()).isEqualTo(8);
                for (int i = 0; i < 8; i++) {
                    drawn.add(World.number(context, i));
                    assertThat(world.fault(context, i, 0, 1, 0.9)).isEmpty();
                }
            }

            // The newest row has no successor yet.
            List<Integer> newest = world.rows.get(0).subList(20, 30).stream()
                    .map(moment -> moment.number)
                    .toList();
            assertThat(drawn).containsExactlyElementsOf(newest);
        }
    }

    @Test
    void waitsUntilATaskHasEnough() {
        World world = new World(1, 1, 2);
        ReplayPlan plan = new ReplayPlan(100, 4, 0, 5, true, 1, 0.9, 1, Optional.empty());
        try (Replays replays = new Replays(world.spec, plan, 2, 1, 0, 0)) {
            world.begin(1);
            for (int t = 1; t <= 5; t++) {
                assertThat(replays.isReady(1)).isFalse();
                world.step(replays, new Fate[] {Fate.IS_CUT}, new float[1], new int[] {1});
            }

            assertThat(replays.isReady(1)).isTrue();
            assertThat(replays.isReady(0)).isFalse();
            assertThat(replays.size(1)).isEqualTo(5);
            assertThatThrownBy(() -> replays.draw(new int[] {1, 0}, 0, random))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("task 0");
            assertThatThrownBy(() -> replays.draw(new int[5], 0, random)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> replays.size(2)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void takesDemonstrations() {
        World world = new World(2, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(200, 100, 2, 0.5, false), 1, 1, 0, 0)) {
            replays.add(demonstration(3), 0);
            assertThat(replays.size(0)).isEqualTo(3);
            Batch.Transitions batch = replays.draw(FIRST_TASK, 0, random);
            for (int i = 0; i < batch.size(); i++) {
                int t = World.number(batch, i);
                int at = i * 2 * World.PIXELS;
                assertThat(batch.column("frames").get(at)).isEqualTo((byte) (t == 0 ? 0 : 10 + t - 1));
                assertThat(batch.column("frames").get(at + World.PIXELS)).isEqualTo((byte) (10 + t));
                assertThat(batch.column("action").getInt(4 * i)).isEqualTo(100 + t);
                assertThat(batch.column("return").getFloat(4 * i)).isEqualTo(t == 2 ? 2 : t + 0.5f * (t + 1));
                assertThat(batch.column("discount").getFloat(4 * i)).isEqualTo(t == 0 ? 0.25f : 0);
            }

            replays.add(demonstration(50), 0);
            assertThat(replays.size(0)).isEqualTo(53);
            for (int k = 0; k < 20; k++) {
                batch = replays.draw(FIRST_TASK, 0, random);
                for (int i = 0; i < batch.size(); i++) {
                    if (World.number(batch, i) == 49) {
                        assertThat(batch.column("discount").getFloat(4 * i)).isEqualTo(0.5f);
                        assertThat(batch.column("next-number").getFloat(4 * i)).isEqualTo(50);
                    }
                }
            }
        }
    }

    @Test
    void splitsADemonstrationWhereAnEpisodeEndedWithinIt() {
        World world = new World(2, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(200, 20, 1, 0.5, false), 1, 1, 0, 0)) {
            Map<String, ByteBuffer> columns = new HashMap<>(demonstration(6).columns());
            columns.put("terminated", ByteBuffer.wrap(new byte[] {0, 1, 0, 0, 0, 0}));
            columns.put("truncated", ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 0, 1}));

            replays.add(new Demonstration(task(), 6, columns, 0), 0);

            assertThat(replays.size(0)).isEqualTo(5);
            Batch.Transitions batch = replays.draw(new int[] {0}, 0, new SplittableRandom(0));
            for (int i = 0; i < batch.size(); i++) {
                float number = World.number(batch, i);
                assertThat(number).isIn(0f, 1f, 2f, 4f, 5f);
                assertThat(batch.column("discount").getFloat(4 * i)).isEqualTo(number == 1 ? 0 : 0.5f);
                if (number != 1) {
                    assertThat(batch.column("next-number").getFloat(4 * i)).isEqualTo(number + 1);
                }
            }
        }
    }

    @Test
    void refusesADemonstrationOfAnotherShape() {
        World world = new World(2, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(200, 10, 2, 0.5, false), 1, 1, 0, 0)) {
            Map<String, ByteBuffer> columns = new HashMap<>(demonstration(3).columns());
            columns.remove("number");

            assertThatThrownBy(() -> replays.add(new Demonstration(task(), 3, columns, 0), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'number'");
            assertThatThrownBy(() -> replays.add(
                            new Demonstration(task(), 4, demonstration(3).columns(), 0), 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(replays.size(0)).isZero();
        }
    }

    private static Task task() {
        return new Task("world", "task", Map.of());
    }

    private static Demonstration demonstration(int steps) {
        ByteBuffer frames = ByteBuffer.allocate((steps + 1) * 2 * World.PIXELS);
        ByteBuffer numbers = ByteBuffer.allocate((steps + 1) * 4).order(ByteOrder.nativeOrder());
        ByteBuffer actions = ByteBuffer.allocate(steps * 4).order(ByteOrder.nativeOrder());
        ByteBuffer rewards = ByteBuffer.allocate(steps * 4).order(ByteOrder.nativeOrder());
        for (int t = 0; t <= steps; t++) {
            for (int pixel = 0; pixel < World.PIXELS; pixel++) {
                frames.put((2 * t) * World.PIXELS + pixel, (byte) (t == 0 ? 0 : 10 + t - 1));
                frames.put((2 * t + 1) * World.PIXELS + pixel, (byte) (10 + t));
            }
            numbers.putFloat(4 * t, t);
            if (t < steps) {
                actions.putInt(4 * t, 100 + t);
                rewards.putFloat(4 * t, t);
            }
        }
        return new Demonstration(
                task(), steps, Map.of("frames", frames, "number", numbers, "action", actions, "reward", rewards), 0);
    }

    @Test
    void refusesToBeginInTheMiddleOfAnEpisode() {
        World world = new World(2, 1, 2);
        try (Replays replays = new Replays(world.spec, World.plan(50, 4, 1, 0.9, false), 2, 1, 0, 0)) {
            world.begin(1);
            go(world, replays, Fate.GOES_ON);
            replays.abandon();

            assertThatThrownBy(() -> go(world, replays, Fate.GOES_ON))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("slot 0");
        }
    }

    @Test
    void namesItsColumns() {
        World world = new World(2, 1, 1);
        try (Replays replays = new Replays(world.spec, World.plan(50, 4, 1, 0.9, false), 1, 1, 0, 0)) {
            world.begin(0);
            go(world, replays, Fate.ENDS);
            Batch.Transitions batch = replays.draw(FIRST_TASK, 0, random);

            assertThat(batch.column("next-frames").order()).isEqualTo(ByteOrder.nativeOrder());
            assertThat(batch.column("next-frames").isDirect()).isTrue();
            assertThatThrownBy(() -> batch.column("nxt-frames"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("next-frames");
        }
    }

    @Test
    void allocatesNothingPerStepAndPerDraw() {
        World world = new World(4, 2, 1);
        StepBlock block = StepBlock.allocate(world.spec, 2, 2);
        ActionBlock acts = ActionBlock.allocate(world.spec.action(), List.of(), 2, 1);
        FloatBuffer errors = FloatBuffer.allocate(32);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Replays replays = new Replays(world.spec, World.plan(1000, 32, 3, 0.99, true), 1, 2, 10, 100)) {
            stepAndDraw(replays, block, acts, errors, 0, 3000);
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);

            stepAndDraw(replays, block, acts, errors, 3000, 6000);

            // Nothing per step would be 3,000 times at least 16 bytes; what remains is the measurement itself.
            assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(16_000);
        }
    }

    private void stepAndDraw(Replays replays, StepBlock block, ActionBlock acts, FloatBuffer errors, int from, int to) {
        for (int t = from; t < to; t++) {
            byte flags = t % 40 == 0 ? Flag.FIRST.mask() : 0;
            byte end = t % 40 == 39 ? (t % 80 == 39 ? Flag.TERMINATED : Flag.TRUNCATED).mask() : 0;
            for (int slot = 0; slot < 2; slot++) {
                block.step(t % 2).flags().put(slot, flags);
                block.step((t + 1) % 2).flags().put(slot, end);
            }
            replays.observe(block.step(t % 2), acts.step(0), block.step((t + 1) % 2));
            if (replays.isReady(0)) {
                Batch.Transitions batch = replays.draw(FIRST_TASK, 0.4, random);
                errors.put(0, batch.column("reward").getFloat(0) + t % 7);
                batch.reprioritise(errors);
                replays.context(0, random);
            }
        }
    }

    @Test
    void aMillionAtariFramesFitIntoEightGigabytes() {
        EnvironmentSpec atari = new EnvironmentSpec(
                List.of(new Component("screen", new Box(Element.UINT8, List.of(4, 84, 84), 0, 255), 4)),
                new Discrete(18),
                27_000);
        ReplayPlan plan =
                new ReplayPlan(1_000_000, 32, 0, 1600, true, 20, 0.99, 1, Optional.of(new Priorities(0.5, 0.4, 1)));

        assertThat(Replays.bytes(atari, plan, 1)).isBetween(7_056_000_000L, 8_000_000_000L);
        assertThat(Replays.bytes(atari, plan, 10)).isBetween(7_056_000_000L, 8_000_000_000L);
    }

    @Test
    void saysWhyAPlanCannotBe() {
        World world = new World(4, 4, 1);
        ReplayPlan late = new ReplayPlan(1000, 4, 0, 160, true, 1, 0.9, 1, Optional.empty());

        assertThat(Replays.objection(world.spec, late, 2, 4)).isEmpty();
        assertThat(Replays.objection(world.spec, late, 10, 4))
                .hasValue("the replay's capacity of 1000 leaves each of 10 tasks 100 transitions, but 160 must be there"
                        + " before the first draw: raise capacity or lower start");
        assertThat(Replays.objection(world.spec, World.plan(100, 4, 20, 0.9, false), 1, 4))
                .hasValueSatisfying(reason -> assertThat(reason).contains("need 192 before one is complete"));
        assertThatThrownBy(() -> new Replays(world.spec, late, 10, 4, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Replays(world.spec, late, 1, 4, 3, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isOfNoUseOnceClosed() {
        World world = new World(2, 1, 1);
        Replays replays = new Replays(world.spec, World.plan(50, 4, 1, 0.9, false), 1, 1, 0, 0);
        world.begin(0);

        replays.close();
        replays.close();

        assertThatThrownBy(() -> go(world, replays, Fate.ENDS)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> replays.draw(FIRST_TASK, 0, random)).isInstanceOf(IllegalStateException.class);
    }

    private static void go(World world, Replays replays, Fate... fates) {
        float reward = 1;
        for (Fate fate : fates) {
            world.step(replays, new Fate[] {fate}, new float[] {reward++}, new int[] {world.task(0)});
        }
    }
}
