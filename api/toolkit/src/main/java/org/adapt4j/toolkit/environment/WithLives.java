package org.adapt4j.toolkit.environment;

/** A slot whose episodes may be parts of a longer game, such as the lives of an arcade game. */
public interface WithLives extends Slot {

    /**
     * Whether the game goes on with another episode, of the same trial and task; then that one has begun. Asked once after each {@link
     * #ending}; otherwise {@link #begin} follows.
     */
    boolean goesOn();
}
