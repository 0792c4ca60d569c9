package org.adapt4j.runtime.plugins;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapt4j.runtime.experiment.Catalogue;
import org.adapt4j.runtime.experiment.Catalogue.Kind;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.adapt4j.runtime.settings.Problem;
import org.adapt4j.runtime.settings.Problems;

/**
 * Loads the bundled plug-ins from the class path, and each jar of the user's folder in a loader of its own. Everything that
 * speaks against a plug-in is said at once.
 */
public final class PluginLoader {

    static final String BUNDLED = "bundled";

    /** Naming classes takes milliseconds; a machine may be very busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ClassLoader application;
    private final boolean checksDefaults;
    private final Problems problems = new Problems();
    private final Map<String, LoadedPlugin> plugins = new TreeMap<>();
    private final List<LoadedPlugin> inOrder = new ArrayList<>();

    private PluginLoader(ClassLoader application, boolean checksDefaults) {
        this.application = application;
        this.checksDefaults = checksDefaults;
    }

    /**
     * Loads everything.
     *
     * @param application loader of the application, with the bundled plug-ins on its class path
     * @param folder of further jars, if the user has one
     * @throws ConfigurationException with every jar that is refused, and why
     */
    public static PluginCatalogue load(ClassLoader application, Optional<Path> folder) {
        return load(application, folder, PATIENCE, true);
    }

    /** The same for a cell, which was planned with it: its settings are complete, and of defaults only what it asks for is read. */
    public static PluginCatalogue loadForCell(ClassLoader application, Optional<Path> folder) {
        return load(application, folder, PATIENCE, false);
    }

    /** The same. @param patience with the plug-ins of one jar */
    static PluginCatalogue load(ClassLoader application, Optional<Path> folder, Duration patience) {
        return load(application, folder, patience, true);
    }

    private static PluginCatalogue load(
            ClassLoader application, Optional<Path> folder, Duration patience, boolean checksDefaults) {
        PluginLoader loading = new PluginLoader(application, checksDefaults);
        Inquiry bundled = new Inquiry(application, application, Optional.empty(), checksDefaults);
        bundled.ask();
        loading.take(bundled, "class path");
        // The class path has no order that means anything.
        loading.inOrder.sort(Comparator.comparing(LoadedPlugin::id));
        folder.ifPresent(path -> loading.folder(path, patience));
        loading.checkNames();
        loading.problems.throwIfAny();
        return new PluginCatalogue(loading.inOrder, application);
    }

    private void folder(Path folder, Duration patience) {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new Problem(folder.toString(), 0, "", "the folder of plug-ins cannot be read: " + e));
            return;
        }
        for (Path jar : jars) {
            Optional<String> objection = PluginJar.objection(jar);
            if (objection.isPresent()) {
                refuse(jar.toString(), objection.get());
                continue;
            }
            PluginClassLoader loader = new PluginClassLoader(jar.getFileName().toString(), url(jar), application);
            Inquiry inquiry = new Inquiry(application, loader, Optional.of(jar), checksDefaults);
            Optional<Problem> silence = inquiry.ask(patience);
            if (silence.isPresent()) {
                problems.add(silence.get()); // its thread goes on: what it has written so far is nobody's to read
            } else {
                take(inquiry, jar.toString());
            }
        }
    }

    private void take(Inquiry inquiry, String where) {
        problems.addAll(inquiry.problems());
        for (LoadedPlugin plugin : inquiry.plugins()) {
            LoadedPlugin other = plugins.putIfAbsent(plugin.id(), plugin);
            if (other == null) {
                inOrder.add(plugin);
            } else {
                refuse(
                        where,
                        "its plug-in calls itself '" + plugin.id() + "', as the one in " + other.source()
                                + " does; take one of the two away, or give it another id");
            }
        }
    }

    /** Two plug-ins may not offer the same name of one kind. */
    private void checkNames() {
        for (Kind kind : Kind.values()) {
            Map<String, LoadedPlugin> owners = new TreeMap<>();
            for (LoadedPlugin plugin : inOrder) {
                SortedMap<String, Catalogue.Entry> offered =
                        plugin.contributions().get(kind);
                if (offered == null) {
                    continue;
                }
                for (String name : offered.keySet()) {
                    LoadedPlugin first = owners.putIfAbsent(name, plugin);
                    if (first != null) {
                        refuse(
                                plugin.source(),
                                "the plug-in '" + plugin.id() + "' contributes the " + kind.key() + " '" + name
                                        + "', as '" + first.id() + "' does; one of them needs another name");
                    }
                }
            }
        }
    }

    private void refuse(String where, String why) {
        problems.add(new Problem(where, 0, "", why));
    }

    static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a path that can be loaded from: " + jar, e);
        }
    }
}
