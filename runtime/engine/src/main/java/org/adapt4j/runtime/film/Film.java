package org.adapt4j.runtime.film;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;

/**
 * Frames of one slot's episode: the environment's own {@linkplain VectorEnvironment#picture picture}, or else the first
 * observation that is a picture, bytes of shape {@code [height, width, 3]}.
 */
public final class Film {

    private final EnvironmentSpec spec;
    private final List<BufferedImage> frames = new ArrayList<>();
    private boolean drawn;

    /** An empty film of an environment with that specification. */
    public Film(EnvironmentSpec spec) {
        this.spec = spec;
    }

    /** Adds what slot 0 shows now; false if there is nothing to see. */
    public boolean add(VectorEnvironment environment, StepBuffers seen) {
        Optional<Picture> picture = environment.picture(0);
        drawn = picture.isPresent();
        return picture.map(this::add).orElseGet(() -> add(seen, false));
    }

    /** Adds where the episode of slot 0 stood that just ended; nothing where the environment draws, but does not show that. */
    public void addLast(VectorEnvironment environment, StepBuffers seen) {
        Optional<Picture> picture = environment.lastPicture(0);
        picture.ifPresent(this::add);
        if (picture.isEmpty() && !drawn) {
            add(seen, true);
        }
    }

    private boolean add(StepBuffers seen, boolean last) {
        List<Component> components = spec.observation();
        for (int c = 0; c < components.size(); c++) {
            if (isPicture(components.get(c).space())) {
                List<Integer> shape = ((Box) components.get(c).space()).shape();
                ByteBuffer bytes = last ? seen.lastObservation(c) : seen.observation(c);
                return add(new Picture(
                        shape.get(1),
                        shape.get(0),
                        bytes.slice(0, components.get(c).space().bytes())));
            }
        }
        return false;
    }

    private boolean add(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        ByteBuffer rgb = picture.rgb();
        int at = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++, at += 3) {
                image.setRGB(x, y, (rgb.get(at) & 255) << 16 | (rgb.get(at + 1) & 255) << 8 | (rgb.get(at + 2) & 255));
            }
        }
        frames.add(image);
        return true;
    }

    private static boolean isPicture(Space space) {
        return space instanceof Box box
                && box.element() == Element.UINT8
                && box.shape().size() == 3
                && box.shape().get(2) == 3;
    }

    /** The frames so far. */
    public List<BufferedImage> frames() {
        return List.copyOf(frames);
    }
}
