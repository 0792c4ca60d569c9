package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;

/**
 * What a benchmark owes besides that hides its tasks on purpose: rewards alone tell them apart. Then a policy without memory acts
 * alike in all of them, whatever it has learned, and the best it can do is the best that one sequence of actions does on the average: score
 * 0 of such a benchmark.
 */
public abstract class HiddenTaskContract extends VectorEnvironmentContract {

    private static final int SLOTS = 2;
    private static final int TASKS = 12;

    @Test
    void nothingIsToldOfATask() {
        assertThat(all())
                .allSatisfy(
                        task -> assertThat(benchmark().taskObservation(task)).isEmpty());
    }

    @Test
    void allTasksLookTheSameUnderTheSameActions() {
        List<Task> tasks = all();
        List<Recording> plays = tasks.stream().map(this::play).toList();

        for (int i = 0; i < plays.size(); i++) {
            Optional<String> told = plays.get(i).differenceOfSights(plays.get(0));
            assertThat(told)
                    .as(
                            "what is seen tells task '%s' from task '%s'",
                            tasks.get(i).name(), tasks.get(0).name())
                    .isEmpty();
        }
    }

    @Test
    void rewardsTellTasksApart() {
        assertThat(all().stream()
                        .map(task -> play(task).moments().stream()
                                .map(Recording.Moment::reward)
                                .toList())
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    /** A policy without memory is lucky in some tasks; with constants of each task's own, score 0 would not bound it. */
    @Test
    void scoresAreOfOneScaleForAllTasks() {
        assertThat(all().stream()
                        .map(task -> List.of(
                                benchmark().normalise(task, 0), benchmark().normalise(task, 1)))
                        .distinct())
                .hasSize(1);
    }

    private List<Task> all() {
        return List.of(Split.values()).stream()
                .flatMap(split -> benchmark().tasks(split).first(TASKS).tasks().stream())
                .distinct()
                .toList();
    }

    private Recording play(Task task) {
        TaskSchedule schedule = TaskSchedule.fixed(task);
        try (VectorEnvironment environment = benchmark()
                .open(new EnvironmentRequest(
                        benchmark().spec(schedule.tasks()), schedule, SLOTS, TestStreams.root(3), Purpose.MEASURING))) {
            return Recording.fromTheStart(environment, steps(), 7);
        }
    }
}
