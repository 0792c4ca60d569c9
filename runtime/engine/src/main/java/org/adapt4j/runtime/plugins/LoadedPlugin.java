package org.adapt4j.runtime.plugins;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapt4j.runtime.experiment.Catalogue;

/**
 * A plug-in that was found and accepted.
 *
 * @param id unique name
 * @param version of its jar; {@code unversioned} if the manifest has none
 * @param source file name of the jar, or {@code bundled}
 * @param contributions what it adds, by kind and name
 * @param loader through which its classes and resources are found
 */
public record LoadedPlugin(
        String id,
        String version,
        String source,
        Map<Catalogue.Kind, SortedMap<String, Catalogue.Entry>> contributions,
        ClassLoader loader) {

    /** Sorts and freezes the contributions. */
    public LoadedPlugin {
        contributions = Collections.unmodifiableMap(new TreeMap<>(contributions));
    }
}
