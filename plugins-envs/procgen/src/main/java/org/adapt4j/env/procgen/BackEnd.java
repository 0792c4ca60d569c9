package org.adapt4j.env.procgen;

/** Who plays the levels. */
public enum BackEnd {
    /** This project's own games; nothing native is needed. */
    JAVA,
    /** openai/procgen's library, which the user has built. */
    NATIVE
}
