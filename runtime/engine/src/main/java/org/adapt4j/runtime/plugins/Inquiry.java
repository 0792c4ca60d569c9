package org.adapt4j.runtime.plugins;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.adapt4j.api.plugin.Plugin;
import org.adapt4j.runtime.settings.ConfigurationReader;
import org.adapt4j.runtime.settings.Legible;
import org.adapt4j.runtime.settings.Problem;
import org.adapt4j.runtime.settings.Problems;
import org.adapt4j.toolkit.run.Causes;
import org.jspecify.annotations.Nullable;

/** Asks the plug-ins that one loader finds what they add. Whatever they do instead is an objection. */
final class Inquiry {

    private static final int LONGEST_ID = 200;

    private final ClassLoader application;
    private final ClassLoader loader;
    private final Optional<Path> jar;
    private final String where;
    private final boolean checksDefaults;
    private final Problems problems = new Problems();
    private final ConfigurationReader reader = new ConfigurationReader(List.of(), problems);
    private final List<LoadedPlugin> plugins = new ArrayList<>();

    /**
     * @param jar whose plug-ins are asked for, if it is not the class path of the application
     * @param checksDefaults whether all their defaults are read and looked at, or each when it is asked for
     */
    Inquiry(ClassLoader application, ClassLoader loader, Optional<Path> jar, boolean checksDefaults) {
        this.checksDefaults = checksDefaults;
        this.application = application;
        this.loader = loader;
        this.jar = jar;
        where = jar.map(Path::toString).orElse("class path");
    }

    /** Those that answered. */
    List<LoadedPlugin> plugins() {
        return plugins;
    }

    /** What speaks against the others. */
    List<Problem> problems() {
        return problems.found();
    }

    /** Asks them all. */
    void ask() {
        Iterator<ServiceLoader.Provider<Plugin>> found =
                ServiceLoader.load(Plugin.class, loader).stream().iterator();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            while (next(found)) {
                try {
                    accept(found.next().get());
                } catch (Throwable e) { // foreign code throws what it likes, declared or not
                    refuse(reason(e));
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Asks them all, but not for ever.
     *
     * @return what speaks against waiting on; empty if they answered in time
     */
    Optional<Problem> ask(Duration patience) {
        Thread asking = new Thread(
                () -> {
                    try {
                        ask();
                    } catch (Throwable e) { // not even its exceptions can be relied on
                        refuse("its plug-in failed while it was asked what it adds: "
                                + e.getClass().getName());
                    }
                },
                "asking " + where);
        asking.setDaemon(true);
        asking.start();
        try {
            asking.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!asking.isAlive()) {
            return Optional.empty();
        }
        String place = Stream.of(asking.getStackTrace())
                .filter(frame -> loader.getName() != null && loader.getName().equals(frame.getClassLoaderName()))
                .map(frame -> " (it is at " + frame + ")")
                .findFirst()
                .orElse("");
        return Optional.of(new Problem(
                where,
                0,
                "",
                "its plug-in has not said after " + patience.toSeconds() + " s what it adds" + place
                        + "; contribute() only names classes. Tell its author, or take the jar out of this folder"));
    }

    /** Whether there is another provider; an unreadable service file or a class that is not there is refused here. */
    private boolean next(Iterator<ServiceLoader.Provider<Plugin>> found) {
        while (true) {
            try {
                return found.hasNext();
            } catch (ServiceConfigurationError | LinkageError e) {
                refuse(reason(e));
            }
        }
    }

    private void accept(Plugin plugin) {
        String id = Objects.requireNonNullElse(plugin.id(), "");
        if (jar.isPresent() && id.indexOf('.') < 0) {
            refuse("its plug-in calls itself '" + id + "', but names without a dot are kept for bundled plug-ins;"
                    + " choose one such as 'org.example." + id + "'");
            return;
        }
        if (id.isBlank() || id.length() > LONGEST_ID || !Legible.isLegible(id)) {
            refuse("its plug-in calls itself '" + id + "'; an id is one short line, such as 'org.example.mine'");
            return;
        }
        Optional<URL> home = jar.map(PluginLoader::url).or(() -> home(plugin.getClass()));
        String version = home.flatMap(Inquiry::version).orElse("unversioned");
        Supplier<Config> defaults = new ReadOnce(() -> home.flatMap(url -> inside(url, "reference.conf"))
                .filter(Inquiry::exists)
                .map(url -> reader.resolve(reader.defaults(id, url)))
                .orElse(ConfigFactory.empty()));
        Collector collector = new Collector(id, version, defaults, this::refuse);
        plugin.contribute(collector);
        if (checksDefaults) {
            collector.checkDefaults(problems);
        }
        plugins.add(new LoadedPlugin(
                id,
                version,
                jar.map(path -> path.getFileName().toString()).orElse(PluginLoader.BUNDLED),
                collector.entries(),
                loader));
    }

    /** Reads when it is first asked, and keeps what it read. */
    private static final class ReadOnce implements Supplier<Config> {
        private final Supplier<Config> source;
        private @Nullable Config read;

        ReadOnce(Supplier<Config> source) {
            this.source = source;
        }

        @Override
        public Config get() {
            Config found = read;
            if (found == null) {
                found = source.get();
                read = found;
            }
            return found;
        }
    }

    private void refuse(String why) {
        problems.add(new Problem(where, 0, "", why));
    }

    private String reason(Throwable failure) {
        Optional<String> later = ClassVersions.explain(failure);
        if (later.isPresent()) {
            return later.get();
        }
        for (Throwable cause : Causes.of(failure)) {
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
        Throwable root = Causes.root(failure);
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
        Optional<URL> manifest = inside(home, "META-INF/MANIFEST.MF").filter(Inquiry::exists);
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
}
