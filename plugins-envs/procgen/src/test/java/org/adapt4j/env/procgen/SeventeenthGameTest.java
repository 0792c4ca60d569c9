package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A further game is a file of its own and a line in the list of games. */
final class SeventeenthGameTest {

    private static final Path SOURCES = Path.of("src/main/java/org/adapt4j/env/procgen");
    private static final int MOST_LINES = 400;
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");

    /** Gather the pearl. */
    private static final class Pearl extends ArcadeGame {

        static final GameInfo INFO =
                GameInfo.of(Pearl::new, 100, new GameInfo.Scores(0, 10), new GameInfo.Scores(0, 10));

        private static final int PEARL = 2;

        private static final Looks LOOKS = new Looks(Backgrounds.WATER)
                .with(World.AGENT, (g, theme) -> Creatures.fish(g, 3), 108, 76)
                .with(PEARL, (g, theme) -> Shapes.oval(g, Shapes.WHITE, 0, 0, 1, 1), 1, 1);

        private int missed;

        Pearl(LevelOptions options) {
            super(options, LOOKS);
            timeOut = INFO.timeOut();
            follows = false;
        }

        @Override
        void chooseSize() {
            world.width = 10;
            world.height = 10;
        }

        @Override
        void generate() {
            missed = 0;
            world.add(9, agent.y, 0, 0, .5f, PEARL);
        }

        @Override
        void agentMeets(Entity pearl) {
            win(10);
        }

        @Override
        void play() {
            missed++;
        }

        @Override
        void saveOwn(DataOutputStream out) throws IOException {
            out.writeInt(missed);
        }

        @Override
        void loadOwn(DataInputStream in) throws IOException {
            missed = in.readInt();
        }
    }

    @Test
    void needsNothingButItsRules() throws IOException {
        byte[] frame = new byte[Game.FRAME_BYTES];
        Game game = Pearl.INFO.maker().apply(Frames.options(Mode.EASY));
        Game copy = Pearl.INFO.maker().apply(Frames.options(Mode.EASY));
        float reward = 0;
        game.start(3);
        for (int t = 0; t < 90 && game.end() == End.NONE; t++) {
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            game.save(new DataOutputStream(saved));
            copy.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            reward = game.step(7);
            assertThat(copy.step(7)).isEqualTo(reward);
            assertThat(Golden.checksum(copy, frame)).isEqualTo(Golden.checksum(game, frame));
        }

        assertThat(reward).isEqualTo(10);
        assertThat(game.end()).isEqualTo(End.GOAL);
    }

    /** CoinRun is also known to those who tell it as numbers. Comments may speak of any game. */
    @ParameterizedTest
    @EnumSource(GameName.class)
    void isKnownToTheListOnly(GameName name) throws IOException {
        String type =
                name.info().maker().apply(Frames.options(Mode.EASY)).getClass().getSimpleName();
        Pattern word = Pattern.compile("\\b" + type + "\\b");

        try (Stream<Path> files = Files.list(SOURCES)) {
            List<String> knowing = files.filter(file -> reads(file, word))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();

            List<String> others = name == GameName.COINRUN ? List.of("CoinRunState.java", "GameSlot.java") : List.of();
            assertThat(knowing)
                    .contains(type + ".java", "GameName.java")
                    .hasSize(2 + others.size())
                    .containsAll(others);
        }
        assertThat(Files.readAllLines(SOURCES.resolve(type + ".java"))).hasSizeLessThan(MOST_LINES);
    }

    @Test
    void noFileIsLong() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(MOST_LINES);
            }
        }
    }

    private static boolean reads(Path file, Pattern word) {
        try {
            return word.matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""))
                    .find();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
