package org.adapt4j.toolkit.replay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one ring in immutable blocks: once enough rows are new, a save writes them into blocks, and forgets blocks all of
 * whose rows are written over. Until then new rows go into the stream, so that there are never many blocks.
 *
 * <p>Layout of a block, big-endian: magic and version, number of the task, first row, number of rows, bytes of a row, the rows.
 */
final class RowBlocks {

    private static final long MAGIC = 0x4134_4A52_504C_5901L; // "A4JRPLY", version 1
    private static final int BUFFER = 1 << 16;

    private final int task;
    private final TaskBuffer buffer;
    private final long fewest;
    private final long most;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * Some rows.
     *
     * @param end the row after the last
     * @param checksum CRC-32C of the whole block
     */
    private record Block(int task, long first, long end, long checksum) {

        String name() {
            return "task-" + task + "-rows-" + first + "-" + end;
        }
    }

    /**
     * No blocks yet.
     *
     * @param small bytes of new rows below which no block is written
     * @param large bytes that a block has at most, if a row is not larger
     */
    RowBlocks(int task, TaskBuffer buffer, long small, long large) {
        this.task = task;
        this.buffer = buffer;
        fewest = Math.max(1, small / buffer.exportedBytes());
        most = Math.max(1, large / buffer.exportedBytes());
    }

    /** Writes blocks of what is new, if it is enough. */
    void write(BlockStore store) throws IOException {
        blocks.removeIf(block -> block.end() <= buffer.oldest());
        if (buffer.head() - rest() >= fewest) {
            for (long first = rest(), end = first; first < buffer.head(); first = end) {
                end = Math.min(first + most, buffer.head());
                blocks.add(write(store, first, end));
            }
        }
    }

    /** The first row that is in no block. */
    private long rest() {
        return Math.max(
                buffer.oldest(),
                blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end());
    }

    private Block write(BlockStore store, long first, long end) throws IOException {
        CRC32C sum = new CRC32C();
        store.write(new Block(task, first, end, 0).name(), to -> {
            sum.reset();
            OutputStream checked = new CheckedOutputStream(to, sum);
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER));
            out.writeLong(MAGIC);
            out.writeInt(task);
            out.writeLong(first);
            out.writeLong(end - first);
            out.writeInt(buffer.exportedBytes());
            ByteBuffer row = ByteBuffer.allocate(buffer.exportedBytes());
            for (long i = first; i < end; i++) {
                buffer.export(i, row);
                out.write(row.array());
            }
            out.flush();
        });
        return new Block(task, first, end, sum.getValue());
    }

    /** Adds the names of all blocks that are needed now. */
    void addNames(Collection<String> names) {
        for (Block block : blocks) {
            names.add(block.name());
        }
    }

    /** Writes which blocks there are, and the rows in none. */
    void save(DataOutputStream out) throws IOException {
        out.writeInt(blocks.size());
        for (Block block : blocks) {
            out.writeLong(block.first());
            out.writeLong(block.end());
            out.writeLong(block.checksum());
        }
        long rest = rest();
        out.writeLong(rest);
        ByteBuffer row = ByteBuffer.allocate(buffer.exportedBytes());
        for (long i = rest; i < buffer.head(); i++) {
            buffer.export(i, row);
            out.write(row.array());
        }
    }

    /** Takes over what {@link #save} wrote, and reads the rows into the ring. */
    void load(DataInputStream in, BlockStore store) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            Block block = new Block(task, in.readLong(), in.readLong(), in.readLong());
            blocks.add(block);
            read(block, store);
        }
        ByteBuffer row = ByteBuffer.allocate(buffer.exportedBytes());
        for (long i = in.readLong(); i < buffer.head(); i++) {
            in.readFully(row.array());
            buffer.restore(i, row);
        }
    }

    private void read(Block block, BlockStore store) throws IOException {
        CRC32C sum = new CRC32C();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(store.read(block.name()), BUFFER), sum))) {
            boolean sound = in.readLong() == MAGIC
                    && in.readInt() == task
                    && in.readLong() == block.first()
                    && in.readLong() == block.end() - block.first()
                    && in.readInt() == buffer.exportedBytes();
            ByteBuffer row = ByteBuffer.allocate(buffer.exportedBytes());
            for (long i = block.first(); sound && i < block.end(); i++) {
                in.readFully(row.array());
                if (i >= buffer.oldest()) {
                    buffer.restore(i, row);
                }
            }
            if (!sound || in.read() >= 0 || sum.getValue() != block.checksum()) {
                throw unusable(block, "is damaged", null);
            }
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw unusable(block, "is missing", e);
        } catch (EOFException e) {
            throw unusable(block, "is cut short", e);
        }
    }

    private static IOException unusable(Block block, String how, @Nullable IOException cause) {
        return new IOException("replay block " + block.name() + " " + how + ": put it back from a copy", cause);
    }
}
