package org.adapt4j.env.ale;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.fake.TestStreams;

/** One slot that is played by hand. */
final class Session implements AutoCloseable {

    final VectorEnvironment environment;
    final StepBuffers seen;
    private final ActionBlock acted;

    Session(AleBenchmark benchmark, String task, Purpose purpose, long seed) {
        this(benchmark, TaskSchedule.fixed(task(benchmark, task)), purpose, seed);
    }

    Session(AleBenchmark benchmark, TaskSchedule schedule, Purpose purpose, long seed) {
        EnvironmentSpec spec = benchmark.spec(schedule.tasks());
        environment = benchmark.open(new EnvironmentRequest(spec, schedule, 1, TestStreams.root(seed), purpose));
        seen = StepBlock.allocate(spec, 1, 1).step(0);
        acted = ActionBlock.allocate(spec.action(), List.of(), 1, 1);
        environment.receive(seen);
    }

    static Task task(AleBenchmark benchmark, String name) {
        return benchmark.task(name).orElseThrow();
    }

    /** Acts and returns the reward. */
    float step(int action) {
        acted.step(0).discrete().put(0, action);
        environment.send(acted.step(0));
        environment.receive(seen);
        return seen.rewards().get(0);
    }

    boolean is(Flag flag) {
        return seen.is(flag, 0);
    }

    Object info(String key) {
        return Objects.requireNonNull(environment.info(0).get(key));
    }

    int number(String key) {
        return ((Number) info(key)).intValue();
    }

    /** The frames of the present observation, oldest first. */
    byte[] stack() {
        return bytes(seen.observation(0));
    }

    byte[] frame(int age) {
        byte[] frame = new byte[Shrinker.BYTES];
        seen.observation(0).get((3 - age) * Shrinker.BYTES, frame);
        return frame;
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.limit()];
        buffer.get(0, bytes);
        return bytes;
    }

    @Override
    public void close() {
        environment.close();
    }
}
