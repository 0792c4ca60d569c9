package org.adapt4j.runtime.settings;

/**
 * One thing that is wrong with a configuration.
 *
 * @param file as the user named it; empty if the problem has no file
 * @param line first line is 1; 0 if unknown
 * @param column of the key in that line, first is 1; 0 if unknown
 * @param path of the key, such as {@code pretrain.learner.step-size}; empty if the problem has none
 * @param message what is wrong and what to do
 */
public record Problem(String file, int line, int column, String path, String message) {

    /** A value that somebody pasted must not bury the other problems. */
    private static final int LONGEST = 2_000;

    /** Makes all parts fit to be shown, each in one line. */
    public Problem {
        file = Legible.line(file, LONGEST);
        path = Legible.line(path, LONGEST);
        message = Legible.line(message, LONGEST);
    }

    /** At no known column. */
    public Problem(String file, int line, String path, String message) {
        this(file, line, 0, path, message);
    }

    Problem at(int where) {
        return new Problem(file, line, where, path, message);
    }

    /** {@code file: line: path: message}, without the parts that are not known. */
    @Override
    public String toString() {
        return text(false);
    }

    /** The same with the column behind the line, {@code file: line:column: path: message}. */
    public String withColumn() {
        return text(column > 0);
    }

    private String text(boolean located) {
        StringBuilder text = new StringBuilder();
        if (!file.isEmpty()) {
            text.append(file).append(": ");
        }
        if (line > 0) {
            text.append(line).append(located ? ":" + column : "").append(": ");
        }
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        return text.append(message).toString();
    }
}
