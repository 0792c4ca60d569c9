package org.adapt4j.env.ale;

/** Which of ALE's actions a game offers. */
public enum ActionSet {
    /** Those that do something in the game. */
    MINIMAL,
    /** All 18 positions of stick and button. */
    FULL
}
