package org.adapt4j.api.data;

import java.nio.ByteBuffer;
import java.util.Map;
import org.adapt4j.api.task.Task;
import org.apiguardian.api.API;

/**
 * One recorded episode of an expert.
 *
 * @param task what was played
 * @param steps number of actions
 * @param columns by name: {@code action} and {@code reward} with {@code steps} rows, each observation component with
 *     {@code steps + 1} rows; native byte order, element types as in the benchmark's specification; not to be changed
 * @param episodeReturn undiscounted sum of rewards
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Demonstration(Task task, int steps, Map<String, ByteBuffer> columns, double episodeReturn) {

    /** Freezes the map of columns. */
    public Demonstration {
        columns = Map.copyOf(columns);
    }
}
