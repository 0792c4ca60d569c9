package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class TileBrushTest {

    private static final int LEVELS = 200;

    /** Mean distance of colours, out of 441, below which eyes and networks have to look twice. */
    private static final double CLEAR = 40;

    private static final double CLEAR_GROUND = 30;
    private static final int VIEW = 13;

    @Test
    void objectsStandOutFromEveryLandscape() {
        Looks looks = new CoinRun(Frames.options(Mode.HARD)).looks;
        Tiles tiles = Tiles.of(looks, VIEW);
        int seen = 0;

        for (int look = 0; look < Landscapes.LOOKS; look++) {
            for (int place = 0; place < 6; place++) {
                byte[] frame = landscape(look, place);
                for (int image = 0; image < World.TRAIL; image++) {
                    boolean thing = looks.themes(image) > 0 && !looks.isGround(image) && !isExplosion(image);
                    for (int theme = 0; thing && theme < looks.themes(image); theme++) {
                        int height = looks.standing(image) > 0 ? 10 : 5;
                        assertThat(contrast(tiles.sprite(image, theme), height, frame))
                                .as("image %s, theme %s on %s", image, theme, look)
                                .isGreaterThan(CLEAR);
                        seen++;
                    }
                }
            }
        }

        // Four poses of five agents, two of nine enemies, two saws, four crates, a coin.
        assertThat(seen).isEqualTo(Landscapes.LOOKS * 6 * (20 + 18 + 2 + 4 + 1));
    }

    @Test
    void groundAndLavaStandOutFromEveryLandscape() {
        Looks looks = new CoinRun(Frames.options(Mode.HARD)).looks;
        Tiles tiles = Tiles.of(looks, VIEW);

        for (int look = 0; look < Landscapes.LOOKS; look++) {
            for (int place = 0; place < 6; place++) {
                byte[] frame = landscape(look, place);
                for (int image = CoinRun.WALL_BODY; image <= CoinRun.LAVA_TOP; image++) {
                    for (int theme = 0; theme < looks.themes(image); theme++) {
                        byte[] painted = frame.clone();
                        tiles.ground(image, theme).paint(painted, 0, 0, 0, 20, 40, 40, 45);
                        assertThat(distance(frame, painted, 20, 40, 40, 45))
                                .as("ground %s, theme %s on %s", image, theme, look)
                                .isGreaterThan(CLEAR_GROUND);
                    }
                }
            }
        }
    }

    @Test
    void objectsStandOutWhereverLevelsPutThem() {
        LevelOptions options = Frames.options(Mode.HARD);
        CoinRun game = new CoinRun(options);
        World world = game.world;
        byte[] with = new byte[Game.FRAME_BYTES];
        byte[] without = new byte[Game.FRAME_BYTES];
        int seen = 0;

        for (int seed = 0; seed < LEVELS; seed++) {
            Frames.play(game, seed, 25);
            for (int i = 0; i < world.count; i++) {
                Entity object = world.entities[i];
                if (object.type == World.TRAIL) {
                    object.rx = 0.001f;
                }
            }
            for (int i = 1; i < world.count; i++) {
                Entity object = world.entities[i];
                int left = Math.round((object.x - 0.5f - game.agent.x) * 64 / 13f + 32);
                int top = Math.round((game.agent.y - object.y - 0.5f) * 64 / 13f + 32);
                boolean alone = object.type != World.TRAIL && Math.abs(object.x - game.agent.x) > 1.5f;
                for (int j = 1; j < world.count; j++) {
                    Entity other = world.entities[j];
                    alone &= other == object
                            || other.type == World.TRAIL
                            || Math.abs(object.x - other.x) > 1
                            || Math.abs(object.y - other.y) > 1;
                }
                if (alone && left >= 0 && top >= 0 && left < 59 && top < 59) {
                    game.paint(with);
                    float y = object.y;
                    object.y = -100;
                    game.paint(without);
                    object.y = y;
                    assertThat(distance(with, without, left, top, left + 5, top + 5))
                            .as("object %s of type %s, theme %s, of level %s", i, object.type, object.theme, seed)
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
                CoinRun game = new CoinRun(options);
                CoinRun other = new CoinRun(options);
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
        CoinRun game = new CoinRun(restricted);
        CoinRun free = new CoinRun(Frames.options(Mode.HARD));
        byte[] frame = new byte[Game.FRAME_BYTES];
        byte[] expected = new byte[Game.FRAME_BYTES];

        for (int seed = 0; seed < 40; seed++) {
            Frames.play(game, seed, 20);
            game.paint(frame);
            Frames.play(free, seed, 20);
            free.background = 0;
            free.wallTheme = 0;
            for (int i = 0; i < free.world.count; i++) {
                free.world.entities[i].theme = 0;
            }
            free.paint(expected);

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

    private static boolean isExplosion(int image) {
        return image >= World.EXPLOSION && image <= World.LAST_EXPLOSION;
    }

    private static byte[] landscape(int look, int place) {
        int high = Math.round(64f * Game.FRAME_SIDE / VIEW);
        int left = -20 - 30 * place - place * high / 6;
        int top = Game.FRAME_SIDE - high + place % 3 * 20;
        byte[] frame = new byte[Game.FRAME_BYTES];
        byte[] picture = Backgrounds.PLATFORM_FINE.picture(look, 2 * high, high);
        Backgrounds.paint(picture, 2 * high, high, left, top, false, frame);
        return frame;
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
        CoinRun game = new CoinRun(options);
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
