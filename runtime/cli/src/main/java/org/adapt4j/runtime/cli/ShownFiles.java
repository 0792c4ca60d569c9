package org.adapt4j.runtime.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that a page of Markdown shows: each a line with its path alone, an empty line, and a block. */
final class ShownFiles {
    private static final Pattern FILE =
            Pattern.compile("^ *`([\\w./-]+)`\\n\\n *```\\w*\\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);

    private ShownFiles() {}

    /** All of a page, by path, in the order of paths. */
    static Map<String, String> of(String page) {
        Map<String, String> files = new TreeMap<>();
        Matcher found = FILE.matcher(page);
        while (found.find()) {
            files.put(found.group(1), found.group(2).stripTrailing().stripIndent() + "\n");
        }
        return files;
    }
}
