package org.adapt4j.toolkit.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class WorkersTest {

    private static final int PIECES = 5;

    /** Waits for events with a limit. */
    private static void await(CountDownLatch event) {
        try {
            assertThat(event.await(4, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Throws without declaring it, as generics and native code can. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void eachPieceOfEveryRoundIsDoneOnce() {
        AtomicIntegerArray done = new AtomicIntegerArray(PIECES);
        try (Workers workers = new Workers(3, PIECES)) {
            for (int round = 1; round <= 500; round++) {
                workers.start(done::incrementAndGet);
                workers.finish();

                for (int piece = 0; piece < PIECES; piece++) {
                    assertThat(done.get(piece)).isEqualTo(round);
                }
            }
        }
    }

    @Test
    void whateverAPieceThrowsEndsTheRoundOnAnyThread() {
        for (Throwable thrown : new Throwable[] {
            new IllegalArgumentException("exception"),
            new AssertionError("error"),
            new StackOverflowError(),
            new Exception("checked")
        }) {
            for (int threads = 1; threads <= 3; threads++) {
                try (Workers workers = new Workers(threads, PIECES)) {
                    AtomicInteger done = new AtomicInteger();
                    workers.start(piece -> {
                        done.incrementAndGet();
                        if (piece == 3) {
                            WorkersTest.<RuntimeException>sneak(thrown);
                        }
                    });

                    assertThatThrownBy(workers::finish)
                            .satisfiesAnyOf(
                                    seen -> assertThat(seen).isSameAs(thrown),
                                    seen -> assertThat(seen)
                                            .isInstanceOf(IllegalStateException.class)
                                            .hasCause(thrown));
                    assertThat(done).hasValue(PIECES);
                }
            }
        }
    }

    /** An error in a helper thread used to be lost, and the thread with it. */
    @Test
    void anErrorInAHelperReachesTheCallerAndCostsNoThread() {
        CountDownLatch both = new CountDownLatch(2);
        try (Workers workers = new Workers(2, 2)) {
            Thread caller = Thread.currentThread();
            IntConsumer meet = piece -> {
                both.countDown();
                await(both); // each thread has one of the two pieces
                if (Thread.currentThread() != caller) {
                    throw new NoClassDefFoundError("a class that cannot be loaded");
                }
            };
            workers.start(meet);
            assertThatThrownBy(workers::finish).isInstanceOf(NoClassDefFoundError.class);

            CountDownLatch again = new CountDownLatch(2);
            workers.start(piece -> {
                again.countDown();
                await(again); // needs the helper
            });
            workers.finish();
        }
    }

    @Test
    void theLowestPieceIsThrownAndTheOthersAreSuppressed() {
        RuntimeException same = new IllegalStateException("twice");
        try (Workers workers = new Workers(2, PIECES)) {
            workers.start(piece -> {
                if (piece > 0) {
                    throw piece > 2 ? same : new IllegalArgumentException("piece " + piece);
                }
            });

            assertThatThrownBy(workers::finish)
                    .hasMessage("piece 1")
                    .satisfies(thrown -> assertThat(thrown.getSuppressed())
                            .extracting(Throwable::getMessage)
                            .containsExactly("piece 2", "twice", "twice"));

            workers.start(piece -> {
                throw same;
            });
            assertThatThrownBy(workers::finish).isSameAs(same);
        }
    }

    @Test
    void anotherRoundFollowsAFailedOne() {
        try (Workers workers = new Workers(2, PIECES)) {
            workers.start(piece -> {
                throw new AssertionError();
            });
            assertThatThrownBy(workers::finish).isInstanceOf(AssertionError.class);

            AtomicInteger done = new AtomicInteger();
            workers.start(piece -> done.incrementAndGet());
            workers.finish();

            assertThat(done).hasValue(PIECES);
        }
    }

    @Test
    void aRoundMustBeFinishedBeforeTheNext() {
        try (Workers workers = new Workers(1, PIECES)) {
            workers.start(piece -> {});

            assertThatThrownBy(() -> workers.start(piece -> {})).hasMessage("the last round is not finished");
            workers.finish();
            workers.start(piece -> {});
            workers.finish();
        }
    }

    @Test
    void anInterruptionIsKeptUntilTheRoundIsDone() {
        AtomicInteger done = new AtomicInteger();
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        try (Workers workers = new Workers(2, 2)) {
            workers.start(piece -> {
                if (Thread.currentThread() == caller) {
                    await(taken); // the other piece is the helper's
                    caller.interrupt();
                    interrupted.countDown();
                } else {
                    taken.countDown();
                    await(interrupted);
                }
                done.incrementAndGet();
            });
            workers.finish();

            assertThat(done).hasValue(2);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anInterruptedHelperGoesOn() {
        try (Workers workers = new Workers(2, 2)) {
            for (int round = 0; round < 3; round++) {
                CountDownLatch both = new CountDownLatch(2);
                workers.start(piece -> {
                    both.countDown();
                    await(both);
                    Thread.currentThread().interrupt();
                });
                workers.finish();
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Test
    void closingWaitsForPiecesUnderWayAndDropsTheRest() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        Workers workers = new Workers(2, PIECES);
        workers.start(piece -> {
            begun.countDown();
            await(closing);
            done.incrementAndGet();
        });
        await(begun);
        Thread releaser = new Thread(() -> {
            // The one helper is held in its piece; it is let go only when the closing thread waits.
            while (!workers.isClosed()) {
                Thread.onSpinWait();
            }
            closing.countDown();
        });
        releaser.start();

        workers.close();

        assertThat(done).hasValue(1);
        releaser.join();
        assertThatThrownBy(() -> workers.start(piece -> {})).hasMessage("the workers are closed");
        workers.close();
    }

    @Test
    void closingThrowsWhatARoundUnderWayThrew() {
        CountDownLatch begun = new CountDownLatch(1);
        Workers workers = new Workers(2, 1);
        workers.start(piece -> {
            begun.countDown();
            throw new AssertionError("under way");
        });
        await(begun);

        assertThatThrownBy(workers::close).isInstanceOf(AssertionError.class).hasMessage("under way");
        workers.close();
    }
}
