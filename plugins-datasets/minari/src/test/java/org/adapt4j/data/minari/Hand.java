package org.adapt4j.data.minari;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/** Something with a picture and a place to see, and three choices, that nobody plays. */
record Hand() implements TaskDistribution {

    static final Task TASK = new Task("hands", "reach/one", Map.of());

    @Override
    public String title() {
        return "hands";
    }

    @Override
    public String backEnd() {
        return "none";
    }

    @Override
    public TaskSet tasks(Split split) {
        return TaskSet.of(TASK);
    }

    @Override
    public Optional<Task> task(String name) {
        return Optional.of(TASK);
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return new EnvironmentSpec(
                List.of(new Component("picture", Box.image(2, 2, 1)), new Component("place", Box.vector(1, 0, 9))),
                new Discrete(3),
                50);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        throw new UnsupportedOperationException("nobody plays it");
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return episodeReturn;
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return false;
    }
}
