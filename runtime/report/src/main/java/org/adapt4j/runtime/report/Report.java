package org.adapt4j.runtime.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.runtime.report.claim.Claims;
import org.adapt4j.runtime.report.claim.Journal;
import org.adapt4j.runtime.report.claim.Verdict;
import org.adapt4j.runtime.report.export.TidyTable;
import org.adapt4j.runtime.report.figure.Drawing;
import org.adapt4j.runtime.report.figure.Png;
import org.adapt4j.runtime.report.figure.Svg;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Packed;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.folder.RunFolderException;
import org.adapt4j.runtime.report.page.CaptionedFigure;
import org.adapt4j.runtime.report.page.Page;
import org.adapt4j.runtime.report.page.Table;
import org.adapt4j.runtime.report.study.Study;
import org.adapt4j.runtime.report.tensorboard.TensorBoardExport;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.StorageException;

/**
 * Writes {@code report/} into a run folder: {@code report.html}, which needs no other file, and beside it its figures
 * (SVG, PNG and the plotted numbers as CSV), its tables (CSV, Markdown, LaTeX), and every measured episode, {@code evaluations.csv}.
 *
 * <p>Works from the first finished cell on, and may be called while the run goes on: it reads the folder once and writes
 * only below {@code report/}, and what it judged for good to {@code judged.jsonl}. The same folder gives the same bytes.
 */
public final class Report {
    /** Name of the page in the folder of the report. */
    public static final String PAGE = "report.html";

    /** Name of the table of all measured episodes there, see {@link TidyTable}. */
    public static final String EVALUATIONS = "evaluations.csv";

    private Report() {}

    /**
     * How a report is made.
     *
     * @param tensorBoard whether event files are written to {@code report/tensorboard/} too
     * @param simultaneous whether bands hold the whole of a curve with 95 %, rather than each point
     * @param packaged whether the page is to lie in a package
     */
    public record Options(boolean tensorBoard, boolean simultaneous, boolean packaged) {
        /** No event files, bands at each point, in the folder of the run. */
        public static Options defaults() {
            return new Options(false, false, false);
        }

        /** The same with bands that hold whole curves. */
        public Options withSimultaneousBands() {
            return new Options(tensorBoard, true, packaged);
        }

        /** The same with event files. */
        public Options withTensorBoard() {
            return new Options(true, simultaneous, packaged);
        }

        /** The same for a package. */
        public Options inPackage() {
            return new Options(tensorBoard, simultaneous, true);
        }
    }

    /**
     * What was written.
     *
     * @param page the page
     * @param files all files, the page first
     * @param warnings what the user should know: damaged cells, missing pictures
     */
    public record Written(Path page, List<Path> files, List<String> warnings) {
        /** Copies the lists. */
        public Written {
            files = List.copyOf(files);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads a run folder and writes its report.
     *
     * @throws RunFolderException when the folder holds no readable plan
     * @throws StorageException if the disk is full or the folder read-only
     */
    public static Written write(Path runFolder, Options options) {
        RunFolder run = read(runFolder, options);
        Study study = options.simultaneous() ? Study.withSimultaneousBands(run) : Study.of(run);
        Journal journal = Journal.of(runFolder);
        List<Verdict> verdicts = Claims.judge(study, journal);
        Page page = Page.of(study, verdicts);
        journal.note(verdicts); // before anybody can read them

        Output out = new Output(runFolder.resolve("report"));
        List<String> warnings = new ArrayList<>();
        run.cells().stream()
                .filter(cell -> cell.state() == Cell.State.DAMAGED)
                .forEach(cell -> warnings.add(cell.describe() + ": " + cell.reason()));
        out.text(PAGE, page.html());
        boolean pictures = true;
        for (CaptionedFigure figure : page.figures()) {
            Drawing drawing = figure.figure().draw();
            out.text("figures/" + figure.id() + ".svg", Svg.file(drawing));
            out.text("figures/" + figure.id() + ".csv", figure.figure().csv());
            Optional<byte[]> picture = pictures ? Png.write(drawing) : Optional.empty();
            pictures = picture.isPresent();
            picture.ifPresent(bytes -> out.bytes("figures/" + figure.id() + ".png", bytes));
        }
        if (!pictures) {
            warnings.add("no PNG figures: this Java cannot draw text; install fonts (apt-get install fontconfig"
                    + " fonts-dejavu)");
        }
        for (Table table : page.tables()) {
            out.text("tables/" + table.id() + ".csv", table.csv());
            out.text("tables/" + table.id() + ".md", table.markdown());
            out.text("tables/" + table.id() + ".tex", table.latex());
        }
        out.content(EVALUATIONS, TidyTable.of(run)::writeCsv);
        if (options.tensorBoard()) {
            for (Map.Entry<String, byte[]> file : TensorBoardExport.of(run).entrySet()) {
                out.bytes("tensorboard/" + file.getKey(), file.getValue());
            }
        }
        return new Written(out.written.get(0), out.written, warnings);
    }

    private static RunFolder read(Path runFolder, Options options) {
        RunFolder run = RunFolder.read(runFolder);
        return options.packaged() ? run.in(Packed.HERE) : run;
    }

    /** The page alone, as {@link #write} would write it now; writes nothing. */
    public static String page(Path runFolder, Options options) {
        RunFolder run = read(runFolder, options);
        Study study = options.simultaneous() ? Study.withSimultaneousBands(run) : Study.of(run);
        return Page.of(study, Claims.judge(study, Journal.of(runFolder))).html();
    }

    /** Keeps count of what was written. */
    private static final class Output {
        private final Path folder;
        private final List<Path> written = new ArrayList<>();

        private Output(Path folder) {
            this.folder = folder;
        }

        private void text(String name, String text) {
            bytes(name, text.getBytes(StandardCharsets.UTF_8));
        }

        private void bytes(String name, byte[] bytes) {
            content(name, out -> out.write(bytes));
        }

        private void content(String name, DurableFiles.Content content) {
            Path file = folder.resolve(name);
            DurableFiles.replace(file, content);
            written.add(file);
        }
    }
}
