package org.adapt4j.env.rlbench.describe;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.env.rlbench.scene.World;

/** Something that is true of a world or not; belongs to one episode. Made by {@link Conditions}. */
public interface Condition {

    /** Takes note of how things are when the episode begins. */
    default void begin(World world) {}

    /** Whether it is true now; asked after each step. Allocates nothing. */
    boolean met(World world);

    /** Writes what was noted. */
    default void save(DataOutputStream out) throws IOException {}

    /** Takes over what was noted. */
    default void load(DataInputStream in) throws IOException {}
}
