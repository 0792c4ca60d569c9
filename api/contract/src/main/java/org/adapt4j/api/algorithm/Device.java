package org.adapt4j.api.algorithm;

import org.apiguardian.api.API;

/**
 * Where tensors live.
 *
 * @param kind processor or accelerator
 * @param index which one; 0 for the processor
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Device(Kind kind, int index) {

    /** The processor. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    /** Kind of device. */
    public enum Kind {
        /** The processor. */
        CPU,
        /** A CUDA device. */
        GPU
    }
}
