package org.adapt4j.env.ale;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.bytedeco.ale.ALEInterface;
import org.bytedeco.ale.ALEScreen;
import org.bytedeco.ale.ALEState;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * One console with one cartridge in it.
 *
 * <p>ALE ends the process where it dislikes a file, so it is never shown a user's file: it gets a copy, under the name of a game that
 * it supports, of bytes that were checked before. For use by one thread at a time.
 */
final class Emulator implements AutoCloseable {

    /** ALE's number of the action that does nothing. */
    static final int NO_OP = 0;

    /** Number of actions of the full set. */
    static final int ALL_ACTIONS = 18;

    /** Bytes of the console's memory. */
    static final int RAM = 128;

    private static final int COLOURS = 256;

    private final ALEInterface ale;
    private final int width;
    private final int height;
    private final ByteBuffer screen;
    private final ByteBuffer ram;
    private final int[] greys = new int[COLOURS];
    private final int[] colours = new int[COLOURS];

    /**
     * Switches on.
     *
     * @param game whose scoring ALE applies
     * @param image the cartridge
     * @param mode position of the game switch, one of the game's
     * @param difficulty position of the difficulty switches, one of the game's
     * @param sticky probability with which ALE repeats the action of the frame before
     */
    Emulator(Game game, byte[] image, int mode, int difficulty, double sticky) {
        AleLibrary.load();
        ale = new ALEInterface();
        ale.setInt("random_seed", 0);
        ale.setInt("frame_skip", 1);
        ale.setFloat("repeat_action_probability", (float) sticky);
        insert(game, image);
        if (mode != game.defaultMode()) {
            ale.setMode(mode);
        }
        if (difficulty != Game.DEFAULT_DIFFICULTY) {
            ale.setDifficulty(difficulty);
        }
        try (ALEScreen pixels = ale.getScreen()) {
            width = (int) pixels.width();
            height = (int) pixels.height();
            screen = pixels.getArray()
                    .capacity((long) width * height)
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder());
        }
        ram = ale.getRAM().array().capacity(RAM).asByteBuffer();
        readPalette();
    }

    private void insert(Game game, byte[] image) {
        try {
            Path folder = Files.createTempDirectory("adapt4j-ale");
            Path file = folder.resolve(game.name() + ".bin");
            try {
                Files.write(file, image);
                ale.loadROM(file.toString());
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UnplayableTaskException("the cartridge cannot be put into the folder for temporary files, "
                    + System.getProperty("java.io.tmpdir") + ": " + e);
        }
    }

    /** Has ALE convert a screen that shows every colour, which depends on the television standard. */
    private void readPalette() {
        byte[] shown = new byte[width * height];
        screen.get(0, shown);
        byte[] every = new byte[shown.length];
        for (int i = 0; i < COLOURS - 1; i++) {
            every[i] = (byte) i;
        }
        screen.put(0, every);
        byte[] grey = greyScreen();
        byte[] rgb = new byte[3 * shown.length];
        ale.getScreenRGB(rgb);
        screen.put(0, shown);
        for (int i = 0; i < COLOURS - 1; i++) {
            greys[i] = grey[i] & 255;
            colours[i] = (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] & 255) << 8 | (rgb[3 * i + 2] & 255);
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** ALE's own screen memory: colour numbers by row. Changes with every frame. In native byte order. */
    ByteBuffer screen() {
        return screen;
    }

    /** ALE's own copy of the console's memory, as the last frame left it. */
    ByteBuffer ram() {
        return ram;
    }

    /** The screen in grey, as ALE itself makes it. */
    byte[] greyScreen() {
        byte[] grey = new byte[width * height];
        ale.getScreenGrayscale(grey);
        return grey;
    }

    /** The actions that do something in the game, as ALE itself knows them. */
    List<Integer> minimalActions() {
        try (IntPointer actions = ale.getMinimalActionSet()) {
            int[] numbers = new int[(int) actions.limit()];
            actions.get(numbers);
            return Arrays.stream(numbers).boxed().toList();
        }
    }

    /** The brightness of each colour number, as ALE's grey-scale screen has it. */
    int[] greys() {
        return greys;
    }

    /** Red, green and blue of each colour number, in bits 16 to 23, 8 to 15 and 0 to 7. */
    int[] colours() {
        return colours;
    }

    /** Plays one frame and returns what was scored. Does nothing after the end of the game. */
    int act(int action) {
        return ale.act(action);
    }

    boolean isOver() {
        return ale.game_over();
    }

    int lives() {
        return ale.lives();
    }

    /** Starts a new game, which takes 60 frames and more. */
    void reset() {
        ale.reset_game();
    }

    /**
     * Everything that ALE saves, its random numbers included.
     *
     * <p>This is not all there is: the display chip's sprite positions, for one, are left out, so a game that is restored in its midst
     * looks and goes on differently (seen with ALE 0.7.3: most screens). What is left out is set anew by {@link #reset}, so a state
     * that is restored just before a reset is exact.
     *
     * @param into is written over
     */
    void save(SavedState into) {
        try (ALEState state = ale.cloneSystemState();
                BytePointer bytes = state.serialize()) {
            into.take(bytes);
        }
    }

    /** Takes over what an emulator of the same cartridge saved; {@link #reset} must follow. */
    void restore(SavedState saved) {
        try (BytePointer text = saved.copy();
                ALEState state = new ALEState(text)) {
            ale.restoreSystemState(state);
        }
    }

    @Override
    public void close() {
        ale.deallocate();
    }
}
