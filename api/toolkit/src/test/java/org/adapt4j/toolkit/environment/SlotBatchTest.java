package org.adapt4j.toolkit.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class SlotBatchTest {

    private static final TaskSchedule TRIALS = TaskSchedule.trials(CounterPlay.tasks(4, 9, 5), 2);

    /** Numbers that are never 0 below 4, so that nothing happens by chance. */
    private static Counter steady() {
        return new Counter(() -> -1);
    }

    private static SlotBatch batch(TaskSchedule schedule, int slots, int threads) {
        return new SlotBatch(CounterPlay.request(schedule, slots), threads, (index, random) -> new Counter(random));
    }

    @Test
    void endsByTheRulesOrAtTheLimitAndShowsWhere() {
        TaskSchedule schedule = TaskSchedule.roundRobin(CounterPlay.tasks(4, 9));
        try (SlotBatch batch = SlotBatch.of(CounterPlay.request(schedule, 1), random -> steady())) {
            CounterPlay play = new CounterPlay(batch).receive();
            assertThat(play.line(0)).isEqualTo("0/4 0 [FIRST, NEW_TRIAL] 0.0 0");

            assertThat(play.step(2).line(0)).isEqualTo("2/4 2 [] 2.0 0");
            assertThat(play.step(2).line(0)).isEqualTo("0/9 0 [FIRST, TERMINATED, NEW_TRIAL] 4.0 1 after 4/4 4");
            for (int step = 1; step < CounterPlay.LIMIT; step++) {
                assertThat(play.step(1).line(0)).isEqualTo(step + "/9 " + step + " [] " + step + ".0 1");
                assertThat(batch.info(0)).containsEntry("step", step);
            }
            assertThat(play.step(1).line(0)).isEqualTo("0/4 0 [FIRST, TRUNCATED, NEW_TRIAL] 6.0 0 after 6/9 6");
            assertThat(batch.info(0)).containsEntry("step", 0).containsEntry("count", 0);
        }
    }

    @Test
    void showsTheEndOfAnEpisodeThatIsFilmed() throws IOException {
        /** As wide as the steps that were taken, and one more. */
        final class Widening extends Counter {
            private int steps;
            private int drawn;

            Widening() {
                super(() -> -1);
            }

            @Override
            public void begin(Task task) {
                super.begin(task);
                steps = 0;
            }

            @Override
            public double step(Action action) {
                steps++;
                return super.step(action);
            }

            @Override
            public Optional<Picture> picture() {
                drawn++;
                return Optional.of(new Picture(steps + 1, 1, ByteBuffer.allocate(3 * (steps + 1))));
            }
        }

        Widening slot = new Widening();
        TaskSchedule schedule = TaskSchedule.roundRobin(CounterPlay.tasks(4));
        try (SlotBatch batch = SlotBatch.of(CounterPlay.request(schedule, 1), random -> slot)) {
            CounterPlay play = new CounterPlay(batch).receive();
            play.step(2).step(2); // an episode that nobody looks at
            assertThat(slot.drawn).isZero();
            assertThat(batch.lastPicture(0)).isEmpty();

            assertThat(batch.picture(0).orElseThrow().width()).isEqualTo(1);
            play.step(2);
            assertThat(batch.lastPicture(0)).isEmpty();
            play.step(2);

            assertThat(batch.lastPicture(0).orElseThrow().width()).isEqualTo(3);
            assertThat(batch.picture(0).orElseThrow().width()).isEqualTo(1);
            byte[] saved = play.saved();
            assertThat(play.step(1).line(0)).doesNotContain("FIRST");
            assertThat(batch.lastPicture(0)).isEmpty();

            play.step(1).step(2);
            assertThat(batch.lastPicture(0)).isPresent();
            play.load(saved); // what was filmed since is no part of this play
            assertThat(batch.lastPicture(0)).isEmpty();
        }
    }

    @Test
    void aGameWithLivesGoesOnWithinItsTrial() {
        /** Ends at every 2, and for good at 4. */
        final class Lives extends Counter implements WithLives {
            Lives(RandomGenerator random) {
                super(random);
            }

            @Override
            public Ending ending() {
                return count % 2 == 0 ? Ending.TERMINATED : Ending.NONE;
            }

            @Override
            public boolean goesOn() {
                return count < 4;
            }
        }
        TaskSchedule schedule = TaskSchedule.roundRobin(CounterPlay.tasks(7, 8));
        try (SlotBatch batch = SlotBatch.of(CounterPlay.request(schedule, 1), random -> new Lives(() -> -1))) {
            CounterPlay play = new CounterPlay(batch).receive();

            play.step(1);
            assertThat(play.step(1).line(0)).isEqualTo("2/7 2 [FIRST, TERMINATED] 2.0 0 after 2/7 2");
            assertThat(batch.info(0)).containsEntry("step", 0);
            play.step(1);
            assertThat(play.step(1).line(0)).isEqualTo("0/8 0 [FIRST, TERMINATED, NEW_TRIAL] 4.0 1 after 4/7 4");
        }
    }

    @Test
    void playsTheSameOverAnyNumberOfThreads() {
        List<List<String>> plays = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3, 100}) {
            try (SlotBatch batch = batch(TRIALS, 5, threads)) {
                plays.add(new CounterPlay(batch).receive().random(300, 1));
            }
        }

        assertThat(plays).containsOnly(plays.get(0));
        assertThat(String.join("", plays.get(0))).contains("TRUNCATED").contains("TERMINATED");
    }

    @Test
    void goesOnFromSavedStateAtAnyMoment() throws IOException {
        for (boolean received : new boolean[] {true, false}) {
            for (int steps = 0; steps < 20; steps++) {
                try (SlotBatch batch = batch(TRIALS, 4, 2);
                        SlotBatch other = batch(TRIALS, 4, 1)) {
                    CounterPlay play = new CounterPlay(batch).receive();
                    play.random(steps, 3);
                    play.send(2, 2, 1, 0);
                    if (received) {
                        play.receive();
                    }
                    byte[] saved = play.saved();
                    CounterPlay restored = new CounterPlay(other);

                    restored.load(saved);

                    assertThat(restored.saved()).isEqualTo(saved);
                    if (!received) {
                        play.receive();
                        restored.receive();
                        for (int slot = 0; slot < 4; slot++) {
                            assertThat(restored.line(slot)).isEqualTo(play.line(slot));
                        }
                    }
                    assertThat(restored.random(50, 4)).isEqualTo(play.random(50, 4));
                }
            }
        }
    }

    @Test
    void reassigningBeginsAnewWithoutReward() {
        Counter counter = steady();
        try (SlotBatch batch =
                SlotBatch.of(CounterPlay.request(TaskSchedule.fixed(CounterPlay.task(9)), 1), random -> counter)) {
            CounterPlay play = new CounterPlay(batch).receive().step(1).send(1);
            counter.abandoned = false;

            batch.reassign(TaskSchedule.fixed(CounterPlay.task(5)));

            assertThat(counter.abandoned).isTrue();
            assertThatThrownBy(() -> play.send(1)).hasMessageContaining("must follow receive()");
            assertThat(play.receive().line(0)).isEqualTo("0/5 0 [FIRST, NEW_TRIAL] 0.0 0");
        }
    }

    @Test
    void sendAndReceiveTakeTurns() {
        try (SlotBatch batch = batch(TRIALS, 2, 1)) {
            CounterPlay play = new CounterPlay(batch);

            assertThatThrownBy(() -> play.send(1, 1))
                    .hasMessage("send() must follow receive(): the last outcome was not taken");
            play.receive();
            assertThatThrownBy(play::receive).hasMessage("receive() must follow send()");
        }
    }

    @Test
    void refusesActionsOutsideTheirSpaceAndMovesNoSlot() {
        try (SlotBatch batch = batch(TRIALS, 2, 1)) {
            CounterPlay play = new CounterPlay(batch).receive();

            assertThatThrownBy(() -> play.send(1, 3)).hasMessage("slot 1: action 3 is none of 0 to 2");
            assertThatThrownBy(() -> play.send(-1, 0)).hasMessage("slot 0: action -1 is none of 0 to 2");
            assertThat(batch.info(0)).containsEntry("count", 0);
            assertThat(batch.info(1)).containsEntry("count", 0);
            play.step(0, 0);
        }
    }

    /** Fails when it is told to. */
    private static final class Faulty extends Counter {
        Faulty(RandomGenerator random) {
            super(random);
        }

        @Override
        public double step(Action action) {
            if (action.choice() == 2) {
                throw new AssertionError("a fault");
            }
            return super.step(action);
        }
    }

    @Test
    void aSlotThatThrowsEndsTheStepAndOnlyAFreshStartIsAllowed() throws IOException {
        for (int threads = 1; threads <= 3; threads++) {
            try (SlotBatch batch =
                    new SlotBatch(CounterPlay.request(TRIALS, 4), threads, (index, random) -> new Faulty(random))) {
                CounterPlay play = new CounterPlay(batch).receive();
                byte[] before = play.saved();
                List<Runnable> refused = List.of(
                        play::receive, play::saved, () -> batch.info(0), () -> batch.picture(0), batch::timeShares);

                play.send(1, 2, 1, 1);
                assertThatThrownBy(play::receive)
                        .isInstanceOf(AssertionError.class)
                        .hasMessage("a fault");
                for (Runnable each : refused) {
                    assertThatThrownBy(each::run)
                            .hasMessage("a slot failed before: reassign, load or close the environment");
                }

                batch.reassign(TRIALS);
                play.receive().step(1, 1, 1, 1).send(2, 0, 0, 0);
                assertThatThrownBy(play::receive).isInstanceOf(AssertionError.class);

                play.load(before);
                assertThat(play.saved()).isEqualTo(before);
                play.send(2, 0, 0, 0); // closed with the step under way
            } catch (AssertionError e) {
                assertThat(e).hasMessage("a fault");
            }
        }
    }

    @Test
    void closesSlotsBeforeWhatTheyShareWhateverThrows() {
        List<String> closed = new ArrayList<>();
        SlotFactory factory = new SlotFactory() {
            @Override
            public Slot create(int index, RandomGenerator random) {
                return new Counter(random) {
                    @Override
                    public void close() {
                        closed.add("slot " + index);
                        if (index < 2) {
                            throw new IllegalStateException("slot " + index);
                        }
                    }
                };
            }

            @Override
            public void close() {
                closed.add("shared");
            }
        };
        SlotBatch batch = new SlotBatch(CounterPlay.request(TRIALS, 3), 2, factory);

        assertThatThrownBy(batch::close)
                .hasMessage("slot 0")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("slot 1"));

        assertThat(closed).containsExactly("slot 0", "slot 1", "slot 2", "shared");
        batch.close();
        assertThat(closed).hasSize(4);
        assertThatThrownBy(() -> batch.reassign(TRIALS)).hasMessage("the environment is closed");
        assertThatThrownBy(() ->
                        batch.receive(StepBlock.allocate(CounterPlay.SPEC, 3, 1).step(0)))
                .hasMessage("the environment is closed");
    }

    @Test
    void whatCannotBeOpenedIsClosed() {
        for (boolean atBegin : new boolean[] {true, false}) {
            List<Counter> made = new ArrayList<>();
            List<String> closed = new ArrayList<>();
            SlotFactory factory = new SlotFactory() {
                @Override
                public Slot create(int index, RandomGenerator random) {
                    if (index == 2 && !atBegin) {
                        throw new IllegalStateException("no third slot");
                    }
                    Counter slot = new Counter(random) {
                        @Override
                        public void begin(Task next) {
                            if (index == 2) {
                                throw new IllegalStateException("no third slot");
                            }
                        }
                    };
                    made.add(slot);
                    return slot;
                }

                @Override
                public void close() {
                    closed.add("shared");
                }
            };

            assertThatThrownBy(() -> new SlotBatch(CounterPlay.request(TRIALS, 4), 2, factory))
                    .hasMessage("no third slot");

            assertThat(made).hasSize(atBegin ? 4 : 2).allMatch(slot -> slot.isClosed);
            assertThat(closed).containsExactly("shared");
        }
    }

    @Test
    void writesBeyondItsOwnRowAreRefused() {
        Observation own = Observation.own(CounterPlay.SPEC.observation());

        assertThatThrownBy(() -> own.put(0, 2, 1.0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> own.put(0, new float[3])).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> own.put(0, new double[3])).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> own.put(1, 1, new byte[1], 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void nothingIsAllocatedPerStep() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        EnvironmentSpec endless =
                new EnvironmentSpec(CounterPlay.SPEC.observation(), CounterPlay.SPEC.action(), Integer.MAX_VALUE);
        try (SlotBatch batch = SlotBatch.of(CounterPlay.request(endless, TRIALS, 8), random -> new Counter(random) {
            @Override
            public void write(Observation into) {
                into.put(0, 0, count);
            }

            @Override
            public Ending ending() {
                return Ending.NONE;
            }
        })) {
            CounterPlay play = new CounterPlay(batch).receive();
            long least = Long.MAX_VALUE;
            for (int turn = 0; turn < 20; turn++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int step = 0; step < 1000; step++) {
                    batch.send(play.actions());
                    batch.receive(play.seen);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }

            assertThat(play.seen.is(Flag.NEW_TRIAL, 0)).isFalse();
            assertThat(least).as("bytes of 8,000 steps").isLessThan(1_000);
        }
    }
}
