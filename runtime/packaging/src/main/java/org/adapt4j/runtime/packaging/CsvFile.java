package org.adapt4j.runtime.packaging;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads comma-separated values as RFC 4180 has them, a row at a time. Whoever made the reader closes it, and gives one that is buffered. */
final class CsvFile {
    private static final int NONE = -2;

    private final Reader text;
    private int ahead = NONE;

    CsvFile(Reader text) {
        this.text = text;
    }

    /** All rows of a table that is small. */
    static List<List<String>> rows(String text) {
        CsvFile file = new CsvFile(new StringReader(text));
        List<List<String>> rows = new ArrayList<>();
        try {
            for (Optional<List<String>> row = file.next(); row.isPresent(); row = file.next()) {
                rows.add(row.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of a text in memory
        }
        return rows;
    }

    /** The fields of the next row; empty at the end. A last line without an end counts too. */
    Optional<List<String>> next() throws IOException {
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int c = read(); c >= 0; c = read()) {
            if (quoted) {
                if (c != '"') {
                    field.append((char) c);
                } else if (peek() == '"') {
                    field.append((char) read());
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    return Optional.of(row);
                }
            } else if (c != '\r') {
                field.append((char) c);
            }
        }
        if (field.length() > 0 || !row.isEmpty()) {
            row.add(field.toString());
            return Optional.of(row);
        }
        return Optional.empty();
    }

    private int read() throws IOException {
        int c = peek();
        ahead = NONE;
        return c;
    }

    private int peek() throws IOException {
        if (ahead == NONE) {
            ahead = text.read();
        }
        return ahead;
    }
}
