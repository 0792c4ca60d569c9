package org.adapt4j.toolkit.recording;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Task;
import org.apiguardian.api.API;

/**
 * Episodes of one task that wait beside a finished file to be put into it: for writers of formats that cannot be appended to. Each
 * episode is forced to the disk before {@link #add} returns; a last one that was torn by the end of its writer is dropped.
 *
 * <p>The log knows how many episodes the finished file held when it was begun. One that is found although they have been put into the
 * file, because the process ended before it was deleted, is therefore emptied instead of being put there twice. It is read on the
 * machine that wrote it. One writer at a time, one thread.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class EpisodeLog implements AutoCloseable {

    private static final long MAGIC = 0x4134_4A45_5049_0001L;
    private static final int HEADER = 16;
    private static final int PREFIX = 8;

    private final Path file;
    private final FileChannel channel;
    private final List<Long> places = new ArrayList<>();
    private long end = HEADER;

    private EpisodeLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a log, or begins one.
     *
     * @param finished episodes that the finished file holds now
     * @throws UncheckedIOException if it cannot be read or written, or was begun for a file with another number of episodes
     */
    public static EpisodeLog open(Path file, int finished) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            EpisodeLog log = new EpisodeLog(file, channel);
            try {
                log.takeUp(finished);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return log;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void takeUp(int finished) throws IOException {
        if (channel.size() < HEADER) {
            begin(finished);
            return;
        }
        ByteBuffer header = read(0, HEADER);
        long before = header.getLong(8);
        if (header.getLong(0) != MAGIC) {
            throw new IOException("it is not a log of episodes. Delete it");
        }
        findEpisodes();
        if (finished == before + count()) {
            begin(finished);
        } else if (finished != before) {
            throw new IOException("it goes on after " + before + " episodes, but the finished file holds " + finished
                    + ": they do not belong together. Delete one of them");
        }
    }

    private void begin(int finished) throws IOException {
        places.clear();
        end = HEADER;
        channel.truncate(0);
        write(ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(finished).flip(), 0);
        channel.force(true);
    }

    private void findEpisodes() throws IOException {
        while (end + PREFIX <= channel.size()) {
            ByteBuffer prefix = read(end, PREFIX);
            int length = prefix.getInt(0);
            if (length < 0 || end + PREFIX + length > channel.size()) {
                break;
            }
            if (sum(read(end + PREFIX, length)) != prefix.getInt(4)) {
                break;
            }
            places.add(end);
            end += PREFIX + length;
        }
        channel.truncate(end);
    }

    /** Number of episodes in this log. */
    public int count() {
        return places.size();
    }

    /** Appends an episode. */
    public void add(Demonstration episode) {
        try {
            ByteBuffer content = ByteBuffer.wrap(bytes(episode));
            ByteBuffer record = ByteBuffer.allocate(PREFIX + content.limit());
            record.putInt(content.limit()).putInt(sum(content)).put(content).flip();
            write(record, end);
            channel.force(false);
            places.add(end);
            end += PREFIX + content.limit();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Reads an episode; its task has a name, but no attributes. */
    public Demonstration episode(int index) {
        try {
            long place = places.get(index);
            int length = read(place, PREFIX).getInt(0);
            return episode(read(place + PREFIX, length).array());
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Closes the log and deletes it: its episodes are in the finished file. */
    public void delete() {
        close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static byte[] bytes(Demonstration episode) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(episode.task().benchmark());
        out.writeUTF(episode.task().name());
        out.writeInt(episode.steps());
        out.writeDouble(episode.episodeReturn());
        out.writeInt(episode.columns().size());
        for (Map.Entry<String, ByteBuffer> column : new TreeMap<>(episode.columns()).entrySet()) {
            byte[] content = new byte[column.getValue().limit()];
            column.getValue().get(0, content);
            out.writeUTF(column.getKey());
            out.writeInt(content.length);
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static Demonstration episode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        Task task = new Task(in.readUTF(), in.readUTF(), Map.of());
        int steps = in.readInt();
        double episodeReturn = in.readDouble();
        Map<String, ByteBuffer> columns = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            columns.put(name, ByteBuffer.wrap(in.readNBytes(in.readInt())).order(ByteOrder.nativeOrder()));
        }
        return new Demonstration(task, steps, columns, episodeReturn);
    }

    private ByteBuffer read(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("it ends in the middle");
            }
        }
        return bytes.flip();
    }

    private void write(ByteBuffer bytes, long to) throws IOException {
        long at = to;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private static int sum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    private static UncheckedIOException failed(Path file, IOException problem) {
        return new UncheckedIOException(file + ": " + problem.getMessage(), problem);
    }
}
