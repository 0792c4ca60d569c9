package org.adapt4j.testkit.fake;

import java.util.Map;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.testkit.BudgetContract;

/** The fake counts as the runtime does. */
final class FakeBudgetTest extends BudgetContract {

    private record Faked(FakeBudget fake) implements Counter {
        @Override
        public Budget budget() {
            return fake;
        }

        @Override
        public Stateful state() {
            return fake;
        }

        @Override
        public void spend(Resource resource, long amount) {
            fake.spend(resource, amount);
        }
    }

    @Override
    protected Counter counter(Map<Resource, Long> limits) {
        FakeBudget fake = new FakeBudget();
        limits.forEach(fake::limit);
        return new Faked(fake);
    }
}
