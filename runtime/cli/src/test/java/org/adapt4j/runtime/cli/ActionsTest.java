package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActionsTest {
    private static final Space KEYS = new Discrete(15);
    private static final Space JOINTS = Box.vector(2, -1, 1);

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("actions.txt");
    }

    @Test
    void readsOneActionALine() throws IOException {
        Files.writeString(file, "7\n\n 0 \n14\n");

        Actions actions = Actions.parse(file.toString(), KEYS);

        assertThat(actions.count()).isEqualTo(3);
        assertThat(List.of(key(actions, 0), key(actions, 1), key(actions, 2))).containsExactly(7, 0, 14);
    }

    @Test
    void readsVectorsSeparatedBySpaces() throws IOException {
        Files.writeString(file, "0.5 -1\n0   1e-1\n");

        Actions actions = Actions.parse(file.toString(), JOINTS);

        ActionBuffers written = buffers(JOINTS);
        actions.write(1, written);
        assertThat(written.continuous().get(0)).isZero();
        assertThat(written.continuous().get(1)).isEqualTo(0.1f);
    }

    @Test
    void drawsTheSameActionsFromTheSameSeed() {
        Actions one = Actions.parse("random:7", KEYS);
        Actions two = Actions.parse("random:7", KEYS);

        for (int step = 0; step < 100; step++) {
            assertThat(key(one, step)).isEqualTo(key(two, step)).isBetween(0, 14);
        }
    }

    @Test
    void namesFileAndLineOfWhatItCannotRead() throws IOException {
        Files.writeString(file, "7\njump\n");
        assertRefused(KEYS, file + ": 2: 'jump' is not a whole number");

        Files.writeString(file, "7\n0 1\n");
        assertRefused(KEYS, file + ": 2: an action has 1 number, but this line has 2");

        Files.writeString(file, "15\n");
        assertRefused(KEYS, file + ": 1: action 15 is out of range: there are 15 actions, 0 to 14");

        Files.writeString(file, "0 0\n0 1.5\n");
        assertRefused(JOINTS, file + ": 2: action 1.5 is out of range: it must lie in [-1.0, 1.0]");

        Files.writeString(file, "0 NaN\n");
        assertRefused(JOINTS, file + ": 1: action NaN is out of range: it must lie in [-1.0, 1.0]");
    }

    @Test
    void refusesASeedThatIsNoNumber() {
        assertThatThrownBy(() -> Actions.parse("random:x", KEYS))
                .isInstanceOf(UsageException.class)
                .hasMessage("--actions random:x: the seed must be a whole number, as in random:7, or give a file");
        assertThatThrownBy(() -> Actions.parse(folder.resolve("none").toString(), KEYS))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("there is no such file")
                .hasMessageEndingWith("Give a file, random:SEED or expert");
    }

    private void assertRefused(Space space, String message) {
        assertThatThrownBy(() -> Actions.parse(file.toString(), space))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    private static int key(Actions actions, int step) {
        ActionBuffers written = buffers(KEYS);
        actions.write(step, written);
        return written.discrete().get(0);
    }

    private static ActionBuffers buffers(Space space) {
        return ActionBlock.allocate(space, List.of(), 1, 1).step(0);
    }
}
