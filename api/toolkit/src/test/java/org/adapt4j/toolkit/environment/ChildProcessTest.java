package org.adapt4j.toolkit.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ChildProcessTest {

    private static Process start(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    }

    @Test
    void showsTheLastLinesThatMatter() throws IOException {
        Process process = start("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do echo line $i; echo noise; done");
        ChildProcess child =
                new ChildProcess(process, process.getInputStream(), "lines", line -> line.startsWith("line"));

        assertThat(child.awaitEnd()).isTrue();

        assertThat(child.said()).startsWith(". It said: line 3 | line 4 | ").endsWith(" | line 14");
    }

    @Test
    void saysNothingOfAProgramThatSaidNothing() throws IOException {
        Process process = start("exit 3");
        ChildProcess child = new ChildProcess(process, process.getInputStream(), "silence", line -> true);

        assertThat(child.awaitEnd()).isTrue();

        assertThat(child.said()).isEmpty();
    }

    @Test
    void losesNothingThatWasNotReadWhenItWasEnded() throws Exception {
        CountDownLatch printed = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Process process = start("echo one; echo two; exec sleep 3600");
        ChildProcess child = new ChildProcess(process, process.getInputStream(), "slow", line -> {
            printed.countDown();
            return waitFor(ended); // the second line lies in the pipe, or in a buffer, until the program is gone
        });
        assertThat(printed.await(2, TimeUnit.MINUTES)).isTrue();
        process.onExit().thenRun(ended::countDown);

        child.end(child::terminate);

        assertThat(child.said()).isEqualTo(". It said: one | two");
    }

    @Test
    void endsWhatItsProgramStarted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Process process = start("sleep 3600 & echo $!; wait");
        StringBuilder below = new StringBuilder();
        ChildProcess child = new ChildProcess(process, process.getInputStream(), "parent", line -> {
            below.append(line);
            started.countDown();
            return true;
        });
        assertThat(started.await(2, TimeUnit.MINUTES)).isTrue();
        ProcessHandle sleep = ProcessHandle.of(Long.parseLong(below.toString())).orElseThrow();

        child.end(child::kill);

        sleep.onExit().get(2, TimeUnit.MINUTES);
        assertThat(process.isAlive()).isFalse();
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            return latch.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
