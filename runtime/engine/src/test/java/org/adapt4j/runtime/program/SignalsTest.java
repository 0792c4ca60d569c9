package org.adapt4j.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SignalsTest {
    @Test
    void hearsASignalMoreThanOnce() throws IOException, InterruptedException {
        // Not a signal that who starts the tests may have told them to ignore, as nohup does with HUP.
        Semaphore heard = new Semaphore(0);
        assertThat(Signals.on("WINCH", heard::release)).isTrue();
        String pid = Long.toString(ProcessHandle.current().pid());

        for (int time = 0; time < 2; time++) {
            new ProcessBuilder("kill", "-WINCH", pid).start().waitFor();

            assertThat(heard.tryAcquire(2, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void saysWhenASignalCannotBeCaught() {
        assertThat(Signals.on("KILL", () -> {})).isFalse();
        assertThat(Signals.on("NONSENSE", () -> {})).isFalse();
    }
}
