package org.adapt4j.runtime.plugins;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.adapt4j.api.plugin.Plugin;
import org.adapt4j.runtime.experiment.Catalogue;
import org.adapt4j.runtime.experiment.Catalogue.Kind;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.adapt4j.runtime.settings.ConfigurationReader;
import org.adapt4j.runtime.settings.Problem;
import org.adapt4j.runtime.settings.Problems;

/**
 * Loads the bundled plug-ins from the class path, and each jar of the user's folder in a loader of its own. Everything that
 * speaks against a plug-in is said at once.
 */
public final class PluginLoader {

    private static final String BUNDLED = "bundled";

    private final ClassLoader application;
    private final Problems problems = new Problems();
    private final ConfigurationReader reader = new ConfigurationReader(List.of(), problems);
    private final Map<String, LoadedPlugin> plugins = new TreeMap<>();
    private final List<LoadedPlugin> inOrder = new ArrayList<>();

    private PluginLoader(ClassLoader application) {
        this.application = application;
    }

    /**
     * Loads everything.
     *
     * @param application loader of the application, with the bundled plug-ins on its class path
     * @param folder of further jars, if the user has one
     * @throws ConfigurationException with every jar that is refused, and why
     */
    public static PluginCatalogue load(ClassLoader application, Optional<Path> folder) {
        PluginLoader loading = new PluginLoader(application);
        loading.providers(application, Optional.empty());
        // The class path has no order that means anything.
        loading.inOrder.sort(Comparator.comparing(LoadedPlugin::id));
        folder.ifPresent(loading::folder);
        loading.checkNames();
        loading.problems.throwIfAny();
        return new PluginCatalogue(loading.inOrder, application);
    }

    private void folder(Path folder) {
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
            } else {
                String name = jar.getFileName().toString();
                providers(new PluginClassLoader(name, url(jar), application), Optional.of(jar));
            }
        }
    }

    /** Asks all providers of one loader; those of a jar must be its own. */
    private void providers(ClassLoader loader, Optional<Path> jar) {
        String where = jar.map(Path::toString).orElse("class path");
        Iterator<ServiceLoader.Provider<Plugin>> found =
                ServiceLoader.load(Plugin.class, loader).stream().iterator();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            while (next(found, where)) {
                try {
                    accept(found.next().get(), loader, jar);
                } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                    refuse(where, reason(e));
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Whether there is another provider; an unreadable service file or a class that is not there is refused here. */
    private boolean next(Iterator<ServiceLoader.Provider<Plugin>> found, String where) {
        while (true) {
            try {
                return found.hasNext();
            } catch (ServiceConfigurationError | LinkageError e) {
                refuse(where, reason(e));
            }
        }
    }

    private void accept(Plugin plugin, ClassLoader loader, Optional<Path> jar) {
        String id = plugin.id();
        String where = jar.map(Path::toString).orElse("class path");
        if (jar.isPresent() && id.indexOf('.') < 0) {
            refuse(
                    where,
                    "its plug-in calls itself '" + id + "', but names without a dot are kept for bundled plug-ins;"
                            + " choose one such as 'org.example." + id + "'");
            return;
        }
        LoadedPlugin other = plugins.get(id);
        if (other != null) {
            refuse(
                    where,
                    "its plug-in calls itself '" + id + "', as the one in " + other.source()
                            + " does; take one of the two away, or give it another id");
            return;
        }
        Optional<URL> home = jar.map(PluginLoader::url).or(() -> home(plugin.getClass()));
        String version = home.flatMap(PluginLoader::version).orElse("unversioned");
        Config defaults = home.flatMap(url -> inside(url, "reference.conf"))
                .filter(PluginLoader::exists)
                .map(url -> reader.resolve(reader.defaults(id, url)))
                .orElse(ConfigFactory.empty());
        Collector collector = new Collector(id, version, defaults, objection -> refuse(where, objection));
        plugin.contribute(collector);
        collector.checkDefaults(problems);
        LoadedPlugin accepted = new LoadedPlugin(
                id,
                version,
                jar.map(path -> path.getFileName().toString()).orElse(BUNDLED),
                collector.entries(),
                loader);
        plugins.put(id, accepted);
        inOrder.add(accepted);
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

    private String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
                return missingClass(String.valueOf(cause.getMessage()).replace('/', '.'));
            }
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ServiceConfigurationError && failure.getCause() == null) {
            String prefix = Plugin.class.getName() + ": ";
            return "its file " + PluginJar.SERVICE_FILE + " does not fit: "
                    + (message.startsWith(prefix) ? message.substring(prefix.length()) : message)
                    + "; it must name a class of the jar that implements Plugin and has a public constructor without"
                    + " parameters";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        StackTraceElement[] trace = root.getStackTrace();
        return "its plug-in failed while it was asked what it adds: " + root
                + (trace.length == 0 ? "" : " at " + trace[0])
                + "; tell its author, or take the jar out of this folder";
    }

    private String missingClass(String name) {
        String hint;
        if (application.getResource(name.replace('.', '/') + ".class") != null && !SharedPackages.holdsClass(name)) {
            hint = "the application has that class, but plug-ins do not see it; put the library that brings it into the"
                    + " plug-in's jar, or do without it if it is part of the runtime";
        } else if (SharedPackages.holdsClass(name)) {
            hint = "that package is shared, but this Adapt4J lacks the class; compile the plug-in against this version";
        } else {
            hint = "put the library that brings it into the plug-in's jar, with the Maven shade plug-in for example";
        }
        return "needs the class " + name + ", which it cannot find: " + hint;
    }

    private static Optional<URL> home(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? Optional.empty() : Optional.ofNullable(source.getLocation());
    }

    private static Optional<String> version(URL home) {
        Optional<URL> manifest = inside(home, "META-INF/MANIFEST.MF").filter(PluginLoader::exists);
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = manifest.get().openStream()) {
            return PluginJar.attribute(new Manifest(in), "Implementation-Version");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<URL> inside(URL home, String resource) {
        try {
            return Optional.of(
                    home.getPath().endsWith("/") ? new URL(home, resource) : new URL("jar:" + home + "!/" + resource));
        } catch (MalformedURLException e) {
            return Optional.empty();
        }
    }

    private static boolean exists(URL url) {
        try (InputStream in = url.openStream()) {
            return in != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a path that can be loaded from: " + jar, e);
        }
    }
}
