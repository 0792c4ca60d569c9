package org.adapt4j.testkit.fake;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;

/** Counts like the runtime: what has no limit is free, but demonstrations without a limit are none. */
public final class FakeBudget implements Budget, Stateful {

    private final Map<Resource, Long> limits = new EnumMap<>(Resource.class);
    private final long[] spent = new long[Resource.values().length];

    /** A budget without limits, except that it has no demonstrations. */
    public FakeBudget() {
        limits.put(Resource.DEMONSTRATIONS, 0L);
    }

    /** Sets a limit; returns this. */
    public FakeBudget limit(Resource resource, long amount) {
        limits.put(resource, amount);
        return this;
    }

    /** Charges. */
    public void spend(Resource resource, long amount) {
        spent[resource.ordinal()] += amount;
    }

    @Override
    public boolean isSpent() {
        return remaining(Resource.ENVIRONMENT_STEPS) == 0
                || remaining(Resource.UPDATES) == 0
                || (countsDemonstrations() && remaining(Resource.DEMONSTRATIONS) == 0);
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
        return countsDemonstrations()
                ? progress(Resource.DEMONSTRATIONS)
                : Math.max(progress(Resource.ENVIRONMENT_STEPS), progress(Resource.UPDATES));
    }

    /** Whether demonstrations alone are limited, and so are what is spent. */
    private boolean countsDemonstrations() {
        return !limits.containsKey(Resource.ENVIRONMENT_STEPS)
                && !limits.containsKey(Resource.UPDATES)
                && limits.getOrDefault(Resource.DEMONSTRATIONS, 0L) > 0;
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
