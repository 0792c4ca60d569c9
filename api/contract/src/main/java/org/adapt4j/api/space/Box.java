package org.adapt4j.api.space;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A dense array whose entries all lie in one interval.
 *
 * @param element kind of number
 * @param shape sizes of the dimensions, row-major; an image is {@code [height, width, channels]}
 * @param low smallest value of an entry
 * @param high largest value of an entry
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Box(Element element, List<Integer> shape, double low, double high) implements Space {

    /** Checks that the shape is positive and the interval is not empty. */
    public Box {
        shape = List.copyOf(shape);
        if (shape.isEmpty() || shape.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("shape: needs sizes of at least 1 but is " + shape);
        }
        if (!(low < high)) {
            throw new IllegalArgumentException("low: must be below high but [" + low + ", " + high + "] is empty");
        }
    }

    /** An image of bytes, {@code [height, width, channels]}, values 0 to 255. */
    public static Box image(int height, int width, int channels) {
        return new Box(Element.UINT8, List.of(height, width, channels), 0, 255);
    }

    /** A vector of floats. */
    public static Box vector(int width, double low, double high) {
        return new Box(Element.FLOAT32, List.of(width), low, high);
    }

    @Override
    public int width() {
        return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }
}
