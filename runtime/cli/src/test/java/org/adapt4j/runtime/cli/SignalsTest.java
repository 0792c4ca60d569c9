package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SignalsTest {
    @Test
    void hearsASignalMoreThanOnce() throws IOException, InterruptedException {
        // Not a signal that who starts the tests may have told them to ignore, as nohup does with HUP.
        CountDownLatch heard = new CountDownLatch(2);
        assertThat(Signals.on("WINCH", heard::countDown)).isTrue();
        String pid = Long.toString(ProcessHandle.current().pid());

        new ProcessBuilder("kill", "-WINCH", pid).start().waitFor();
        Thread.sleep(200);
        new ProcessBuilder("kill", "-WINCH", pid).start().waitFor();

        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysWhenASignalCannotBeCaught() {
        assertThat(Signals.on("KILL", () -> {})).isFalse();
        assertThat(Signals.on("NONSENSE", () -> {})).isFalse();
    }
}
