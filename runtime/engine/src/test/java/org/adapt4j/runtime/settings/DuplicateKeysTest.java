package org.adapt4j.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keys that are set twice, in random texts, against the library's own reader: a text has one just if there is a value that could be
 * left out without changing what the library reads.
 */
final class DuplicateKeysTest {
    private static final int TEXTS = 500;

    @ParameterizedTest
    @MethodSource("seeds")
    void saysThatAKeyIsSetTwiceJustIfAValueIsLost(int seed) {
        for (int i = 0; i < TEXTS / 10; i++) {
            long text = 1_000_003L * seed + i;
            RandomText whole = new RandomText(text, -1);
            String read = read(whole);

            TreeSet<String> lost = new TreeSet<>();
            for (int value = 0; value < whole.values(); value++) {
                if (read(new RandomText(text, value)).equals(read)) {
                    lost.add("value " + value);
                }
            }

            Problems problems = new Problems();
            new ConfigurationReader(List.of(), problems).text("random.conf", whole.text());
            boolean exact = !whole.text().contains("${") && !whole.text().contains("+=");
            assertThat(problems.found())
                    .as("seed %d, values that are lost: %s, in%n%s", text, lost, whole.text())
                    .matches(found -> lost.isEmpty() ? found.isEmpty() || !exact : !found.isEmpty());
        }
    }

    /** What the library makes of a text, with what substitutions will be made of. */
    private static String read(RandomText text) {
        return ConfigFactory.parseString(text.text())
                .root()
                .render(ConfigRenderOptions.concise().setJson(false));
    }

    static IntStream seeds() {
        return IntStream.range(0, 10);
    }

    /** A text of which one value may be left out; all values differ. */
    private static final class RandomText {
        private static final String[] KEYS = {
            "a",
            "a",
            "b",
            "b",
            "\"a\"",
            "c d",
            "\"c d\"",
            "a.b",
            "a.b.a",
            "b.a",
            "\"a.b\"",
            "b.\"a\"",
            "\"#{x}\"",
            "a . b",
            "includes",
            "\"\\u0061\"",
            "1.5",
            "\"x\\\"y\"",
        };
        private static final String[] SEPARATORS = {" = ", "=", " : ", ":", " =\n  ", " = # a = 1 {\n "};
        private static final String[] COMMENTS = {"", "", "", "# a = 1 { \" ${x}\n", "// b { } ] \"\"\"\n", "\n"};

        private final Random random;
        private final int without;
        private final StringBuilder text = new StringBuilder();
        private int values;

        private RandomText(long seed, int without) {
            this.random = new Random(seed);
            this.without = without;
            boolean braces = random.nextInt(4) == 0;
            text.append(braces ? "{\n" : "");
            section(0);
            text.append(braces ? "}" : "");
        }

        String text() {
            return text.toString();
        }

        int values() {
            return values;
        }

        private String one(String... of) {
            return of[random.nextInt(of.length)];
        }

        private void section(int depth) {
            int entries = 1 + random.nextInt(3);
            for (int i = 0; i < entries; i++) {
                text.append(one(COMMENTS));
                int start = text.length();
                text.append(one(KEYS));
                if (depth < 2 && random.nextInt(3) == 0) {
                    text.append(one(" ", " = ", ":", " =\n")).append(one("{", "{\n", "{ # }\n"));
                    section(depth + 1);
                    text.append("}").append(one("\n", ",\n", ",", " // {\n"));
                } else {
                    int number = values++;
                    boolean appends = depth < 2 && random.nextInt(10) == 0; // the library refuses it in lists
                    text.append(appends ? " += " : one(SEPARATORS));
                    value(number, depth);
                    text.append(one("\n", ",\n", ",", " # }\n", "// \"\n"));
                    if (number == without) {
                        text.setLength(start);
                    }
                }
            }
        }

        private void value(int number, int depth) {
            switch (random.nextInt(14)) {
                case 0 -> text.append(number).append(".5e1");
                case 1 -> text.append("un quoted ").append(number);
                case 2 -> text.append("\"a = { ] , # // \\\" \\\\\" ").append(number);
                case 3 ->
                    text.append("\"\"\"b = {\n \" # ").append(number).append(one("\"\"\"", "\"\"\"\"", "\n\"\"\""));
                case 4 ->
                    text.append("[")
                            .append(number)
                            .append(one(", ", "\n", ",\n"))
                            .append("\"]\"]");
                case 5 -> list(number, depth);
                case 6 -> text.append("${?x} ").append(number);
                case 7 -> text.append(number).append(" ${?\"}\".x}");
                case 8 -> text.append("[").append(number).append("] ${?x}");
                case 9 -> text.append("[[").append(number).append("], {}]");
                default -> text.append(number);
            }
        }

        private void list(int number, int depth) {
            text.append("[").append(number);
            for (int i = random.nextInt(3); i > 0; i--) {
                text.append(one(", ", "\n", ",\n")).append("{");
                section(2);
                text.append("}");
            }
            text.append("]");
        }
    }
}
