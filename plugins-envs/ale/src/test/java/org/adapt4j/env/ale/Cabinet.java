package org.adapt4j.env.ale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.bytedeco.ale.ALEInterface;
import org.bytedeco.ale.ALEState;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/** A cartridge in ALE, four frames an action, with a view of what only tests look at. */
final class Cabinet implements AutoCloseable {
    static final int WIDTH = 160;
    static final int HEIGHT = 210;
    static final int FRAMES_PER_ACTION = 4;

    private static final int CYCLES_PER_LINE = 76;

    /** Rows of the screen in which the digits at the top are drawn, and the three columns of each digit. */
    private static final int DIGITS_TOP = 8;

    private static final int[] DIGITS = {
        0b111101101101111, 0b010110010010111, 0b111001111100111, 0b111001011001111, 0b101101111001001,
        0b111100111001111, 0b111100111101111, 0b111001001010010, 0b111101111101111, 0b111101111001111
    };

    private final Path folder;
    private final ALEInterface ale;
    private final int[] actions;

    Cabinet(Cartridge cartridge, int seed) {
        Path file;
        try {
            folder = Files.createTempDirectory("cartridge");
            file = Files.write(folder.resolve(cartridge.aleGame() + ".bin"), cartridge.rom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AleLibrary.load();
        ale = new ALEInterface();
        ale.setInt("random_seed", seed);
        ale.setFloat("repeat_action_probability", 0);
        ale.loadROM(file.toString());
        try (IntPointer set = ale.getMinimalActionSet()) {
            actions = IntStream.range(0, Math.toIntExact(set.limit()))
                    .map(set::get)
                    .toArray();
        }
    }

    /** The reward of four frames. */
    int press(int action) {
        int reward = 0;
        for (int i = 0; i < FRAMES_PER_ACTION; i++) {
            reward += pressForOneFrame(action);
        }
        return reward;
    }

    int pressForOneFrame(int action) {
        return ale.act(action);
    }

    void restart() {
        ale.reset_game();
    }

    boolean isOver() {
        return ale.game_over();
    }

    int lives() {
        return ale.lives();
    }

    /** The game's minimal action set. */
    int[] actions() {
        return actions.clone();
    }

    int randomAction(RandomGenerator random) {
        return actions[random.nextInt(actions.length)];
    }

    /** RAM, cell $80 first. */
    byte[] ram() {
        byte[] ram = new byte[128];
        ale.getRAM().array().get(ram);
        return ram;
    }

    int ram(int address) {
        return ale.getRAM().get(address - 0x80) & 0xff;
    }

    /** Colours in ALE's numbering, row by row. */
    byte[] screen() {
        byte[] screen = new byte[WIDTH * HEIGHT];
        ale.getScreen().getArray().get(screen);
        return screen;
    }

    /** Red, green and blue, row by row. */
    byte[] rgb() {
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        ale.getScreenRGB(rgb);
        return rgb;
    }

    /** The two digits drawn at the left above the picture. */
    int leftNumber() {
        return number(16);
    }

    /** The two digits drawn at the right above the picture. */
    int rightNumber() {
        return number(96);
    }

    private int number(int column) {
        byte[] screen = screen();
        return 10 * digit(screen, column) + digit(screen, column + 16);
    }

    private static int digit(byte[] screen, int column) {
        int shape = 0;
        for (int row = 0; row < 5; row++) {
            for (int dot = 0; dot < 3; dot++) {
                boolean lit = screen[(DIGITS_TOP + 2 * row) * WIDTH + column + 4 * dot + 1] != 0;
                shape = shape << 1 | (lit ? 1 : 0);
            }
        }
        int wanted = shape;
        return IntStream.range(0, 10)
                .filter(digit -> DIGITS[digit] == wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no digit: " + Integer.toBinaryString(wanted)));
    }

    /** How many lines the last frame had: the emulator's clock counts a frame's cycles, and stands in its state. */
    double lines() {
        try (ALEState state = ale.cloneSystemState();
                BytePointer serialised = state.serialize()) {
            byte[] bytes = serialised.getStringBytes();
            int clock = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("System") + "System".length();
            int cycles = 0;
            for (int i = 3; i >= 0; i--) {
                cycles = cycles << 8 | bytes[clock + i] & 0xff;
            }
            return cycles / (double) CYCLES_PER_LINE;
        }
    }

    @Override
    public void close() {
        ale.close();
        try {
            for (Path file : Files.list(folder).toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "actions " + Arrays.toString(actions);
    }
}
