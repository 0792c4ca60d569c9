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
        if (remaining(axis()) == 0 && axis() == Resource.DEMONSTRATIONS) {
            throw new IllegalArgumentException(
                    "budget: needs environment-steps, updates or demonstrations, or it would never end");
        }
    }

    /** What progress is measured in. */
    Resource axis() {
        return limits.containsKey(Resource.ENVIRONMENT_STEPS)
                ? Resource.ENVIRONMENT_STEPS
                : limits.containsKey(Resource.UPDATES) ? Resource.UPDATES : Resource.DEMONSTRATIONS;
    }

    void spend(Resource resource, long amount) {
        spent[resource.ordinal()] += amount;
    }

    @Override
    public boolean isSpent() {
        return remaining(Resource.ENVIRONMENT_STEPS) == 0 || remaining(Resource.UPDATES) == 0 || remaining(axis()) == 0;
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
        return Math.max(progress(axis()), Math.max(progress(Resource.ENVIRONMENT_STEPS), progress(Resource.UPDATES)));
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
