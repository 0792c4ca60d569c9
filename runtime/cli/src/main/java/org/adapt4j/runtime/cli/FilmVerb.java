package org.adapt4j.runtime.cli;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.runtime.film.Film;
import org.adapt4j.runtime.film.Gif;
import org.adapt4j.runtime.run.DurableFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Films an environment. */
@Command(name = "film", description = "Play one slot and write an animated GIF, or a strip of frames as PNG.")
final class FilmVerb implements Callable<Integer> {
    /** Frames beside each other before a strip goes on below. */
    private static final int STRIP_COLUMNS = 16;

    private final Console console;

    @Mixin
    private PlayOption play = new PlayOption();

    @Option(names = "--scale", paramLabel = "N", description = "Enlarge pixels; ${DEFAULT-VALUE} by default.")
    private int scale = 3;

    @Option(names = "--every", paramLabel = "N", description = "Keep one frame in N; ${DEFAULT-VALUE} by default.")
    private int every = 1;

    @Option(
            names = "--delay",
            paramLabel = "N",
            description = "Hundredths of a second between frames; ${DEFAULT-VALUE} by default.")
    private int delay = 7;

    FilmVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        String name = play.out().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".gif") && !name.endsWith(".png")) {
            throw new UsageException("--out " + play.out() + ": must end with .gif for a film or .png for a strip");
        }
        if (scale < 1 || every < 1 || delay < 1) {
            throw new UsageException("--scale, --every and --delay must be at least 1");
        }
        List<BufferedImage> frames;
        try (Playback playback = play.open()) {
            frames = frames(playback);
        }
        if (name.endsWith(".gif")) {
            DurableFiles.write(play.out(), out -> Gif.write(frames, scale, delay, out));
        } else {
            BufferedImage strip = strip(frames);
            DurableFiles.write(play.out(), out -> {
                if (!ImageIO.write(strip, "png", out)) {
                    throw new IOException("this Java cannot write PNG");
                }
            });
        }
        console.err().println(play.out() + ": " + frames.size() + " frames");
        return Exit.OK;
    }

    private List<BufferedImage> frames(Playback playback) throws IOException {
        Film film = new Film(playback.spec());
        Actions actions = play.actions(playback);
        playback.play(actions, play.steps(actions), step -> {
            if (step % every == 0 && !playback.film(film)) {
                throw new UsageException("this benchmark shows no pictures, only "
                        + playback.spec().observation().stream()
                                .map(EnvironmentSpec.Component::name)
                                .toList() + "; use env trace");
            }
        });
        return film.frames();
    }

    private BufferedImage strip(List<BufferedImage> frames) {
        int width = frames.get(0).getWidth() * scale;
        int height = frames.get(0).getHeight() * scale;
        int columns = Math.min(frames.size(), STRIP_COLUMNS);
        int rows = (frames.size() + columns - 1) / columns;
        BufferedImage strip = new BufferedImage(columns * width, rows * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = strip.createGraphics();
        for (int i = 0; i < frames.size(); i++) {
            graphics.drawImage(frames.get(i), i % columns * width, i / columns * height, width, height, null);
        }
        graphics.dispose();
        return strip;
    }
}
