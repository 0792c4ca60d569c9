package org.adapt4j.runtime.plugins;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.adapt4j.runtime.experiment.Executors;
import org.adapt4j.runtime.run.CellExecutor;
import org.adapt4j.runtime.run.ExecutorException;

/**
 * The executors of the class path, and those of the folder of executors: each folder in it is called after an executor and holds its jars, in
 * itself or in its folder {@code jars}, which nothing loads until a run chooses it.
 */
final class InstalledExecutors implements Executors {
    /** Names the folder of executors, where it is not beside that of the application's jars. */
    static final String VARIABLE = "ADAPT4J_EXECUTORS";

    /** Executors of ours that are installed apart, as their libraries are large. */
    private static final Set<String> OFFERED = Set.of("spark");

    private final ClassLoader application;
    private final Path folder;
    private final Map<String, CellExecutor<?>> loaded = new HashMap<>();

    InstalledExecutors(ClassLoader application, Path folder) {
        this.application = application;
        this.folder = folder;
    }

    /** Those of this installation. */
    static InstalledExecutors ofThisProcess(ClassLoader application) {
        String named = System.getenv(VARIABLE);
        Path firstJar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
        Path beside = firstJar.toAbsolutePath()
                .normalize()
                .resolveSibling("../executors")
                .normalize();
        return new InstalledExecutors(application, named == null || named.isEmpty() ? beside : Path.of(named));
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(OFFERED);
        ServiceLoader.load(CellExecutor.class, application).forEach(executor -> names.add(executor.name()));
        try (Stream<Path> folders = Files.list(folder)) {
            folders.filter(Files::isDirectory).forEach(own -> names.add(String.valueOf(own.getFileName())));
        } catch (IOException e) {
            return names; // there is no such folder, so nobody installed any
        }
        return names;
    }

    @Override
    public Optional<CellExecutor<?>> find(String name) {
        if (!loaded.containsKey(name)) {
            load(name).ifPresent(executor -> loaded.put(name, executor));
        }
        return Optional.ofNullable(loaded.get(name));
    }

    private Optional<CellExecutor<?>> load(String name) {
        Optional<CellExecutor<?>> own = among(ServiceLoader.load(CellExecutor.class, application), name);
        if (own.isPresent() || !name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            return own;
        }
        List<URL> jars = new ArrayList<>();
        jars(folder.resolve(name), jars);
        jars(folder.resolve(name).resolve("jars"), jars);
        if (jars.isEmpty()) {
            if (OFFERED.contains(name)) {
                throw new ExecutorException("the executor '" + name + "' is not installed: there are no jars in "
                        + folder.resolve(name) + ". runtime/spark/README.md of the sources says how to get them");
            }
            return Optional.empty();
        }
        try {
            Optional<CellExecutor<?>> found = among(
                    ServiceLoader.load(CellExecutor.class, new ExecutorClassLoader(name, jars, application)), name);
            if (found.isEmpty()) {
                throw new ExecutorException("none of the jars in " + folder.resolve(name) + " holds the executor '"
                        + name + "': META-INF/services/" + CellExecutor.class.getName() + " names its class");
            }
            return found;
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new ExecutorException("the executor of " + folder.resolve(name) + " cannot be loaded: " + e, e);
        }
    }

    @SuppressWarnings("rawtypes")
    private static Optional<CellExecutor<?>> among(ServiceLoader<CellExecutor> loader, String name) {
        for (CellExecutor<?> executor : loader) {
            if (executor.name().equals(name)) {
                return Optional.of(executor);
            }
        }
        return Optional.empty();
    }

    private static void jars(Path folder, List<URL> jars) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .forEach(jar -> jars.add(PluginLoader.url(jar)));
        } catch (IOException e) {
            return; // no such folder, no jars
        }
    }
}
