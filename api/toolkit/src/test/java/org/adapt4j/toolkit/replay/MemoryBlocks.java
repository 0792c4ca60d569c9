package org.adapt4j.toolkit.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Blocks in memory, which can be damaged, and which can die. */
final class MemoryBlocks implements BlockStore {

    final Map<String, byte[]> held = new TreeMap<>();
    final List<String> written = new ArrayList<>();
    int writesLeft = Integer.MAX_VALUE;

    @Override
    public void write(String name, Content content) throws IOException {
        if (writesLeft-- == 0) {
            throw new IOException("killed, as the test wished");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        held.put(name, bytes.toByteArray());
        written.add(name);
    }

    @Override
    public InputStream read(String name) throws IOException {
        byte[] bytes = held.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public void delete(String name) {
        held.remove(name);
    }

    @Override
    public Set<String> names() {
        return new TreeSet<>(held.keySet());
    }

    long bytes() {
        return held.values().stream().mapToLong(block -> block.length).sum();
    }
}
