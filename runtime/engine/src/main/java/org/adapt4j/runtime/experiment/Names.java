package org.adapt4j.runtime.experiment;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.adapt4j.runtime.settings.Legible;

/** What may be called how: a run's folder has the name of its experiment. */
final class Names {

    /** File systems hold 255, and temporary files append to it. */
    private static final int MOST_BYTES = 200;

    private Names() {}

    /** Why an experiment cannot be called so. */
    static Optional<String> objection(String name) {
        if (name.isBlank()) {
            return Optional.of("must not be empty: the folder of a run is called so");
        }
        if (!name.equals(name.strip())) {
            return Optional.of("must not begin or end with a space but is '" + name + "'");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return Optional.of(
                    "names the folder in runs/, so it cannot hold / or \\, in quotes or without; choose the place with"
                            + " --out");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("must not be '" + name + "', which is another folder");
        }
        return objectionToWord(name);
    }

    /** Why nothing that is shown can be called so. */
    static Optional<String> objectionToWord(String name) {
        if (!Legible.isLegible(name)) {
            return Optional.of("must hold only characters that can be shown but is '" + Legible.text(name) + "'");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > MOST_BYTES
                ? Optional.of("must have at most " + MOST_BYTES + " bytes but has " + bytes)
                : Optional.empty();
    }
}
