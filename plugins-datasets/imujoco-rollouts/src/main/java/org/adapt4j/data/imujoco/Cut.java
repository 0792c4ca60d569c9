package org.adapt4j.data.imujoco;

/** Where one trajectory of a file ends and the next begins. */
public enum Cut {
    /** Every 1000 rows, whatever ends within them; a shorter rest is left out (paper, and the authors' sampler). */
    FIXED_1000,
    /** After each row whose last column is 1, and at the end of the file. */
    BY_DONE
}
