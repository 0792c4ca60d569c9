package org.adapt4j.runtime.film;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;

/** Frames of an episode, taken from an image observation. */
public final class Film {

    private final int height;
    private final int width;
    private final List<BufferedImage> frames = new ArrayList<>();

    private Film(int height, int width) {
        this.height = height;
        this.width = width;
    }

    /** Whether a space holds pictures: bytes of shape {@code [height, width, 3]}. */
    public static boolean isPicture(Space space) {
        return space instanceof Box box
                && box.element() == Element.UINT8
                && box.shape().size() == 3
                && box.shape().get(2) == 3;
    }

    /** An empty film. @param space one for which {@link #isPicture} holds */
    public static Film of(Space space) {
        if (!isPicture(space)) {
            throw new IllegalArgumentException(
                    "only observations of bytes [height, width, 3] can be filmed, not " + space);
        }
        List<Integer> shape = ((Box) space).shape();
        return new Film(shape.get(0), shape.get(1));
    }

    /** Adds the picture of one slot. */
    public void add(ByteBuffer observation, int slot) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int at = slot * height * width * 3;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                image.setRGB(
                        x,
                        y,
                        (observation.get(at) & 255) << 16
                                | (observation.get(at + 1) & 255) << 8
                                | (observation.get(at + 2) & 255));
            }
        }
        frames.add(image);
    }

    /** The frames so far. */
    public List<BufferedImage> frames() {
        return List.copyOf(frames);
    }
}
