package org.adapt4j.env.procgen;

/** Why an episode ended, which the native library does not tell. */
enum End {
    NONE("none"),
    GOAL("goal"),
    DEATH("death"),
    TIME_OUT("time-out");

    private final String key;

    End(String key) {
        this.key = key;
    }

    /** The name in traces. */
    String key() {
        return key;
    }
}
