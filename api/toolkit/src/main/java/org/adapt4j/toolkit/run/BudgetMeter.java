package org.adapt4j.toolkit.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;

/** Counts what a phase spends against its limits. Whoever makes a session owns it; a method sees it as a {@link Budget}. */
public final class BudgetMeter implements Budget, Stateful {

    /** What ends a phase when it is spent, the curves' scale first; demonstrations run out quietly beside them. */
    private static final List<Resource> ENDING = List.of(Resource.ENVIRONMENT_STEPS, Resource.UPDATES, Resource.EPOCHS);

    private final Map<Resource, Long> limits = new EnumMap<>(Resource.class);
    private final long[] spent = new long[Resource.values().length];

    /** A meter. @param limits resources without an entry are unlimited, except demonstrations: none */
    public BudgetMeter(Map<Resource, Long> limits) {
        this.limits.put(Resource.DEMONSTRATIONS, 0L);
        this.limits.putAll(limits);
    }

    /** Sets a limit; returns this. */
    public BudgetMeter limit(Resource resource, long amount) {
        limits.put(resource, amount);
        return this;
    }

    /** Charges. */
    public void spend(Resource resource, long amount) {
        spent[resource.ordinal()] += amount;
    }

    /** What measuring points are declared in: the first limited one of steps, updates and epochs, or else demonstrations. */
    public Resource axis() {
        for (Resource resource : ENDING) {
            if (limits.containsKey(resource)) {
                return resource;
            }
        }
        return Resource.DEMONSTRATIONS;
    }

    @Override
    public boolean isSpent() {
        for (Resource resource : ENDING) {
            if (remaining(resource) == 0) {
                return true;
            }
        }
        return countsDemonstrations() && remaining(Resource.DEMONSTRATIONS) == 0;
    }

    /** Whether demonstrations alone are limited, and so are what is spent. */
    private boolean countsDemonstrations() {
        return axis() == Resource.DEMONSTRATIONS && limits.getOrDefault(Resource.DEMONSTRATIONS, 0L) > 0;
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
        double furthest = countsDemonstrations() ? progress(Resource.DEMONSTRATIONS) : 0;
        for (Resource resource : ENDING) {
            furthest = Math.max(furthest, progress(resource));
        }
        return furthest;
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
