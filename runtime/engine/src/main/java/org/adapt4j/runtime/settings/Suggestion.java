package org.adapt4j.runtime.settings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.adapt4j.api.settings.Nearest;

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
        return Nearest.hint(nearest(name, known)) + list;
    }

    /** The known name {@linkplain Nearest nearest} by its letters, else the only one that has {@code name} among its words. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return Nearest.to(name, known).or(() -> withWord(name, known));
    }

    /** The one known name that has the given one among its words: {@code rollout-steps} for {@code steps}. */
    private static Optional<String> withWord(String name, Collection<String> known) {
        List<String> found = known.stream()
                .filter(candidate -> ("-" + candidate + "-").contains("-" + name + "-"))
                .distinct()
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
