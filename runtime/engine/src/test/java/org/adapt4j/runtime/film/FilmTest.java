package org.adapt4j.runtime.film;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.junit.jupiter.api.Test;

/** An environment whose observation is a picture of 4 by 4 pixels. */
final class FilmTest {

    private static final EnvironmentSpec SPEC =
            new EnvironmentSpec(List.of(new Component("screen", Box.image(4, 4, 3))), new Discrete(2), 10);

    @Test
    void endsWithTheLastObservationWhereObservationsAreShown() {
        Film film = played(Optional.empty(), Optional.empty());

        assertThat(film.frames()).hasSize(2);
    }

    @Test
    void endsWithTheLastPictureWhereTheEnvironmentDraws() {
        Optional<Picture> picture = Optional.of(new Picture(9, 7, ByteBuffer.allocate(3 * 9 * 7)));

        assertThat(played(picture, picture).frames())
                .extracting(BufferedImage::getWidth)
                .containsExactly(9, 9);
        // Observations are of another size.
        assertThat(played(picture, Optional.empty()).frames())
                .extracting(BufferedImage::getWidth)
                .containsExactly(9);
    }

    private static Film played(Optional<Picture> picture, Optional<Picture> last) {
        VectorEnvironment environment = (VectorEnvironment) Proxy.newProxyInstance(
                FilmTest.class.getClassLoader(),
                new Class<?>[] {VectorEnvironment.class},
                (proxy, method, arguments) -> method.getName().equals("picture") ? picture : last);
        StepBlock seen = StepBlock.allocate(SPEC, 1, 1);
        Film film = new Film(SPEC);
        film.add(environment, seen.step(0));
        film.addLast(environment, seen.step(0));
        return film;
    }
}
