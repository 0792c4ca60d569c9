package org.adapt4j.api.space;

import org.apiguardian.api.API;

/** Kind of number that a space holds, as it lies in memory (native byte order). */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Element {
    /** Unsigned bytes: images. */
    UINT8(1),
    /** Signed 32-bit integers: indices of discrete actions. */
    INT32(4),
    /** IEEE 754 single precision. */
    FLOAT32(4);

    private final int bytes;

    Element(int bytes) {
        this.bytes = bytes;
    }

    /** Size of one number in bytes. */
    public int bytes() {
        return bytes;
    }
}
