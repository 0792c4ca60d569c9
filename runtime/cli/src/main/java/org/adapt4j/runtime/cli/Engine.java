package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.natives.NativeLibraries;
import org.adapt4j.runtime.plugins.LoadedPlugin;
import org.adapt4j.runtime.plugins.PluginCatalogue;
import org.adapt4j.runtime.plugins.PluginLoader;

/** Opens the engine. */
final class Engine {

    private Engine() {}

    /** Loads the bundled plug-ins and those in a folder, with all they may load themselves ready for it. */
    static Workbench open(Optional<Path> plugins) {
        NativeLibraries.ofThisProcess().readyForEnvironments();
        PluginCatalogue catalogue = PluginLoader.load(Engine.class.getClassLoader(), plugins);
        return new EngineWorkbench(
                catalogue, catalogue.plugins().stream().map(Engine::facts).toList());
    }

    private static Workbench.PluginFacts facts(LoadedPlugin plugin) {
        List<Workbench.Contribution> contributions = new ArrayList<>();
        plugin.contributions()
                .forEach((kind, entries) -> entries.forEach(
                        (name, entry) -> contributions.add(EngineWorkbench.contribution(kind.key(), name, entry))));
        return new Workbench.PluginFacts(plugin.id(), plugin.version(), plugin.source(), contributions);
    }
}
