package org.adapt4j.method.pearl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.junit.jupiter.api.Test;

/** Play that shows its step counter: the observation is t, the action 10 t, and the reward of it t + 1. */
final class RecentWindowTest {

    private static final EnvironmentSpec SPEC =
            new EnvironmentSpec(List.of(new Component("counter", Box.vector(1, 0, 1000))), new Discrete(10_000), 10);
    private static final int SLOTS = 2;

    private static Batch.Rollout play(int from, int steps) {
        StepBlock seen = StepBlock.allocate(SPEC, SLOTS, steps + 1);
        ActionBlock acted = ActionBlock.allocate(SPEC.action(), List.of(), SLOTS, steps);
        for (int t = 0; t <= steps; t++) {
            for (int slot = 0; slot < SLOTS; slot++) {
                seen.step(t).observation(0).putFloat(Float.BYTES * slot, from + t + 100 * slot);
                seen.step(t).rewards().put(slot, from + t + 100 * slot);
                if (t < steps) {
                    acted.step(t).discrete().put(slot, 10 * (from + t + 100 * slot));
                }
            }
        }
        return new Batch.Rollout(seen, acted, PolicyState.none(SLOTS), uncut());
    }

    private static Batch.Truncations uncut() {
        return new Batch.Truncations() {
            @Override
            public int count() {
                return 0;
            }

            @Override
            public int step(int index) {
                throw new IndexOutOfBoundsException(index);
            }

            @Override
            public int slot(int index) {
                throw new IndexOutOfBoundsException(index);
            }

            @Override
            public ByteBuffer observations(int component) {
                throw new IndexOutOfBoundsException(component);
            }
        };
    }

    private static Set<Float> counters(RecentWindow window) {
        Batch.Transitions drawn = window.draw(1000, new SplittableRandom(1));
        Set<Float> counters = new TreeSet<>();
        for (int i = 0; i < drawn.size(); i++) {
            counters.add(drawn.column("counter").getFloat(Float.BYTES * i));
        }
        return counters;
    }

    @Test
    void holdsNothingAtFirst() {
        RecentWindow window = new RecentWindow(SPEC, 3);

        Batch.Transitions drawn = window.draw(4, new SplittableRandom(1));

        assertThat(window.size()).isZero();
        assertThat(drawn.size()).isZero();
        assertThat(drawn.tasks()).isEqualTo(1);
        assertThat(drawn.column("counter").limit()).isZero();
    }

    @Test
    void putsTogetherWhatWasSeenDoneAndEarned() {
        RecentWindow window = new RecentWindow(SPEC, 100);
        window.add(play(5, 3));

        Batch.Transitions drawn = window.draw(50, new SplittableRandom(1));

        assertThat(window.size()).isEqualTo(3 * SLOTS);
        assertThat(drawn.size()).isEqualTo(50);
        for (int i = 0; i < 50; i++) {
            float counter = drawn.column("counter").getFloat(Float.BYTES * i);
            assertThat(drawn.column("action").getInt(Integer.BYTES * i)).isEqualTo((int) (10 * counter));
            assertThat(drawn.column("reward").getFloat(Float.BYTES * i)).isEqualTo(counter + 1);
        }
        assertThat(counters(window)).containsExactly(5f, 6f, 7f, 105f, 106f, 107f);
    }

    @Test
    void keepsTheNewestOnly() {
        RecentWindow window = new RecentWindow(SPEC, 5);

        window.add(play(0, 2));
        window.add(play(2, 2));
        assertThat(counters(window)).containsExactly(2f, 3f, 101f, 102f, 103f);

        window.add(play(4, 40));
        assertThat(counters(window)).containsExactly(42f, 43f, 141f, 142f, 143f);
    }

    @Test
    void drawsWithReplacement() {
        RecentWindow window = new RecentWindow(SPEC, 5);
        window.add(play(0, 1));

        Batch.Transitions drawn = window.draw(10, new SplittableRandom(1));

        assertThat(drawn.size()).isEqualTo(10);
        assertThat(drawn.weights().get(9)).isEqualTo(1);
        assertThat(drawn.context().size()).isZero();
    }

    @Test
    void drawsTheSameAfterItWasSavedAndLoaded() throws IOException {
        RecentWindow window = new RecentWindow(SPEC, 5);
        window.add(play(0, 4));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        window.save(new DataOutputStream(bytes));
        RecentWindow loaded = new RecentWindow(SPEC, 5);
        loaded.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        window.add(play(4, 1));
        loaded.add(play(4, 1));

        assertThat(loaded.draw(20, new SplittableRandom(1)).column("reward"))
                .isEqualTo(window.draw(20, new SplittableRandom(1)).column("reward"));
    }

    @Test
    void namesTheColumnsThatAreThere() {
        RecentWindow window = new RecentWindow(SPEC, 5);

        assertThatThrownBy(() -> window.draw(1, new SplittableRandom(1)).column("next-counter"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[counter, action, reward]");
    }
}
