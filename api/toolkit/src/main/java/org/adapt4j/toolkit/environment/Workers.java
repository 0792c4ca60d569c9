package org.adapt4j.toolkit.environment;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do numbered pieces of work in rounds, without allocating. Whoever starts a round may do something else meanwhile, and
 * lends a hand when it asks for the end.
 *
 * <p>Pieces are taken one by one, so slow ones do not hold up the rest. Whatever a piece throws ends the round and no thread: the other
 * pieces are done, then it is thrown to whoever asks for the end, that of the lowest piece with the others suppressed, and another round
 * may follow. An interruption of who waits is kept for later, since the pieces work on its memory.
 *
 * <p>All calls come from one thread.
 */
final class Workers implements AutoCloseable {

    /** How often somebody looks for news before it sleeps: some ten microseconds, a few steps of a fast environment. */
    private static final int SPINS = 2_000;

    /** Between two looks at slow pieces, such as a game that is switched on. */
    private static final long PAUSE_NANOS = 20_000;

    private final int pieces;
    private final Thread[] helpers;
    private final @Nullable Throwable[] thrown;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile IntConsumer work = piece -> {};
    private volatile int round;
    private volatile boolean closed;
    private volatile boolean failed;

    /**
     * Starts the threads.
     *
     * @param threads that work, the caller included
     * @param pieces of each round
     */
    Workers(int threads, int pieces) {
        this.pieces = pieces;
        thrown = new Throwable[pieces];
        taken.set(pieces);
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(this::help, "slots-" + (i + 1));
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    /** Starts a round; the last one must be finished. Pieces may run at once. */
    void start(IntConsumer next) {
        if (closed || open.get() > 0) {
            throw new IllegalStateException(closed ? "the workers are closed" : "the last round is not finished");
        }
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
        awaitPieces();
        throwWhatWasThrown();
    }

    private void takePieces() {
        for (int piece = taken.getAndIncrement(); piece < pieces; piece = taken.getAndIncrement()) {
            try {
                work.accept(piece);
            } catch (Throwable e) {
                thrown[piece] = e;
                failed = true;
            } finally {
                open.decrementAndGet();
            }
        }
    }

    private void awaitPieces() {
        for (int i = 0; open.get() > 0; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    private void throwWhatWasThrown() {
        if (!failed) {
            return;
        }
        failed = false;
        Throwable first = null;
        for (int piece = 0; piece < pieces; piece++) {
            Throwable one = thrown[piece];
            thrown[piece] = null;
            if (first == null) {
                first = one;
            } else if (one != null && one != first) {
                first.addSuppressed(one);
            }
        }
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException("a piece threw what it did not declare: " + first, first);
    }

    private void help() {
        int seen = 0;
        while (!closed) {
            for (int i = 0; i < SPINS && round == seen && !closed; i++) {
                Thread.onSpinWait();
            }
            while (round == seen && !closed) {
                LockSupport.park(this);
                Thread.interrupted(); // means nothing to a helper, and would keep it from sleeping
            }
            seen = round;
            takePieces();
            Thread.interrupted(); // what one piece left behind is not the next one's
        }
    }

    /**
     * Ends the threads. Of a round that is under way, pieces that nobody has begun are dropped, the others are waited for, and what they
     * threw is thrown. A second call does nothing.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        int begun = Math.min(pieces, taken.getAndSet(pieces));
        open.addAndGet(begun - pieces);
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        awaitPieces();
        joinHelpers();
        throwWhatWasThrown();
    }

    boolean isClosed() {
        return closed;
    }

    private void joinHelpers() {
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
