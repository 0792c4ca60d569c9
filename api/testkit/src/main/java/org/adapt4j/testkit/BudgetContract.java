package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;
import org.junit.jupiter.api.Test;

/** What every budget owes a method, the runtime's as well as the fake one that methods are tested with. */
public abstract class BudgetContract {

    /** A budget that counts, with its one way to spend. */
    public interface Counter {
        /** What a method sees. */
        Budget budget();

        /** What a checkpoint sees. */
        Stateful state();

        /** Charges. */
        void spend(Resource resource, long amount);
    }

    /** A budget of which nothing is spent. */
    protected abstract Counter counter(Map<Resource, Long> limits);

    @Test
    void isSpentWhenOneLimitedResourceIs() {
        Counter counter = counter(Map.of(Resource.ENVIRONMENT_STEPS, 100L, Resource.UPDATES, 2L));
        Budget budget = counter.budget();

        counter.spend(Resource.ENVIRONMENT_STEPS, 30);
        counter.spend(Resource.UPDATES, 1);
        assertThat(budget.isSpent()).isFalse();
        assertThat(budget.progress()).isEqualTo(0.5);

        counter.spend(Resource.UPDATES, 1);
        assertThat(budget.isSpent()).isTrue();
        assertThat(budget.remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(70);
    }

    @Test
    void reportsWhatAnOvershootingRolloutReallyCost() {
        Counter counter = counter(Map.of(Resource.ENVIRONMENT_STEPS, 2_000_000L));

        counter.spend(Resource.ENVIRONMENT_STEPS, 31 * 65_536L);

        assertThat(counter.budget().spent(Resource.ENVIRONMENT_STEPS)).isEqualTo(2_031_616L);
        assertThat(counter.budget().remaining(Resource.ENVIRONMENT_STEPS)).isZero();
        assertThat(counter.budget().progress()).isEqualTo(1);
    }

    @Test
    void hasNoDemonstrationsUnlessTheyAreGranted() {
        Counter poor = counter(Map.of(Resource.UPDATES, 1L));
        Counter rich = counter(Map.of(Resource.UPDATES, 1L, Resource.DEMONSTRATIONS, 3L));

        rich.spend(Resource.DEMONSTRATIONS, 3);

        assertThat(poor.budget().remaining(Resource.DEMONSTRATIONS)).isZero();
        assertThat(poor.budget().remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(Long.MAX_VALUE);
        assertThat(rich.budget().remaining(Resource.DEMONSTRATIONS)).isZero();
        assertThat(rich.budget().isSpent()).isFalse();
    }

    @Test
    void remembersWhatWasSpent() throws IOException {
        Map<Resource, Long> limits = Map.of(Resource.ENVIRONMENT_STEPS, 100L);
        Counter counter = counter(limits);
        counter.spend(Resource.ENVIRONMENT_STEPS, 40);
        counter.spend(Resource.UPDATES, 7);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        counter.state().save(new DataOutputStream(saved));

        Counter restored = counter(limits);
        restored.state().load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

        assertThat(restored.budget().remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(60);
        assertThat(restored.budget().spent(Resource.UPDATES)).isEqualTo(7);
    }
}
