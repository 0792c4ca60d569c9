package org.adapt4j.env.bandit;

import java.util.AbstractList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.run.SplitMix64;

/** All bandits of one kind, by number. What an arm pays follows from the kind, the number of arms, and the number of the bandit. */
final class Bandits {

    /** Bandits to learn from have smaller numbers, those to meet start here. */
    static final int FIRST_TEST = 1_000_000;

    private static final int DIGITS = 6;
    private static final int MOST = 100_000_000;
    private static final String NUMBER = "number";

    private final BanditBenchmark.Settings settings;

    /** Of all names, and what the kinds draw by. */
    private final String prefix;

    Bandits(BanditBenchmark.Settings settings) {
        this.settings = settings;
        prefix = settings.kind() == BanditBenchmark.Kind.UNIFORM
                ? "uniform-k" + settings.arms() + "-"
                : "one-good-" + settings.good() + "-" + settings.bad() + "-k" + settings.arms() + "-";
    }

    int arms() {
        return settings.arms();
    }

    TaskSet tasks(int first, int count) {
        return new TaskSet(new Numbered(first, count));
    }

    private Task task(int number) {
        String digits = Integer.toString(number);
        return new Task(
                "bandit", prefix + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits, Map.of(NUMBER, digits));
    }

    Optional<Task> task(String name) {
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            int number = Integer.parseInt(name.substring(prefix.length()));
            return number >= 0 && number < MOST
                    ? Optional.of(task(number)).filter(found -> found.name().equals(name))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Writes the probability that each arm pays. */
    void chances(Task task, double[] into) {
        long number = Long.parseLong(task.attribute(NUMBER));
        SplitMix64 random = new SplitMix64(SplitMix64.mix(prefix.hashCode()) + number);
        if (settings.kind() == BanditBenchmark.Kind.UNIFORM) {
            for (int arm = 0; arm < into.length; arm++) {
                into[arm] = random.nextDouble();
            }
        } else {
            int good = random.nextInt(into.length);
            for (int arm = 0; arm < into.length; arm++) {
                into[arm] = arm == good ? settings.good() : settings.bad();
            }
        }
    }

    /** Bandits of an interval, made when first asked for. */
    private final class Numbered extends AbstractList<Task> implements RandomAccess {

        private final int first;
        private final Task[] made;

        Numbered(int first, int count) {
            this.first = first;
            made = new Task[count];
        }

        @Override
        public Task get(int index) {
            Objects.checkIndex(index, made.length);
            Task known = made[index];
            if (known == null) {
                known = task(first + index);
                made[index] = known; // whichever thread comes last: all of them made the same
            }
            return known;
        }

        @Override
        public int size() {
            return made.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numbered numbered
                    ? first == numbered.first
                            && made.length == numbered.made.length
                            && task(first).equals(numbered.get(0))
                    : super.equals(other);
        }

        @Override
        public int hashCode() {
            return 31 * first + made.length;
        }
    }
}
