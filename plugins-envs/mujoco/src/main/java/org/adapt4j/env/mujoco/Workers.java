package org.adapt4j.env.mujoco;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does numbered pieces of work over a few threads, again and again, without allocating: the caller starts a round, may do
 * something else, and takes part when it asks for the end.
 *
 * <p>Pieces are taken one by one, so slow ones do not hold up the rest. A piece that fails fails the round, not the thread. For
 * simulations: a piece is a slot with a simulation of its own.
 */
public final class Workers implements AutoCloseable {

    /** How often a worker looks for a new round before it sleeps. */
    private static final int SPINS = 2_000;

    private final int pieces;
    private final IntConsumer work;
    private final Thread[] helpers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /**
     * A pool.
     *
     * @param threads that work, the caller included
     * @param pieces of a round
     * @param work does a piece; pieces of one round may run at once
     */
    public Workers(int threads, int pieces, IntConsumer work) {
        this.pieces = pieces;
        this.work = work;
        next.set(pieces);
        done.set(pieces);
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(this::help, "mujoco-" + (i + 1));
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    /** Starts a round; the one before must be finished. */
    public void start() {
        done.set(0);
        next.set(0);
        round = round + 1;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    /** Works along and returns when all pieces are done. */
    public void finish() {
        takePieces();
        while (done.get() < pieces) {
            Thread.onSpinWait();
        }
        Throwable failed = failure;
        failure = null;
        if (failed instanceof RuntimeException exception) {
            throw exception;
        }
        if (failed instanceof Error error) {
            throw error;
        }
    }

    private void takePieces() {
        for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
            try {
                work.accept(piece);
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                done.incrementAndGet();
            }
        }
    }

    private void help() {
        int seen = 0;
        while (!closed) {
            for (int i = 0; i < SPINS && round == seen && !closed; i++) {
                Thread.onSpinWait();
            }
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
