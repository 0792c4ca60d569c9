package org.adapt4j.env.procgen;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Where native code runs: a thread whose stack is large enough for the library's frames of 1 MiB, which Java's usual stack is not. */
final class NativeThread implements AutoCloseable {

    private static final long STACK_BYTES = 16 << 20;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(null, work, "procgen-native", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    });

    /** Does it there, and waits for it even if interrupted, since native code writes to the caller's memory. */
    void run(Runnable work) {
        Future<?> running = executor.submit(work);
        boolean interrupted = false;
        while (true) {
            try {
                running.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
