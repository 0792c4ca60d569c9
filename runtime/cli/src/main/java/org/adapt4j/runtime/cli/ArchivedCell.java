package org.adapt4j.runtime.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.adapt4j.runtime.program.CellProgram;

/**
 * The cell whose classes become class data. It loads all classes of Adapt4J's own jars besides, the methods and environments that it does not use
 * among them: in the archive they cost nothing but room.
 */
final class ArchivedCell {
    private ArchivedCell() {}

    /** Runs the cell. @param arguments as {@link CellProgram} takes them */
    public static void main(String[] arguments) throws IOException {
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (String.valueOf(Path.of(jar).getFileName()).startsWith("adapt4j-")) {
                load(jar);
            }
        }
        CellProgram.main(arguments);
    }

    private static void load(String jar) throws IOException {
        List<String> names;
        try (JarFile file = new JarFile(jar, false);
                Stream<String> entries = file.stream().map(entry -> entry.getName())) {
            names = entries.filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .filter(name -> !name.startsWith("META-INF/"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
        for (String name : names) {
            try {
                Class.forName(name, false, ArchivedCell.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                continue; // needs a library that is not there
            }
        }
    }
}
