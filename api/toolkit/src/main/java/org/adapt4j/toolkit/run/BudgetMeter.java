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
import org.jspecify.annotations.Nullable;

/**
 * Counts what a phase spends against its limits, and lets nothing pass them. Whoever makes a session owns it; a method sees it
 * as a {@link Budget}.
 */
public final class BudgetMeter implements Budget, Stateful {

    /** What ends a phase when it is spent, the curves' scale first; demonstrations run out quietly beside them. */
    private static final List<Resource> ENDING = List.of(Resource.ENVIRONMENT_STEPS, Resource.UPDATES, Resource.EPOCHS);

    private final Map<Resource, Long> limits = new EnumMap<>(Resource.class);
    private final long[] spent = new long[Resource.values().length];
    private int slots;

    /**
     * A meter.
     *
     * @param limits resources without an entry are unlimited, except demonstrations: none
     * @param slots environments that step together
     */
    public BudgetMeter(Map<Resource, Long> limits, int slots) {
        this.limits.put(Resource.DEMONSTRATIONS, 0L);
        this.limits.putAll(limits);
        this.slots = slots;
    }

    /** What so many slots can take together of a limit of environment steps: what a phase will spend of it. */
    public static long together(long environmentSteps, int slots) {
        return environmentSteps - environmentSteps % slots;
    }

    /** Sets the number of slots; returns this. */
    public BudgetMeter slots(int newSlots) {
        slots = newSlots;
        return this;
    }

    /** Sets a limit; returns this. */
    public BudgetMeter limit(Resource resource, long amount) {
        limits.put(resource, amount);
        return this;
    }

    /** Charges. @throws IllegalStateException if less is left */
    public void spend(Resource resource, long amount) {
        if (amount > remaining(resource)) {
            throw new IllegalStateException(amount + " " + resource.key() + " are to be spent, and the budget has "
                    + remaining(resource) + " left");
        }
        spent[resource.ordinal()] += amount;
    }

    /** Steps per slot that may be played now: as many as one wants, or what is left. */
    public int stepsPerSlot(int wanted) {
        return (int) Math.min(wanted, remaining(Resource.ENVIRONMENT_STEPS) / slots);
    }

    /** Whether an update may be made: none of steps, updates and epochs is spent. Demonstrations may be: they are learned from. */
    public boolean allowsUpdate() {
        return ENDING.stream().allMatch(resource -> remaining(resource) > 0);
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
        return !allowsUpdate() || (countsDemonstrations() && remaining(Resource.DEMONSTRATIONS) == 0);
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
        Long limit = limit(resource);
        return limit == null ? Long.MAX_VALUE : Math.max(0, limit - spent(resource));
    }

    private @Nullable Long limit(Resource resource) {
        Long limit = limits.get(resource);
        return limit == null || resource != Resource.ENVIRONMENT_STEPS ? limit : (Long) together(limit, slots);
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
        Long limit = limit(resource);
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
