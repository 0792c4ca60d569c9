package org.adapt4j.runtime.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds keys that are set twice in one file, which HOCON itself would silently merge. Sections may be continued, and values
 * may be built on the earlier one with a substitution or {@code +=}; anything else is a slip.
 *
 * <p>Reads only texts that the HOCON parser has accepted.
 */
final class DuplicateKeys {

    private final String file;
    private final String text;
    private final List<Problem> problems = new ArrayList<>();
    private int position;
    private int line = 1;

    private DuplicateKeys(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** The keys that are set twice, at the second place, naming the first. */
    static List<Problem> in(String file, String text) {
        DuplicateKeys scan = new DuplicateKeys(file, text);
        scan.object(new Scope(""), "");
        return scan.problems;
    }

    /** The keys of one object, wherever in the file they are written. */
    private static final class Scope {
        private final String display;
        private final Map<String, Integer> scalars = new HashMap<>();
        private final Map<String, Integer> sections = new HashMap<>();

        private Scope(String display) {
            this.display = display;
        }
    }

    /** What kind of value stood behind a key. */
    private enum Kind {
        SCALAR,
        SECTION,
        BUILT_ON_ANOTHER
    }

    private void object(Scope scope, String prefix) {
        while (position < text.length()) {
            skipSpace(true);
            if (position >= text.length()) {
                return;
            }
            char next = text.charAt(position);
            if (next == '}') {
                advance();
                return;
            }
            if (next == ',' || next == '{') {
                // A comma between entries, or the optional braces around a whole file.
                advance();
            } else if (text.startsWith("include", position) && isIncludeStatement()) {
                while (position < text.length() && "\n,}".indexOf(text.charAt(position)) < 0) {
                    skipStringOrAdvance();
                }
            } else {
                entry(scope, prefix);
            }
        }
    }

    private boolean isIncludeStatement() {
        int after = position + "include".length();
        return after < text.length() && Character.isWhitespace(text.charAt(after));
    }

    private void entry(Scope scope, String prefix) {
        int start = position;
        int startLine = line;
        String path = join(prefix, key());
        boolean appends = position < text.length() && text.charAt(position) == '+';
        while (position < text.length() && "+=:".indexOf(text.charAt(position)) >= 0) {
            advance();
        }
        skipSpace(true);
        Kind kind = value(scope, path);
        if (!appends && kind != Kind.BUILT_ON_ANOTHER) {
            note(scope, path, kind, startLine);
        }
        if (position == start) {
            advance();
        }
    }

    private void note(Scope scope, String path, Kind kind, int at) {
        Map<String, Integer> same = kind == Kind.SCALAR ? scope.scalars : scope.sections;
        Map<String, Integer> other = kind == Kind.SCALAR ? scope.sections : scope.scalars;
        Integer first = kind == Kind.SCALAR ? same.get(path) : null;
        if (first == null) {
            first = other.get(path);
        }
        if (first == null) {
            same.putIfAbsent(path, at);
        } else {
            problems.add(new Problem(
                    file,
                    at,
                    scope.display + path,
                    "is set twice, here and in line " + first + "; delete one of them"));
        }
    }

    /** Reads up to the separator and returns the path with quotes only where needed. */
    private String key() {
        String path = "";
        StringBuilder element = new StringBuilder();
        while (position < text.length() && "=:{+\n,}".indexOf(text.charAt(position)) < 0) {
            char next = text.charAt(position);
            if (next == '"') {
                int from = position + 1;
                skipStringOrAdvance();
                element.append(text, from, Math.max(from, position - 1));
            } else if (next == '.') {
                path = Keys.join(path, element.toString().strip());
                element.setLength(0);
                advance();
            } else {
                element.append(next);
                advance();
            }
        }
        return Keys.join(path, element.toString().strip());
    }

    private Kind value(Scope scope, String path) {
        boolean section = false;
        boolean built = false;
        while (position < text.length()) {
            skipSpace(false);
            if (position >= text.length() || "\n,}]".indexOf(text.charAt(position)) >= 0) {
                break;
            }
            char next = text.charAt(position);
            if (next == '{') {
                section = true;
                advance();
                object(scope, path);
            } else if (next == '[') {
                advance();
                array(scope, path);
            } else if (text.startsWith("${", position)) {
                built = true;
                while (position < text.length() && text.charAt(position) != '}') {
                    skipStringOrAdvance();
                }
                advance();
            } else {
                skipStringOrAdvance();
            }
        }
        return built ? Kind.BUILT_ON_ANOTHER : section ? Kind.SECTION : Kind.SCALAR;
    }

    private void array(Scope scope, String path) {
        int index = 0;
        while (position < text.length()) {
            skipSpace(true);
            if (position >= text.length()) {
                return;
            }
            char next = text.charAt(position);
            if (next == ']') {
                advance();
                return;
            }
            if (next == ',') {
                advance();
                continue;
            }
            // Every element is an object of its own.
            int before = position;
            value(new Scope(scope.display + path + "[" + index + "]."), "");
            index++;
            if (position == before) {
                advance();
            }
        }
    }

    private static String join(String prefix, String path) {
        return prefix.isEmpty() ? path : prefix + "." + path;
    }

    private void skipSpace(boolean lineBreaks) {
        while (position < text.length()) {
            char next = text.charAt(position);
            if (next == '#' || text.startsWith("//", position)) {
                while (position < text.length() && text.charAt(position) != '\n') {
                    advance();
                }
            } else if (next == '\n' ? lineBreaks : Character.isWhitespace(next) || next == '\uFEFF') {
                advance();
            } else {
                return;
            }
        }
    }

    private void skipStringOrAdvance() {
        if (text.startsWith("\"\"\"", position)) {
            int end = text.indexOf("\"\"\"", position + 3);
            int stop = end < 0 ? text.length() : end + 3;
            while (position < stop) {
                advance();
            }
            while (position < text.length() && text.charAt(position) == '"') {
                advance();
            }
        } else if (text.charAt(position) == '"') {
            advance();
            while (position < text.length() && text.charAt(position) != '"' && text.charAt(position) != '\n') {
                if (text.charAt(position) == '\\') {
                    advance();
                }
                advance();
            }
            advance();
        } else {
            advance();
        }
    }

    private void advance() {
        if (position < text.length() && text.charAt(position) == '\n') {
            line++;
        }
        position++;
    }
}
