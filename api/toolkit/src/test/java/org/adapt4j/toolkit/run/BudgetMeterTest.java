package org.adapt4j.toolkit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.ENVIRONMENT_STEPS, 100L, Resource.UPDATES, 2L), 1);

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
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.EPOCHS, 20L, Resource.DEMONSTRATIONS, 1L), 1);

        budget.spend(Resource.UPDATES, 1_000);
        budget.spend(Resource.EPOCHS, 10);
        assertThat(budget.progress()).isEqualTo(0.5);
        assertThat(budget.isSpent()).isFalse();

        budget.spend(Resource.EPOCHS, 10);
        assertThat(budget.progress()).isEqualTo(1);
        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void countsWhatSlotsCanTakeTogether() {
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.ENVIRONMENT_STEPS, 2_000_000L), 256);

        assertThat(budget.remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(1_999_872);
        assertThat(budget.stepsPerSlot(256)).isEqualTo(256);
        budget.spend(Resource.ENVIRONMENT_STEPS, 30 * 65_536L);

        assertThat(budget.stepsPerSlot(256)).as("of 33,792 left").isEqualTo(132);
        assertThat(budget.isSpent()).isFalse();
        budget.spend(Resource.ENVIRONMENT_STEPS, 132 * 256L);

        assertThat(budget.stepsPerSlot(256)).isZero();
        assertThat(budget.isSpent()).isTrue();
        assertThat(budget.progress()).isEqualTo(1);
    }

    @Test
    void letsNothingPassALimit() {
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.ENVIRONMENT_STEPS, 101L, Resource.UPDATES, 1L), 4);
        budget.spend(Resource.ENVIRONMENT_STEPS, 96);

        assertThatThrownBy(() -> budget.spend(Resource.ENVIRONMENT_STEPS, 8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("8 environment-steps")
                .hasMessageContaining("4 left");
        assertThatThrownBy(() -> budget.spend(Resource.DEMONSTRATIONS, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(budget.spent(Resource.ENVIRONMENT_STEPS)).isEqualTo(96);
        budget.spend(Resource.EPOCHS, 1_000);
    }

    @Test
    void updatesAreMadeAfterTheLastDemonstrationButNotAfterTheLastStep() {
        BudgetMeter shown = new BudgetMeter(Map.of(Resource.DEMONSTRATIONS, 1L), 1);
        BudgetMeter played = new BudgetMeter(Map.of(Resource.ENVIRONMENT_STEPS, 9L), 5);

        shown.spend(Resource.DEMONSTRATIONS, 1);
        assertThat(shown.isSpent()).isTrue();
        assertThat(shown.allowsUpdate()).isTrue();

        assertThat(played.allowsUpdate()).isTrue();
        played.spend(Resource.ENVIRONMENT_STEPS, 5);
        assertThat(played.allowsUpdate()).isFalse();
    }

    @Test
    void hasNoDemonstrationsUnlessTheyAreGranted() {
        BudgetMeter poor = new BudgetMeter(Map.of(Resource.UPDATES, 1L), 1);
        BudgetMeter rich = new BudgetMeter(Map.of(Resource.UPDATES, 1L, Resource.DEMONSTRATIONS, 3L), 1);

        rich.spend(Resource.DEMONSTRATIONS, 3);

        assertThat(poor.remaining(Resource.DEMONSTRATIONS)).isZero();
        assertThat(poor.remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(Long.MAX_VALUE);
        assertThat(rich.remaining(Resource.DEMONSTRATIONS)).isZero();
        assertThat(rich.isSpent()).isFalse();
    }

    @Test
    void demonstrationsThatAloneAreLimitedAreWhatIsSpent() {
        BudgetMeter meter = new BudgetMeter(Map.of(Resource.DEMONSTRATIONS, 4L), 1);

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
        BudgetMeter meter = new BudgetMeter(Map.of(Resource.DEMONSTRATIONS, 1L, Resource.UPDATES, 10L), 1);

        meter.spend(Resource.DEMONSTRATIONS, 1);

        assertThat(meter.axis()).isEqualTo(Resource.UPDATES);
        assertThat(meter.isSpent()).isFalse();
        assertThat(meter.progress()).isZero();
    }

    @Test
    void noDemonstrationsAtAllEndNothing() {
        BudgetMeter zeroShots = new BudgetMeter(Map.of(Resource.EPOCHS, 20L, Resource.DEMONSTRATIONS, 0L), 1);

        assertThat(zeroShots.axis()).isEqualTo(Resource.EPOCHS);
        assertThat(zeroShots.isSpent()).isFalse();
        assertThat(zeroShots.progress()).isZero();
    }

    @Test
    void remembersWhatWasSpent() throws IOException {
        Map<Resource, Long> limits = Map.of(Resource.ENVIRONMENT_STEPS, 100L);
        BudgetMeter meter = new BudgetMeter(limits, 1);
        meter.spend(Resource.ENVIRONMENT_STEPS, 40);
        meter.spend(Resource.UPDATES, 7);
        meter.spend(Resource.EPOCHS, 2);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        meter.save(new DataOutputStream(saved));

        BudgetMeter restored = new BudgetMeter(limits, 1);
        restored.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

        assertThat(restored.remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(60);
        assertThat(restored.spent(Resource.UPDATES)).isEqualTo(7);
        assertThat(restored.spent(Resource.EPOCHS)).isEqualTo(2);
    }
}
