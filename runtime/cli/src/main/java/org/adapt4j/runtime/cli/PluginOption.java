package org.adapt4j.runtime.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private Optional<Path> folder() {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException("--plugins " + folder + ": there is no such folder");
        }
        return Optional.ofNullable(folder).map(Path::toAbsolutePath);
    }

    /** The option again, for the process of a cell. */
    List<String> arguments() {
        return folder().map(path -> List.of("--plugins", path.toString())).orElse(List.of());
    }
}
