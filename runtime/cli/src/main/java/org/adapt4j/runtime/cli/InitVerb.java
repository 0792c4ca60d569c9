package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.run.DurableFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes an experiment to start from. */
@Command(name = "init", description = "Write a commented experiment to start from.")
final class InitVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder to write it to; made if missing.")
    private Path folder = Path.of("");

    InitVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path file = folder.resolve("experiment.conf");
        if (Files.exists(file)) {
            throw new UsageException(file + ": is there already; choose another folder, or edit it");
        }
        try (InputStream starter = InitVerb.class.getResourceAsStream("starter.conf")) {
            if (starter == null) {
                throw new IllegalStateException("starter.conf is missing from the jar");
            }
            DurableFiles.write(file, starter.readAllBytes());
        }
        console.out().println(file);
        console.err().println("Edit it, then: adapt4j plan " + file + ", and adapt4j run " + file);
        return Exit.OK;
    }
}
