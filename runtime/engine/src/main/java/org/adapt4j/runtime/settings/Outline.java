package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a HOCON text sets where, in one pass before the library's parser sees it: the parser calls itself for every level, copies a
 * section for every key that continues it, and forgets what was written twice. Says where a text is beyond the {@linkplain Limits
 * limits}; of a text that the parser refuses nothing else is meaningful.
 */
final class Outline {

    /** What kind of value stood behind a key. */
    enum Kind {
        SCALAR,
        SECTION,
        /** One with a substitution, or {@code +=}. */
        BUILT_ON_ANOTHER,
        /** Not a value but an include statement. */
        INCLUDE
    }

    /**
     * Keys that belong to one object, wherever they are written: those of the text, or of one element of a list.
     *
     * @param display what messages write before the path
     * @param owner path of the entry in whose list it is; empty for the text itself
     */
    record Scope(String display, String owner) {}

    /**
     * A key with its value.
     *
     * @param file as messages name it
     * @param column of its first letter in its line, from 1
     * @param path within the scope; of an include statement, the section that it stands in
     * @param characters of the value, without those of entries within
     * @param takesIn paths that it substitutes
     * @param appends whether it is written with {@code +=}
     * @param level how many sections and lists it stands in
     */
    record Entry(
            String file,
            int line,
            int column,
            Scope scope,
            String path,
            Kind kind,
            int characters,
            List<String> takesIn,
            boolean appends,
            int level) {

        /** The path from the top; of an element of a list, that of the list. */
        String place() {
            return scope.owner().isEmpty() ? path : scope.owner();
        }

        /** Whether its value joins another to what the path was before. */
        boolean buildsOnItself() {
            return appends || takesIn.contains(path);
        }

        /** The entry where an include statement puts it; what it takes in is looked for there and at the top. */
        Entry within(Entry statement) {
            String above = statement.place();
            if (above.isEmpty()) {
                return this;
            }
            boolean inList = !statement.scope().owner().isEmpty();
            String owner = scope.owner().isEmpty() ? "" : above + "." + scope.owner();
            String moved = scope.owner().isEmpty() ? path.isEmpty() ? above : above + "." + path : path;
            List<String> both = new ArrayList<>(takesIn);
            takesIn.forEach(taken -> both.add(above + "." + taken));
            Scope there = new Scope(scope.display(), inList ? above : owner);
            return new Entry(
                    file,
                    line,
                    column,
                    there,
                    inList ? path : moved,
                    kind,
                    characters,
                    List.copyOf(both),
                    appends,
                    level);
        }
    }

    private final String file;
    private final String text;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> takesIn = new ArrayList<>();
    private int position;
    private int line;
    private int level;
    private int nested;
    private long copies;
    private boolean comments;
    private String firstKey = "";
    private @Nullable Problem excess;

    private Outline(String file, String text, int line) {
        this.file = file;
        this.text = text;
        this.line = line;
    }

    /** Reads through a text. @param firstLine its number; 0 if numbers of lines would mean nothing */
    static Outline of(String file, String text, int firstLine) {
        Outline outline = new Outline(file, text, firstLine);
        outline.object(new Scope("", ""), "");
        return outline;
    }

    /** In the order in which they begin. */
    List<Entry> entries() {
        return entries;
    }

    /** Whether anything is commented out. */
    boolean hasComments() {
        return comments;
    }

    /** Where the text is beyond what is read. */
    Optional<Problem> excess() {
        return Optional.ofNullable(excess);
    }

    private int column() {
        return position - text.lastIndexOf('\n', position - 1);
    }

    private boolean goesOn() {
        return position < text.length() && excess == null;
    }

    private void refuse(int at, String why) {
        if (excess == null) {
            excess = new Problem(file, at, "", why);
        }
    }

