package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.testkit.BudgetContract;
import org.junit.jupiter.api.Test;

final class BudgetMeterTest extends BudgetContract {

    private record Metered(BudgetMeter meter) implements Counter {
        @Override
        public Budget budget() {
            return meter;
        }

        @Override
        public Stateful state() {
            return meter;
        }

        @Override
        public void spend(Resource resource, long amount) {
            meter.spend(resource, amount);
        }
    }

    @Override
    protected Counter counter(Map<Resource, Long> limits) {
        return new Metered(new BudgetMeter(limits));
    }

    @Test
    void refusesABudgetWithoutEnd() {
        assertThatThrownBy(() -> new BudgetMeter(Map.of(Resource.DEMONSTRATIONS, 0L)))
                .hasMessageContaining("it would never end");
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
}
