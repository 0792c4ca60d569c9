package org.adapt4j.env.bandit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a whole trial is worth to who plays it as well as anybody can: exactly, by dynamic programming over what may be remembered of the
 * arms (Bellman 1956). Arms are exchangeable, so a state is what is remembered of them in ascending order.
 */
final class BestPlayer {

    /** More states than so take longer than it takes to start a cell. */
    private static final int MOST_STATES = 250_000;

    /** What an arm's two counts of eight bits can hold. */
    private static final int MOST_PULLS = 255;

    /** More arms than pulls are worth no more than as many. */
    private final int arms;

    private final Belief belief;
    private final List<Map<String, Double>> values = new ArrayList<>();
    private int states;

    private BestPlayer(Belief belief, int arms, int pulls) {
        this.belief = belief;
        this.arms = arms;
        for (int left = 0; left <= pulls; left++) {
            values.add(new HashMap<>());
        }
    }

    /** The expected number of times that a trial pays, played in the best way; empty if there are too many states to find out. */
    static OptionalDouble total(Belief belief, int arms, int pulls) {
        if (pulls > MOST_PULLS) {
            return OptionalDouble.empty();
        }
        double total = new BestPlayer(belief, arms, pulls).value(new char[arms], pulls);
        return Double.isNaN(total) ? OptionalDouble.empty() : OptionalDouble.of(total);
    }

    /** NaN once there are too many states. */
    private double value(char[] remembered, int left) {
        if (left == 0) {
            return 0;
        }
        String state = new String(remembered);
        Map<String, Double> known = Objects.requireNonNull(values.get(left));
        Double before = known.get(state);
        if (before != null) {
            return before;
        }
        if (++states > MOST_STATES) {
            return Double.NaN;
        }
        double best = 0;
        for (int arm = 0; arm < arms; arm++) {
            if (arm > 0 && remembered[arm] == remembered[arm - 1]) {
                continue;
            }
            double chance = belief.chance(remembered, arm);
            double worth = chance * (1 + value(pulled(remembered, arm, true), left - 1))
                    + (1 - chance) * value(pulled(remembered, arm, false), left - 1);
            if (Double.isNaN(worth)) {
                return Double.NaN;
            }
            best = Math.max(best, worth);
        }
        known.put(state, best);
        return best;
    }

    private char[] pulled(char[] remembered, int arm, boolean paid) {
        char[] next = remembered.clone();
        next[arm] = (char) belief.after(remembered[arm], paid);
        Arrays.sort(next);
        return next;
    }
}
