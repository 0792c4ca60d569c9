package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SignalsTest {
    @Test
    void hearsASignalMoreThanOnce() throws IOException, InterruptedException {
        CountDownLatch heard = new CountDownLatch(2);
        assertThat(Signals.on("HUP", heard::countDown)).isTrue();
        String pid = Long.toString(ProcessHandle.current().pid());

        new ProcessBuilder("kill", "-HUP", pid).start().waitFor();
        Thread.sleep(200);
        new ProcessBuilder("kill", "-HUP", pid).start().waitFor();

        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysWhenASignalCannotBeCaught() {
        assertThat(Signals.on("KILL", () -> {})).isFalse();
        assertThat(Signals.on("NONSENSE", () -> {})).isFalse();
    }
}
