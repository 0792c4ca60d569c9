package org.adapt4j.env.rlbench.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.env.rlbench.bridge.BridgeException.Kind;
import org.adapt4j.toolkit.environment.Observation;

/** One component of what a slot saw last, in memory that the next observation uses again. */
final class Sight {

    private static final String STATE = "task_low_dim_state";

    private final String name;
    private final Element element;
    private final int width;
    private final double low;
    private final double high;
    private final ByteBuffer bytes;

    Sight(Component component) {
        Box box = Wishes.box(component);
        name = Wishes.wire(component);
        element = box.element();
        width = box.width();
        low = box.low();
        high = box.high();
        bytes = ByteBuffer.allocateDirect(box.bytes()).order(ByteOrder.nativeOrder());
    }

    String name() {
        return name;
    }

    /** Takes over what the server saw; numbers are cut to what the space holds. */
    void take(Message message) {
        switch (element) {
            case UINT8 -> bytes.put(0, exact(message, "uint8", 1), 0, width);
            case INT32 ->
                bytes.asIntBuffer()
                        .put(0, exact(message, "int32", Integer.BYTES).asIntBuffer(), 0, width);
            default -> floats(message.array(name, "float32").asFloatBuffer());
        }
    }

    private ByteBuffer exact(Message message, String type, int size) {
        ByteBuffer array = message.array(name, type);
        if (array.limit() != width * size) {
            throw wrongWidth(array.limit() / size);
        }
        return array;
    }

    private void floats(FloatBuffer told) {
        int count = told.limit();
        if (name.equals(STATE) ? count > width : count != width) {
            throw wrongWidth(count);
        }
        for (int i = 0; i < width; i++) {
            float number = i < count ? told.get(i) : 0;
            if (Float.isNaN(number)) {
                throw new BridgeException(
                        Kind.NONSENSE, "RLBench's server says that number " + i + " of " + name + " is not a number");
            }
            bytes.putFloat(Float.BYTES * i, (float) Math.max(low, Math.min(high, number)));
        }
    }

    private BridgeException wrongWidth(int count) {
        String advice = name.equals(STATE) ? ". Set bridge.state-width to " + count + " or more" : "";
        return new BridgeException(
                Kind.NONSENSE,
                "RLBench's server gives " + count + " numbers as " + name + " where there is room for " + width
                        + advice);
    }

    void write(Observation into, int component) {
        into.put(component, bytes);
    }

    /** Takes over numbers that are known here. */
    void take(float[] numbers) {
        bytes.asFloatBuffer().put(0, numbers, 0, width);
    }

    /** Whether these are colours. */
    boolean isRgb() {
        return element == Element.UINT8;
    }

    byte[] copy() {
        byte[] copy = new byte[bytes.limit()];
        bytes.get(0, copy);
        return copy;
    }
}
