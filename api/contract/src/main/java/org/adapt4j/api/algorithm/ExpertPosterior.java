package org.adapt4j.api.algorithm;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Ability of an algorithm that holds a joint normal distribution over what the expert would do, such as a Gaussian process conditioned on
 * all it was shown (Bagatella et al. 2025, section 4.2). The coordinates of an action are independent and equally
 * uncertain.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ExpertPosterior {

    /** Variance of the noise in an expert's action, in each coordinate. */
    double noiseVariance();

    /**
     * The actions it expects.
     *
     * @param observations by component, {@code [rows, …shape]}, native byte order, from index 0
     * @param rows at least 1
     * @return {@code [rows, width of the action]}, the caller's to keep
     */
    double[][] mean(Map<String, ByteBuffer> observations, int rows);

    /**
     * How uncertain the noise-free actions are, and how they hang together, given all that was learned.
     *
     * @param observations by component, {@code [rows, …shape]}, native byte order, from index 0
     * @param rows at least 1
     * @return covariances of one coordinate of the action, {@code [rows, rows]}, the caller's to keep
     */
    double[][] covariance(Map<String, ByteBuffer> observations, int rows);
}
