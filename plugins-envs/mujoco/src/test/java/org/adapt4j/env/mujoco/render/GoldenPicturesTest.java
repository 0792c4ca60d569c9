package org.adapt4j.env.mujoco.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pictures of a table with forty geoms, byte by byte: colours on the left, segmentation in grey on the right. A picture that is meant to change is
 * written anew by deleting it and running this test, which then fails once.
 */
@Tag("native")
final class GoldenPicturesTest {

    private static final int SIDE = 128;

    /** Greys that lie apart for neighbouring numbers. */
    private static final int GREY_STEP = 37;

    @ParameterizedTest
    @ValueSource(strings = {"front", "shoulder", "wrist"})
    void areTheSameBytes(String name) throws IOException {
        BufferedImage drawn = draw(name);
        try (InputStream in = GoldenPicturesTest.class.getResourceAsStream(name + ".png")) {
            if (in == null) {
                Path file = Path.of("src/test/resources/org/adapt4j/env/mujoco/render", name + ".png");
                ImageIO.write(drawn, "png", Files.newOutputStream(file));
            }
            assertThat(in).as(name + ".png").isNotNull();
            BufferedImage golden = ImageIO.read(in);
            assertThat(pixels(drawn)).isEqualTo(pixels(golden));
        }
    }

    @org.junit.jupiter.api.Test
    void aFilmIsTheSameBytes() throws IOException {
        BufferedImage drawn = new BufferedImage(240, 180, BufferedImage.TYPE_INT_RGB);
        try (Stage stage = Stage.table()) {
            Camera camera = Camera.lookingAt(0.1, 0, 0.8, 2.6, 150, -25, 40);
            fill(drawn, 0, Film.draw(stage.simulation, camera, 240, 180), 240, 180);
        }
        try (InputStream in = GoldenPicturesTest.class.getResourceAsStream("film.png")) {
            if (in == null) {
                Path file = Path.of("src/test/resources/org/adapt4j/env/mujoco/render/film.png");
                ImageIO.write(drawn, "png", Files.newOutputStream(file));
            }
            assertThat(in).as("film.png").isNotNull();
            assertThat(pixels(drawn)).isEqualTo(pixels(ImageIO.read(in)));
        }
    }

    private static BufferedImage draw(String name) {
        try (Stage stage = Stage.table()) {
            stage.scene.digit(stage.geom("red"), 3);
            stage.scene.digit(stage.geom("blue"), 8);
            Image image = new Image(SIDE, SIDE, true, false, true);
            new Renderer(SIDE, SIDE, Renderer.Shadows.ON_GROUND).draw(stage.scene, stage.camera(name), image);
            BufferedImage both = new BufferedImage(2 * SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            fill(both, 0, image.rgb(), SIDE, SIDE);
            for (int i = 0; i < SIDE * SIDE; i++) {
                int grey = (image.segmentation().get(i) + 1) * GREY_STEP & 255;
                both.setRGB(SIDE + i % SIDE, i / SIDE, grey << 16 | grey << 8 | grey);
            }
            return both;
        }
    }

    private static void fill(BufferedImage image, int left, ByteBuffer rgb, int width, int height) {
        for (int i = 0; i < width * height; i++) {
            int colour = (rgb.get(3 * i) & 255) << 16 | (rgb.get(3 * i + 1) & 255) << 8 | (rgb.get(3 * i + 2) & 255);
            image.setRGB(left + i % width, i / width, colour);
        }
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
