package org.adapt4j.data.imujoco;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Finds damage anywhere in a zip: every entry is held beside its check sum, what is said at the entries beside what the directory at the
 * end of the file says, and nothing may follow. Java's own reader asks for none of this; NumPy and {@code unzip -t} do for most.
 */
final class ZipCheck {

    /** Of all entries together, unpacked; more is no recording. */
    private static final long MOST_BYTES = 1L << 31;

    private static final int CHUNK = 1 << 16;

    // Signatures and sizes of the records (PKWARE's APPNOTE, 4.3.7, 4.3.12 and 4.3.16).
    private static final int ENTRY = 0x04034b50;
    private static final int ENTRY_BYTES = 30;
    private static final int PLACE = 0x02014b50;
    private static final int PLACE_BYTES = 46;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;

    /** Flag of an entry whose check sum and sizes stand behind it. */
    private static final int LATER = 8;

    /** In place of a number that stands elsewhere, as it may be longer. */
    private static final int ELSEWHERE = 0xFFFFFFFF;

    private ZipCheck() {}

    /** Refuses a damaged file. @throws ZipException says what is wrong */
    static void check(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            Set<String> names = new HashSet<>();
            long left = MOST_BYTES;
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (!names.add(entry.getName())) {
                    throw new ZipException("it has " + entry.getName() + " twice");
                }
                left = unpack(zip, entry, left);
            }
            headers(bytes);
        }
    }

    private static long unpack(ZipFile zip, ZipEntry entry, long most) throws IOException {
        CRC32 sum = new CRC32();
        long left = most;
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                sum.update(chunk, 0, got);
                left -= got;
                if (left < 0) {
                    throw new ZipException(
                            "it unpacks to more than " + (MOST_BYTES >> 30) + " GiB, which is no recording");
                }
            }
        }
        if (sum.getValue() != entry.getCrc() || most - left != entry.getSize()) {
            throw new ZipException("the check sum of " + entry.getName() + " is wrong");
        }
        return left;
    }

    /** Goes through the directory, from which Java's reader takes everything, and looks at each entry itself. */
    private static void headers(RandomAccessFile bytes) throws IOException {
        ByteBuffer end = end(bytes);
        long at = Integer.toUnsignedLong(end.getInt(16));
        for (int left = Short.toUnsignedInt(end.getShort(10)); left > 0; left--) {
            ByteBuffer place = read(bytes, at, PLACE_BYTES, PLACE);
            int name = Short.toUnsignedInt(place.getShort(28));
            long entryAt = Integer.toUnsignedLong(place.getInt(42));
            ByteBuffer entry = read(bytes, entryAt, ENTRY_BYTES, ENTRY);
            ByteBuffer names = read(bytes, at + PLACE_BYTES, name, 0);
            boolean isNamed = Short.toUnsignedInt(entry.getShort(26)) == name
                    && read(bytes, entryAt + ENTRY_BYTES, name, 0).equals(names);
            boolean isLater = (entry.getShort(6) & LATER) != 0;
            if (!isNamed
                    || entry.getShort(8) != place.getShort(10)
                    || entry.getShort(6) != place.getShort(8)
                    || !isLater && !agree(entry, place)) {
                throw new ZipException("its directory says other things of "
                        + new String(names.array(), StandardCharsets.UTF_8) + " than are there");
            }
            at += PLACE_BYTES
                    + name
                    + Short.toUnsignedInt(place.getShort(30))
                    + Short.toUnsignedInt(place.getShort(32));
        }
    }

    /** Check sum, packed size and size. */
    private static boolean agree(ByteBuffer entry, ByteBuffer place) {
        boolean agree = true;
        for (int at = 14; at < 26; at += Integer.BYTES) {
            int said = entry.getInt(at);
            agree &= said == place.getInt(at + 2) || at > 14 && said == ELSEWHERE;
        }
        return agree;
    }

    private static ByteBuffer end(RandomAccessFile bytes) throws IOException {
        for (int comment = 0; comment <= LONGEST_COMMENT && END_BYTES + comment <= bytes.length(); comment++) {
            ByteBuffer end = read(bytes, bytes.length() - END_BYTES - comment, END_BYTES, 0);
            if (end.getInt(0) == END && Short.toUnsignedInt(end.getShort(20)) == comment) {
                return end;
            }
        }
        throw new ZipException("something follows its end");
    }

    private static ByteBuffer read(RandomAccessFile bytes, long at, int count, int signature) throws IOException {
        byte[] read = new byte[count];
        bytes.seek(at);
        bytes.readFully(read);
        ByteBuffer buffer = ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
        if (signature != 0 && buffer.getInt(0) != signature) {
            throw new ZipException("its directory names a place where no entry is");
        }
        return buffer;
    }
}
