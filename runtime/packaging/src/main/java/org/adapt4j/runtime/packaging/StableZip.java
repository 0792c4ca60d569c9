package org.adapt4j.runtime.packaging;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.adapt4j.runtime.run.DurableFiles;

/**
 * Writes archives whose bytes depend on names and contents alone: not on the time, the time zone, the user or the file system. Nothing is
 * compressed, for what compresses differs from one library to the next: so any archive can be compared with the one that its files make.
 */
final class StableZip {
    /**
     * The time of every entry. A local time, because the format knows no time zones, and a month after the earliest that it can say, at
     * which Java adds the zone's offset in a field of its own.
     */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private StableZip() {}

    /** Writes an archive; the file is there whole or not at all. @param entries by name */
    static void write(Path file, SortedMap<String, Content> entries) {
        DurableFiles.write(file, out -> write(out, entries));
    }

    private static void write(OutputStream out, SortedMap<String, Content> entries) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
        for (Map.Entry<String, Content> content : entries.entrySet()) {
            ZipEntry entry = new ZipEntry(content.getKey());
            entry.setTimeLocal(TIME);
            entry.setMethod(ZipEntry.STORED);
            CRC32 sum = new CRC32();
            try (InputStream in = new CheckedInputStream(content.getValue().open(), sum)) {
                entry.setSize(in.transferTo(OutputStream.nullOutputStream()));
            }
            entry.setCrc(sum.getValue());
            zip.putNextEntry(entry);
            try (InputStream in = content.getValue().open()) {
                in.transferTo(zip);
            }
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }
}
