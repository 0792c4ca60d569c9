package org.adapt4j.toolkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.adapt4j.api.algorithm.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplaysSaveTest {

    private static final int BATCH = 12;
    private static final int CAPACITY = 200;

    /** World, replay and chance, always the same ones for the same seed. */
    private static final class Subject {
        final World world = new World(3, 2, 2);
        final SplittableRandom fate;
        final SplittableRandom draws;
        final boolean prioritised;
        Replays replays;
        int round;

        Subject(long seed, boolean prioritised, int small, int large) {
            this.prioritised = prioritised;
            fate = new SplittableRandom(seed);
            draws = new SplittableRandom(seed + 1);
            replays = empty(small, large);
            world.begin(0, 1);
        }

        Replays empty(int small, int large) {
            return new Replays(world.spec, World.plan(CAPACITY, BATCH, 3, 0.9, prioritised), 2, 2, 4, 10, small, large);
        }

        /** Plays and draws; returns a checksum of everything that was drawn, by round. */
        List<Long> run(int rounds) {
            List<Long> seen = new ArrayList<>();
            float[] errors = new float[BATCH];
            for (int i = 0; i < rounds; i++) {
                if (round % 5 == 0) {
                    replays.countInContext(0, round % 10 == 0);
                }
                world.play(replays, 3, fate);
                if (++round % 17 == 0) {
                    replays.abandon();
                    world.begin(round % 2);
                }
                if (replays.isReady(0) && replays.isReady(1)) {
                    CRC32C sum = new CRC32C();
                    Batch.Transitions batch = replays.draw(new int[] {0, 1}, 0.5, draws);
                    note(batch, sum);
                    note(batch.context(), sum);
                    for (int k = 0; k < BATCH; k++) {
                        errors[k] = Math.abs(batch.column("return").getFloat(4 * k)) + 0.01f * k;
                    }
                    batch.reprioritise(FloatBuffer.wrap(errors));
                    note(replays.context(1, draws), sum);
                    seen.add(sum.getValue());
                }
            }
            return seen;
        }

        private static void note(Batch.Transitions batch, CRC32C sum) {
            for (String name : List.of(
                    "frames", "next-frames", "number", "next-number", "action", "return", "discount", "reward")) {
                sum.update(batch.column(name).duplicate());
            }
            ByteBuffer weights = ByteBuffer.allocate(4 * batch.size());
            weights.asFloatBuffer().put(0, batch.weights(), 0, batch.size());
            sum.update(weights);
        }

        byte[] save(BlockStore store) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                replays.save(out, store);
            }
            return bytes.toByteArray();
        }

        /** Forgets everything and takes over a state. */
        void resume(byte[] state, BlockStore store, int small, int large) throws IOException {
            replays.close();
            replays = empty(small, large);
            replays.load(new DataInputStream(new ByteArrayInputStream(state)), store);
        }
    }

    @ParameterizedTest(name = "prioritised {0}, small {1}, large {2}, after {3} rounds")
    @CsvSource({
        "true, 0, 100000, 20",
        "true, 500, 2000, 90",
        "false, 500, 2000, 90",
        "true, 100000, 200000, 150",
        "true, 0, 1, 1"
    })
    void drawsTheSameAfterAResume(boolean prioritised, int small, int large, int rounds) throws IOException {
        Subject whole = new Subject(1, prioritised, small, large);
        Subject killed = new Subject(1, prioritised, small, large);
        MemoryBlocks store = new MemoryBlocks();
        whole.run(rounds);
        killed.run(rounds / 2);
        killed.save(store);
        killed.run(rounds - rounds / 2);

        killed.resume(killed.save(store), store, small, large);

        List<Long> expected = whole.run(60);
        assertThat(expected).isNotEmpty();
        assertThat(killed.run(60)).isEqualTo(expected);
        assertThat(killed.replays.size(0)).isEqualTo(whole.replays.size(0));
    }

    @Test
    void writesEachRowOnce() throws IOException {
        Subject subject = new Subject(2, true, 0, 1 << 20);
        MemoryBlocks store = new MemoryBlocks();
        long written = 0;
        for (int i = 0; i < 30; i++) {
            subject.run(5);
            int before = store.written.size();
            subject.save(store);
            for (String name : store.written.subList(before, store.written.size())) {
                written += store.get(name).length;
            }
        }

        long rows = subject.world.rows.get(0).size() + subject.world.rows.get(1).size();
        long rowBytes = 8 + World.PIXELS + 4 + 4;
        assertThat(new HashSet<>(store.written)).hasSameSizeAs(store.written);
        assertThat(written).isEqualTo(rows * rowBytes + store.written.size() * 32L);
        assertThat(subject.save(store)).isEqualTo(subject.save(store));
    }

    @Test
    void deletesWhatIsWrittenOverButNotAtOnce() throws IOException {
        Subject subject = new Subject(3, true, 0, 400);
        MemoryBlocks store = new MemoryBlocks();
        List<byte[]> states = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            subject.run(7);
            states.add(subject.save(store));
            for (int back = 1; back <= Math.min(3, states.size()); back++) {
                Subject other = new Subject(3, true, 0, 400);
                other.resume(states.get(states.size() - back), store, 0, 400);
                assertThat(other.replays.size(0)).isPositive();
            }
        }

        assertThat(store.written.size()).isGreaterThan(200);
        assertThat(store.bytes()).isLessThan(3L * CAPACITY * 40);
        assertThatThrownBy(() -> new Subject(3, true, 0, 400).resume(states.get(0), store, 0, 400))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void keepsWhatTheSaveBeforeNeedsEvenIfAllOfItIsWrittenOver() throws IOException {
        Subject subject = new Subject(3, true, 0, 400);
        MemoryBlocks store = new MemoryBlocks();
        subject.run(80);
        byte[] before = subject.save(store);
        subject.run(80);
        subject.save(store);

        subject.resume(before, store, 0, 400);

        assertThat(subject.replays.size(0)).isPositive();
    }

    @Test
    void aFewRowsTravelWithTheStream() throws IOException {
        Subject subject = new Subject(4, true, 1200, 1 << 20);
        MemoryBlocks store = new MemoryBlocks();
        subject.run(5);
        int few = subject.save(store).length;
        assertThat(store.held).isEmpty();

        subject.run(5);
        int more = subject.save(store).length;
        assertThat(store.held).isEmpty();
        subject.run(60);
        subject.save(store);

        assertThat(more).isGreaterThan(few);
        assertThat(store.held)
                .isNotEmpty()
                .allSatisfy((name, block) -> assertThat(block.length).isGreaterThanOrEqualTo(1200));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void survivesDeathWhileItSaves(int writes) throws IOException {
        Subject whole = new Subject(5, true, 300, 400);
        Subject killed = new Subject(5, true, 300, 400);
        MemoryBlocks store = new MemoryBlocks();
        whole.run(100);
        killed.run(70);
        killed.save(store);
        killed.run(30);
        byte[] state = killed.save(store);
        List<Long> expected = whole.run(40);
        assertThat(killed.run(40)).isEqualTo(expected);
        store.writesLeft = writes;
        assertThatThrownBy(() -> killed.save(store)).hasMessageContaining("killed");
        store.writesLeft = Integer.MAX_VALUE;

        Subject resumed = new Subject(5, true, 300, 400);
        resumed.run(100);
        resumed.resume(state, store, 300, 400);

        assertThat(resumed.run(40)).isEqualTo(expected);
        expected = whole.run(40);
        resumed.resume(resumed.save(store), store, 300, 400);
        assertThat(resumed.run(40)).isEqualTo(expected);
    }

    @Test
    void clearsAwayWhatADeadRunLeftBehind() throws IOException {
        Subject subject = new Subject(6, true, 0, 400);
        MemoryBlocks store = new MemoryBlocks();
        subject.run(20);
        store.write("task-0-rows-9000-9001", out -> out.write(1));

        subject.save(store);

        assertThat(store.names()).doesNotContain("task-0-rows-9000-9001");
    }

    @Test
    void namesABlockThatIsMissingOrDamaged() throws IOException {
        Subject subject = new Subject(7, true, 0, 1000);
        MemoryBlocks store = new MemoryBlocks();
        subject.run(40);
        byte[] state = subject.save(store);
        String name = store.names().iterator().next();
        byte[] sound = store.get(name);

        for (int at : new int[] {0, 9, 30, 60, sound.length - 1}) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 4;
            store.held.put(name, damaged);
            assertRefused(subject, state, store, name, "is damaged");
        }
        store.held.put(name, Arrays.copyOf(sound, sound.length - 1));
        assertRefused(subject, state, store, name, "is cut short");
        store.held.put(name, Arrays.copyOf(sound, sound.length + 1));
        assertRefused(subject, state, store, name, "is damaged");
        store.held.put(name, new byte[0]);
        assertRefused(subject, state, store, name, "is cut short");
        store.held.remove(name);
        assertRefused(subject, state, store, name, "is missing");
        store.held.put(name, sound);
        subject.resume(state, store, 0, 1000);
    }

    private static void assertRefused(Subject subject, byte[] state, BlockStore store, String name, String how) {
        assertThatThrownBy(() -> subject.resume(state, store, 0, 1000))
                .isInstanceOf(IOException.class)
                .hasMessage("replay block " + name + " " + how + ": put it back from a copy");
    }

    @Test
    void refusesTheStateOfOtherSettings() throws IOException {
        Subject subject = new Subject(8, true, 0, 1000);
        MemoryBlocks store = new MemoryBlocks();
        subject.run(10);
        byte[] state = subject.save(store);
        Subject uniform = new Subject(8, false, 0, 1000);

        assertThatThrownBy(() -> uniform.resume(state, store, 0, 1000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other settings");
        assertThatThrownBy(() -> subject.replays.load(new DataInputStream(new ByteArrayInputStream(state)), store))
                .isInstanceOf(IllegalStateException.class);
    }
}
