package org.adapt4j.env.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.imujoco.ImujocoBenchmark.Rules;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
final class ImujocoEnvironmentTest {

    @TempDir
    private Path folder;

    @Test
    void seesPositionsWithoutThePlaceAndCutsVelocitiesOff() {
        try (Play play = new Play(Play.endless(Body.HOPPER), "hopper/base")) {
            for (int t = 0; t < 40; t++) {
                play.step(-1, -1, -1);

                double[] qpos = play.numbers("qpos");
                double[] qvel = play.numbers("qvel");
                for (int i = 0; i < 5; i++) {
                    assertThat(state(play, i)).isEqualTo((float) qpos[i + 1]);
                }
                for (int i = 0; i < 6; i++) {
                    assertThat(state(play, 5 + i)).isEqualTo((float) Math.max(-10, Math.min(10, qvel[i])));
                }
            }
        }
    }

    private static float state(Play play, int index) {
        return play.seen().observation(0).getFloat(4 * index);
    }

    @Test
    void aFallEndsTheEpisodeAndTellsWhereItStood() {
        try (Play play = new Play(Play.withoutNoise(Body.HOPPER), "hopper/base")) {
            double[] start = play.numbers("qpos");
            int steps = 0;
            do {
                play.step(-1, -1, -1);
                steps++;
            } while (!play.is(Flag.FIRST));

            assertThat(steps).isBetween(5, 50);
            assertThat(Flag.in(play.seen().flags().get(0))).containsExactlyInAnyOrder(Flag.FIRST, Flag.TERMINATED);
            assertThat(play.fact("end")).isEqualTo("unhealthy");
            assertThat(play.numbers("qpos")).isEqualTo(start);
            assertThat(state(play, 0)).isEqualTo(1.25f);
            double z = play.seen().lastObservation(0).getFloat(0);
            double angle = play.seen().lastObservation(0).getFloat(4);
            assertThat(z <= 0.7 || Math.abs(angle) >= 0.2).isTrue();
            assertThat(play.numbers("last-qpos")[1]).isCloseTo(z, within(1e-6));
        }
    }

    @Test
    void v5PaysTheFallOneLess() {
        List<Double> last = new ArrayList<>();
        for (Rules rules : Rules.values()) {
            ImujocoBenchmark benchmark = new ImujocoBenchmark(Play.by(Play.settings(Body.HOPPER), rules));
            try (Play play = new Play(benchmark, "hopper/base")) {
                do {
                    play.step(1, 1, 1);
                } while (!play.is(Flag.TERMINATED));
                last.add(play.number("reward"));
            }
        }

        assertThat(last.get(1)).isEqualTo(last.get(0));
        assertThat(last.get(2)).isCloseTo(last.get(0) - 1, within(1e-12));
    }

    @Test
    void v5GripsWithBothFeetOfTheWalker() {
        double[] grip = new double[3];
        for (Rules rules : Rules.values()) {
            ImujocoBenchmark.Settings settings = Play.by(Play.settings(Body.WALKER2D), rules);
            try (var model = new Models(settings).compile(Optional.empty())) {
                grip[rules.ordinal()] =
                        model.raw().geom_friction().get(3L * model.geoms().indexOf("foot_geom"));
            }
        }

        assertThat(grip).containsExactly(0.9, 0.9, 1.9);
    }

