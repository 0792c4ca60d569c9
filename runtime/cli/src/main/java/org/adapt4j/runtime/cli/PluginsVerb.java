package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.adapt4j.runtime.natives.NativeLibraries;
import org.adapt4j.runtime.plugins.TrustedJars;
import org.adapt4j.runtime.settings.Suggestion;
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

    /** Says all there is to say of something. */
    @Command(
            name = "show",
            description =
                    "Say what a name stands for: its kind, its jar, and each setting with type, range, default, source"
                            + " and meaning, and the presets.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(
                            paramLabel = "NAME",
                            description =
                                    "A name of an experiment, such as ppo, or the id of a plug-in, for all it adds.")
                    String name,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            description = "Only that kind, where several things have the name.")
                    @Nullable
                    String kind,
            @Option(
                            names = "--json-schema",
                            description = "Print its section of an experiment as a JSON Schema, for editors.")
                    boolean schema,
            @Mixin PluginOption jars) {
        Workbench workbench = jars.workbench();
        List<Workbench.Described> found = workbench.describe(name).stream()
                .filter(one -> kind == null || one.kind().equals(kind))
                .toList();
        if (found.isEmpty()) {
            Set<String> known = new TreeSet<>();
            workbench
                    .plugins()
                    .forEach(plugin -> plugin.contributions().stream()
                            .filter(one -> kind == null || one.kind().equals(kind))
                            .forEach(one -> known.add(one.name())));
            throw new UsageException("no " + (kind == null ? "plug-in adds" : kind + " is called") + " '" + name + "'"
                    + Suggestion.tail(name, known));
        }
        if (schema && found.size() > 1) {
            throw new UsageException("'" + name + "' is several things; choose with --kind one of "
                    + found.stream().map(Workbench.Described::kind).collect(Collectors.joining(", ")));
        }
        if (schema) {
            console.out().println(SettingsSchema.of(found.get(0)).toPrettyString());
        } else {
            found.forEach(one -> console.out().print(PluginGuide.text(one)));
        }
        return Exit.OK;
    }

    /** Writes a project. */
    @Command(
            name = "new",
            description =
                    "Write a Maven project of a plug-in to start from, which builds and passes the tests of its kind"
                            + " as it is: learner, adapter, benchmark, algorithm, data-set or selector.",
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
                    @Nullable
                    Path out) {
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
