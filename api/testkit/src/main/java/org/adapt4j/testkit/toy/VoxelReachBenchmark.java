package org.adapt4j.testkit.toy;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * Reach for the ball of a colour among three on a table, with the gripper pointing down: what a camera sees with depth, and poses of eight
 * numbers. There is no arm, and whatever pose is asked for is taken at once. Success earns 1 and ends the episode; a place outside of
 * the workspace ends it too and earns nothing; otherwise ten tries.
 */
public final class VoxelReachBenchmark implements TaskDistribution {

    private static final int LIMIT = 10;
    private static final String NAME = "toy-voxel-reach";

    /** Colours by task; those to learn from first. */
    private static final List<String> COLOURS = List.of("red", "green", "blue", "yellow");

    private final int pixels;

    @Inject
    public VoxelReachBenchmark(Settings settings) {
        pixels = settings.pixels();
    }

    private static Task colour(String colour) {
        return new Task(NAME, "colour/" + colour, Map.of("colour", colour));
    }

    /** Red, green and blue of the ball to reach, from 0 to 1. */
    static float[] rgb(Task task) {
        return switch (task.attribute("colour")) {
            case "red" -> new float[] {0.9f, 0.1f, 0.1f};
            case "green" -> new float[] {0.1f, 0.8f, 0.1f};
            case "blue" -> new float[] {0.1f, 0.2f, 0.9f};
            default -> new float[] {0.9f, 0.8f, 0.1f};
        };
    }

    @Override
    public String title() {
        return "toy voxel reach";
    }

    @Override
    public String backEnd() {
        return "toy";
    }

    @Override
    public TaskSet tasks(Split split) {
        int train = COLOURS.size() - 1;
        List<String> part = split == Split.TRAIN ? COLOURS.subList(0, train) : COLOURS.subList(train, COLOURS.size());
        return new TaskSet(part.stream().map(VoxelReachBenchmark::colour).toList());
    }

    @Override
    public Optional<Task> task(String name) {
        return Stream.of(Split.values())
                .flatMap(split -> tasks(split).tasks().stream())
                .filter(task -> task.name().equals(name))
                .findFirst();
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return new EnvironmentSpec(
                List.of(
                        new Component("front-rgb", Box.image(pixels, pixels, 3)),
                        new Component("front-depth", new Box(Element.FLOAT32, List.of(pixels, pixels), 0, 10)),
                        new Component("gripper-open", Box.vector(1, 0, 1)),
                        new Component("gripper-joint-positions", Box.vector(2, 0, 1))),
                Box.vector(8, -2, 2),
                LIMIT);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        return SlotBatch.of(request, random -> new VoxelReachSlot(pixels, random));
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return episodeReturn;
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn > 0.5;
    }

    /** Size of the toy. @param pixels of each side of the picture */
    public record Settings(int pixels) {

        /** Checks the size. */
        public Settings {
            Check.between("pixels", pixels, 8, 256);
        }
    }
}
