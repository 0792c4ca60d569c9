package org.adapt4j.env.rlbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.adapt4j.env.rlbench.task.Tasks;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task that the page on contributing shows, put where its reader would put it. */
@Tag("native")
final class TaskOfThePageTest {

    private static final Path PAGE = Path.of("..", "..", "CONTRIBUTING.md");
    private static final Pattern TASK = Pattern.compile(
            "^ *`[\\w./-]*/task/(\\w+\\.java)`\\n\\n *```java\\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void oneFileIsATaskThatTheExpertDoes(@TempDir Path folder)
            throws IOException, URISyntaxException, ReflectiveOperationException {
        Path classes = folder.resolve("classes");
        copy(Tasks.class, classes);
        copy(TasksTest.class, classes);
        Matcher shown = TASK.matcher(Files.readString(PAGE));
        assertThat(shown.find()).isTrue();
        Path source =
                Files.writeString(folder.resolve(shown.group(1)), shown.group(2).stripIndent());

        JarBuilder.compile(
                List.of(source), classes, classes + File.pathSeparator + System.getProperty("java.class.path"));

        try (Added module = new Added(classes.toUri().toURL())) {
            Class<?> tests = module.loadClass(TasksTest.class.getName());
            Constructor<?> constructor = tests.getDeclaredConstructor();
            constructor.setAccessible(true);
            Method names = tests.getDeclaredMethod("tasks");
            names.setAccessible(true);
            assertThat((Collection<?>) names.invoke(null))
                    .hasSize(Tasks.names().size() + 1)
                    .anyMatch("lift_cube"::equals);
            for (String test :
                    new String[] {"theExpertDoesIt", "doingNothingDoesNotDoIt", "everyVariationHasItsInstructions"}) {
                Method method = tests.getDeclaredMethod(test, String.class);
                method.setAccessible(true);
                method.invoke(constructor.newInstance(), "lift_cube");
            }
        }
    }

    /** Copies the classes beside one of them. */
    private static void copy(Class<?> one, Path to) throws IOException, URISyntaxException {
        URI from = Objects.requireNonNull(one.getProtectionDomain().getCodeSource())
                .getLocation()
                .toURI();
        try (Stream<Path> files = Files.walk(Path.of(from))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copied = to.resolve(Path.of(from).relativize(file).toString());
                Files.createDirectories(copied.resolve("..").normalize());
                Files.copy(file, copied);
            }
        }
    }

    /** The module with what was added to it, whatever else is on the class path. */
    private static final class Added extends URLClassLoader {
        Added(URL classes) {
            super(new URL[] {classes}, TaskOfThePageTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return name.startsWith("org.adapt4j.env.rlbench.") ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }
}
