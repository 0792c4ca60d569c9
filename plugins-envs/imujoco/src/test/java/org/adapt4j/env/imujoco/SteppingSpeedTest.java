package org.adapt4j.env.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whole environment steps on one core beside a C loop that does the same episodes, in turns: {@code ./mvnw -pl
 * plugins-envs/imujoco -am test -Dexcluded.tests=none -Dtest=SteppingSpeedTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("native")
@Tag("slow")
final class SteppingSpeedTest {

    private static final Logger LOG = LoggerFactory.getLogger(SteppingSpeedTest.class);

    /** Processor time, so that other programs on the machine disturb little. */
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private static final int STEPS = 1000;
    private static final int ROUNDS = 15;

    /** What {@code plugins-envs/mujoco} was built with. */
    private static final Path MUJOCO = Path.of("../mujoco/target/mujoco").toAbsolutePath();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void stepsAsFastAsC(Body body) throws IOException, InterruptedException {
        Path program = compile();
        Path model = folder.resolve("model.xml");
        try (InputStream in = Models.class.getResourceAsStream(body.word() + ".xml")) {
            Files.write(model, in.readAllBytes());
        }
        double[] actions = new SplittableRandom(1)
                .doubles((long) STEPS * body.actions(), -1, 1)
                .map(action -> (float) action)
                .map(action -> BodySlot.decimal((float) action))
                .toArray();
        int episodes = 5;
        double[] ratios = new double[ROUNDS];
        double[] native_ = new double[ROUNDS];
        try (VectorEnvironment environment = open(body)) {
            StepBlock seen = StepBlock.allocate(environment.spec(), 1, 1);
            ActionBlock acted = ActionBlock.allocate(environment.spec().action(), List.of(), 1, STEPS);
            for (int i = 0; i < actions.length; i++) {
                int width = body.actions();
                acted.step(i / width).continuous().put(i % width, (float) actions[i]);
            }
            environment.receive(seen.step(0));
            java(environment, seen, acted, 2 * episodes); // until it is compiled
            for (int round = 0; round < ROUNDS; round++) {
                double[] c = c(program, model, body, episodes, actions);
                double[] java = java(environment, seen, acted, episodes);
                assertThat(java[1]).isCloseTo(c[1] + healthy(body, java[1] - c[1]), within(1e-2));
                ratios[round] = c[0] / java[0];
                native_[round] = c[0];
            }
        }
        Arrays.sort(ratios);
        Arrays.sort(native_);
        LOG.info(String.format(
                Locale.ROOT,
                "%s: %.3f times as fast as C (%.3f to %.3f), C makes %.0f steps/s",
                body.word(),
                ratios[ROUNDS / 2],
                ratios[0],
                ratios[ROUNDS - 1],
                episodes * STEPS / native_[ROUNDS / 2]));
        assertThat(ratios[ROUNDS / 2]).isGreaterThan(0.97);
    }

    /** Steps at which the healthy reward of 1 was paid, which the C loop leaves out. */
    private static double healthy(Body body, double difference) {
        return body.canFall ? Math.rint(difference) : 0;
    }

    private static VectorEnvironment open(Body body) {
        ImujocoBenchmark benchmark =
                new ImujocoBenchmark(Play.with(Play.settings(body), Optional.of(0.0), false, STEPS, 1));
        return benchmark.open(new EnvironmentRequest(
                benchmark.spec(benchmark.tasks(Split.TRAIN)),
                TaskSchedule.fixed(benchmark.tasks(Split.TRAIN).get(0)),
                1,
                TestStreams.root(1),
                Purpose.TRAINING));
    }

    private static double[] java(VectorEnvironment environment, StepBlock seen, ActionBlock acted, int episodes) {
        double rewards = 0;
        long begin = THREAD.getCurrentThreadCpuTime();
        for (int e = 0; e < episodes; e++) {
            for (int t = 0; t < STEPS; t++) {
                environment.send(acted.step(t));
                environment.receive(seen.step(0));
                rewards += seen.step(0).rewards().get(0);
            }
        }
        return new double[] {(THREAD.getCurrentThreadCpuTime() - begin) / 1e9, rewards};
    }

    private double[] c(Path program, Path model, Body body, int episodes, double[] actions)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(),
                model.toString(),
                Integer.toString(body.frameSkip),
                Integer.toString(episodes),
                Integer.toString(STEPS),
                Double.toString(body.controlCost),
                body.fastest == Double.POSITIVE_INFINITY ? "inf" : Double.toString(body.fastest));
        builder.environment().put("LD_LIBRARY_PATH", folder.toString());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        try (OutputStream out = process.getOutputStream()) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * actions.length).order(ByteOrder.nativeOrder());
            bytes.asDoubleBuffer().put(actions);
            out.write(bytes.array());
        }
        String[] words = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .strip()
                .split(" ");
        assertThat(process.waitFor()).isZero();
        return new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])};
    }

    private Path compile() throws IOException, InterruptedException {
        Path program = folder.resolve("c_loop");
        try (var libraries = Files.list(MUJOCO.resolve("lib"))) {
            for (Path library : libraries.toList()) {
                Files.copy(library, folder.resolve(library.getFileName()));
            }
        }
        // The file that links and the name it is loaded by.
        Files.copy(folder.resolve("libmujoco.so"), folder.resolve("libmujoco.so.2.2.2"));
        Process compiler = new ProcessBuilder(
                        "g++",
                        "-O2",
                        "-std=c++17",
                        "-I" + MUJOCO.resolve("include"),
                        Path.of("src/test/cpp/c_loop.cpp").toAbsolutePath().toString(),
                        "-o",
                        program.toString(),
                        "-L" + folder,
                        "-Wl,-rpath-link," + folder,
                        "-lmujoco")
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return program;
    }
}
