package org.adapt4j.api.method;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.apiguardian.api.API;

/**
 * What a phase would meet, as far as it is known before anything runs.
 *
 * @param tasks of the phase
 * @param spec what agents see and do
 * @param budget limits; a resource without an entry has none
 * @param demonstrations how many an expert can give of a task; asking may open files
 * @param policies whether an expert has the weights of a policy for a task, see {@link Expert#weights}; asking may open files
 * @param taskObservation see {@link Session#taskObservation}
 * @param conditioning of an adapter: what the learner before it trained with; none from scratch. Of a learner its own
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Prospect(
        TaskSet tasks,
        EnvironmentSpec spec,
        Map<Resource, Long> budget,
        ToIntFunction<Task> demonstrations,
        Predicate<Task> policies,
        Function<Task, Map<String, ByteBuffer>> taskObservation,
        Conditioning conditioning) {

    /** Freezes the limits. */
    public Prospect {
        budget = Map.copyOf(budget);
    }

    /** Without an expert's policy. */
    public Prospect(
            TaskSet tasks,
            EnvironmentSpec spec,
            Map<Resource, Long> budget,
            ToIntFunction<Task> demonstrations,
            Function<Task, Map<String, ByteBuffer>> taskObservation,
            Conditioning conditioning) {
        this(tasks, spec, budget, demonstrations, task -> false, taskObservation, conditioning);
    }
}
