package org.adapt4j.toolkit.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.adapt4j.api.run.Resource;
import org.junit.jupiter.api.Test;

final class BudgetMeterTest {

    @Test
    void isSpentWhenOneLimitedResourceIs() {
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.ENVIRONMENT_STEPS, 100L, Resource.UPDATES, 2L));

        budget.spend(Resource.ENVIRONMENT_STEPS, 30);
        budget.spend(Resource.UPDATES, 1);
        assertThat(budget.isSpent()).isFalse();
        assertThat(budget.progress()).isEqualTo(0.5);

        budget.spend(Resource.UPDATES, 1);
        assertThat(budget.isSpent()).isTrue();
        assertThat(budget.remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(70);
    }

    @Test
    void countsWholeEpochsTowardsTheEnd() {
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.EPOCHS, 20L, Resource.DEMONSTRATIONS, 1L));

        budget.spend(Resource.UPDATES, 1_000);
        budget.spend(Resource.EPOCHS, 10);
        assertThat(budget.progress()).isEqualTo(0.5);
        assertThat(budget.isSpent()).isFalse();

        budget.spend(Resource.EPOCHS, 10);
        assertThat(budget.progress()).isEqualTo(1);
        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void reportsWhatAnOvershootingRolloutReallyCost() {
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.ENVIRONMENT_STEPS, 2_000_000L));

        budget.spend(Resource.ENVIRONMENT_STEPS, 31 * 65_536L);

        assertThat(budget.spent(Resource.ENVIRONMENT_STEPS)).isEqualTo(2_031_616L);
        assertThat(budget.remaining(Resource.ENVIRONMENT_STEPS)).isZero();
        assertThat(budget.progress()).isEqualTo(1);
    }

    @Test
    void hasNoDemonstrationsUnlessTheyAreGranted() {
        BudgetMeter poor = new BudgetMeter(Map.of(Resource.UPDATES, 1L));
        BudgetMeter rich = new BudgetMeter(Map.of(Resource.UPDATES, 1L, Resource.DEMONSTRATIONS, 3L));

        rich.spend(Resource.DEMONSTRATIONS, 3);

        assertThat(poor.remaining(Resource.DEMONSTRATIONS)).isZero();
        assertThat(poor.remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(Long.MAX_VALUE);
        assertThat(rich.remaining(Resource.DEMONSTRATIONS)).isZero();
        assertThat(rich.isSpent()).isFalse();
    }

    @Test
    void demonstrationsThatAloneAreLimitedAreWhatIsSpent() {
        BudgetMeter meter = new BudgetMeter(Map.of(Resource.DEMONSTRATIONS, 4L));

        meter.spend(Resource.UPDATES, 1_000);
        meter.spend(Resource.DEMONSTRATIONS, 3);

        assertThat(meter.axis()).isEqualTo(Resource.DEMONSTRATIONS);
        assertThat(meter.isSpent()).isFalse();
        assertThat(meter.progress()).isEqualTo(0.75);

        meter.spend(Resource.DEMONSTRATIONS, 1);

        assertThat(meter.isSpent()).isTrue();
    }

    @Test
    void demonstrationsRunOutQuietlyBesideUpdates() {
        BudgetMeter meter = new BudgetMeter(Map.of(Resource.DEMONSTRATIONS, 1L, Resource.UPDATES, 10L));

        meter.spend(Resource.DEMONSTRATIONS, 1);

        assertThat(meter.axis()).isEqualTo(Resource.UPDATES);
        assertThat(meter.isSpent()).isFalse();
        assertThat(meter.progress()).isZero();
    }

    @Test
    void noDemonstrationsAtAllEndNothing() {
        BudgetMeter zeroShots = new BudgetMeter(Map.of(Resource.EPOCHS, 20L, Resource.DEMONSTRATIONS, 0L));

        assertThat(zeroShots.axis()).isEqualTo(Resource.EPOCHS);
        assertThat(zeroShots.isSpent()).isFalse();
        assertThat(zeroShots.progress()).isZero();
    }

    @Test
    void remembersWhatWasSpent() throws IOException {
        Map<Resource, Long> limits = Map.of(Resource.ENVIRONMENT_STEPS, 100L);
        BudgetMeter meter = new BudgetMeter(limits);
        meter.spend(Resource.ENVIRONMENT_STEPS, 40);
        meter.spend(Resource.UPDATES, 7);
        meter.spend(Resource.EPOCHS, 2);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        meter.save(new DataOutputStream(saved));

        BudgetMeter restored = new BudgetMeter(limits);
        restored.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

        assertThat(restored.remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(60);
        assertThat(restored.spent(Resource.UPDATES)).isEqualTo(7);
        assertThat(restored.spent(Resource.EPOCHS)).isEqualTo(2);
    }
}
