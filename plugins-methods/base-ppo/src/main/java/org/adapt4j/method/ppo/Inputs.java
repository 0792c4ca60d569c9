package org.adapt4j.method.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.method.ppo.PpoSettings.Encoder;
import org.adapt4j.toolkit.network.HostArrays;
import org.jspecify.annotations.Nullable;

/**
 * What of an observation goes where: at most one image, whose bytes go to the encoder untouched, and a vector of all the
 * rest, which is short and gathered on the host (bytes divided by 255, discrete values one-hot).
 */
final class Inputs {

    private final List<Component> components;
    private final int imageIndex;
    private final int vectorWidth;

    Inputs(EnvironmentSpec spec, Encoder encoder) {
        components = spec.observation();
        List<Integer> images = new ArrayList<>();
        int width = 0;
        for (int c = 0; c < components.size(); c++) {
            if (components.get(c).space() instanceof Box box
                    && box.element() == Element.UINT8
                    && box.shape().size() == 3
                    && encoder != Encoder.MLP) {
                images.add(c);
            } else {
                width += width(components.get(c));
            }
        }
        if (encoder != Encoder.MLP && images.size() != 1) {
            throw new IllegalArgumentException(
                    "the networks impala and small need one image of bytes but the observation has " + images.size()
                            + "; set network.encoder = mlp");
        }
        imageIndex = images.isEmpty() ? -1 : images.get(0);
        vectorWidth = width;
    }

    private static int width(Component component) {
        return component.space() instanceof Discrete discrete
                ? discrete.size()
                : component.space().width();
    }

    /** Shape of the image, or empty. */
    List<Integer> image() {
        return imageIndex < 0 ? List.of() : ((Box) components.get(imageIndex).space()).shape();
    }

    int vectorWidth() {
        return vectorWidth;
    }

    /** Position of the image among the components; below zero if there is none. */
    int imageIndex() {
        return imageIndex;
    }

    int imageBytes() {
        return imageIndex < 0 ? 0 : components.get(imageIndex).space().bytes();
    }

    List<Component> components() {
        return components;
    }

    /** Writes the vector of one row. */
    void vector(ByteBuffer[] observations, int row, float[] into, int offset) {
        int at = offset;
        for (int c = 0; c < components.size(); c++) {
            if (c == imageIndex) {
                continue;
            }
            Component component = components.get(c);
            ByteBuffer bytes = observations[c];
            int start = row * component.space().bytes();
            int width = component.space().width();
            switch (component.space().element()) {
                case UINT8 -> {
                    for (int i = 0; i < width; i++) {
                        into[at++] = (bytes.get(start + i) & 0xff) / 255f;
                    }
                }
                case FLOAT32 -> {
                    for (int i = 0; i < width; i++) {
                        into[at++] = bytes.getFloat(start + 4 * i);
                    }
                }
                case INT32 -> {
                    int size = width(component);
                    if (component.space() instanceof Discrete) {
                        into[at + bytes.getInt(start)] = 1;
                        at += size;
                    } else {
                        for (int i = 0; i < width; i++) {
                            into[at++] = bytes.getInt(start + 4 * i);
                        }
                    }
                }
            }
        }
    }

    /** The images of a batch. */
    @Nullable
    NDArray images(NDManager manager, @Nullable ByteBuffer bytes, int count) {
        if (bytes == null) {
            return null;
        }
        List<Integer> shape = image();
        return HostArrays.floats(manager, bytes, count, shape.get(0), shape.get(1), shape.get(2));
    }
}
