package org.adapt4j.env.ale;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do numbered pieces of work in rounds, without allocating. Whoever starts a round may do something else meanwhile, and
 * lends a hand when it asks for the end.
 */
final class Workers implements AutoCloseable {

    private static final int SPINS = 1_000;
    private static final long PAUSE_NANOS = 20_000;

    private final int pieces;
    private final Thread[] helpers;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile IntConsumer work = piece -> {};
    private volatile int round;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /**
     * Starts the threads.
     *
     * @param threads that work, the caller included
     * @param pieces of each round
     */
    Workers(int threads, int pieces) {
        this.pieces = pieces;
        taken.set(pieces);
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(this::help, "ale-" + (i + 1));
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    /** Starts a round; the last one must be finished. Pieces may run at once. */
    void start(IntConsumer next) {
        work = next;
        open.set(pieces);
        taken.set(0);
        round = round + 1;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    /** Works along, waits for the others, and throws what a piece threw. */
    void finish() {
        takePieces();
        for (int i = 0; open.get() > 0; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                // A new game takes milliseconds.
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
        Throwable failed = failure;
        failure = null;
        if (failed instanceof RuntimeException e) {
            throw e;
        }
        if (failed instanceof Error e) {
            throw e;
        }
    }

    private void takePieces() {
        for (int piece = taken.getAndIncrement(); piece < pieces; piece = taken.getAndIncrement()) {
            try {
                work.accept(piece);
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                open.decrementAndGet();
            }
        }
    }

    private void help() {
        int seen = 0;
        while (!closed) {
            // A step takes half a millisecond: sleeping costs little against it, and leaves the core to the policy.
            while (round == seen && !closed) {
                LockSupport.park(this);
            }
            seen = round;
            takePieces();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
