package org.adapt4j.runtime.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.adapt4j.runtime.settings.Problem;

/** A copy of a jar in a folder of its own, gone when it is closed. */
final class OwnCopy implements AutoCloseable {
    private final Path original;
    private final Path folder;
    private final Path jar;

    private OwnCopy(Path original, Path folder, Path jar) {
        this.original = original;
        this.folder = folder;
        this.jar = jar;
    }

    static OwnCopy of(Path jar) {
        try {
            Path folder = Files.createTempDirectory("adapt4j-trust-");
            Path copy = folder.resolve(String.valueOf(jar.getFileName()));
            // In this order: also where what is asked ends the whole tool.
            folder.toFile().deleteOnExit();
            copy.toFile().deleteOnExit();
            Files.copy(jar, copy);
            return new OwnCopy(jar, folder, copy);
        } catch (IOException e) {
            throw StorageException.of(jar, e);
        }
    }

    Path jar() {
        return jar;
    }

    /** Ids of its plug-ins, which it is asked for. @throws ConfigurationException if it cannot be loaded, naming the jar that was copied */
    List<String> ids() {
        try {
            return PluginLoader.load(OwnCopy.class.getClassLoader(), Optional.of(folder)).plugins().stream()
                    .filter(plugin -> plugin.source().equals(String.valueOf(jar.getFileName())))
                    .map(LoadedPlugin::id)
                    .sorted()
                    .toList();
        } catch (ConfigurationException e) {
            throw new ConfigurationException(
                    e.problems().stream().map(this::ofTheOriginal).toList());
        }
    }

    private Problem ofTheOriginal(Problem problem) {
        return problem.file().equals(jar.toString())
                ? new Problem(original.toString(), problem.line(), problem.path(), problem.message())
                : problem;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(jar);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            return; // tried once more when the tool ends
        }
    }
}