    private void object(Scope scope, String prefix) {
        Map<String, Integer> sizes = new HashMap<>();
        while (goesOn()) {
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
                entries.add(new Entry(file, line, column(), scope, prefix, Kind.INCLUDE, 0, List.of(), false, level));
                while (position < text.length() && "\n,}".indexOf(text.charAt(position)) < 0) {
                    skipStringOrAdvance();
                }
            } else {
                int before = entries.size();
                entry(scope, prefix);
                // A section that goes on is copied.
                int size = sizes.getOrDefault(firstKey, 0);
                copies += size;
                sizes.put(firstKey, size + entries.size() - before);
                if (copies > Limits.COPIES) {
                    refuse(
                            line,
                            "goes on with the same sections too often; write each section once, with its keys in { …"
                                    + " }");
                }
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
        int startColumn = column();
        String path = key(prefix);
        String first = firstKey;
        boolean appends = position < text.length() && text.charAt(position) == '+';
        while (position < text.length() && "+=:".indexOf(text.charAt(position)) >= 0) {
            advance();
        }
        skipSpace(true);
        int index = entries.size();
        Entry open = new Entry(file, startLine, startColumn, scope, path, Kind.SCALAR, 0, List.of(), appends, level);
        entries.add(open);
        List<String> outerTakesIn = List.copyOf(takesIn);
        takesIn.clear();
        int outerNested = nested;
        nested = 0;
        Kind kind = value(scope, path, open.place());
        int length = position - start;
        entries.set(
                index,
                new Entry(
                        file,
                        startLine,
                        startColumn,
                        scope,
                        path,
                        kind,
                        length - nested,
                        List.copyOf(takesIn),
                        appends,
                        level));
        takesIn.clear();
        takesIn.addAll(outerTakesIn);
        nested = outerNested + length;
        firstKey = first;
        if (position == start) {
            advance();
        }
    }

    /** Reads up to the separator and returns the path with quotes only where needed. */
    private String key(String prefix) {
        int from = position;
        int startLine = line;
        int dots = 0;
        while (goesOn() && "=:{+\n,}".indexOf(text.charAt(position)) < 0) {
            dots += text.charAt(position) == '.' ? 1 : 0;
            skipStringOrAdvance();
        }
        firstKey = "";
        if (level + dots > Limits.LEVELS) {
            refuse(startLine, Limits.TOO_DEEP);
            return prefix;
        }
        List<String> keys = keys(text.substring(from, position).strip());
        firstKey = keys.get(0);
        String path = prefix;
        for (String key : keys) {
            path = Keys.join(path, key);
        }
        return path;
    }

    /** The keys of a path as the library reads it. */
    private static List<String> keys(String path) {
        try {
            return ConfigUtil.splitPath(path);
        } catch (ConfigException e) {
            return List.of(path); // the parser will refuse it
        }
    }

    private Kind value(Scope scope, String path, String place) {
        boolean section = false;
        boolean built = false;
        while (goesOn()) {
            skipSpace(false);
            if (position >= text.length() || "\n,}]".indexOf(text.charAt(position)) >= 0) {
                break;
            }
            char next = text.charAt(position);
            if (next == '{' || next == '[') {
                if (++level > Limits.LEVELS) {
                    refuse(line, Limits.TOO_DEEP);
                    break;
                }
                advance();
                if (next == '{') {
                    section = true;
                    object(scope, path);
                } else {
                    array(scope, path, place);
                }
                level--;
            } else if (text.startsWith("${", position)) {
                built = true;
                takesIn.add(substitution());
            } else {
                skipStringOrAdvance();
            }
        }
        return built ? Kind.BUILT_ON_ANOTHER : section ? Kind.SECTION : Kind.SCALAR;
    }

    private String substitution() {
        int from = position + 2;
        while (position < text.length() && text.charAt(position) != '}') {
            skipStringOrAdvance();
        }
        String path = text.substring(Math.min(from, position), position);
        if (path.chars().filter(letter -> letter == '.').count() > Limits.LEVELS) {
            refuse(line, Limits.TOO_DEEP);
        }
        advance();
        return (path.startsWith("?") ? path.substring(1) : path).strip();
    }

    private void array(Scope scope, String path, String place) {
        int index = 0;
        while (goesOn()) {
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
            value(new Scope(scope.display() + path + "[" + index + "].", place), "", place);
            index++;
            if (position == before) {
                advance();
            }
        }
    }

    private void skipSpace(boolean lineBreaks) {
        while (position < text.length()) {
            char next = text.charAt(position);
            if (next == '#' || text.startsWith("//", position)) {
                comments = true;
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
