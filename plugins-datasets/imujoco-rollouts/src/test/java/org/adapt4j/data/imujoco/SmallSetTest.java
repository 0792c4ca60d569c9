package org.adapt4j.data.imujoco;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Task;
import org.junit.jupiter.api.Test;

/** The small set that is inside the jar. */
final class SmallSetTest {

    private static final int TRAJECTORIES = 15;
    private static final int LIMIT_MEGABYTES = 20;

    private static final List<Stick> BODIES =
            List.of(body("hopper", 11, 3), body("halfcheetah", 17, 6), body("walker2d", 17, 6));

    private static Stick body(String name, int seen, int actions) {
        return new Stick(name, Box.vector(seen, -Float.MAX_VALUE, Float.MAX_VALUE), actions, 1000);
    }

    private static ImujocoRollouts data(Stick body) {
        return new ImujocoRollouts(new ImujocoRollouts.Settings(Optional.empty(), Cut.FIXED_1000), body);
    }

    @Test
    void hasEachBodyAsItIsAndVariantsOfIt() throws IOException {
        String card = Files.readString(folder().resolve("DATACARD.md"));

        for (Stick body : BODIES) {
            List<Task> tasks = tasks(body);
            assertThat(tasks)
                    .as(body.body())
                    .contains(Stick.named(body.body() + "/base"))
                    .hasSizeGreaterThan(1);
            for (Task task : tasks) {
                assertThat(data(body).count(task)).as(task.name()).isEqualTo(TRAJECTORIES);
                assertThat(card).contains("| " + task.name() + " | " + TRAJECTORIES + " | 15,000 |");
            }
        }
    }

    @Test
    void trajectoriesAreWholeAndDiffer() throws IOException {
        for (Stick body : BODIES) {
            ImujocoRollouts data = data(body);
            for (Task task : tasks(body)) {
                Demonstration first = data.demonstration(task, 0);
                Demonstration last = data.demonstration(task, TRAJECTORIES - 1);

                assertThat(first.steps()).isEqualTo(1000);
                assertThat(ImujocoRolloutsTest.floats(first, "action"))
                        .isNotEqualTo(ImujocoRolloutsTest.floats(last, "action"));
                assertThat(first.episodeReturn()).as(task.name()).isGreaterThan(100);
            }
        }
    }

    @Test
    void keepsThePolicyThatFineTuningStartsFrom() throws IOException {
        for (Stick body : BODIES) {
            for (Task task : tasks(body)) {
                byte[] weights = data(body).policy(task).orElseThrow();
                int header = (int)
                        ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
                String names = new String(weights, 8, header, StandardCharsets.UTF_8);

                assertThat(names)
                        .contains("\"policy/linear-1/weight\":{\"dtype\":\"F32\",\"shape\":[256,"
                                + body.seen().width() + "]")
                        .contains("\"policy/mean/weight\":{\"dtype\":\"F32\",\"shape\":[" + body.actions() + ",256]")
                        .doesNotContain("critic");
            }
        }
    }

    @Test
    void isSmall() throws IOException {
        try (Stream<Path> all = Files.walk(folder())) {
            long bytes = all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();

            assertThat(bytes).isLessThan(LIMIT_MEGABYTES * 1_000_000L);
        }
    }

    private static List<Task> tasks(Stick body) throws IOException {
        String prefix = "sac-" + body.body();
        try (Stream<Path> all = Files.list(folder())) {
            return all.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length(), name.length() - ".npz".length()))
                    .map(variant -> Stick.named(body.body() + "/"
                            + (variant.isEmpty() ? "base" : variant.substring(1).replace('_', '-'))))
                    .sorted(Comparator.comparing(Task::name))
                    .toList();
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(ImujocoRollouts.class.getResource("rollouts"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
