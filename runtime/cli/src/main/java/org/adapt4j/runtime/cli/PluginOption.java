package org.adapt4j.runtime.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a folder of plug-in jars. */
final class PluginOption {
    @Option(names = "--plugins", paramLabel = "DIR", description = "Folder of jars with further plug-ins.")
    private @Nullable Path folder;

    Workbench workbench() {
        return Engine.open(folder());
    }

    /** The folder, if one was given. */
    Optional<Path> folder() {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException("--plugins " + folder + ": there is no such folder");
        }
        return Optional.ofNullable(folder).map(Path::toAbsolutePath);
    }
}
