package org.adapt4j.runtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A main program that behaves as the configuration of its cell says; stands for the real one in tests of processes. */
final class FakeCell {
    private static final List<byte[]> HOARD = new ArrayList<>();

    private FakeCell() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        CellFolder folder = CellFolder.at(Path.of(arguments[arguments.length - 1]));
        String behaviour = folder.resolved().lines().findFirst().orElse("");
        if (behaviour.equals("doze")) {
            endWithParent();
            var unused = folder.lock(Duration.ofMinutes(10));
            if (folder.result().isPresent()) {
                System.exit(CellEnd.DONE);
            }
        }
        folder.enter(CellState.RUNNING, null);
        Files.writeString(folder.path().resolve("runs"), "x", appending());
        switch (behaviour) {
            case "hoard" -> hoard();
            case "throw" -> {
                folder.fail(new Failure(Failure.Kind.EXCEPTION, "the network is made of cheese"));
                System.exit(CellEnd.FAILED);
            }
            case "diverge" -> {
                folder.fail(new Failure(Failure.Kind.DIVERGED, "diverged at update 3: loss is NaN"));
                System.exit(CellEnd.FAILED);
            }
            case "vanish" -> System.exit(7);
            case "busy" -> System.exit(CellEnd.BUSY);
            case "terminated" -> System.exit(128 + 15);
            case "crash" -> crash();
            case "crash once" -> {
                if (Files.readString(folder.path().resolve("runs")).length() == 1) {
                    crash();
                }
            }
            case "delete own folder" -> {
                delete(folder.path());
                System.exit(CellEnd.GONE);
            }
            case "delete all cells" -> {
                delete(folder.path().resolve("..").normalize());
                System.exit(CellEnd.GONE);
            }
            case "delete the run" -> {
                delete(folder.path().resolve("../..").normalize());
                System.exit(CellEnd.GONE);
            }
            case "full" -> System.exit(CellEnd.FULL);
            case "unwritable" -> System.exit(CellEnd.UNWRITABLE);
            case "leave" -> {
                folder.enter(CellState.INTERRUPTED, "stopped on request");
                System.exit(CellEnd.INTERRUPTED);
            }
            case "doze" -> Thread.sleep(500);
            case "wait once" -> {
                if (Files.readString(folder.path().resolve("runs")).length() == 1) {
                    waitForEver();
                }
            }
            case "stop when asked" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    folder.enter(CellState.INTERRUPTED, "asked to");
                    Runtime.getRuntime().halt(CellEnd.INTERRUPTED);
                }));
                Files.writeString(folder.path().resolve("ready"), "x");
                waitForEver();
            }
            default -> {}
        }
        folder.end(new CellResult.Done(CellResult.Spent.NOTHING, "", "", "", 0, "", Optional.empty()));
    }

    /** As a real one does, which leaves a checkpoint before. */
    private static void endWithParent() {
        Thread watcher = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    continue;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().halt(CellEnd.INTERRUPTED);
        });
        watcher.setDaemon(true);
        watcher.start();
    }

    private static OpenOption[] appending() {
        return new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.APPEND};
    }

    private static void hoard() {
        while (true) {
            HOARD.add(new byte[1 << 20]);
        }
    }

    /** Reads where no memory is, as a native library with a fault does. */
    private static void crash() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field only = type.getDeclaredField("theUnsafe");
            only.setAccessible(true);
            type.getMethod("getLong", long.class).invoke(only.get(null), 8L);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void waitForEver() throws InterruptedException {
        Thread.sleep(60_000);
    }
}
