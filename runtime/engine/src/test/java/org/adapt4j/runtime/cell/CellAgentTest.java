package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractList;
import java.util.Map;
import java.util.RandomAccess;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.junit.jupiter.api.Test;

final class CellAgentTest {
    private static final int MANY = 100_000;

    @Test
    void looksAtEachOfManyTasksOnceAtMost() {
        Counted own = new Counted();
        TaskSet all = new TaskSet(own);

        CellAgent.requireOwn(all, all, "collect()");
        assertThat(own.made).isZero();

        CellAgent.requireOwn(all, new TaskSet(new Counted()), "collect()");
        assertThat(own.made).isEqualTo(MANY);
    }

    @Test
    void namesATaskThatIsNone() {
        TaskSet own = TaskSet.of(task("0"), task("1"));

        assertThatThrownBy(() -> CellAgent.requireOwn(own, TaskSet.of(task("1"), task("2")), "focus()"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("focus(): 2 is none of the tasks of this phase");
    }

    private static Task task(String name) {
        return new Task("toy", name, Map.of());
    }

    /** Makes tasks on demand, as a benchmark with millions does. */
    private static final class Counted extends AbstractList<Task> implements RandomAccess {
        private int made;

        @Override
        public Task get(int index) {
            made++;
            return task(Integer.toString(index));
        }

        @Override
        public int size() {
            return MANY;
        }
    }
}
