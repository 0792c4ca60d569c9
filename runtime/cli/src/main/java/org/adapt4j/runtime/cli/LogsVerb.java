package org.adapt4j.runtime.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what the process of a cell wrote. */
@Command(
        name = "logs",
        description = {
            "Print the log of a cell, running or over: what its processes wrote to standard output and standard error.",
            "The folders of cells are listed by adapt4j status RUN --json."
        })
final class LogsVerb implements Callable<Integer> {
    /** What is printed of a log at once; more of it is not read by people. */
    private static final int LARGEST = 1 << 26;

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "CELL",
            description = "Folder of the cell, as in RUN/cells/0123456789abcdef; the first digits of its name will do.")
    private Path cell = Path.of("");

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, until the cell is over or nobody works on it.")
    private boolean follow;

    @Option(names = "--lines", paramLabel = "N", defaultValue = "0", description = "The last N lines only.")
    private int lines;

    @Option(
            names = "--every",
            paramLabel = "MILLISECONDS",
            defaultValue = "500",
            description = "How often to look for more (default: ${DEFAULT-VALUE}).")
    private int every;

    LogsVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (lines < 0 || every < 1) {
            throw new UsageException("--lines must not be negative, and --every at least 1");
        }
        CellFolder folder = CellFolder.at(found());
        Path log = folder.log();
        if (!follow && !Files.exists(log)) {
            throw new UsageException(log + ": there is no log, for no process has worked on this cell yet");
        }
        String whole = read(log, 0);
        console.out().print(lines == 0 ? whole : last(whole));
        long at = bytes(whole);
        boolean over = !follow;
        while (!over) {
            // Asked before reading, so that what was written before the end is read after it.
            over = isOver(folder);
            String more = read(log, at);
            console.out().print(more);
            console.out().flush();
            at += bytes(more);
            if (!over) {
                Thread.sleep(every);
            }
        }
        return Exit.OK;
    }

    /** What is there from a byte on, up to the end of its last whole line; a line being written is read when it is whole. */
    private static String read(Path log, long from) {
        try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(LARGEST, Math.max(0, in.length() - from))];
            in.seek(from);
            in.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return ""; // it has not begun
        } catch (IOException e) {
            throw StorageException.of(log, e);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private String last(String text) {
        List<String> all = text.lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size()).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** The folder that is meant. @throws UsageException if there is none, or several */
    private Path found() {
        Path path = cell.toAbsolutePath().normalize();
        if (CellFolder.at(path).exists()) {
            return path;
        }
        String begins = String.valueOf(path.getFileName());
        try (Stream<Path> all = Files.list(path.resolveSibling(".").normalize())) {
            List<Path> fitting = all.filter(
                            other -> String.valueOf(other.getFileName()).startsWith(begins)
                                    && CellFolder.at(other).exists())
                    .toList();
            if (fitting.size() == 1) {
                return fitting.get(0);
            }
            throw new UsageException(
                    fitting.isEmpty()
                            ? cell + ": is no folder of a cell, such as RUN/cells/0123456789abcdef"
                            : cell + ": " + fitting.size() + " cells begin so; write more of the name");
        } catch (NoSuchFileException e) {
            throw new UsageException(cell + ": is no folder of a cell, such as RUN/cells/0123456789abcdef");
        } catch (IOException e) {
            throw StorageException.of(path, e);
        }
    }

    /** Whether nobody will add anything, as far as can be seen from here. */
    private static boolean isOver(CellFolder folder) {
        if (folder.result().isPresent()) {
            return true;
        }
        if (!Files.exists(folder.experiment())) {
            return false;
        }
        RunFolder run = RunFolder.open(folder.experiment().resolveSibling(".").normalize());
        String id = String.valueOf(folder.path().getFileName());
        return run.plan().cells().stream()
                .filter(planned -> planned.id().equals(id))
                .map(planned -> run.status(planned).state())
                .noneMatch(state -> state == CellState.RUNNING || state == CellState.PLANNED);
    }
}
