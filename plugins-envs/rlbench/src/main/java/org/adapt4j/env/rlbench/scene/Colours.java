package org.adapt4j.env.rlbench.scene;

import java.util.List;

/** RLBench's twenty colours, in its order. */
public final class Colours {

    private static final List<String> NAMES = List.of(
            "red", "maroon", "lime", "green", "blue", "navy", "yellow", "cyan", "magenta", "silver", "gray", "orange",
            "olive", "purple", "teal", "azure", "violet", "rose", "black", "white");

    private static final double[][] RGB = {
        {1, 0, 0},
        {.5, 0, 0},
        {0, 1, 0},
        {0, .5, 0},
        {0, 0, 1},
        {0, 0, .5},
        {1, 1, 0},
        {0, 1, 1},
        {1, 0, 1},
        {.75, .75, .75},
        {.5, .5, .5},
        {1, .5, 0},
        {.5, .5, 0},
        {.5, 0, .5},
        {0, .5, .5},
        {0, .5, 1},
        {.5, 0, 1},
        {1, 0, .5},
        {0, 0, 0},
        {1, 1, 1}
    };

    /** How many there are. */
    public static final int COUNT = 20;

    private Colours() {}

    /** Name of a colour, by its number. */
    public static String name(int colour) {
        return NAMES.get(colour);
    }

    /** Number of a colour, by its name. */
    public static int number(String name) {
        int number = NAMES.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("no colour '" + name + "', only " + NAMES);
        }
        return number;
    }

    /** Red, green and blue of a colour, 0 to 1. */
    public static double[] rgb(int colour) {
        return RGB[colour].clone();
    }
}
