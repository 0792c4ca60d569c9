package org.adapt4j.runtime.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.run.StorageException;

/** A copy of a jar in a folder of its own, gone when it is closed. */
final class OwnCopy implements AutoCloseable {
    private final Path folder;
    private final Path jar;

    private OwnCopy(Path folder, Path jar) {
        this.folder = folder;
        this.jar = jar;
    }

    static OwnCopy of(Path jar) {
        try {
            Path folder = Files.createTempDirectory("adapt4j-trust-");
            Path copy = folder.resolve(String.valueOf(jar.getFileName()));
            Files.copy(jar, copy);
            return new OwnCopy(folder, copy);
        } catch (IOException e) {
            throw StorageException.of(jar, e);
        }
    }

    Path jar() {
        return jar;
    }

    /** Ids of its plug-ins, which it is asked for. @throws org.adapt4j.runtime.settings.ConfigurationException if it cannot be loaded */
    List<String> ids() {
        return PluginLoader.load(OwnCopy.class.getClassLoader(), Optional.of(folder)).plugins().stream()
                .filter(plugin -> plugin.source().equals(String.valueOf(jar.getFileName())))
                .map(LoadedPlugin::id)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(jar);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit(); // the system clears what it can
        }
    }
}
