package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.cell.Streams;
import org.adapt4j.runtime.film.Film;
import org.adapt4j.toolkit.environment.SlotBatch;

/** Plays one slot of an environment on one task, with given actions, for people and other programs to watch. */
final class Playback implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Looks at each step. */
    @FunctionalInterface
    interface Observer {
        void accept(int step) throws IOException;
    }

    private final EnvironmentSpec spec;
    private final TaskSet tasks;
    private final VectorEnvironment environment;
    private final StepBuffers seen;
    private final ActionBlock acted;

    Playback(TaskDistribution benchmark, Task task, long seed) {
        tasks = TaskSet.of(task);
        spec = benchmark.spec(tasks);
        environment = benchmark.open(
                new EnvironmentRequest(spec, TaskSchedule.fixed(task), 1, Streams.root(seed), Purpose.MEASURING));
        seen = StepBlock.allocate(spec, 1, 1).step(0);
        acted = ActionBlock.allocate(spec.action(), List.of(), 1, 1);
    }

    EnvironmentSpec spec() {
        return spec;
    }

    /** What the slot sees after the last step. */
    StepBuffers seen() {
        return seen;
    }

    /** What the benchmark's expert does; empty if it has none that plays. @param oneEpisode whether it ends with the first episode */
    Optional<Actions> shown(boolean oneEpisode) {
        return environment instanceof SlotBatch batch && batch.hasExpert()
                ? Optional.of(new Actions.Shown(batch, seen, oneEpisode))
                : Optional.empty();
    }

    /**
     * Plays, calling {@code observer} with 0 at the first observation and then after each step.
     *
     * @param steps at most
     * @return how many were taken: fewer if there were no more actions
     */
    int play(Actions actions, int steps, Observer observer) throws IOException {
        environment.receive(seen);
        observer.accept(0);
        for (int step = 0; step < steps; step++) {
            if (!actions.write(step, acted.step(0))) {
                return step;
            }
            environment.send(acted.step(0));
            environment.receive(seen);
            observer.accept(step + 1);
        }
        return steps;
    }

    /** Adds what the slot shows now to a film; false if there is nothing to see. */
    boolean film(Film film) {
        return film.add(environment, seen);
    }

    /** The present step as a line of a trace. */
    ObjectNode line(int step) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", step);
        line.put("task", tasks.get(seen.tasks().get(0)).name());
        ArrayNode flags = line.putArray("flags");
        Flag.in(seen.flags().get(0)).forEach(flag -> flags.add(flag.name()));
        line.put("reward", seen.rewards().get(0));
        ObjectNode observation = line.putObject("observation");
        for (int c = 0; c < spec.observation().size(); c++) {
            Space space = spec.observation().get(c).space();
            String name = spec.observation().get(c).name();
            if (space.element() == Element.UINT8) {
                observation.putObject(name).put("crc32", crc(seen.observation(c), space.bytes()));
            } else {
                numbers(seen.observation(c), space, observation.putArray(name));
            }
        }
        line.set("info", JSON.valueToTree(environment.info(0)));
        return line;
    }

    private static long crc(ByteBuffer bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate().position(0).limit(length));
        return crc.getValue();
    }

    private static void numbers(ByteBuffer bytes, Space space, ArrayNode into) {
        ByteBuffer view = bytes.duplicate().order(ByteOrder.nativeOrder());
        for (int i = 0; i < space.width(); i++) {
            if (space instanceof Discrete || space.element() == Element.INT32) {
                into.add(view.getInt(4 * i));
            } else {
                into.add(view.getFloat(4 * i));
            }
        }
    }

    @Override
    public void close() {
        environment.close();
    }
}
