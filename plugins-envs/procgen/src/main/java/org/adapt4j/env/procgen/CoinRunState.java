package org.adapt4j.env.procgen;

import jakarta.inject.Inject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * CoinRun's levels and rules with numbers in the place of frames: component {@code surroundings}, float32, see {@link Surroundings}. Ours; the native
 * library has frames only. Another problem than pixels, so another benchmark: what learns here has been spared seeing.
 */
public final class CoinRunState implements TaskDistribution {

    private static final String PREFIX = "coinrun/";
    private static final String LEVEL = "level";
    private static final double LOW = 5;
    private static final double HIGH = 10;

    private final Settings settings;

    @Inject
    public CoinRunState(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String title() {
        return "coinrun " + (settings.mode() == Mode.EASY ? "easy" : "hard") + " as numbers, window of "
                + settings.window() + " cells" + (settings.velocity() ? "" : ", no velocities")
                + (settings.debugMode() == 0 ? "" : ", debug mode " + settings.debugMode());
    }

    @Override
    public String backEnd() {
        return "coinrun-java";
    }

    @Override
    public TaskSet tasks(Split split) {
        return split == Split.TRAIN
                ? levels(settings.startLevel(), settings.trainLevels())
                : levels(settings.testStartLevel(), settings.testLevels());
    }

    private static TaskSet levels(int first, int count) {
        return new TaskSet(count == 0 ? new Levels(0, Integer.MAX_VALUE) : new Levels(first, count));
    }

    private static Task level(int seed) {
        return new Task("coinrun-state", PREFIX + seed, Map.of(LEVEL, Integer.toString(seed)));
    }

    @Override
    public Optional<Task> task(String name) {
        if (!name.matches(PREFIX + "(0|[1-9][0-9]{0,9})")) {
            return Optional.empty();
        }
        long seed = Long.parseLong(name.substring(PREFIX.length()));
        return seed <= Integer.MAX_VALUE ? Optional.of(level((int) seed)) : Optional.empty();
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        Box numbers = Box.vector(Surroundings.width(settings.window()), -Float.MAX_VALUE, Float.MAX_VALUE);
        return new EnvironmentSpec(
                List.of(new Component("surroundings", numbers)), new Discrete(Game.ACTIONS), CoinRun.TIME_OUT);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        return new SlotBatch(request, settings.threads(), (index, random) -> new Runner(settings));
    }

    /** As of frames: 5 is a trivial policy's, 10 the coin. */
    @Override
    public double normalise(Task task, double episodeReturn) {
        return (episodeReturn - LOW) / (HIGH - LOW);
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn >= HIGH;
    }

    /** One game, looked at by numbers. */
    private static final class Runner implements Slot {

        private final CoinRun game;
        private final Surroundings eyes;
        private float[] seen = new float[0];
        private End end = End.NONE;

        Runner(Settings settings) {
            LevelOptions options =
                    new LevelOptions(settings.mode(), true, false, true, true, false, false, settings.debugMode());
            game = new CoinRun(options, (world, frame) -> {});
            eyes = new Surroundings(settings.window(), settings.velocity());
        }

        @Override
        public void begin(Task task) {
            game.start(Integer.parseInt(task.attribute(LEVEL)));
            seen = eyes.of(game.world());
        }

        @Override
        public double step(Action action) {
            float reward = game.step(action.choice());
            end = game.end();
            seen = eyes.of(game.world());
            return reward;
        }

        @Override
        public Ending ending() {
            return switch (end) {
                case NONE -> Ending.NONE;
                case TIME_OUT -> Ending.TRUNCATED;
                default -> Ending.TERMINATED;
            };
        }

        @Override
        public void abandon() {
            end = End.NONE;
        }

        @Override
        public void write(Observation into) {
            into.put(0, seen);
        }

        @Override
        public void describe(int step, Map<String, Object> facts) {
            game.describe(facts);
            facts.put("end", end.key());
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            out.writeByte(end.ordinal());
            game.save(out);
        }

        @Override
        public void load(Task task, DataInputStream in) throws IOException {
            end = End.values()[in.readByte()];
            game.load(in);
            seen = eyes.of(game.world());
        }
    }

    /** Levels of an interval, made when asked for. */
    private static final class Levels extends AbstractList<Task> implements RandomAccess {

        private final int first;
        private final int count;

        Levels(int first, int count) {
            this.first = first;
            this.count = count;
        }

        @Override
        public Task get(int index) {
            return level(first + Objects.checkIndex(index, count));
        }

        @Override
        public int size() {
            return count;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Levels levels
                    ? first == levels.first && count == levels.count
                    : super.equals(other);
        }

        @Override
        public int hashCode() {
            return 31 * first + count;
        }
    }

    /**
     * Which levels, and how they are seen.
     *
     * @param mode how hard levels are
     * @param startLevel first training level
     * @param trainLevels number of training levels; 0 for all
     * @param testStartLevel first held-out level
     * @param testLevels number of held-out levels; 0 for all
     * @param debugMode sum of 2 (no pits), 4 (no crates), 8 (no height changes)
     * @param window side of what is seen, in cells, odd
     * @param velocity whether speeds are seen
     * @param threads that step environments
     */
    public record Settings(
            Mode mode,
            int startLevel,
            int trainLevels,
            int testStartLevel,
            int testLevels,
            int debugMode,
            int window,
            boolean velocity,
            int threads) {

        /** Checks the numbers. */
        public Settings {
            Check.notNegative("start-level", startLevel);
            Check.notNegative("train-levels", trainLevels);
            Check.notNegative("test-start-level", testStartLevel);
            Check.notNegative("test-levels", testLevels);
            long trainEnd = (long) startLevel + trainLevels;
            long testEnd = (long) testStartLevel + testLevels;
            Check.that(
                    Math.max(trainEnd, testEnd) <= Integer.MAX_VALUE,
                    "train-levels",
                    "levels must lie below 2147483647, but end at " + Math.max(trainEnd, testEnd));
            Check.that(
                    trainLevels == 0 || testLevels == 0 || trainEnd <= testStartLevel || testEnd <= startLevel,
                    "test-start-level",
                    "held-out levels " + testStartLevel + " to " + (testEnd - 1) + " would overlap the training levels "
                            + startLevel + " to " + (trainEnd - 1));
            Check.that(
                    debugMode >= 0 && debugMode <= 14 && debugMode % 2 == 0,
                    "debug-mode",
                    "must be a sum of 2, 4 and 8 but is " + debugMode);
            Check.that(
                    window >= 3 && window <= 63 && window % 2 == 1,
                    "window",
                    "must be an odd number from 3 to 63 but is " + window);
            Check.positive("threads", threads);
        }
    }
}
