package org.adapt4j.toolkit.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;

/**
 * Where a replay puts its rows when it is saved: named blocks that never change, in a place that a killed run leaves behind.
 * Each replay has a store of its own.
 *
 * <p>Names consist of lower-case letters, digits and hyphens.
 */
public interface BlockStore {

    /**
     * Writes a block, all or nothing. It has reached the disk when this returns. A block of that name may be there already, left
     * behind by a run that was killed before it wrote its state: it is replaced.
     */
    void write(String name, Content content) throws IOException;

    /**
     * Opens a block; the caller closes it.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    InputStream read(String name) throws IOException;

    /** Removes a block; nothing happens if there is none. */
    void delete(String name) throws IOException;

    /** The blocks that are there, those included that nobody needs any more. */
    Set<String> names() throws IOException;

    /** What a block holds. */
    @FunctionalInterface
    interface Content {

        /** Writes everything; the store buffers, and closes the stream. */
        void writeTo(OutputStream out) throws IOException;
    }
}
