package org.example.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.testkit.AdapterContract;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Test;

final class ShrinkTest extends AdapterContract {
    @Override
    protected Adapter adapter() {
        return new Shrink(new Shrink.Settings(0.5));
    }

    @Test
    void startsPartOfTheWayBackToFreshWeights() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);
        FakeAgent learned = FakeAgent.whoseUpdates((weights, task, random) -> {}, 10);

        new Shrink(new Shrink.Settings(0.75))
                .adapt(
                        Checkpoint.of(learned),
                        FakeSession.over(agent)
                                .withTasks(FakeSession.tasks("a"))
                                .forUpdates(2));

        assertThat(agent.weight()).isEqualTo(9.5); // three quarters of 10, and two updates
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        ReferenceDefaults.of(ShrinkPlugin.class, "adapters.shrink").match(Shrink.Settings.class);
    }
}
