package org.adapt4j.runtime.plugins;

import java.util.List;
import java.util.Optional;

/**
 * Packages that every plug-in takes from the application: the contract, and libraries whose state or native code exists once
 * per process. A jar of a plug-in must not hold them.
 */
final class SharedPackages {

    private static final List<String> PREFIXES = List.of(
            "org.adapt4j.api.",
            "org.adapt4j.toolkit.",
            "org.adapt4j.method.selection.",
            "ai.djl.",
            "com.sun.jna.",
            "org.bytedeco.javacpp.",
            "org.slf4j.",
            "jakarta.inject.",
            "org.jspecify.");

    private SharedPackages() {}

    static boolean holdsClass(String className) {
        return PREFIXES.stream().anyMatch(className::startsWith);
    }

    static boolean holdsResource(String resource) {
        return holdsClass(resource.replace('/', '.'));
    }

    /** The shared class that an entry of a jar is, if it is one; the versions of multi-release jars count too. */
    static Optional<String> classIn(String jarEntry) {
        String path = jarEntry.replaceFirst("^META-INF/versions/\\d+/", "");
        if (!path.endsWith(".class")) {
            return Optional.empty();
        }
        String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        return holdsClass(name) ? Optional.of(name) : Optional.empty();
    }

    /** The prefix that a shared class falls under, without the last dot. */
    static String packageOf(String className) {
        return PREFIXES.stream()
                .filter(className::startsWith)
                .map(prefix -> prefix.substring(0, prefix.length() - 1))
                .findFirst()
                .orElse(className);
    }
}
