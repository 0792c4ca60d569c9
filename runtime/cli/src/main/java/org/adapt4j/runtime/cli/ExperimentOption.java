package org.adapt4j.runtime.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapt4j.api.settings.InputFile;
import picocli.CommandLine.Parameters;

/** The arguments that name an experiment: a file, and settings that go above it. */
final class ExperimentOption {
    @Parameters(index = "0", paramLabel = "FILE.conf", description = "The experiment.")
    private Path file = Path.of("");

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Settings that override the file's, as in pretrain.learner.inner-updates=5.")
    private List<String> overrides = List.of();

    Path file() {
        if (Files.isDirectory(file)) {
            throw new UsageException(file + ": is a folder; name the experiment in it");
        }
        if (!Files.exists(file)
                && !Files.isSymbolicLink(file)
                && file.toString().indexOf('\uFFFD') < 0) {
            throw new UsageException(file + ": there is no such file. Write one with: adapt4j init DIR");
        }
        try {
            return InputFile.regular(file);
        } catch (InputFile.Refused e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    List<String> overrides() {
        for (String override : overrides) {
            if (override.indexOf('=') < 1) {
                throw new UsageException("'" + override + "' is not a setting: write key=value");
            }
        }
        return overrides;
    }
}
