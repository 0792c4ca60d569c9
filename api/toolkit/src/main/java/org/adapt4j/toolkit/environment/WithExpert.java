package org.adapt4j.toolkit.environment;

/** A slot whose benchmark knows how its tasks are done, and can show it from where an episode begins. */
public interface WithExpert extends Slot {

    /**
     * What the expert does now, in an episode that it has played from the beginning. Does nothing itself: the action is to follow.
     *
     * @param action numbers of an action of the slot's space; written where the answer is true
     * @return false if the expert cannot go on, or has nothing more to do
     */
    boolean show(float[] action);
}
