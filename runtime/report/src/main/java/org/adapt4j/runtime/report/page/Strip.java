package org.adapt4j.runtime.report.page;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Some pictures of a film side by side: what paper shows, and who wants nothing to move. */
final class Strip {
    private static final int PICTURES = 6;
    private static final int GAP = 4;

    private Strip() {}

    /** A PNG of at most six pictures, evenly over the film, as Base64; empty where this Java cannot read it. */
    static Optional<String> of(Path film) {
        try (ImageInputStream in = ImageIO.createImageInputStream(film.toFile())) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
            try {
                reader.setInput(in);
                return Optional.of(strip(reader));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            return Optional.empty(); // the film itself is there
        }
    }

    private static String strip(ImageReader reader) throws IOException {
        int frames = reader.getNumImages(true);
        int pictures = Math.min(PICTURES, frames);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        BufferedImage strip = new BufferedImage(pictures * (width + GAP) - GAP, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = strip.createGraphics();
        for (int i = 0; i < pictures; i++) {
            int frame = pictures == 1 ? 0 : Math.round(i * (frames - 1f) / (pictures - 1));
            graphics.drawImage(reader.read(frame), i * (width + GAP), 0, null);
        }
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(strip, "png", out);
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
