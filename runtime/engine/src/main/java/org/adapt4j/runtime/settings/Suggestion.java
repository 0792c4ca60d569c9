package org.adapt4j.runtime.settings;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Guesses which name was meant. */
public final class Suggestion {

    private Suggestion() {}

    /**
     * The tail of a message about an unknown name: {@code ; did you mean 'ppo'? (known: bc, ppo, sac)}.
     *
     * @param name what was written
     * @param known what would have been right
     */
    public static String tail(String name, Collection<String> known) {
        String list =
                known.isEmpty() ? " (none is known)" : " (known: " + String.join(", ", new TreeSet<>(known)) + ")";
        return nearest(name, known)
                .map(near -> "; did you mean '" + near + "'?" + list)
                .orElse(list);
    }

    /**
     * The known name with the fewest differing letters, if they are few enough for a slip of the hand; else the only one that
     * has {@code name} among its words.
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String best = "";
        int bestDistance = 1 + Math.max(1, name.length() / 3);
        for (String candidate : new TreeSet<>(known)) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? withWord(name, known) : Optional.of(best);
    }

    /** The one known name that has the given one among its words: {@code rollout-steps} for {@code steps}. */
    private static Optional<String> withWord(String name, Collection<String> known) {
        List<String> found = known.stream()
                .filter(candidate -> ("-" + candidate + "-").contains("-" + name + "-"))
                .distinct()
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Letters to insert, delete, replace or swap with their neighbour. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
