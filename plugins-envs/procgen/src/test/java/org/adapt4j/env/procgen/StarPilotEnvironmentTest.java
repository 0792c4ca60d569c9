package org.adapt4j.env.procgen;

import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.testkit.VectorEnvironmentContract;

/** The contract once more with a game of the shared frame. */
final class StarPilotEnvironmentTest extends VectorEnvironmentContract {

    @Override
    protected TaskDistribution benchmark() {
        Setup setup = new Setup();
        setup.game = GameName.STARPILOT;
        return setup.benchmark();
    }

    @Override
    protected int steps() {
        return 150;
    }
}
