package org.adapt4j.api.algorithm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Numbers in the computer's own memory, apart from any engine: a value that can be kept, compared, written and shipped.
 *
 * @param type kind of number
 * @param shape sizes of the dimensions, row-major; empty for a scalar
 * @param data the numbers, little-endian, from index 0 to the limit; not to be changed
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Tensor(Type type, List<Long> shape, ByteBuffer data) {

    /** Kind of number. */
    public enum Type {
        /** 32-bit float. */
        FLOAT32(4),
        /** 64-bit float. */
        FLOAT64(8);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Size of one number in bytes. */
        public int bytes() {
            return bytes;
        }
    }

    /** Checks that data and shape agree. */
    public Tensor {
        shape = List.copyOf(shape);
        long numbers = shape.stream().reduce(1L, Math::multiplyExact);
        if (data.limit() != Math.multiplyExact(numbers, (long) type.bytes())) {
            throw new IllegalArgumentException(
                    "shape " + shape + " of " + type + " does not fit " + data.limit() + " bytes of data");
        }
    }

    /** A tensor of 32-bit floats; copies the values. */
    public static Tensor of(List<Long> shape, float[] values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new Tensor(Type.FLOAT32, shape, data);
    }

    /** A vector of 64-bit floats; copies the values. */
    public static Tensor of(double... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        data.asDoubleBuffer().put(values);
        return new Tensor(Type.FLOAT64, List.of((long) values.length), data);
    }

    /** The values as 32-bit floats, copied. */
    public float[] floats() {
        float[] values = new float[data.limit() / type.bytes()];
        ByteBuffer view = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(0);
        if (type == Type.FLOAT32) {
            view.asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) view.getDouble(8 * i);
            }
        }
        return values;
    }

    /** The values as 64-bit floats, copied. */
    public double[] doubles() {
        double[] values = new double[data.limit() / type.bytes()];
        ByteBuffer view = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(0);
        for (int i = 0; i < values.length; i++) {
            values[i] = type == Type.FLOAT64 ? view.getDouble(8 * i) : view.getFloat(4 * i);
        }
        return values;
    }
}
