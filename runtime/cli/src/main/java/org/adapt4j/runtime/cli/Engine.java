package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens the engine. */
final class Engine {
    private Engine() {}

    static Workbench open(Optional<Path> plugins) {
        return new EngineWorkbench(new FlatCatalogue(), List.of());
    }
}
