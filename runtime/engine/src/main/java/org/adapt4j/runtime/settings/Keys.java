package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigUtil;
import java.util.Locale;

/** Paths of keys, and how Java names are written in a configuration. */
public final class Keys {

    private Keys() {}

    /** A key below a path; quoted if it needs to be. */
    public static String join(String path, String key) {
        String quoted = ConfigUtil.joinPath(key);
        return path.isEmpty() ? quoted : path + "." + quoted;
    }

    /** {@code innerUpdates}, {@code InnerUpdates} and {@code INNER_UPDATES} are all written {@code inner-updates}. */
    public static String kebab(String javaName) {
        if (javaName.chars().noneMatch(Character::isLowerCase)) {
            return javaName.toLowerCase(Locale.ROOT).replace('_', '-');
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < javaName.length(); i++) {
            char letter = javaName.charAt(i);
            boolean startsWord = Character.isUpperCase(letter)
                    && i > 0
                    && (!Character.isUpperCase(javaName.charAt(i - 1))
                            || (i + 1 < javaName.length() && Character.isLowerCase(javaName.charAt(i + 1))));
            if (startsWord) {
                text.append('-');
            }
            text.append(letter == '_' ? '-' : Character.toLowerCase(letter));
        }
        return text.toString();
    }
}
