package org.adapt4j.api.environment;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.apiguardian.api.API;

/** What all slots do at one moment. Views into an {@link ActionBlock}: write and read by absolute index. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ActionBuffers {

    private final int slots;
    private final Columns columns;
    private final ByteBuffer[] bytes;
    private final IntBuffer discrete;
    private final FloatBuffer continuous;
    private final FloatBuffer[] floats;

    ActionBuffers(int slots, Columns columns, ByteBuffer[] bytes) {
        this.slots = slots;
        this.columns = columns;
        this.bytes = bytes;
        discrete = bytes[0].asIntBuffer();
        continuous = bytes[0].asFloatBuffer();
        floats = new FloatBuffer[bytes.length];
        for (int c = 0; c < bytes.length; c++) {
            floats[c] = bytes[c].asFloatBuffer();
        }
    }

    /** Number of slots. */
    public int slots() {
        return slots;
    }

    /** Actions of a discrete space, {@code [slots]}. */
    public IntBuffer discrete() {
        return discrete;
    }

    /** Actions of a box of floats, {@code [slots, width]}. */
    public FloatBuffer continuous() {
        return continuous;
    }

    /** Raw memory of the actions. */
    public ByteBuffer bytes() {
        return bytes[0];
    }

    /** Values of an extra, {@code [slots, …]}; look it up once, not per step. */
    public FloatBuffer extra(String name) {
        return floats[columns.index(name)];
    }
}
