package org.adapt4j.env.rlbench.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapt4j.env.rlbench.describe.Description;

/** All tasks there are, by RLBench's names: the descriptions in this package, found where its classes lie. */
public final class Tasks {

    private static final Map<String, Description> ALL = Collections.unmodifiableMap(find());

    private Tasks() {}

    /** All tasks by name, sorted. */
    public static Map<String, Description> all() {
        return ALL;
    }

    /** Names of all tasks, sorted. */
    public static Collection<String> names() {
        return ALL.keySet();
    }

    private static Map<String, Description> find() {
        Map<String, Description> found = new TreeMap<>();
        for (String type : classes()) {
            try {
                Class<?> candidate = Class.forName(type, true, Tasks.class.getClassLoader());
                if (Description.class.isAssignableFrom(candidate) && !Modifier.isAbstract(candidate.getModifiers())) {
                    Constructor<?> constructor = candidate.getDeclaredConstructor();
                    constructor.setAccessible(true);
                    Description task = (Description) constructor.newInstance();
                    found.put(task.name(), task);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        type + ": a task needs a constructor without arguments that does not throw: " + e, e);
            }
        }
        return found;
    }

    private static List<String> classes() {
        CodeSource source = Tasks.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("the tasks cannot be found: nobody knows where these classes came from");
        }
        String folder = Tasks.class.getPackageName().replace('.', '/');
        try {
            Path place = Path.of(source.getLocation().toURI());
            if (Files.isDirectory(place)) {
                return in(place.resolve(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return in(jar.getPath(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the tasks in " + source.getLocation() + " cannot be listed", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the tasks cannot be found in " + source.getLocation(), e);
        }
    }

    private static List<String> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".class") && !name.contains("package-info"))
                    .map(name -> Tasks.class.getPackageName() + "." + name.replace(".class", ""))
                    .sorted()
                    .toList();
        }
    }
}
