package org.adapt4j.env.procgen;

/** How hard the levels are (the native library's distribution mode). */
public enum Mode {
    /** Small worlds, few and slow enemies, in some games one theme. */
    EASY,
    /** Larger worlds, all kinds of enemies, all themes. */
    HARD,
    /** More and faster things than in hard levels; only some games have it. */
    EXTREME,
    /** Large worlds of which only a part is seen; only some games have it. */
    MEMORY,
    /** One hard level that needs a long search; only some games have it. */
    EXPLORATION
}
