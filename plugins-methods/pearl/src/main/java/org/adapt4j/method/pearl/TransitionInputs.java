package org.adapt4j.method.pearl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.method.pearl.Pearl.ActionInput;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ImageShape;
import org.adapt4j.toolkit.network.ObservationReader;
import org.adapt4j.toolkit.network.PlainConvolutions;

/**
 * What of a transition goes where: an image to the convolutions, and all else, then the action, then the reward, into a vector. Beside an
 * image no other component is read: depths and clouds of points are as long as it, and tell of the task what it tells.
 */
final class TransitionInputs {

    private final ObservationReader reader;
    private final Space action;
    private final boolean oneHot;

    TransitionInputs(EnvironmentSpec spec, ActionInput input) {
        reader = new ObservationReader(read(spec), hasImage(spec));
        action = spec.action();
        oneHot = input == ActionInput.ONE_HOT && action instanceof Discrete;
    }

    /** Why transitions of such tasks cannot be read; empty if they can. */
    static Optional<String> objection(EnvironmentSpec spec, Pearl.Pictures pictures) {
        try {
            new ObservationReader(read(spec), hasImage(spec))
                    .image()
                    .filter(image -> pictures == Pearl.Pictures.STRIDED)
                    .ifPresent(PlainConvolutions.DATA_EFFICIENT::features);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("PEARL's encoder cannot read this benchmark: " + e.getMessage());
        }
    }

    private static boolean hasImage(EnvironmentSpec spec) {
        return spec.observation().stream().anyMatch(TransitionInputs::isImage);
    }

    private static boolean isImage(Component component) {
        return component.space() instanceof Box box
                && box.element() == Element.UINT8
                && box.shape().size() == 3;
    }

    private static EnvironmentSpec read(EnvironmentSpec spec) {
        return hasImage(spec)
                ? new EnvironmentSpec(
                        spec.observation().stream()
                                .filter(TransitionInputs::isImage)
                                .toList(),
                        spec.action(),
                        spec.maxEpisodeSteps())
                : spec;
    }

    Optional<ImageShape> image() {
        return reader.image();
    }

    private int actionWidth() {
        return oneHot ? ((Discrete) action).size() : action.width();
    }

    int vectorWidth() {
        return reader.vectorWidth() + actionWidth() + 1;
    }

    /** The images, as floats up to 255; only if there is an {@link #image}. */
    NDArray images(NDManager manager, Batch.Transitions context) {
        return reader.images(manager, observations(context), context.size());
    }

    /** Everything else, {@code [size, vectorWidth]}. */
    NDArray vectors(NDManager manager, Batch.Transitions context) {
        float[] seen = reader.vectors(observations(context), context.size());
        ByteBuffer actions = context.column("action");
        FloatBuffer rewards = context.column("reward").asFloatBuffer();
        float[] vectors = new float[context.size() * vectorWidth()];
        for (int row = 0; row < context.size(); row++) {
            int at = row * vectorWidth();
            System.arraycopy(seen, row * reader.vectorWidth(), vectors, at, reader.vectorWidth());
            write(actions, row, vectors, at + reader.vectorWidth());
            vectors[at + vectorWidth() - 1] = rewards.get(row);
        }
        return HostArrays.tensor(manager, vectors, context.size(), vectorWidth());
    }

    private void write(ByteBuffer actions, int row, float[] into, int at) {
        int start = row * action.bytes();
        if (action instanceof Discrete) {
            int choice = actions.getInt(start);
            into[oneHot ? at + choice : at] = oneHot ? 1 : choice;
        } else {
            for (int i = 0; i < action.width(); i++) {
                into[at + i] = actions.getFloat(start + Float.BYTES * i);
            }
        }
    }

    private ByteBuffer[] observations(Batch.Transitions context) {
        ByteBuffer[] columns = new ByteBuffer[reader.components().size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = context.column(reader.components().get(c).name());
        }
        return columns;
    }
}
