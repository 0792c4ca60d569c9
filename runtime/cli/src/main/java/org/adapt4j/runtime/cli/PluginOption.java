package org.adapt4j.runtime.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.adapt4j.runtime.plugins.TrustedJars;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a folder of plug-in jars. None of their code runs before {@link #folder} has looked at them. */
final class PluginOption {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Folder of jars with further plug-ins, each trusted before: adapt4j plugins trust JAR.")
    private @Nullable Path folder;

    @Option(
            names = "--trust-all",
            description = "Run the code of every jar of --plugins, trusted or not; every result says so.")
    private boolean trustAll;

    private boolean looked;

    Workbench workbench() {
        return Engine.open(folder());
    }

    /** Whether jars were taken that nobody trusted. */
    boolean trustsAll() {
        return trustAll && folder != null;
    }

    /** The options as they are given once more to a command that goes on, each followed by a space; empty if there are none. */
    String again() {
        return folder == null ? "" : (trustAll ? "--trust-all " : "") + "--plugins " + folder + " ";
    }

    /** The folder, if one was given. @throws org.adapt4j.runtime.settings.ConfigurationException if a jar in it is not trusted */
    Optional<Path> folder() {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException("--plugins " + folder + ": there is no such folder");
        }
        if (folder != null && !trustAll && !looked) {
            TrustedJars.ofThisUser().demandTrusted(folder);
        }
        looked = true;
        return Optional.ofNullable(folder).map(Path::toAbsolutePath);
    }
}
