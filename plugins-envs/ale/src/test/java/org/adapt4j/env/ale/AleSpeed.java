package org.adapt4j.env.ale;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.adapt4j.env.ale.cartridge.Cartridges;

/**
 * Compares the speed of one slot on one thread with that of the plain C++ loop, in turns, so that a busy moment of the machine hits
 * both; processor time of the playing thread, so that other programs do not count. Arguments: seconds of a turn, number of turns.
 */
final class AleSpeed {

    private static final int BATCH = 64;

    private AleSpeed() {}

    public static void main(String[] arguments) throws IOException {
        double seconds = Double.parseDouble(arguments[0]);
        int turns = Integer.parseInt(arguments[1]);
        PlainLoop plain = new PlainLoop(Files.createTempDirectory("adapt4j-plain"));
        for (Cartridge cartridge : Cartridges.all()) {
            double ours = 0;
            double theirs = 0;
            String task = "cartridge/" + cartridge.name();
            AleBenchmark benchmark = Setup.of(
                            List.of(task), List.of(task.endsWith("court") ? "cartridge/orchard" : "cartridge/court"))
                    .actions(AleBenchmark.Actions.OWN)
                    .lifeLossEnds(false)
                    .benchmark();
            try (Team team = new Team(benchmark, TaskSchedule.fixed(Session.task(benchmark, task)), 1)) {
                speed(team, seconds);
                for (int turn = 0; turn < turns; turn++) {
                    ours = Math.max(ours, speed(team, seconds));
                    theirs = Math.max(theirs, plain.speed(cartridge, seconds));
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %6.0f steps/s here, %6.0f in C++: %.3f%n",
                    cartridge.name(),
                    ours,
                    theirs,
                    ours / theirs);
        }
    }

    private static double speed(Team team, double seconds) {
        var threads = ManagementFactory.getThreadMXBean();
        Random random = new Random(1);
        long begin = threads.getCurrentThreadCpuTime();
        long steps = 0;
        long spent;
        do {
            for (int i = 0; i < BATCH; i++) {
                team.step(random);
            }
            steps += BATCH;
            spent = threads.getCurrentThreadCpuTime() - begin;
        } while (spent < seconds * 1e9);
        return steps / (spent / 1e9);
    }
}
