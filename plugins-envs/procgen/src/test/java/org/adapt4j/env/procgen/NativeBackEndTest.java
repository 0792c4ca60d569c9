package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays a small library of the native interface; it ends this process where it is asked for something wrong. */
@Tag("native")
final class NativeBackEndTest extends VectorEnvironmentContract {

    private static final int LEFT = 1;
    private static final int STAY = 4;
    private static final int RIGHT = 7;

    @TempDir
    static Path folder;

    private static LibenvFile stub = new LibenvFile(Path.of(""), Path.of(""));

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        stub = LibenvStub.build(folder);
    }

    private static Setup setup(GameName game) {
        Setup setup = new Setup();
        setup.game = game;
        setup.backEnd = BackEnd.NATIVE;
        setup.library = Optional.of(stub.library());
        setup.assets = Optional.of(stub.assets());
        return setup;
    }

    @Override
    protected TaskDistribution benchmark() {
        return setup(GameName.MAZE).benchmark();
    }

    private static Game game(NativeGames games) {
        return games.game(GameName.MAZE, 0);
    }

    private static NativeGames games(boolean sequential) {
        return new NativeGames(stub, new LevelOptions(Mode.EASY, true, true, false, false, false, sequential, 0), 1);
    }

    @Test
    void startsAnyLevelAndSaysWhyItEnded() {
        try (NativeGames games = games(false);
                Game game = game(games)) {
            game.start(4);
            float[] rewards = new float[7];
            for (int t = 0; t < 7; t++) {
                assertThat(game.end()).isEqualTo(End.NONE);
                rewards[t] = game.step(RIGHT);
            }
            assertThat(rewards).containsExactly(0, 0, 0, 0, 0, 0, 10);
            assertThat(game.end()).isEqualTo(End.GOAL);

            game.start(2_147_483_646);
            for (int t = 0; t < 4; t++) {
                assertThat(game.levelSeed()).isEqualTo(2_147_483_646);
                game.step(LEFT);
            }
            assertThat(game.end()).isEqualTo(End.DEATH);
        }
    }

    @Test
    void tellsATimeOutFromADeath() {
        try (NativeGames games = games(false);
                Game game = games.game(GameName.COINRUN, 0)) {
            game.start(0);
            for (int t = 0; t < GameName.COINRUN.info().timeOut(); t++) {
                assertThat(game.end()).isEqualTo(End.NONE);
                game.step(STAY);
            }

            assertThat(game.end()).isEqualTo(End.TIME_OUT);
        }
    }

    @Test
    void showsTheLibrarysFrames() {
        byte[] early = new byte[Game.FRAME_BYTES];
        byte[] late = new byte[Game.FRAME_BYTES];
        try (NativeGames games = games(false);
                Game game = game(games)) {
            game.start(5);
            game.paint(early);
            game.step(RIGHT);
            game.paint(late);
            Map<String, Object> facts = new HashMap<>();
            game.describe(facts);

            assertThat(early[3 * 20]).isEqualTo((byte) 105);
            assertThat(late[3 * 20]).isEqualTo((byte) 90);
            assertThat(late[3 * 21]).isEqualTo((byte) 105);
            assertThat(facts).containsEntry("level-seed", 5);
        }
    }

    @Test
    void leadsFromACompletedLevelToTheNextOfASequence() {
        try (NativeGames games = games(true);
                Game game = game(games)) {
            game.start(0);
            game.step(RIGHT);
            game.step(RIGHT);

            assertThat(game.step(RIGHT)).isEqualTo(10);
            assertThat(game.end()).isEqualTo(End.NONE);
            assertThat(game.levelSeed()).isEqualTo(997);
        }
    }

    @Test
    void continuesASavedGame() throws IOException {
        try (NativeGames games = games(false);
                Game game = game(games);
                Game other = game(games);
                Game chaser = games.game(GameName.CHASER, 0)) {
            game.start(0);
            game.step(RIGHT);
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            game.save(new DataOutputStream(saved));

            other.start(3);
            other.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            assertThat(other.step(RIGHT)).isZero();
            assertThat(other.step(RIGHT)).isEqualTo(10);
            assertThatThrownBy(() -> chaser.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray()))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("this is not a state of the native library's chaser");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 15, 100})
    void refusesActionsThatThereAreNot(int action) {
        try (NativeGames games = games(false);
                Game game = game(games)) {
            game.start(0);

            assertThatThrownBy(() -> game.step(action)).hasMessage("action " + action + " is not one of 0 to 14");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MAX_VALUE})
    void refusesLevelsThatTheLibraryHasNot(int level) {
        try (NativeGames games = games(false);
                Game game = game(games)) {
            assertThatThrownBy(() -> game.start(level))
                    .hasMessage("level " + level + ": the native library has the levels 0 to 2147483646");
        }
        assertThat(benchmark().task("maze/" + level)).isEmpty();
    }

    @Test
    void refusesModesOfOtherGamesBeforeTheLibraryIsAsked() {
        Setup setup = setup(GameName.BIGFISH);
        setup.mode = Mode.EXTREME;

        assertThatThrownBy(setup::settings)
                .hasMessageContaining("mode: must be one that bigfish has, easy, hard, but is extreme");
    }

    @Test
    void asksOnlyForWhatTheLibraryKnows() {
        for (GameName name : GameName.values()) {
            for (Mode mode : name.info().modes()) {
                Setup setup = setup(name);
                setup.mode = mode;
                setup.useSequentialLevels = true;
                try (NativeGames games = new NativeGames(stub, setup.settings().options(), 1);
                        Game game = games.game(name, 0)) {
                    game.start(1);

                    assertThat(game.levelSeed()).as("%s %s", name, mode).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void refusesAFolderWithoutPictures(@TempDir Path empty) {
        LibenvFile file = new LibenvFile(stub.library(), empty);

        assertThatThrownBy(file::load)
                .hasMessageStartingWith("assets: " + empty + " lacks kenney/Ground/Planet/planet.png, so it is not");
    }

    @Test
    void refusesWhatIsNoLibrary(@TempDir Path other) throws IOException, InterruptedException {
        Path text = Files.writeString(other.resolve("libtext.so"), "no library");
        LibenvFile missing = new LibenvFile(other.resolve("libmissing.so"), stub.assets());
        LibenvFile unreadable = new LibenvFile(text, stub.assets());
        LibenvFile newer = LibenvStub.build(Files.createDirectory(other.resolve("newer")), "OTHER_VERSION");

        assertThatThrownBy(missing::load)
                .hasMessageStartingWith("library: there is no file " + missing.library() + "; build openai/procgen");
        assertThatThrownBy(unreadable::load).hasMessageStartingWith("library: " + text + " cannot be used: ");
        assertThatThrownBy(newer::load)
                .hasMessageStartingWith("library: " + newer.library() + " speaks version 2 of libenv, not 1");
    }

    @Test
    void needsALibraryAndShowsFramesOnly() {
        Setup without = setup(GameName.MAZE);
        without.library = Optional.empty();
        Setup numbers = setup(GameName.COINRUN);
        numbers.observation = Sight.STATE;

        assertThatThrownBy(without::settings)
                .hasMessageContaining("library: must be set to the native library's file; build openai/procgen");
        assertThatThrownBy(numbers::settings)
                .hasMessageContaining("observation: must be rgb with the native library but is state");
    }

    @Test
    void tellsTheDoctorHowItStands(@TempDir Path empty) {
        Setup broken = setup(GameName.MAZE);
        broken.assets = Optional.of(empty);

        assertThat(benchmark().inspect()).extracting(Finding::good).containsExactly(true);
        assertThat(benchmark().backEnd()).isEqualTo("maze-native");
        List<Finding> findings = broken.benchmark().inspect();
        assertThat(findings).extracting(Finding::good).containsExactly(false);
        assertThat(findings.get(0).advice()).startsWith("build openai/procgen with CMake, Qt 5");
        assertThat(new Setup().benchmark().inspect().get(0).found()).contains("build openai/procgen");
    }
}
