package org.adapt4j.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
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
    void interruptsWorkThatIsToStopAndThenDoesWhatItDidBefore() throws IOException, InterruptedException {
        Semaphore before = new Semaphore(0);
        assertThat(Signals.on("WINCH", before::release)).isTrue();
        String pid = Long.toString(ProcessHandle.current().pid());

        boolean whole = Signals.interruptible(List.of("WINCH"), () -> {
            try {
                new ProcessBuilder("kill", "-WINCH", pid).start();
                Thread.sleep(TimeUnit.MINUTES.toMillis(2));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(whole).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(before.availablePermits()).isZero();
        new ProcessBuilder("kill", "-WINCH", pid).start().waitFor();
        assertThat(before.tryAcquire(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void letsWorkEndThatNobodyStops() {
        assertThat(Signals.interruptible(List.of("WINCH"), () -> {})).isTrue();
        assertThatThrownBy(() -> Signals.interruptible(List.of("WINCH"), () -> {
                    throw new IllegalStateException("its own");
                }))
                .hasMessage("its own");
    }

    @Test
    void saysWhenASignalCannotBeCaught() {
        assertThat(Signals.on("KILL", () -> {})).isFalse();
        assertThat(Signals.on("NONSENSE", () -> {})).isFalse();
    }
}
