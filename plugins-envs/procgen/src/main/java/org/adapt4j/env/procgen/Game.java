package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * One running copy of one Procgen game, whoever implements it.
 *
 * <p>A level and everything that happens in it is a function of game, options, level seed and actions. One thread at a
 * time; {@link #start} comes first.
 */
interface Game extends AutoCloseable {

    /** Side of a frame in pixels. */
    int FRAME_SIDE = 64;

    /** Bytes of a frame: rows from top to bottom, red, green, blue. */
    int FRAME_BYTES = FRAME_SIDE * FRAME_SIDE * 3;

    /** Number of button combinations. */
    int ACTIONS = 15;

    /** Starts an episode on a level, at any time. */
    void start(int levelSeed);

    /**
     * Plays one step and returns its reward.
     *
     * @param action in {@code [0, ACTIONS)}
     */
    float step(int action);

    /** Why the last step ended the episode; {@link End#NONE} while it runs. */
    End end();

    /** The level being played. */
    int levelSeed();

    /** Draws the present moment, {@link #FRAME_BYTES} bytes. */
    void paint(byte[] frame);

    /** Adds facts for people and traces. */
    void describe(Map<String, Object> facts);

    /** Writes everything that influences later behaviour, frames included. */
    void save(DataOutputStream out) throws IOException;

    /** Takes over the state of a game with the same options. */
    void load(DataInputStream in) throws IOException;

    /** Frees what is not Java's. */
    @Override
    default void close() {}
}
