package org.adapt4j.method.sac;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.space.Box;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.adapt4j.toolkit.replay.Replays;

/**
 * Compares updates per second of processor time, draws from the replay included, with a program in Python that does what CleanRL's does
 * ({@code src/test/python/sac_updates.py}), in turns, so that a busy moment of the machine hits both; Hopper's sizes, preset {@code
 * reference}, one thread. The time is that of the whole process, the collector and the compiler included. Arguments: the Python that
 * has torch, updates of a turn, number of turns.
 */
final class SacSpeed {

    private static final EnvironmentSpec HOPPER =
            new EnvironmentSpec(List.of(new Component("state", Box.vector(11, -100, 100))), Box.vector(3, -1, 1), 1000);
    private static final int STORED = 20_000;

    private SacSpeed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int updates = Integer.parseInt(arguments[1]);
        int turns = Integer.parseInt(arguments[2]);
        ReferenceDefaults defaults = ReferenceDefaults.of(SacPlugin.class, "algorithms.sac");
        SacSettings settings = defaults.settings(
                SacSettings.class, defaults.with("reference").root().render());
        TestStreams random = TestStreams.root(1);
        try (SacAlgorithm algorithm = (SacAlgorithm) new Sac(settings)
                        .create(new AlgorithmRequest(
                                HOPPER, Conditioning.none(), 1, Device.CPU, random.child("algorithm")));
                Replays replays = new Replays(HOPPER, settings.plan(), 1, 1, 0, 0)) {
            fill(replays, random);
            // Java's compiler is done after about two thousand updates.
            speed(algorithm, replays, random, 2000);
            double[] ratios = new double[turns];
            for (int turn = 0; turn < turns; turn++) {
                double ours = speed(algorithm, replays, random, updates);
                double theirs = python(arguments[0], updates);
                ratios[turn] = ours / theirs;
                System.out.printf(
                        Locale.ROOT, "%6.1f updates/s here, %6.1f in Python: %.2f%n", ours, theirs, ratios[turn]);
            }
            Arrays.sort(ratios);
            System.out.printf(Locale.ROOT, "median %.2f%n", ratios[turns / 2]);
        }
    }

    private static void fill(Replays replays, TestStreams random) {
        StepBlock block = StepBlock.allocate(HOPPER, 1, 2);
        ActionBuffers acted =
                ActionBlock.allocate(HOPPER.action(), List.of(), 1, 1).step(0);
        block.step(0).flags().put(0, (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask()));
        for (int t = 0; t < STORED; t++) {
            StepBuffers after = block.step((t + 1) % 2);
            for (int i = 0; i < 11; i++) {
                after.observation(0).putFloat(4 * i, (float) random.nextGaussian());
            }
            for (int i = 0; i < 3; i++) {
                acted.continuous().put(i, (float) (2 * random.nextDouble() - 1));
            }
            after.rewards().put(0, (float) random.nextGaussian());
            after.flags().put(0, (byte) 0);
            replays.observe(block.step(t % 2), acted, after);
        }
    }

    private static double speed(SacAlgorithm algorithm, Replays replays, TestStreams random, int updates) {
        long begin = processorTime();
        for (int i = 0; i < updates; i++) {
            algorithm.update(replays.draw(new int[] {0}, 0, random), 0);
        }
        return updates * 1e9 / (processorTime() - begin);
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double python(String python, int updates) throws IOException, InterruptedException {
        Path program = Path.of("src/test/python/sac_updates.py");
        Path file = Files.exists(program)
                ? program
                : Path.of("plugins-methods/base-sac").resolve(program);
        Process process = new ProcessBuilder(python, file.toString(), Integer.toString(updates))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(python + " ended with " + process.exitValue());
        }
        return Double.parseDouble(output.strip());
    }
}
