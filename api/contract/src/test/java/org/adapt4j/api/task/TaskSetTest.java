package org.adapt4j.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TaskSetTest {

    @Test
    void holdsMoreTasksThanMemoryCould() {
        TaskSet all = new TaskSet(new AbstractList<>() {
            @Override
            public Task get(int index) {
                return new Task("toy", "toy/" + index, Map.of());
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        });

        assertThat(all.sample(new Random(1)).name()).startsWith("toy/");
        assertThat(all.first(3).tasks()).extracting(Task::name).containsExactly("toy/0", "toy/1", "toy/2");
    }

    @Test
    void refusesToBeEmpty() {
        assertThatThrownBy(() -> new TaskSet(List.of())).hasMessageContaining("at least one task");
    }

    @Test
    void saysWhichAttributesATaskHas() {
        Task task = new Task("toy", "toy/1", Map.of("goal", "4"));

        assertThat(task.attribute("goal")).isEqualTo("4");
        assertThatThrownBy(() -> task.attribute("level")).hasMessageContaining("{goal=4}");
    }
}
