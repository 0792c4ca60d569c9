package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;

/**
 * What of an observation goes where: at most one image, whose bytes go to the convolutions untouched, and a vector of all the
 * rest, which is short and gathered on the host (bytes divided by 255, discrete values one-hot).
 *
 * <p>Rows are read from one buffer per component, {@code [rows, …shape]}, native byte order, in the order of its components.
 */
public final class ObservationReader {

    private final List<Component> components;
    private final int[] widths;
    private final int[] bytes;
    private final int imageIndex;
    private final int vectorWidth;

    /**
     * Reads observations that a benchmark describes.
     *
     * @param wantsImage whether the network begins with convolutions; without, images are part of the vector
     * @throws IllegalArgumentException if an image is wanted and there is not exactly one
     */
    public ObservationReader(EnvironmentSpec spec, boolean wantsImage) {
        components = spec.observation();
        widths = components.stream().mapToInt(ObservationReader::width).toArray();
        bytes = components.stream().mapToInt(c -> c.space().bytes()).toArray();
        int image = -1;
        int images = 0;
        int width = 0;
        for (int c = 0; c < components.size(); c++) {
            if (wantsImage && isImage(components.get(c))) {
                image = c;
                images++;
            } else {
                width += widths[c];
            }
        }
        if (wantsImage && images != 1) {
            throw new IllegalArgumentException("convolutions need one image of bytes but the observation has " + images
                    + "; set network.encoder = mlp");
        }
        imageIndex = image;
        vectorWidth = width;
    }

    private static boolean isImage(Component component) {
        return component.space() instanceof Box box
                && box.element() == Element.UINT8
                && box.shape().size() == 3;
    }

    private static int width(Component component) {
        return component.space() instanceof Discrete discrete
                ? discrete.size()
                : component.space().width();
    }

    /** The components, in the order in which buffers are expected. */
    public List<Component> components() {
        return components;
    }

    /**
     * The image: {@code [frames, height, width]} for a stack, even of one frame, {@code [height, width, channels]} for a single
     * picture.
     */
    public Optional<ImageShape> image() {
        if (imageIndex < 0) {
            return Optional.empty();
        }
        List<Integer> shape = ((Box) components.get(imageIndex).space()).shape();
        return Optional.of(
                components.get(imageIndex).stack() == shape.get(0)
                        ? new ImageShape(shape.get(1), shape.get(2), shape.get(0), true)
                        : new ImageShape(shape.get(0), shape.get(1), shape.get(2), false));
    }

    /** Position of the image among the components; below zero if there is none. */
    public int imageIndex() {
        return imageIndex;
    }

    /** Bytes of an image; only if there is one. */
    public int imageBytes() {
        return components.get(imageIndex).space().bytes();
    }

    /** Numbers of the vector; 0 if all is image. */
    public int vectorWidth() {
        return vectorWidth;
    }

    /** The buffers of what is seen, as the other methods expect them. */
    public ByteBuffer[] columns(StepBuffers seen) {
        ByteBuffer[] columns = new ByteBuffer[components.size()];
        Arrays.setAll(columns, seen::observation);
        return columns;
    }

    /** The buffers of transitions. @param prefix empty, or {@code next-} */
    public ByteBuffer[] columns(Batch.Transitions batch, String prefix) {
        ByteBuffer[] columns = new ByteBuffer[components.size()];
        Arrays.setAll(columns, c -> batch.column(prefix + components.get(c).name()));
        return columns;
    }

    /** The images of all rows as floats up to 255, in the order of their bytes; only if there is an {@link #image}. */
    public NDArray images(NDManager manager, ByteBuffer[] observations, int rows) {
        return images(manager, observations[imageIndex], rows);
    }

    /** As above, of the images alone. */
    public NDArray images(NDManager manager, ByteBuffer images, int rows) {
        List<Integer> shape = ((Box) components.get(imageIndex).space()).shape();
        return HostArrays.floats(manager, images, rows, shape.get(0), shape.get(1), shape.get(2));
    }

    /** The vectors of all rows, {@code [rows, vectorWidth]}. */
    public float[] vectors(ByteBuffer[] observations, int rows) {
        float[] vectors = new float[rows * vectorWidth];
        for (int row = 0; row < rows; row++) {
            write(observations, row, vectors, row * vectorWidth);
        }
        return vectors;
    }

    /** Writes the vector of one row; what it does not set must be zero. */
    public void write(ByteBuffer[] observations, int row, float[] into, int offset) {
        int at = offset;
        for (int c = 0; c < components.size(); c++) {
            if (c == imageIndex) {
                continue;
            }
            Component component = components.get(c);
            ByteBuffer column = observations[c];
            int start = row * bytes[c];
            if (component.space() instanceof Discrete) {
                into[at + column.getInt(start)] = 1;
            } else {
                for (int i = 0; i < widths[c]; i++) {
                    into[at + i] = switch (component.space().element()) {
                        case UINT8 -> (column.get(start + i) & 0xff) / 255f;
                        case FLOAT32 -> column.getFloat(start + 4 * i);
                        case INT32 -> column.getInt(start + 4 * i);
                    };
                }
            }
            at += widths[c];
        }
    }
}
