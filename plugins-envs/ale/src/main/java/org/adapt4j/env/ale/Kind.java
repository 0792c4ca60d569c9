package org.adapt4j.env.ale;

import java.util.Locale;

/** Where a cartridge comes from; the first part of a task's name. Tables hold one kind. */
enum Kind {
    /** Ours: ships with this plug-in. */
    CARTRIDGE,
    /** The user's: a cartridge that was for sale, or is given away elsewhere. */
    ROM;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
