package org.adapt4j.api.algorithm;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Ability of an algorithm that holds a probability distribution over what the expert would do, such as a Gaussian process conditioned on
 * all it was shown (Bagatella et al. 2025, section 4.2; AMF specification 2.5).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Covariance {

    /** Variance of the noise in an expert's action, in each coordinate. */
    double noiseVariance();

    /**
     * How the beliefs about the actions at some observations hang together, given all that was learned.
     *
     * @param observations by component, {@code [rows, …shape]}, native byte order, from index 0
     * @param rows at least 1
     * @return covariances of one coordinate of the action, {@code [rows, rows]}
     */
    double[][] covariance(Map<String, ByteBuffer> observations, int rows);
}
