package org.adapt4j.runtime.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Javadoc of a record says of its components: from its source, which jars of plug-ins have under {@value #SOURCES}. */
final class Meanings {

    static final String SOURCES = "META-INF/sources/";

    private static final int MOST = 1 << 20;

    private Meanings() {}

    /** The text of a component's {@code @param}; empty where it has none, or the jar no source. */
    static String of(Class<?> record, String component) {
        Class<?> outermost = record;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        ClassLoader loader = record.getClassLoader();
        String path = SOURCES + outermost.getName().replace('.', '/') + ".java";
        try (InputStream in = loader == null ? null : loader.getResourceAsStream(path)) {
            return in == null ? "" : of(new String(in.readNBytes(MOST), StandardCharsets.UTF_8), record, component);
        } catch (IOException e) {
            return ""; // without its meaning a setting can be shown all the same
        }
    }

    private static String of(String source, Class<?> record, String component) {
        Matcher declaration = Pattern.compile("\\brecord " + record.getSimpleName() + "\\s*[(<]")
                .matcher(source);
        if (!declaration.find()) {
            return "";
        }
        int from = source.lastIndexOf("/**", declaration.start());
        int to = from < 0 ? -1 : source.indexOf("*/", from);
        if (to < 0 || to > declaration.start() || !isOfTheRecord(source.substring(to + 2, declaration.start()))) {
            return "";
        }
        String comment = source.substring(from + 3, to).replaceAll("(?m)^\\s*\\*", "");
        Matcher param = Pattern.compile("@param " + component + "\\s+(.*?)(?=\\s@[a-z]+\\s|\\z)", Pattern.DOTALL)
                .matcher(comment);
        return param.find() ? plain(param.group(1)) : "";
    }

    /** Nothing but annotations and modifiers stands between a comment and what it is about. */
    private static boolean isOfTheRecord(String between) {
        return between.matches("(\\s|@\\w+(\\([^)]*\\))?|public|private|protected|static|final)*");
    }

    /** Without marks: {@code {@code x}} is x, and a link its label, or what it leads to. */
    private static String plain(String text) {
        return text.replaceAll("\\{@(?:code|literal)\\s+([^}]*)}", "$1")
                .replaceAll("\\{@link(?:plain)?\\s+\\S+\\s+([^}]+)}", "$1")
                .replaceAll("\\{@link(?:plain)?\\s+#?([^}]+)}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
