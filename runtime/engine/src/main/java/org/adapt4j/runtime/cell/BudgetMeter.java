package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;

/** Counts what a phase spends against its limits. */
final class BudgetMeter implements Budget, Stateful {

    private final Map<Resource, Long> limits;
    private final long[] spent = new long[Resource.values().length];

    /** A meter. @param limits resources without an entry are unlimited, except demonstrations: none */
    BudgetMeter(Map<Resource, Long> limits) {
        this.limits = new EnumMap<>(Resource.class);
        this.limits.put(Resource.DEMONSTRATIONS, 0L);
        this.limits.putAll(limits);
        if (!limits.containsKey(Resource.ENVIRONMENT_STEPS) && !limits.containsKey(Resource.UPDATES)) {
            throw new IllegalArgumentException("budget: needs environment-steps or updates, or it would never end");
        }
    }

    void spend(Resource resource, long amount) {
        spent[resource.ordinal()] += amount;
    }

    @Override
    public boolean isSpent() {
        return remaining(Resource.ENVIRONMENT_STEPS) == 0 || remaining(Resource.UPDATES) == 0;
    }

    @Override
    public long spent(Resource resource) {
        return spent[resource.ordinal()];
    }

    @Override
    public long remaining(Resource resource) {
        Long limit = limits.get(resource);
        return limit == null ? Long.MAX_VALUE : Math.max(0, limit - spent(resource));
    }

    @Override
    public double progress() {
        return Math.max(progress(Resource.ENVIRONMENT_STEPS), progress(Resource.UPDATES));
    }

    private double progress(Resource resource) {
        Long limit = limits.get(resource);
        return limit == null ? 0 : limit == 0 ? 1 : Math.min(1, (double) spent(resource) / limit);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (long amount : spent) {
            out.writeLong(amount);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (int i = 0; i < spent.length; i++) {
            spent[i] = in.readLong();
        }
    }
}
