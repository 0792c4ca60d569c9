package org.adapt4j.toolkit.environment;

import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;

/** What one slot is to do: a choice, or some numbers. Lies in its space. */
public final class Action {

    private final int choices;
    private final double low;
    private final double high;
    private final float[] values;
    private int choice;

    Action(Space space) {
        if (space instanceof Discrete discrete) {
            choices = discrete.size();
            low = 0;
            high = 0;
            values = new float[0];
        } else if (space instanceof Box box && box.element() == Element.FLOAT32) {
            choices = 0;
            low = box.low();
            high = box.high();
            values = new float[box.width()];
        } else {
            throw new IllegalArgumentException("actions must be discrete or a box of floats but are " + space);
        }
    }

    /** The number of a discrete action. */
    public int choice() {
        return choice;
    }

    /** A number of a continuous action. */
    public float at(int index) {
        return values[index];
    }

    /** How many numbers a continuous action has. */
    public int width() {
        return values.length;
    }

    /**
     * Copies a slot's action, since the caller may fill its memory anew while the step is under way.
     *
     * @throws IllegalArgumentException if it lies outside its space
     */
    void take(ActionBuffers from, int slot) {
        if (choices > 0) {
            int chosen = from.discrete().get(slot);
            if (chosen < 0 || chosen >= choices) {
                throw new IllegalArgumentException(
                        "slot " + slot + ": action " + chosen + " is none of 0 to " + (choices - 1));
            }
            choice = chosen;
            return;
        }
        for (int i = 0; i < values.length; i++) {
            float value = from.continuous().get(slot * values.length + i);
            if (!(value >= low && value <= high)) {
                throw new IllegalArgumentException("slot " + slot + ": number " + i + " of the action is " + value
                        + ", which lies outside of [" + low + ", " + high + "]");
            }
            values[i] = value;
        }
    }
}
