package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void reportsWhatAnOvershootingRolloutReallyCost() {
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.ENVIRONMENT_STEPS, 2_000_000L));

        budget.spend(Resource.ENVIRONMENT_STEPS, 31 * 65_536L);

        assertThat(budget.spent(Resource.ENVIRONMENT_STEPS)).isEqualTo(2_031_616L);
        assertThat(budget.remaining(Resource.ENVIRONMENT_STEPS)).isZero();
        assertThat(budget.progress()).isEqualTo(1);
    }

    @Test
    void hasNoDemonstrationsUnlessTheyAreGranted() {
        BudgetMeter budget = new BudgetMeter(Map.of(Resource.UPDATES, 1L));

        assertThat(budget.remaining(Resource.DEMONSTRATIONS)).isZero();
        assertThat(budget.remaining(Resource.ENVIRONMENT_STEPS)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesABudgetWithoutEnd() {
        assertThatThrownBy(() -> new BudgetMeter(Map.of(Resource.DEMONSTRATIONS, 5L)))
                .hasMessageContaining("it would never end");
    }
}
