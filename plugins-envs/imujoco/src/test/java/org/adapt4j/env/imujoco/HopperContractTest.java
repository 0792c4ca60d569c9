package org.adapt4j.env.imujoco;

import java.util.Optional;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class HopperContractTest extends VectorEnvironmentContract {

    private final TaskDistribution benchmark =
            new ImujocoBenchmark(Play.with(Play.settings(Body.HOPPER), Optional.empty(), true, 1000, 2));

    @Override
    protected TaskDistribution benchmark() {
        return benchmark;
    }

    @Override
    protected TaskSet tasks() {
        return benchmark.tasks(Split.TEST).first(4);
    }
}
