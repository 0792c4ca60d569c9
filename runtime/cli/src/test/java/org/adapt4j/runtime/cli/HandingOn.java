package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.adapt4j.api.settings.Check;
import org.adapt4j.runtime.run.CellExecutor;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellLauncher;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.RunFolder;

/** An executor as somebody else might bring one: it writes down what it starts, and starts it here. */
public final class HandingOn implements CellExecutor<HandingOn.Settings> {
    /**
     * @param book where to write the names of cells to
     * @param atOnce how many cells run at once
     */
    public record Settings(Path book, int atOnce) {
        public Settings {
            Check.positive("at-once", atOnce);
        }
    }

    @Override
    public String name() {
        return "handing-on";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public CellLauncher open(RunFolder run, Settings settings, CellProcess processes) {
        AtomicInteger running = new AtomicInteger();
        return new CellLauncher() {
            @Override
            public Running start(CellFolder folder) {
                Running cell = processes.start(folder);
                int now = running.incrementAndGet();
                var unused = cell.exit().thenAccept(exit -> running.decrementAndGet());
                write(folder.path().getFileName() + " " + now);
                return cell;
            }

            @Override
            public OptionalInt capacity() {
                return OptionalInt.of(settings.atOnce());
            }

            @Override
            public void close() {
                write("closed");
            }

            private void write(String line) {
                try {
                    Files.writeString(
                            settings.book(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
