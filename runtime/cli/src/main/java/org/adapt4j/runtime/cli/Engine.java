package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Opens the engine. */
final class Engine {
    private Engine() {}

    static Workbench open(Optional<Path> plugins) {
        throw new IllegalStateException("the engine has not landed yet: " + plugins);
    }

    static boolean isConfigurationProblem(Exception problem) {
        return false;
    }
}
