package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import org.adapt4j.runtime.report.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the report. */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private Reports() {}

    /** Writes the report of a run and returns its page. */
    static Path write(Path run, boolean tensorBoard) {
        Report.Options options = Report.Options.defaults();
        Report.Written written = Report.write(run, tensorBoard ? options.withTensorBoard() : options);
        written.warnings().forEach(LOG::warn);
        return written.page();
    }
}
