package org.adapt4j.toolkit.environment;

/** How the last step left an episode. */
public enum Ending {
    /** It goes on. */
    NONE,
    /** It is over by the rules: nothing more can be earned. */
    TERMINATED,
    /** It was cut off: there would have been more to earn. */
    TRUNCATED
}
