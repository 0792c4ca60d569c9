package org.adapt4j.api.algorithm;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apiguardian.api.API;

/** Ability of an algorithm that learns from pairs: how much each weight matters for what it answers (Kirkpatrick et al. 2017). */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface FisherInformation {

    /**
     * The diagonal of the empirical Fisher matrix at the present weights: the mean over the pairs of the square of each pair's own
     * gradient of the log-likelihood.
     *
     * @param columns components of the observation and {@code action}, {@code [rows, …]}, native byte order, from index 0
     * @param rows at least 1
     * @return by weight, named and shaped as in {@link Parameters#snapshot}; weights that do not matter may be left out
     */
    Snapshot fisherDiagonal(Map<String, ByteBuffer> columns, int rows);
}
