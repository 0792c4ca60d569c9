package org.adapt4j.method.pearl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ImageShape;
import org.adapt4j.toolkit.network.PlainConvolutions;

/**
 * What of a transition goes where: images of bytes to convolutions, all else into one vector, gathered on the host: other
 * observations (bytes divided by 255, choices one-hot), then the action, then the reward.
 */
final class TransitionInputs {

    private final List<Component> images = new ArrayList<>();
    private final List<Component> vectors = new ArrayList<>();
    private final Space action;
    private final boolean oneHotAction;
    private final int vectorWidth;

    TransitionInputs(EnvironmentSpec spec, Pearl.ActionInput input) {
        spec.observation().forEach(component -> (isImage(component) ? images : vectors).add(component));
        action = spec.action();
        oneHotAction = input == Pearl.ActionInput.ONE_HOT;
        vectorWidth = vectors.stream()
                        .mapToInt(component -> width(component.space(), true))
                        .sum()
                + width(action, oneHotAction)
                + 1;
    }

    /** Why transitions of such tasks cannot be read; empty if they can. */
    static Optional<String> objection(EnvironmentSpec spec) {
        for (Component component : spec.observation()) {
            if (isImage(component)) {
                try {
                    PlainConvolutions.DATA_EFFICIENT.features(shape(component));
                } catch (IllegalArgumentException e) {
                    return Optional.of("PEARL's encoder cannot read '" + component.name() + "': " + e.getMessage()
                            + "; set the benchmark to larger images");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isImage(Component component) {
        return component.space() instanceof Box box
                && box.element() == Element.UINT8
                && box.shape().size() == 3;
    }

    /** Sizes of an image component. A stack of frames has the frames first. */
    static ImageShape shape(Component image) {
        List<Integer> sizes = ((Box) image.space()).shape();
        return image.stack() > 1
                ? new ImageShape(sizes.get(1), sizes.get(2), sizes.get(0), true)
                : new ImageShape(sizes.get(0), sizes.get(1), sizes.get(2), false);
    }

    private static int width(Space space, boolean oneHot) {
        return oneHot && space instanceof Discrete discrete ? discrete.size() : space.width();
    }

    List<Component> images() {
        return images;
    }

    int vectorWidth() {
        return vectorWidth;
    }

    /** The images of one component, as floats from 0 to 255. */
    static NDArray image(NDManager manager, Batch.Transitions context, Component component) {
        List<Integer> sizes = ((Box) component.space()).shape();
        return HostArrays.floats(
                manager, context.column(component.name()), context.size(), sizes.get(0), sizes.get(1), sizes.get(2));
    }

    /** Everything else, {@code [size, vectorWidth]}. */
    NDArray vector(NDManager manager, Batch.Transitions context) {
        float[] values = new float[context.size() * vectorWidth];
        int at = 0;
        for (Component component : vectors) {
            write(context.column(component.name()), component.space(), true, values, at);
            at += width(component.space(), true);
        }
        write(context.column("action"), action, oneHotAction, values, at);
        at += width(action, oneHotAction);
        write(context.column("reward"), Box.vector(1, -Float.MAX_VALUE, Float.MAX_VALUE), false, values, at);
        return HostArrays.tensor(manager, values, context.size(), vectorWidth);
    }

    private void write(ByteBuffer column, Space space, boolean oneHot, float[] into, int from) {
        int width = space.width();
        for (int row = 0; row * vectorWidth < into.length; row++) {
            int at = row * vectorWidth + from;
            int start = row * space.bytes();
            if (oneHot && space instanceof Discrete) {
                into[at + column.getInt(start)] = 1;
                continue;
            }
            for (int i = 0; i < width; i++) {
                into[at + i] = switch (space.element()) {
                    case UINT8 -> (column.get(start + i) & 0xff) / 255f;
                    case INT32 -> column.getInt(start + Integer.BYTES * i);
                    case FLOAT32 -> column.getFloat(start + Float.BYTES * i);
                };
            }
        }
    }
}
