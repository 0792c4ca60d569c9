package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path cell = Path.of("");

    /** One that runs on another machine, whose process nobody here can look for. */
    private static Worker far(String name) {
        return new Worker(name, 7, 1, "another boot");
    }

    @Test
    void keepsOthersOutUntilItIsGivenBack() {
        Lease first = Lease.take(cell, far("a"), HOUR).orElseThrow();

        assertThat(Lease.take(cell, far("b"), HOUR)).isEmpty();
        first.close();

        assertThat(Lease.take(cell, far("b"), HOUR)).isPresent();
    }

    @Test
    void lapsesWhenItsHolderFallsSilentWhateverTheClocksSay() throws IOException {
        Lease first = Lease.take(cell, far("a"), HOUR).orElseThrow();
        Path file = cell.resolve("lease-1.json");
        Instant written = Files.getLastModifiedTime(file).toInstant();

        Files.setLastModifiedTime(file, FileTime.from(written.minus(HOUR).plusSeconds(60)));
        assertThat(Lease.take(cell, far("b"), HOUR)).isEmpty();
        Files.setLastModifiedTime(file, FileTime.from(written.minus(HOUR).minusSeconds(1)));
        Optional<Lease> second = Lease.take(cell, far("b"), HOUR);

        assertThat(second).isPresent();
        assertThat(first.beat()).isFalse();
        first.close();
        assertThat(Lease.take(cell, far("c"), HOUR)).isEmpty();
        assertThat(second.get().beat()).isTrue();
    }

    @Test
    void mustBeWonAnewByAHolderThatWasSilent() throws Exception {
        Duration patience = Duration.ofMillis(2);
        Lease lease = Lease.take(cell, far("a"), patience).orElseThrow();
        Thread.sleep(10);

        assertThat(lease.beat()).isTrue();

        assertThat(cell.resolve("lease-2.json")).exists();
        assertThat(cell.resolve("lease-1.json")).doesNotExist();
    }

    @Test
    void isOverWithAProcessThatCanBeLookedFor() throws Exception {
        Worker own = Worker.ofThisProcess("own");
        Process process = new ProcessBuilder("sleep", "60").start();
        long started = Machine.startOf(process.pid()).orElseThrow();
        Worker near = new Worker("near", process.pid(), started, own.place());

        assertThat(Lease.take(cell, near, Duration.ZERO)).isPresent();
        assertThat(Lease.take(cell, own, Duration.ZERO)).isEmpty();
        process.destroyForcibly().waitFor();

        assertThat(Lease.take(cell, own, HOUR)).isPresent();
    }

    @Test
    void isNotThatOfALaterProcessUnderTheSameNumber() {
        Worker own = Worker.ofThisProcess("own");
        Worker before = new Worker("before", own.pid(), own.started() - 1000, own.place());

        assertThat(Lease.take(cell, before, HOUR)).isPresent();

        assertThat(Lease.take(cell, own, HOUR)).isPresent();
    }

    @Test
    void endsWithAProcessThatNobodyAskedForYet() throws Exception {
        // A child that ends when its parent has become a program that never asks for it.
        String script = "while [ \"$(cat /proc/$$/comm)\" != sleep ]; do sleep 0.01; done & exec sleep 600";
        Process parent = new ProcessBuilder("bash", "-c", script).start();
        long child = awaitChild(parent);

        while (Machine.startOf(child).isPresent()) {
            Thread.sleep(10);
        }

        assertThat(Path.of("/proc/" + child)).exists();
        assertThat(Machine.startOf(parent.pid())).isPresent();
        parent.destroyForcibly().waitFor();
    }

    private static long awaitChild(Process parent) throws InterruptedException {
        while (parent.isAlive()) {
            Optional<ProcessHandle> child = parent.children().findFirst();
            if (child.isPresent()) {
                return child.get().pid();
            }
            Thread.sleep(1);
        }
        throw new AssertionError("no child");
    }

    @Test
    void isEnoughWhereAFileSystemHasNoLocks() {
        assertThat(CellFolder.knowsNoLocks(new IOException("No locks available")))
                .isTrue();
        assertThat(CellFolder.knowsNoLocks(new IOException("Operation not supported")))
                .isTrue();
        assertThat(CellFolder.knowsNoLocks(new IOException("Input/output error")))
                .isFalse();
    }

    @Test
    void isWonByOneOfSeveral() throws Exception {
        int workers = 8;
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        CyclicBarrier together = new CyclicBarrier(workers);
        for (int round = 0; round < 20; round++) {
            List<Callable<Optional<Lease>>> tries = IntStream.range(0, workers)
                    .mapToObj(i -> (Callable<Optional<Lease>>) () -> {
                        together.await();
                        return Lease.take(cell, far("w" + i), HOUR);
                    })
                    .toList();

            int won = 0;
            for (Future<Optional<Lease>> one : pool.invokeAll(tries)) {
                if (one.get().isPresent()) {
                    won++;
                    one.get().get().close();
                }
            }

            assertThat(won).isEqualTo(1);
        }
        pool.shutdown();
        try (Stream<Path> left = Files.list(cell)) {
            assertThat(left).hasSize(1);
        }
    }
}
