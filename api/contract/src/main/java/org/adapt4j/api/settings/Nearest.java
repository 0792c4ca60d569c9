package org.adapt4j.api.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.apiguardian.api.API;

/** Finds what somebody meant who mistyped a name. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Nearest {

    private Nearest() {}

    /** The known name with the fewest differing letters, if they are few enough for a slip of the hand: a third of those typed. */
    public static Optional<String> to(String typed, Collection<String> known) {
        String best = "";
        int fewest = 1 + Math.max(1, typed.length() / 3);
        for (String name : new TreeSet<>(known)) {
            int edits = edits(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (edits < fewest) {
                fewest = edits;
                best = name;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** The tail of a message about an unknown name, {@code ; did you mean 'ppo'?}; empty if nothing is near. */
    public static String hint(Optional<String> near) {
        return near.map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** Letters to insert, delete, replace or swap with their neighbour. */
    static int edits(String a, String b) {
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