    @Test
    void timeIsUpAfterTheLimitAndThatIsNoEnd() {
        ImujocoBenchmark benchmark =
                new ImujocoBenchmark(Play.with(Play.settings(Body.HALFCHEETAH), Optional.empty(), true, 7, 1));
        try (Play play = new Play(benchmark, "halfcheetah/base")) {
            for (int t = 1; t <= 14; t++) {
                play.step(0, 0, 0, 0, 0, 0);

                assertThat(play.is(Flag.TRUNCATED)).isEqualTo(t % 7 == 0);
                assertThat(play.is(Flag.TERMINATED)).isFalse();
                assertThat(play.fact("end")).isEqualTo(t % 7 == 0 ? "time-limit" : "none");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void initialStatesScatterAsFarAsGymSays(Body body) {
        ImujocoBenchmark benchmark = new ImujocoBenchmark(Play.with(Play.settings(body), Optional.empty(), true, 1, 1));
        double[] zeros = new double[body.actions()];
        double[] still;
        try (Play play = new Play(Play.withoutNoise(body), body.word() + "/base")) {
            still = play.numbers("qpos");
        }
        double widest = 0;
        double square = 0;
        int episodes = 400;
        try (Play play = new Play(benchmark, body.word() + "/base")) {
            for (int e = 0; e < episodes; e++) {
                play.step(zeros);
                for (int i = 0; i < still.length; i++) {
                    widest = Math.max(widest, Math.abs(play.numbers("qpos")[i] - still[i]));
                    square += Math.pow(play.numbers("qvel")[i], 2) / still.length / episodes;
                }
            }
        }

        assertThat(widest).isBetween(0.97 * body.resetNoise, body.resetNoise);
        double spread = body == Body.HALFCHEETAH ? body.resetNoise : body.resetNoise / Math.sqrt(3);
        assertThat(Math.sqrt(square)).isCloseTo(spread, within(0.05 * spread));
    }

    @Test
    void takesDecimalActionsForWhatTheyAreAndOthersAsTheyAre() {
        assertThat(BodySlot.decimal(0.564785f)).isEqualTo(0.564785);
        assertThat(BodySlot.decimal(-1f)).isEqualTo(-1);
        assertThat(BodySlot.decimal(0f)).isZero();
        float odd = (float) Math.sqrt(0.5);
        assertThat(BodySlot.decimal(odd)).isEqualTo((double) odd);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            double decimal = Math.rint(random.nextDouble(-1, 1) * 1e6) / 1e6;
            assertThat(BodySlot.decimal((float) decimal)).isEqualTo(decimal);
            float any = (float) random.nextDouble(-1, 1);
            assertThat((float) BodySlot.decimal(any)).isEqualTo(any);
        }
    }

    @Test
    void resultsDoNotDependOnTheNumberOfThreads() {
        assertThat(play(3)).isEqualTo(play(1));
    }

    private static List<Float> play(int threads) {
        TaskDistribution benchmark =
                new ImujocoBenchmark(Play.with(Play.settings(Body.WALKER2D), Optional.empty(), true, 1000, threads));
        TaskSet tasks = benchmark.tasks(Split.TEST);
        List<Float> seen = new ArrayList<>();
        try (VectorEnvironment environment = benchmark.open(new EnvironmentRequest(
                benchmark.spec(tasks), TaskSchedule.eachEpisode(tasks), 8, TestStreams.root(1), Purpose.TRAINING))) {
            StepBlock block = StepBlock.allocate(environment.spec(), 8, 1);
            ActionBlock acted = ActionBlock.allocate(environment.spec().action(), List.of(), 8, 1);
            SplittableRandom random = new SplittableRandom(2);
            environment.receive(block.step(0));
            for (int t = 0; t < 200; t++) {
                for (int i = 0; i < 8 * 6; i++) {
                    acted.step(0).continuous().put(i, (float) random.nextDouble(-1, 1));
                }
                environment.send(acted.step(0));
                environment.receive(block.step(0));
                for (int i = 0; i < 8 * 17; i++) {
                    seen.add(block.step(0).observation(0).getFloat(4 * i));
                }
            }
        }
        return seen;
    }

    /** A body that stands as long as its far too strong motors rest: numbers leave all bounds within a few steps. */
    @Test
    void aDivergedSimulationEndsItsEpisodeAndFailsIfItGoesOn() throws IOException {
        Path xml = folder.resolve("wild.xml");
        String text;
        try (var in = Models.class.getResourceAsStream("halfcheetah.xml")) {
            text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        Files.writeString(xml, text.replaceAll("gear=\"\\d+\"", "gear=\"1e12\""));
        ImujocoBenchmark benchmark =
                new ImujocoBenchmark(Play.from(Body.HALFCHEETAH, Optional.of(xml), Optional.empty()));
        int ends = 0;
        try (Play play = new Play(benchmark, "halfcheetah/base")) {
            for (int t = 0; t < 100 && ends < 9; t++) {
                play.step(1, -1, 1, -1, 1, -1);

                for (int i = 0; i < 17; i++) {
                    assertThat(state(play, i)).isFinite();
                    assertThat(play.seen().lastObservation(0).getFloat(4 * i)).isFinite();
                }
                assertThat(play.seen().rewards().get(0)).isFinite();
                if (play.is(Flag.TERMINATED)) {
                    ends++;
                    assertThat(play.fact("end")).isEqualTo("diverged");
                    assertThat(play.seen().rewards().get(0)).isZero();
                    assertThat(state(play, 0)).isZero();
                    assertThat(play.is(Flag.FIRST)).isTrue();
                }
            }
            assertThat(ends).isEqualTo(9);
            assertThat(play.fact("diverged")).isEqualTo(9L);
            assertThatThrownBy(() -> {
                        for (int t = 0; t < 100; t++) {
                            play.step(1, -1, 1, -1, 1, -1);
                        }
                    })
                    .isInstanceOf(UnplayableTaskException.class)
                    .hasMessageContaining("wild.xml: the simulation diverged in 10 episodes one after the other");
        }
    }

    @Test
    void tenThousandEnvironmentsLeaveNoMemoryBehind() throws IOException {
        ImujocoBenchmark benchmark = Play.withoutNoise(Body.HOPPER);
        openAndClose(benchmark, 1_000);
        long before = residentBytes();

        openAndClose(benchmark, 10_000);

        // A model and a simulation take 300 kB: leaking either would show as gigabytes. Java's own heap may grow by a
        // hundred megabytes.
        assertThat(residentBytes() - before).isLessThan(500_000_000L);
    }

    private static void openAndClose(ImujocoBenchmark benchmark, int times) {
        for (int i = 0; i < times; i++) {
            try (Play play = new Play(benchmark, i % 2 == 0 ? "hopper/base" : "hopper/massinc-100-leggeom")) {
                play.step(0.1, 0.2, 0.3);
            }
        }
    }

    private static long residentBytes() throws IOException {
        System.gc();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new AssertionError("the system does not say how much memory is used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hopper/base", "hopper/lengthinc-150-footgeom"})
    void picturesShowTheBodyOnItsFloor(String task) {
        try (Play play = new Play(Play.withoutNoise(Body.HOPPER), task)) {
            var picture = play.environment().picture(0).orElseThrow();
            int inTheMiddle = picture.rgb().getInt((90 * picture.width() + 120) * 3) >>> 8;
            int above = picture.rgb().getInt((5 * picture.width() + 120) * 3) >>> 8;
            int below = picture.rgb().getInt((170 * picture.width() + 120) * 3) >>> 8;

            assertThat(picture.width()).isEqualTo(240);
            assertThat(redMinusBlue(inTheMiddle)).isGreaterThan(50); // the leg is brown
            assertThat(redMinusBlue(above)).isLessThan(-20); // the sky blue
            assertThat(Math.abs(redMinusBlue(below))).isLessThan(20); // the floor grey
        }
    }

    private static int redMinusBlue(int rgb) {
        return (rgb >> 16 & 255) - (rgb & 255);
    }

    @ParameterizedTest
    @EnumSource
    void aStepMakesNoGarbage(Body body) {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ImujocoBenchmark benchmark = Play.endless(body);
        EnvironmentSpec spec = benchmark.spec(benchmark.tasks(Split.TRAIN));
        try (VectorEnvironment environment = benchmark.open(new EnvironmentRequest(
                spec,
                TaskSchedule.fixed(benchmark.tasks(Split.TRAIN).get(0)),
                1,
                TestStreams.root(1),
                Purpose.TRAINING))) {
            StepBuffers seen = StepBlock.allocate(spec, 1, 1).step(0);
            ActionBuffers acted =
                    ActionBlock.allocate(spec.action(), List.of(), 1, 1).step(0);
            environment.receive(seen);
            long least = Long.MAX_VALUE;
            for (int turn = 0; turn < 5; turn++) {
                long before = memory.getCurrentThreadAllocatedBytes();
                for (int t = 0; t < 500; t++) {
                    environment.send(acted);
                    environment.receive(seen);
                }
                least = Math.min(least, memory.getCurrentThreadAllocatedBytes() - before);
            }

            assertThat(least).as("bytes of 500 steps").isLessThan(1_000);
        }
    }

    @Test
    void picturesDoNotDisturb() {
        double[] undisturbed;
        try (Play play = new Play(Play.endless(Body.HOPPER), "hopper/base")) {
            for (int t = 0; t < 30; t++) {
                play.step(0.3, -0.2, 0.1);
            }
            undisturbed = play.numbers("qpos");
        }

        try (Play play = new Play(Play.endless(Body.HOPPER), "hopper/base")) {
            for (int t = 0; t < 30; t++) {
                play.step(0.3, -0.2, 0.1);
                if (t % 5 == 0) {
                    play.environment().picture(0);
                }
            }
            assertThat(play.numbers("qpos")).isEqualTo(undisturbed);
        }
    }

    @Test
    void factsComeInAFixedOrder() {
        try (Play play = new Play(Play.withoutNoise(Body.HOPPER), "hopper/base")) {
            play.step(0, 0, 0);
            Map<String, Object> facts = play.info();

            assertThat(facts.keySet())
                    .containsExactly(
                            "qpos", "qvel", "reward", "x-velocity", "healthy", "contacts", "step", "end", "diverged");
        }
    }
}
