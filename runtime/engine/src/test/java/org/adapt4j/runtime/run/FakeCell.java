package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A main program that behaves as the configuration of its cell says; stands for the real one in tests of processes. */
final class FakeCell {
    private static final List<byte[]> HOARD = new ArrayList<>();

    private FakeCell() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        CellFolder folder = CellFolder.at(Path.of(arguments[arguments.length - 1]));
        String behaviour = folder.resolved().lines().findFirst().orElse("");
        folder.enter(CellState.RUNNING, null);
        Files.writeString(folder.path().resolve("runs"), "x", appending());
        switch (behaviour) {
            case "hoard" -> hoard();
            case "throw" -> {
                folder.enter(CellState.FAILED, "the network is made of cheese");
                System.exit(CellEnd.FAILED);
            }
            case "diverge" -> {
                folder.enter(CellState.FAILED, "diverged at update 3: loss is NaN");
                System.exit(CellEnd.DIVERGED);
            }
            case "vanish" -> System.exit(7);
            case "full" -> System.exit(CellEnd.FULL);
            case "unwritable" -> System.exit(CellEnd.UNWRITABLE);
            case "leave" -> {
                folder.enter(CellState.INTERRUPTED, "stopped on request");
                System.exit(CellEnd.INTERRUPTED);
            }
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
        folder.writeResult(JsonNodeFactory.instance.objectNode().put("status", "done"));
        folder.enter(CellState.DONE, null);
    }

    private static OpenOption[] appending() {
        return new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.APPEND};
    }

    private static void hoard() {
        while (true) {
            HOARD.add(new byte[1 << 20]);
        }
    }

    private static void waitForEver() throws InterruptedException {
        Thread.sleep(60_000);
    }
}
