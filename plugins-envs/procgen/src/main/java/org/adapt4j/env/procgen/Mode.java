package org.adapt4j.env.procgen;

/** How hard the levels are (the native library's distribution mode). */
public enum Mode {
    /** Short levels in one theme, walking enemies in pits only. */
    EASY,
    /** All themes, walking enemies everywhere. */
    HARD
}
