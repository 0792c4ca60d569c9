package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.natives.NativeLibraries;
import org.adapt4j.runtime.plugins.TrustedJars;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what can be named in an experiment. */
@Command(name = "plugins", description = "List the plug-ins and what they add; --settings shows every default.")
final class PluginsVerb implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--settings", description = "Show the settings with their defaults.")
    private boolean settings;

    @Option(names = "--json", description = "Print everything as JSON.")
    private boolean json;

    PluginsVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Workbench.PluginFacts> all = plugins.workbench().plugins();
        if (json) {
            console.json(toJson(all));
            return Exit.OK;
        }
        for (Workbench.PluginFacts plugin : all) {
            console.out().println(plugin.id() + " " + plugin.version() + " (" + plugin.source() + ")");
            for (Workbench.Contribution contribution : plugin.contributions()) {
                console.out().println("  " + contribution.kind() + " " + contribution.name());
                if (settings) {
                    contribution
                            .settings()
                            .forEach((key, value) -> console.out().println("      " + key + " = " + value));
                }
            }
        }
        return Exit.OK;
    }

    /** Trusts a jar. */
    @Command(
            name = "trust",
            description =
                    "Trust jars of plug-ins as they are now, which are asked for their ids: from then on --plugins"
                            + " runs their code. A jar that changed since, or was never trusted, is refused before any of"
                            + " its code runs.",
            mixinStandardHelpOptions = true)
    int trust(@Parameters(paramLabel = "JAR", arity = "1..*", description = "The jars.") List<Path> jars) {
        for (Path jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw new UsageException(jar + ": there is no such file");
            }
        }
        NativeLibraries.ofThisProcess().readyForEnvironments();
        for (Path jar : jars) {
            console.out().println("trusted: " + TrustedJars.ofThisUser().trust(jar));
        }
        return Exit.OK;
    }

    /** Writes a project. */
    @Command(
            name = "new",
            description =
                    "Write a Maven project of a plug-in to start from, which builds and passes the tests of its kind as it"
                            + " is: learner, adapter, benchmark, algorithm, data-set or selector.",
            mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "KIND", description = "What it adds.") String kind,
            @Parameters(paramLabel = "NAME", description = "Its name in experiments: small letters, digits, hyphens.")
                    String name,
            @Option(
                            names = "--group",
                            paramLabel = "GROUP",
                            defaultValue = "org.example",
                            description = "Maven group, and package above the plug-in's; by default ${DEFAULT-VALUE}.")
                    String group,
            @Option(names = "--out", paramLabel = "DIR", description = "Folder of the project; by default NAME.")
                    @Nullable Path out) {
        Path folder = NewPlugin.write(kind, name, group, out == null ? Path.of(name) : out, plugins.workbench());
        console.out().println(folder);
        console.err().println("What to do next stands in " + folder.resolve("README.md"));
        return Exit.OK;
    }

    private static ArrayNode toJson(List<Workbench.PluginFacts> all) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (Workbench.PluginFacts plugin : all) {
            ObjectNode node = array.addObject();
            node.put("id", plugin.id()).put("version", plugin.version()).put("source", plugin.source());
            ArrayNode contributions = node.putArray("contributions");
            for (Workbench.Contribution contribution : plugin.contributions()) {
                ObjectNode added = contributions.addObject();
                added.put("kind", contribution.kind()).put("name", contribution.name());
                contribution.settings().forEach(added.putObject("settings")::put);
            }
        }
        return array;
    }
}
