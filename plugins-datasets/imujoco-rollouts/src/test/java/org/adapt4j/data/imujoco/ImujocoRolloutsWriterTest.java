package org.adapt4j.data.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.api.data.Demonstration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImujocoRolloutsWriterTest {

    private static final Map<Integer, String> ENDS = Map.of(99, "terminated", 499, "truncated");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void writesWhatIsReadAgain() {
        try (ImujocoRolloutsWriter writer = writer(Cut.FIXED_1000)) {
            writer.add(Stick.recording(Stick.HEAVY, 1, 1000, ENDS));
            writer.add(Stick.recording(Stick.HEAVY, 2, 1000, Map.of()));
        }

        ImujocoRollouts data = reader(Cut.FIXED_1000);
        assertThat(data.count(Stick.HEAVY)).isEqualTo(2);
        Demonstration before = Stick.recording(Stick.HEAVY, 1, 1000, ENDS);
        Demonstration after = data.demonstration(Stick.HEAVY, 0);
        assertThat(after.episodeReturn()).isEqualTo(before.episodeReturn());
        for (String name : new String[] {"action", "reward"}) {
            assertThat(ImujocoRolloutsTest.floats(after, name)).isEqualTo(ImujocoRolloutsTest.floats(before, name));
        }
        for (String name : new String[] {"terminated", "truncated"}) {
            assertThat(ImujocoRolloutsTest.bytes(after, name)).isEqualTo(ImujocoRolloutsTest.bytes(before, name));
        }
        assertThat(ImujocoRolloutsTest.floats(after, "state"))
                .startsWith(1, 0, 1, 1)
                .endsWith(1, 998, 1, 999, 1, 999);
    }

    @Test
    void givesTheSameBytesHoweverOftenItWasStopped() throws IOException {
        try (ImujocoRolloutsWriter writer = writer(Cut.FIXED_1000)) {
            for (int i = 0; i < 4; i++) {
                writer.add(Stick.recording(Stick.BASE, i, 1000, ENDS));
            }
        }
        byte[] atOnce = Files.readAllBytes(folder.resolve("sac-stick.npz"));
        Files.delete(folder.resolve("sac-stick.npz"));

        // A writer that is not closed is one whose process was killed.
        ImujocoRolloutsWriter killed = writer(Cut.FIXED_1000);
        killed.add(Stick.recording(Stick.BASE, 0, 1000, ENDS));
        killed.add(Stick.recording(Stick.BASE, 1, 1000, ENDS));
        assertThat(folder.resolve("sac-stick.npz")).doesNotExist();
        try (ImujocoRolloutsWriter writer = writer(Cut.FIXED_1000)) {
            assertThat(writer.count(Stick.BASE)).isEqualTo(2);
            writer.add(Stick.recording(Stick.BASE, 2, 1000, ENDS));
        }
        try (ImujocoRolloutsWriter writer = writer(Cut.FIXED_1000)) {
            assertThat(writer.count(Stick.BASE)).isEqualTo(3);
            assertThat(writer.count(Stick.HEAVY)).isZero();
            writer.add(Stick.recording(Stick.BASE, 3, 1000, ENDS));
        }

        assertThat(folder.resolve("sac-stick.npz")).hasBinaryContent(atOnce);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void wholeEpisodesOfAnyLengthAreCutByTheirEnds() {
        try (ImujocoRolloutsWriter writer = writer(Cut.BY_DONE)) {
            writer.add(Stick.recording(Stick.BASE, 0, 3, Map.of(2, "terminated")));
            writer.add(Stick.recording(Stick.BASE, 1, 5, Map.of()));
            writer.add(Stick.recording(Stick.BASE, 2, 2, Map.of(1, "truncated")));
        }

        ImujocoRollouts data = reader(Cut.BY_DONE);
        assertThat(data.count(Stick.BASE)).isEqualTo(3);
        assertThat(ImujocoRolloutsTest.bytes(data.demonstration(Stick.BASE, 0), "terminated"))
                .containsExactly(0, 0, 1);
        assertThat(ImujocoRolloutsTest.bytes(data.demonstration(Stick.BASE, 1), "truncated"))
                .containsExactly(0, 0, 0, 0, 1);
        assertThat(data.demonstration(Stick.BASE, 2).steps()).isEqualTo(2);
        assertThatThrownBy(() -> writer(Cut.FIXED_1000).count(Stick.BASE))
                .hasMessageEndingWith(
                        "sac-stick.npz holds episodes of other lengths than 1000 rows. Go on with cut=by-done,"
                                + " or record into another folder");
    }

    @Test
    void refusesWhatTheFormatCannotHold() {
        try (ImujocoRolloutsWriter writer = writer(Cut.FIXED_1000)) {
            assertThatThrownBy(() -> writer.add(Stick.recording(Stick.BASE, 0, 7, Map.of())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a trajectory of 7 steps does not fit files that are cut every 1000 rows. Record with"
                            + " --steps 1000, or write whole episodes with cut=by-done");
        }
    }

    private ImujocoRolloutsWriter writer(Cut cut) {
        return new ImujocoRolloutsWriter(new ImujocoRolloutsWriter.Settings(cut), new Stick(), folder);
    }

    private ImujocoRollouts reader(Cut cut) {
        return new ImujocoRollouts(new ImujocoRollouts.Settings(Optional.of(folder), cut), new Stick());
    }
}
