package org.adapt4j.runtime.cli;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.cell.Streams;

/** Plays environments with random actions and counts steps, observations drawn and all. */
final class EnvironmentRate {
    private static final int ACTION_SETS = 64;
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * How fast it was.
     *
     * @param stepsPerSecond of all slots
     * @param processorMillis of this process for a step of one slot, which other programs on the machine disturb little
     * @param garbage bytes that a step allocates on Java's heap, on the thread that asks for it
     * @param shares of the environment's parts in its time, if it says
     */
    record Rate(double stepsPerSecond, double processorMillis, double garbage, Map<String, Double> shares) {
        Rate best(Rate other) {
            return new Rate(
                    Math.max(stepsPerSecond, other.stepsPerSecond),
                    Math.min(processorMillis, other.processorMillis),
                    Math.min(garbage, other.garbage),
                    stepsPerSecond >= other.stepsPerSecond ? shares : other.shares);
        }
    }

    private EnvironmentRate() {}

    /** Steps per second of {@code threads} groups of environments, each with its share of the slots and a thread of its own. */
    static Rate measure(TaskDistribution benchmark, int slots, int threads, double seconds) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Rate>> rates = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int seed = t;
                rates.add(pool.submit(() -> rate(benchmark, Math.max(1, slots / threads), seed, seconds)));
            }
            double sum = 0;
            double processor = 0;
            double garbage = 0;
            Map<String, Double> shares = Map.of();
            for (Future<Rate> rate : rates) {
                sum += rate.get().stepsPerSecond();
                processor += rate.get().processorMillis();
                garbage += rate.get().garbage() / threads;
                shares = rate.get().shares();
            }
            // Each group saw the processor time of all of them.
            return new Rate(sum, processor / (threads * threads), garbage, shares);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the environment failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Rate rate(TaskDistribution benchmark, int slots, int seed, double seconds) {
        TaskSet tasks = benchmark.tasks(Split.TRAIN);
        EnvironmentSpec spec = benchmark.spec(tasks);
        StepBlock seen = StepBlock.allocate(spec, slots, 1);
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), slots, ACTION_SETS);
        Actions.Random actions = new Actions.Random(new SplittableRandom(seed), spec.action());
        for (int set = 0; set < ACTION_SETS; set++) {
            actions.fill(acted.step(set));
        }
        EnvironmentRequest request = new EnvironmentRequest(
                spec, TaskSchedule.eachEpisode(tasks), slots, Streams.root(seed), Purpose.TRAINING);
        try (VectorEnvironment environment = benchmark.open(request)) {
            environment.receive(seen.step(0));
            long allocated = MEMORY.getCurrentThreadAllocatedBytes();
            long processor = RaceLane.processorTime();
            long begin = System.nanoTime();
            long end = begin + (long) (seconds * 1e9);
            long steps = 0;
            while (System.nanoTime() < end) {
                for (int set = 0; set < ACTION_SETS; set++) {
                    environment.send(acted.step(set));
                    environment.receive(seen.step(0));
                }
                steps += (long) ACTION_SETS * slots;
            }
            double took = (System.nanoTime() - begin) / 1e9;
            double millis = (RaceLane.processorTime() - processor) / 1e6;
            double garbage = MEMORY.getCurrentThreadAllocatedBytes() - allocated;
            return new Rate(steps / took, millis / steps, garbage / steps, environment.timeShares());
        }
    }
}
