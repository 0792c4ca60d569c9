package org.adapt4j.toolkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.adapt4j.api.algorithm.Batch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replay against lists that forget nothing, over random play. */
final class ReplaysModelTest {

    @ParameterizedTest(name = "stack {0}, {1} slots, {2} tasks, {3} steps, capacity {4}, prioritised {5}")
    @CsvSource({
        "1, 1, 1, 1, 1000, false",
        "1, 3, 1, 1, 40, false",
        "4, 1, 1, 1, 60, true",
        "4, 2, 1, 3, 61, false",
        "4, 3, 2, 1, 150, true",
        "3, 4, 3, 5, 300, false",
        "2, 4, 2, 20, 400, true",
        "4, 2, 2, 3, 10000, false"
    })
    void answersWhatWasPlayed(int stack, int slots, int tasks, int steps, int capacity, boolean prioritised) {
        World world = new World(stack, slots, tasks);
        SplittableRandom random = new SplittableRandom(100L * stack + steps);
        try (Replays replays =
                new Replays(world.spec, World.plan(capacity, 20, steps, 0.9, prioritised), tasks, slots, 5, 12)) {
            world.begin(0);
            for (int round = 0; round < 12; round++) {
                if (round == 7) {
                    replays.abandon();
                    world.begin(tasks - 1);
                }
                world.play(replays, 37, random);
                for (int task = 0; task < tasks; task++) {
                    assertAnswers(world, replays, task, capacity / tasks, steps, random);
                }
            }
        }
    }

    private static void assertAnswers(
            World world, Replays replays, int task, int capacity, int steps, SplittableRandom random) {
        Set<Integer> expected = world.drawable(task, capacity, steps);
        Set<Integer> recent = world.drawable(task, capacity, 1);
        assertThat(replays.isReady(task)).isEqualTo(!expected.isEmpty());
        Set<Integer> drawn = new LinkedHashSet<>();
        for (int i = 0; i < 200 && !expected.isEmpty(); i++) {
            Batch.Transitions batch = replays.draw(new int[] {task}, 0.4, random);
            for (int k = 0; k < batch.size(); k++) {
                if (drawn.add(World.number(batch, k))) {
                    assertThat(world.fault(batch, k, task, steps, 0.9)).isEmpty();
                }
            }
            Batch.Transitions context = batch.context();
            assertThat(context.size()).isEqualTo(5);
            for (int k = 0; k < context.size(); k++) {
                assertThat(world.fault(context, k, task, 1, 0.9)).isEmpty();
                assertThat(recent).contains(World.number(context, k));
            }
        }
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(expected);
    }
}
