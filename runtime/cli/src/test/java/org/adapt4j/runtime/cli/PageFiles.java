package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** The files that the page on contributing shows, and what its reader would do with them. */
final class PageFiles {

    private static final Path PAGE = Path.of("..", "..", "CONTRIBUTING.md");

    private PageFiles() {}

    /** All of them, by path, in the order of paths. */
    static Map<String, String> all() throws IOException {
        return ShownFiles.of(Files.readString(PAGE));
    }

    /** Writes those whose path holds a text into a folder; returns where they are. */
    static List<Path> write(String part, Path folder) throws IOException {
        Map<String, String> files = all();
        files.keySet().removeIf(path -> !path.contains(part));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.resolve("..").normalize());
            Files.writeString(path, file.getValue());
        }
        return files.keySet().stream().map(folder::resolve).toList();
    }

    /** Some modules by their folders, the annotations they use, and nothing else. */
    static String modules(String... folders) {
        List<String> own =
                Stream.of(folders).map(folder -> Path.of(folder).toString()).toList();
        List<String> jars = Stream.concat(
                        Stream.of(folders)
                                .map(folder -> "adapt4j-"
                                        + folder.replace("plugins-methods/", "method-")
                                                .replace('/', '-') + "-"),
                        Stream.of("jspecify-", "apiguardian-api-", "jakarta.inject-api-"))
                .toList();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> own.stream().anyMatch(entry::contains)
                        || jars.stream().anyMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs the tests of a class in a folder of classes; returns how many ran to their end, and were not called off. */
    static int runTests(Path classes, String name) throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, PageFiles.class.getClassLoader())) {
            Class<?> suite = loader.loadClass(name);
            List<Method> tests = ReflectionSupport.findMethods(
                    suite, method -> method.isAnnotationPresent(Test.class), HierarchyTraversalMode.TOP_DOWN);
            Constructor<?> constructor = suite.getDeclaredConstructor();
            constructor.setAccessible(true);
            int ran = 0;
            for (Method test : tests) {
                try {
                    ReflectionSupport.invokeMethod(test, constructor.newInstance());
                    ran++;
                } catch (TestAbortedException e) {
                    assertThat(e).as(test.getName()).hasMessageContaining("Assumption failed");
                }
            }
            return ran;
        }
    }

    /** Packs classes with a plug-in among them, as the page says. */
    static void plugIn(Path classes, String plugin, Path jar) throws IOException {
        plugIn(classes, plugin, jar, "1.0.0");
    }

    static void plugIn(Path classes, String plugin, Path jar, String version) throws IOException {
        JarBuilder.of(classes).service(plugin).version(version).build(jar);
        assertThat(jar).isRegularFile();
    }
}
