package org.adapt4j.runtime.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Text in columns, as wide as their widest entry. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    void add(String... entries) {
        rows.add(List.of(entries));
    }

    void print(PrintStream out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String entry = row.get(c);
                line.append(entry);
                if (c < columns - 1) {
                    line.append(" ".repeat(widths[c] - entry.length() + 2));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
