package org.adapt4j.env.ale;

import java.util.List;
import java.util.Random;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.fake.TestStreams;

/** Several slots that are played at random. */
final class Team implements AutoCloseable {

    final VectorEnvironment environment;
    final StepBuffers seen;
    private final ActionBlock acted;
    private final int actions;

    Team(AleBenchmark benchmark, TaskSchedule schedule, int slots) {
        EnvironmentSpec spec = benchmark.spec(schedule.tasks());
        environment =
                benchmark.open(new EnvironmentRequest(spec, schedule, slots, TestStreams.root(1), Purpose.TRAINING));
        seen = StepBlock.allocate(spec, slots, 1).step(0);
        acted = ActionBlock.allocate(spec.action(), List.of(), slots, 1);
        actions = ((Discrete) spec.action()).size();
        environment.receive(seen);
    }

    void step(Random random) {
        for (int slot = 0; slot < environment.slots(); slot++) {
            acted.step(0).discrete().put(slot, random.nextInt(actions));
        }
        environment.send(acted.step(0));
        environment.receive(seen);
    }

    @Override
    public void close() {
        environment.close();
    }
}
