package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ArtPainterTest {

    private static final int LEVELS = 200;

    /** Mean distance of colours, out of 441, below which eyes and networks have to look twice. */
    private static final double CLEAR = 40;

    private static final double CLEAR_GROUND = 30;
    private static final int VIEW = 13;

    @Test
    void objectsStandOutFromEveryLandscape() {
        CoinRunArt art = CoinRunArt.of(VIEW);

        for (int look = 0; look < Landscapes.LOOKS; look++) {
            for (int place = 0; place < 6; place++) {
                byte[] frame = new byte[Game.FRAME_BYTES];
                art.landscapes().paint(look, place / 6f, 20 + 30 * place, place % 3 * 20, frame);
                for (int i = 0; i < CoinRunArt.AGENTS * CoinRunArt.POSES; i++) {
                    Sprite agent = art.agent(i / CoinRunArt.POSES, i % CoinRunArt.POSES);
                    assertThat(contrast(agent, 10, frame))
                            .as("agent %s on %s", i, look)
                            .isGreaterThan(CLEAR);
                }
                for (int i = 0; i < 2 * CoinRunArt.ENEMIES; i++) {
                    Sprite enemy = art.enemy(i / 2, i % 2);
                    assertThat(contrast(enemy, 5, frame))
                            .as("enemy %s on %s", i, look)
                            .isGreaterThan(CLEAR);
                }
                for (int i = 0; i < CoinRunArt.CRATES; i++) {
                    assertThat(contrast(art.crate(i), 5, frame))
                            .as("crate %s on %s", i, look)
                            .isGreaterThan(CLEAR);
                }
                assertThat(contrast(art.saw(0), 5, frame)).as("saw on %s", look).isGreaterThan(CLEAR);
                assertThat(contrast(art.saw(1), 5, frame)).as("saw on %s", look).isGreaterThan(CLEAR);
                assertThat(contrast(art.coin(), 5, frame))
                        .as("coin on %s", look)
                        .isGreaterThan(CLEAR);
            }
        }
    }

    @Test
    void groundAndLavaStandOutFromEveryLandscape() {
        CoinRunArt art = CoinRunArt.of(VIEW);

        for (int look = 0; look < Landscapes.LOOKS; look++) {
            for (int place = 0; place < 6; place++) {
                byte[] frame = new byte[Game.FRAME_BYTES];
                art.landscapes().paint(look, place / 6f, 20 + 30 * place, place % 3 * 20, frame);
                for (int kind = 0; kind < CoinRunArt.LAVA + 2; kind++) {
                    byte[] painted = frame.clone();
                    art.ground(kind).paint(painted, 0, 0, 0, 20, 40, 40, 45);
                    assertThat(distance(frame, painted, 20, 40, 40, 45))
                            .as("ground %s on %s", kind, look)
                            .isGreaterThan(CLEAR_GROUND);
                }
            }
        }
    }

    @Test
    void objectsStandOutWhereverLevelsPutThem() {
        LevelOptions options = Frames.options(Mode.HARD);
        CoinRun game = new CoinRun(options, FramePainters.of(options));
        CoinRunWorld world = game.world();
        byte[] with = new byte[Game.FRAME_BYTES];
        byte[] without = new byte[Game.FRAME_BYTES];
        int seen = 0;

        for (int seed = 0; seed < LEVELS; seed++) {
            Frames.play(game, seed, 25);
            Arrays.fill(world.trailRx, 0.001f);
            for (int i = 0; i < world.objects; i++) {
                int left = Math.round((world.x[i] - 0.5f - world.agentX) * 64 / 13f + 32);
                int top = Math.round((world.agentY - world.y[i] - 0.5f) * 64 / 13f + 32);
                boolean alone = Math.abs(world.x[i] - world.agentX) > 1.5f;
                for (int other = 0; other < world.objects; other++) {
                    alone &= other == i
                            || Math.abs(world.x[i] - world.x[other]) > 1
                            || Math.abs(world.y[i] - world.y[other]) > 1;
                }
                if (alone && left >= 0 && top >= 0 && left < 59 && top < 59) {
                    game.paint(with);
                    float y = world.y[i];
                    world.y[i] = -100;
                    game.paint(without);
                    world.y[i] = y;
                    assertThat(distance(with, without, left, top, left + 5, top + 5))
                            .as("object %s of kind %s, look %s, of level %s", i, world.kind[i], world.theme[i], seed)
                            .isGreaterThan(CLEAR * 0.8);
                    seen++;
                }
            }
        }

        assertThat(seen).isGreaterThan(60);
    }

    @Test
    void paintsTheSameWorldTheSameWayAndEveryPixel() {
        for (Mode mode : List.of(Mode.EASY, Mode.HARD)) {
            for (boolean follow : new boolean[] {true, false}) {
                LevelOptions options = new LevelOptions(mode, follow, true, false, false, true, false, 0);
                CoinRun game = new CoinRun(options, FramePainters.of(options));
                CoinRun other = new CoinRun(options, new ArtPainter(options));
                byte[] first = new byte[Game.FRAME_BYTES];
                byte[] second = new byte[Game.FRAME_BYTES];
                for (int seed = 0; seed < 20; seed++) {
                    Frames.play(game, seed, 3 * seed);
                    Frames.play(other, seed, 3 * seed);
                    Arrays.fill(first, (byte) 0);
                    Arrays.fill(second, (byte) 255);

                    game.paint(first);
                    other.paint(second);

                    assertThat(first).isEqualTo(second);
                }
            }
        }
    }

    @Test
    void firstFramesOfEasyLevelsHaveTheMeanColorOfTheNativeOnes() {
        double[] mean = meanColor(Frames.options(Mode.EASY));

        assertThat(mean[0]).isCloseTo(143, Offset.offset(25.0));
        assertThat(mean[1]).isCloseTo(160, Offset.offset(25.0));
        assertThat(mean[2]).isCloseTo(164, Offset.offset(25.0));
    }

    @Test
    void firstFramesOfHardLevelsHaveAboutTheMeanColorOfTheNativeOnes() {
        double[] mean = meanColor(Frames.options(Mode.HARD));

        assertThat(mean[0]).isCloseTo(168, Offset.offset(25.0));
        assertThat(mean[1]).isCloseTo(164, Offset.offset(25.0));
        assertThat(mean[2]).isCloseTo(147, Offset.offset(25.0));
    }

    @Test
    void restrictedThemesLookLikeThoseOfEasyLevels() {
        LevelOptions restricted = new LevelOptions(Mode.HARD, true, true, true, false, false, false, 0);
        CoinRun game = new CoinRun(restricted, FramePainters.of(restricted));
        LevelOptions free = Frames.options(Mode.HARD);
        ArtPainter painter = new ArtPainter(free);
        byte[] frame = new byte[Game.FRAME_BYTES];
        byte[] expected = new byte[Game.FRAME_BYTES];

        for (int seed = 0; seed < 40; seed++) {
            Frames.play(game, seed, 20);
            game.paint(frame);
            CoinRunWorld world = game.world();
            world.background = 0;
            world.agentTheme = 0;
            world.wallTheme = 0;
            Arrays.fill(world.theme, 0);
            painter.paint(world, expected);

            assertThat(frame).isEqualTo(expected);
        }
    }

    @Test
    void withoutBackgroundsWhatIsEmptyIsBlack() {
        LevelOptions options = new LevelOptions(Mode.EASY, true, false, false, false, false, false, 0);

        byte[] frame = Frames.played(options, 0, 0);

        int above = (10 * Game.FRAME_SIDE + 34) * 3;
        int wall = (60 * Game.FRAME_SIDE + 34) * 3;
        assertThat(Arrays.copyOfRange(frame, above, above + 3)).containsOnly(0);
        assertThat(Arrays.copyOfRange(frame, wall, wall + 3)).doesNotContain(0);
    }

    @Test
    void velocitySquaresAreMidGreyAtRest() {
        LevelOptions options = new LevelOptions(Mode.EASY, true, true, false, false, true, false, 0);

        byte[] frame = Frames.played(options, 0, 0);

        assertThat(Arrays.copyOfRange(frame, 0, 26 * 3)).containsOnly(127);
        assertThat(Arrays.copyOfRange(frame, 12 * 64 * 3, (12 * 64 + 26) * 3)).containsOnly(127);
    }

    private static double contrast(Sprite sprite, int height, byte[] frame) {
        byte[] painted = frame.clone();
        sprite.paint(painted, 30, 30, 35, 30 + height, false);
        return distance(frame, painted, 30, 30, 35, 30 + height);
    }

    private static double distance(byte[] a, byte[] b, int left, int top, int right, int bottom) {
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int at = (y * Game.FRAME_SIDE + x) * 3;
                double red = (a[at] & 255) - (b[at] & 255);
                double green = (a[at + 1] & 255) - (b[at + 1] & 255);
                double blue = (a[at + 2] & 255) - (b[at + 2] & 255);
                sum += Math.sqrt(red * red + green * green + blue * blue);
            }
        }
        return sum / ((right - left) * (bottom - top));
    }

    private static double[] meanColor(LevelOptions options) {
        CoinRun game = new CoinRun(options, FramePainters.of(options));
        byte[] frame = new byte[Game.FRAME_BYTES];
        double[] mean = new double[3];
        for (int seed = 0; seed < LEVELS; seed++) {
            game.start(seed);
            game.paint(frame);
            for (int i = 0; i < frame.length; i++) {
                mean[i % 3] += (frame[i] & 255) * 3.0 / (frame.length * LEVELS);
            }
        }
        return mean;
    }
}
