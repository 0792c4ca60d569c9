package org.adapt4j.env.imujoco;

import java.util.Locale;

/** What a variant changes; the paper's folds leave one of these out. */
enum Category {
    MASS,
    JOINT,
    LENGTH,
    FRICTION;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
