package org.adapt4j.runtime.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NumbersTest {
    @Test
    void comparesNumbersToARelativeErrorAndWordsLetterByLetter() {
        assertThat(Numbers.difference("task,score\na,0.1\n", "task,score\na,0.10000000000000001\n"))
                .isEmpty();
        assertThat(Numbers.difference("task,score\na,0.1\n", "task,score\na,0.2\n"))
                .hasValue("line 2, score: 0.1 was packed, 0.2 follows from the results");
        assertThat(Numbers.difference("task,score\na,0.1\n", "task,score\nb,0.1\n"))
                .hasValue("line 2, task: a was packed, b follows from the results");
    }

    @Test
    void readsQuotedFields() {
        String table = "task,score\n\"a,\"\"b\"\"\nc\",1\n\"\",2";

        assertThat(CsvFile.rows(table))
                .containsExactly(List.of("task", "score"), List.of("a,\"b\"\nc", "1"), List.of("", "2"));
        assertThat(Numbers.difference(table, table + "\n")).isEmpty();
    }

    @Test
    void countsTheRowsWhereOneTableIsLonger() {
        assertThat(Numbers.difference("a\n1\n", "a\n1\n2\n3\n")).hasValue("has 2 lines, not 4");
        assertThat(Numbers.difference("a\n1\n2\n3\n", "a\n1\n")).hasValue("has 4 lines, not 2");
        assertThat(Numbers.difference("a,b\n1,2\n", "a,b\n1\n")).hasValue("line 2: has 2 columns, not 1");
    }

    @Test
    void holdsNoMoreOfATableThanARow() throws IOException {
        Endless table = new Endless();

        assertThat(Numbers.difference(table, new StringReader("a,b\n0,0\n0,1\n")))
                .hasValue("line 3, b: 0 was packed, 1 follows from the results");
        assertThat(table.read).isLessThanOrEqualTo("a,b\n0,0\n0,0\n".length());
    }

    /** A table without an end. */
    private static final class Endless extends Reader {
        private int read;

        @Override
        public int read() {
            String text = read < 4 ? "a,b\n" : "0,0\n";
            return text.charAt(read++ % 4);
        }

        @Override
        public int read(char[] into, int from, int count) {
            into[from] = (char) read();
            return 1;
        }

        @Override
        public void close() {}
    }
}
