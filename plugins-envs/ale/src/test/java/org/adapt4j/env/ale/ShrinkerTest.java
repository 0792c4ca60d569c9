package org.adapt4j.env.ale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {

    private static final int WIDTH = 160;
    private static final int HEIGHT = 210;

    /** Colour numbers are brightness. */
    private static int[] plain() {
        int[] greys = new int[256];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = i;
        }
        return greys;
    }

    private static ByteBuffer words(byte[] screen) {
        return ByteBuffer.wrap(screen).order(ByteOrder.nativeOrder());
    }

    private static byte[] shrink(Resize how, byte[] screen, int height, int[] greys) {
        byte[] into = new byte[Shrinker.BYTES];
        new Shrinker(how, WIDTH, height).shrink(words(screen), greys, null, into, 0);
        return into;
    }

    @Test
    void meansOverTheAreaThatAPixelCovers() {
        // An output pixel covers 2 1/2 rows and 1 19/21 columns: in parts of 1/2 by 1/21, 5 times 40 = 200.
        byte[] screen = new byte[WIDTH * HEIGHT];
        screen[0] = (byte) 200; // all of it, 2 * 21 parts, lies in output (0, 0)
        screen[2 * WIDTH + 1] = 100; // half of its height, and 19 then 2 of its 21 columns

        byte[] small = shrink(Resize.AREA, screen, HEIGHT, plain());

        assertThat(small[0]).isEqualTo((byte) ((200 * 42 + 100 * 19) / 200 + 1)); // 51.5 rounds up to 52
        assertThat(small[1]).isEqualTo((byte) 1); // 100 * 2 / 200
        assertThat(small[Shrinker.SIDE]).isEqualTo((byte) 10); // 100 * 19 / 200 = 9.5 rounds up
        assertThat(small[Shrinker.SIDE + 1]).isEqualTo((byte) 1);
        assertThat(small[2]).isZero();
    }

    @Test
    void meansExactlyWhateverTheHeight() {
        // PAL cartridges have taller screens.
        for (int height : new int[] {210, 250, 228, 197}) {
            byte[] screen = new byte[WIDTH * height];
            new Random(height).nextBytes(screen);

            byte[] small = shrink(Resize.AREA, screen, height, plain());

            for (int y = 0; y < Shrinker.SIDE; y++) {
                for (int x = 0; x < Shrinker.SIDE; x++) {
                    double mean = mean(screen, height, x, y);
                    assertThat(Math.abs((small[y * Shrinker.SIDE + x] & 255) - mean))
                            .isLessThanOrEqualTo(0.5 + 1e-9);
                }
            }
        }
    }

    private static double mean(byte[] screen, int height, int x, int y) {
        double top = (double) y * height / Shrinker.SIDE;
        double bottom = (double) (y + 1) * height / Shrinker.SIDE;
        double left = (double) x * WIDTH / Shrinker.SIDE;
        double right = (double) (x + 1) * WIDTH / Shrinker.SIDE;
        double sum = 0;
        for (int row = (int) top; row < Math.ceil(bottom - 1e-9); row++) {
            for (int column = (int) left; column < Math.ceil(right - 1e-9); column++) {
                double area = (Math.min(bottom, row + 1) - Math.max(top, row))
                        * (Math.min(right, column + 1) - Math.max(left, column));
                sum += area * (screen[row * WIDTH + column] & 255);
            }
        }
        return sum / (bottom - top) / (right - left);
    }

    @Test
    void interpolatesBetweenTheFourPixelsAroundTheCentre() {
        // Output (0, 0) looks at row 1/2 * 210/84 - 1/2 = 3/4 and column 1/2 * 160/84 - 1/2 = 0.452381.
        byte[] screen = new byte[WIDTH * HEIGHT];
        screen[1] = (byte) 255; // 1/4 of its height, 0.452381 of its width: 28.84
        screen[WIDTH] = 100; // 3/4 of its height, 0.547619 of its width: 41.07

        byte[] small = shrink(Resize.BILINEAR, screen, HEIGHT, plain());

        assertThat(small[0]).isEqualTo((byte) 70); // 69.91
    }

    @Test
    void takesNoWrongShortCutWhereRowsLookAlike() {
        for (int seed = 0; seed < 20; seed++) {
            byte[] screen = bands(seed);
            byte[] area = shrink(Resize.AREA, screen, HEIGHT, plain());
            byte[] bilinear = shrink(Resize.BILINEAR, screen, HEIGHT, plain());

            for (int y = 0; y < Shrinker.SIDE; y++) {
                for (int x = 0; x < Shrinker.SIDE; x++) {
                    int at = y * Shrinker.SIDE + x;
                    assertThat(Math.abs((area[at] & 255) - mean(screen, HEIGHT, x, y)))
                            .isLessThanOrEqualTo(0.5 + 1e-9);
                    // The weights are 11 bits wide.
                    assertThat(Math.abs((bilinear[at] & 255) - between(screen, x, y)))
                            .isLessThanOrEqualTo(0.75);
                }
            }
        }
    }

    /** Random rows, each repeated some times. */
    private static byte[] bands(int seed) {
        Random random = new Random(seed);
        byte[] screen = new byte[WIDTH * HEIGHT];
        byte[] row = new byte[WIDTH];
        int left = 0;
        for (int y = 0; y < HEIGHT; y++, left--) {
            if (left == 0) {
                random.nextBytes(row);
                left = 1 + random.nextInt(9);
            }
            System.arraycopy(row, 0, screen, y * WIDTH, WIDTH);
        }
        return screen;
    }

    private static double between(byte[] screen, int x, int y) {
        double row = (y + 0.5) * HEIGHT / Shrinker.SIDE - 0.5;
        double column = (x + 0.5) * WIDTH / Shrinker.SIDE - 0.5;
        int top = (int) row;
        int left = (int) column;
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                sum += (1 - Math.abs(row - top - i))
                        * (1 - Math.abs(column - left - j))
                        * (screen[(top + i) * WIDTH + left + j] & 255);
            }
        }
        return sum;
    }

    @Test
    void keepsAnEvenScreenAsItIs() {
        byte[] screen = new byte[WIDTH * HEIGHT];
        Arrays.fill(screen, (byte) 255);

        for (Resize how : Resize.values()) {
            assertThat(shrink(how, screen, HEIGHT, plain())).containsOnly(255);
        }
    }

    @Test
    void takesTheBrighterOfTwoFrames() {
        byte[] screen = new byte[WIDTH * HEIGHT];
        byte[] before = new byte[WIDTH * HEIGHT];
        new Random(1).nextBytes(screen);
        new Random(2).nextBytes(before);
        byte[] brighter = new byte[screen.length];
        for (int i = 0; i < screen.length; i++) {
            brighter[i] = (byte) Math.max(screen[i] & 255, before[i] & 255);
        }

        byte[] into = new byte[2 * Shrinker.BYTES];
        new Shrinker(Resize.AREA, WIDTH, HEIGHT).shrink(words(screen), plain(), words(before), into, Shrinker.BYTES);

        assertThat(Arrays.copyOfRange(into, Shrinker.BYTES, into.length))
                .isEqualTo(shrink(Resize.AREA, brighter, HEIGHT, plain()));
        assertThat(Arrays.copyOf(into, Shrinker.BYTES)).containsOnly(0);
    }

    @Test
    void looksUpTheBrightnessOfColours() {
        byte[] screen = new byte[WIDTH * HEIGHT];
        Arrays.fill(screen, (byte) 0x44);
        int[] greys = new int[256];
        greys[0x44] = 77;

        assertThat(shrink(Resize.AREA, screen, HEIGHT, greys)).containsOnly(77);
    }
}
