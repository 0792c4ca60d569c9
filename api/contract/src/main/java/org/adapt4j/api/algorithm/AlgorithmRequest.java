package org.adapt4j.api.algorithm;

import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.run.RandomStream;
import org.apiguardian.api.API;

/**
 * What algorithm is wanted.
 *
 * @param spec what the agent sees and does
 * @param conditioning the extra input
 * @param slots how many environments will play at once
 * @param device where tensors live
 * @param random for initial weights, exploration and minibatches
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record AlgorithmRequest(
        EnvironmentSpec spec, Conditioning conditioning, int slots, Device device, RandomStream random) {}
