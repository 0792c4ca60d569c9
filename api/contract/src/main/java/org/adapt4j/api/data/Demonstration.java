package org.adapt4j.api.data;

import java.nio.ByteBuffer;
import java.util.Map;
import org.adapt4j.api.task.Task;
import org.apiguardian.api.API;

/**
 * One recorded episode of an expert, or a piece of fixed length out of its play, which may span several episodes.
 *
 * @param task what was played
 * @param steps number of actions
 * @param columns by name: {@code action} and {@code reward} with {@code steps} rows, each observation component with
 *     {@code steps + 1} rows; native byte order, element types as in the benchmark's specification; not to be changed. Where it is
 *     known, {@code terminated} and {@code truncated} tell by one byte a step, 1 or 0, whether an episode ended with it or was cut off;
 *     the observation after it is then the first of the next episode, but for the last row
 * @param episodeReturn undiscounted sum of rewards
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Demonstration(Task task, int steps, Map<String, ByteBuffer> columns, double episodeReturn) {

    /** Name of the optional column that tells at which steps an episode ended. */
    public static final String TERMINATED = "terminated";

    /** Name of the optional column that tells at which steps an episode was cut off. */
    public static final String TRUNCATED = "truncated";

    /** Freezes the map of columns. */
    public Demonstration {
        columns = Map.copyOf(columns);
    }
}
