package org.adapt4j.runtime.cli;

import java.nio.file.Path;

/** Writes the report. */
final class Reports {
    private Reports() {}

    static Path write(Path run, boolean tensorBoard) {
        throw new UsageException(run + ": the report has not landed yet " + tensorBoard);
    }
}
