package org.adapt4j.env.ale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class AleEnvironmentTest {

    /** The game with lives. */
    private static final String LIVES = "cartridge/tower";

    private static final byte[] BLANK = new byte[Shrinker.BYTES];

    private static Setup setup() {
        return Setup.of(List.of("cartridge/orchard", "cartridge/saucers"), List.of("cartridge/court"));
    }

    @Test
    void neitherStepsNorNewGamesMakeGarbage() {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AleBenchmark benchmark =
                Setup.of(List.of("cartridge/reef"), List.of("cartridge/court")).benchmark();
        TaskSchedule schedule = TaskSchedule.fixed(Session.task(benchmark, "cartridge/reef"));
        Random random = new Random(1);
        try (Team team = new Team(benchmark, schedule, 1)) {
            long[] garbage = new long[600];
            int games = 0;
            for (int t = -garbage.length; t < garbage.length; t++) {
                long before = memory.getCurrentThreadAllocatedBytes();
                team.step(random);
                if (t >= 0) {
                    garbage[t] = memory.getCurrentThreadAllocatedBytes() - before;
                    games += team.seen.is(Flag.FIRST, 0) ? 1 : 0;
                }
            }

            Arrays.sort(garbage);
            assertThat(games).isPositive();
            assertThat(garbage[garbage.length / 2]).as("bytes of a step").isZero();
            // Handles of what ALE saves, but none of its 15 kB.
            assertThat(garbage[garbage.length - 1 - games / 2])
                    .as("bytes of a step that begins a game")
                    .isLessThan(4_000);
        }
    }

    @Test
    void beginsWithBlankFramesAndTheNewestLast() {
        try (Session play = new Session(setup().benchmark(), "cartridge/orchard", Purpose.MEASURING, 1)) {
            byte[] first = play.frame(0);

            assertThat(play.frame(1)).isEqualTo(BLANK);
            assertThat(play.frame(3)).isEqualTo(BLANK);
            assertThat(first).isNotEqualTo(BLANK);

            play.step(1);
            assertThat(play.frame(1)).isEqualTo(first);
            assertThat(play.frame(2)).isEqualTo(BLANK);
            byte[] second = play.frame(0);
            play.step(1);
            play.step(1);
            assertThat(play.frame(3)).isEqualTo(first);
            assertThat(play.frame(2)).isEqualTo(second);
        }
    }

    @Test
    void startsWithAnyNumberOfNoOpsUpToTheMost() {
        AleBenchmark benchmark = setup().maxFrames(60).benchmark();
        Set<Integer> seen = new TreeSet<>();
        try (Session play = new Session(benchmark, "cartridge/court", Purpose.MEASURING, 1)) {
            for (int game = 0; game < 200; game++) {
                int noOps = play.number("no-ops");
                assertThat(play.number("frame")).isEqualTo(noOps);
                seen.add(noOps);
                do {
                    play.step(0);
                } while (!play.is(Flag.FIRST));
            }
        }

        assertThat(seen)
                .hasSizeGreaterThan(24)
                .allSatisfy(count -> assertThat(count).isBetween(0, 29));
    }

    @Test
    void cutsAGameOffAtTheFrameLimit() {
        AleBenchmark benchmark = setup().maxFrames(50).noOpStarts(0).benchmark();
        try (Session play = new Session(benchmark, "cartridge/court", Purpose.MEASURING, 1)) {
            for (int step = 1; step <= 12; step++) {
                play.step(0);
                assertThat(play.is(Flag.FIRST)).isFalse();
                assertThat(play.number("frame")).isEqualTo(4 * step);
            }

            play.step(0);

            assertThat(play.is(Flag.TRUNCATED)).isTrue();
            assertThat(play.is(Flag.TERMINATED)).isFalse();
            assertThat(play.info("end")).isEqualTo("time-limit");
            assertThat(play.number("frame")).isZero();
            assertThat(benchmark
                            .spec(TaskSet.of(Session.task(benchmark, "cartridge/court")))
                            .maxEpisodeSteps())
                    .isEqualTo(13);
        }
    }

    @Test
    void aLostLifeEndsAnEpisodeInTrainingOnlyAndTheGameGoesOn() {
        AleBenchmark benchmark = setup().benchmark();
        Random random = new Random(3);
        int ended = 0;
        try (Session play = new Session(benchmark, LIVES, Purpose.TRAINING, 1)) {
            for (int step = 0; step < 2_000 && ended < 4; step++) {
                int lives = play.number("lives");
                int frame = play.number("frame");
                double score = ((Number) play.info("score")).doubleValue();
                play.step(random.nextInt(7));
                if (play.info("end").equals("life-lost")) {
                    ended++;
                    assertThat(Flag.in(play.seen.flags().get(0)))
                            .containsExactlyInAnyOrder(Flag.TERMINATED, Flag.FIRST);
                    assertThat(play.number("lives")).isEqualTo(lives - 1);
                    assertThat(play.number("frame")).isEqualTo(frame + 5); // four of the action, one no-op
                    assertThat(((Number) play.info("score")).doubleValue()).isGreaterThanOrEqualTo(score);
                    assertThat(play.frame(1)).isEqualTo(BLANK);
                    byte[] last = Session.bytes(play.seen.lastObservation(0));
                    assertThat(Arrays.copyOfRange(last, 2 * Shrinker.BYTES, 3 * Shrinker.BYTES))
                            .isNotEqualTo(BLANK);
                }
            }
        }
        assertThat(ended).isEqualTo(4);

        try (Session play = new Session(benchmark, LIVES, Purpose.MEASURING, 1)) {
            int least = 99;
            for (int step = 0; step < 400; step++) {
                play.step(random.nextInt(7));
                assertThat(play.info("end")).isNotEqualTo("life-lost");
                assertThat(play.is(Flag.FIRST)).isEqualTo(play.info("end").equals("game-over"));
                least = Math.min(least, play.number("lives"));
            }
            assertThat(least).isLessThan(3);
        }
    }

    @Test
    void clipsRewardsInTrainingOnly() {
        AleBenchmark benchmark = setup().benchmark();
        Set<Float> clipped = rewards(benchmark, Purpose.TRAINING);
        Set<Float> whole = rewards(benchmark, Purpose.MEASURING);
        Set<Float> unclipped = rewards(setup().rewardClip(0).benchmark(), Purpose.TRAINING);

        assertThat(clipped).containsExactly(0f, 1f);
        assertThat(whole).anyMatch(reward -> reward > 1);
        assertThat(unclipped).isEqualTo(whole);
    }

    private static Set<Float> rewards(AleBenchmark benchmark, Purpose purpose) {
        Set<Float> seen = new TreeSet<>();
        Random random = new Random(1);
        try (Session play = new Session(benchmark, "cartridge/saucers", purpose, 1)) {
            for (int step = 0; step < 500; step++) {
                seen.add(play.step(random.nextInt(6)));
            }
        }
        return seen;
    }

    @Test
    void paddedActionsDoNothing() {
        AleBenchmark padded = setup().actions(AleBenchmark.Actions.PADDED).benchmark();
        int own = Games.named("kaboom").orElseThrow().actions().size();

        assertThat(((Discrete) padded.spec(TaskSet.of(Session.task(padded, "cartridge/orchard")))
                                .action())
                        .size())
                .isEqualTo(18);
        List<byte[]> idle = screens(padded, 0);
        for (int action = own; action < 18; action++) {
            List<byte[]> same = screens(padded, action);
            for (int i = 0; i < idle.size(); i++) {
                assertThat(same.get(i)).isEqualTo(idle.get(i));
            }
        }
        assertThat(screens(padded, own - 1).get(39)).isNotEqualTo(idle.get(39));
    }

    private static List<byte[]> screens(AleBenchmark benchmark, int action) {
        List<byte[]> screens = new ArrayList<>();
        try (Session play = new Session(benchmark, "cartridge/orchard", Purpose.MEASURING, 1)) {
            for (int step = 0; step < 40; step++) {
                play.step(action);
                screens.add(play.stack());
            }
        }
        return screens;
    }

    @Test
    void refusesAGameWithMoreActionsThanTheAgentHas() {
        AleBenchmark benchmark = setup().actions(AleBenchmark.Actions.OWN).benchmark();
        EnvironmentSpec few = benchmark.spec(TaskSet.of(Session.task(benchmark, "cartridge/orchard")));

        assertThatThrownBy(() -> benchmark.open(new EnvironmentRequest(
                        few,
                        TaskSchedule.fixed(Session.task(benchmark, LIVES)),
                        1,
                        TestStreams.root(1),
                        Purpose.TRAINING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "cartridge/tower has 7 actions, and the agent only 4: set benchmark.actions = padded");
    }

    @Test
    void continuesASavedGameBitForBit() throws IOException {
        for (double sticky : new double[] {0, 0.25}) {
            AleBenchmark benchmark = setup().sticky(sticky).benchmark();
            AleBenchmark another = setup().sticky(sticky).benchmark();
            TaskSchedule schedule = TaskSchedule.eachEpisode(new TaskSet(List.of(
                    Session.task(benchmark, "cartridge/orchard"),
                    Session.task(benchmark, LIVES),
                    Session.task(benchmark, "cartridge/vault"))));
            Random random = new Random(5);
            try (Session play = new Session(benchmark, schedule, Purpose.TRAINING, 1);
                    Session resumed = new Session(another, schedule, Purpose.TRAINING, 2)) {
                for (int i = 0; i < 5; i++) {
                    for (int step = 0; step < 173; step++) {
                        play.step(random.nextInt(18));
                    }
                    ByteArrayOutputStream saved = new ByteArrayOutputStream();
                    play.environment.save(new DataOutputStream(saved));
                    resumed.step(0);

                    resumed.environment.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

                    assertThat(resumed.environment.info(0)).isEqualTo(play.environment.info(0));
                    for (int step = 0; step < 150; step++) {
                        int action = random.nextInt(18);
                        assertThat(resumed.step(action)).isEqualTo(play.step(action));
                        assertThat(Arrays.equals(resumed.stack(), play.stack())).isTrue();
                        assertThat(resumed.environment.info(0)).isEqualTo(play.environment.info(0));
                    }
                }
            }
        }
    }

    @Test
    void playsTheSameOverAnyNumberOfThreadsAndOnWhateverEmulator() {
        AleBenchmark one = setup().benchmark();
        AleBenchmark two = setup().threads(2).benchmark();

        List<Object> first = facts(one);

        assertThat(facts(one)).as("used emulators").isEqualTo(first);
        assertThat(facts(two)).as("two threads").isEqualTo(first);
    }

    private static List<Object> facts(AleBenchmark benchmark) {
        TaskSchedule schedule = TaskSchedule.eachEpisode(benchmark.tasks(Split.TRAIN));
        List<Object> facts = new ArrayList<>();
        try (Team team = new Team(benchmark, schedule, 3)) {
            Random random = new Random(9);
            for (int step = 0; step < 250; step++) {
                team.step(random);
                facts.add(team.seen.observation(0).hashCode());
                for (int slot = 0; slot < 3; slot++) {
                    facts.add(team.environment.info(slot));
                }
            }
        }
        return facts;
    }

    @Test
    void showsPeopleTheWholeScreenInColour() {
        try (Session play = new Session(setup().benchmark(), "cartridge/orchard", Purpose.MEASURING, 1)) {
            Picture picture = play.environment.picture(0).orElseThrow();

            assertThat(picture.width()).isEqualTo(160);
            assertThat(picture.height()).isEqualTo(210);
            Set<Integer> colours = new TreeSet<>();
            for (int i = 0; i < 160 * 210; i++) {
                colours.add((picture.rgb().get(3 * i) & 255) << 16
                        | (picture.rgb().get(3 * i + 1) & 255) << 8
                        | picture.rgb().get(3 * i + 2) & 255);
            }
            assertThat(colours).hasSizeGreaterThan(3);
        }
    }
}
