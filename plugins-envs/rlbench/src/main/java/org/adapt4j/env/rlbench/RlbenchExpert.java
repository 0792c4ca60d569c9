package org.adapt4j.env.rlbench;

import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.rlbench.bridge.BridgeDemos;
import org.adapt4j.env.rlbench.control.ActionMode;
import org.adapt4j.env.rlbench.expert.Showing;
import org.adapt4j.env.rlbench.scene.Panda;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.recording.Keyframes;
import org.adapt4j.toolkit.run.SplitMix64;
import org.jspecify.annotations.Nullable;

/**
 * RLBench's demonstrations: the expert plays a task by its waypoints, at the moment it is asked, and plays another layout where it fails.
 * The episode of an index depends on the task, the index and the benchmark's settings alone.
 *
 * <p>With actions of joints every step of 0.05 s is given. With whole moves the same play is cut into moves between its {@link Keyframes};
 * later starts of the same play are further episodes of the demonstration, as in ARM.
 */
public final class RlbenchExpert implements DataSet {

    private final RlbenchBenchmark benchmark;
    private final Settings settings;

    /** Plays RLBench itself, as long as this program runs. */
    private @Nullable BridgeDemos demos;

    @Inject
    RlbenchExpert(TaskDistribution benchmark, Settings settings) {
        if (!(benchmark instanceof RlbenchBenchmark rlbench)) {
            throw new IllegalArgumentException(
                    "benchmark: must be rlbench, whose tasks this expert knows, but is " + benchmark.title());
        }
        ActionMode action = rlbench.settings().action();
        Optional<String> objection = Showing.objection(action);
        if (objection.isPresent()) {
            throw new IllegalArgumentException("benchmark.action.arm: " + objection.get()
                    + "; use joint-position, joint-velocity, or poses with absolute = true");
        }
        this.benchmark = rlbench;
        this.settings = settings;
    }

    @Override
    public String title() {
        return "rlbench expert";
    }

    @Override
    public int count(Task task) {
        return task.benchmark().equals("rlbench") ? settings.episodes() : 0;
    }

    @Override
    public Demonstration demonstration(Task task, int index) {
        if (index < 0 || index >= count(task)) {
            throw new IndexOutOfBoundsException("demonstration " + index + " of " + count(task) + " of " + task.name());
        }
        SplitMix64 random = new SplitMix64(SplitMix64.mix(task.name().hashCode()) + SplitMix64.GAMMA * (index + 1L));
        boolean moves = benchmark.settings().action().isMacro();
        if (benchmark.settings().backEnd() == RlbenchSettings.BackEnd.BRIDGE) {
            Play play = new Play(benchmark.spec(TaskSet.of(task)), benchmark.spec(TaskSet.of(task)));
            play.told(elsewhere(task, random.nextLong()), benchmark.settings());
            return moves ? play.moves(task, settings.spacing(), benchmark.settings()) : play.steps(task);
        }
        RlbenchBenchmark player =
                moves ? new RlbenchBenchmark(benchmark.settings().byJoints()) : benchmark;
        Map<String, Integer> reasons = new HashMap<>();
        try (RlbenchBenchmark.Models models = new RlbenchBenchmark.Models();
                RlbenchSlot slot = player.slot(models, TaskSet.of(task), random)) {
            for (int attempt = 0; attempt < settings.attempts(); attempt++) {
                Play play = new Play(player.spec(TaskSet.of(task)), benchmark.spec(TaskSet.of(task)));
                String reason = play.through(slot, task, moves);
                if (reason.isEmpty()) {
                    return moves ? play.moves(task, settings.spacing(), benchmark.settings()) : play.steps(task);
                }
                reasons.merge(reason, 1, Integer::sum);
            }
        }
        throw new UnplayableTaskException(task.name() + ": the expert failed in all of " + settings.attempts()
                + " attempts at demonstration " + index + ": " + reasons
                + "; ask for another, or set attempts higher");
    }

    /** A play of RLBench's own expert. */
    private synchronized List<BridgeDemos.Frame> elsewhere(Task task, long seed) {
        if (demos == null) {
            demos = benchmark.demos();
        }
        return demos.play(task, seed, settings.attempts());
    }

    /** What is kept of one play of the expert. */
    private static final class Play {
        private final EnvironmentSpec spec;
        private final List<Component> components;
        private final Observation seen;
        private final List<byte[][]> observations = new ArrayList<>();
        private final List<float[]> actions = new ArrayList<>();
        private final List<Float> rewards = new ArrayList<>();
        private final List<double[]> speeds = new ArrayList<>();
        private final List<Boolean> open = new ArrayList<>();
        private final List<double[]> tips = new ArrayList<>();
        private boolean terminated;

        Play(EnvironmentSpec spec, EnvironmentSpec wanted) {
            this.spec = spec;
            components = wanted.observation();
            seen = Observation.own(components);
        }

        /**
         * Plays an episode.
         *
         * @param toRest whether it goes on after success until the move that brought it is over, as RLBench's demonstrations do: who learns
         *     whole moves is to learn where they lead, not where the first of them was good enough
         * @return why the task is not done then; empty if it is
         */
        String through(RlbenchSlot slot, Task task, boolean toRest) {
            float[] action = new float[spec.action().width()];
            slot.begin(task);
            see(slot);
            while ((!terminated || toRest && slot.isDone() && !slot.isAtRest())
                    && actions.size() < spec.maxEpisodeSteps()
                    && slot.show(action)) {
                float reward = (float) slot.act(action);
                actions.add(action.clone());
                rewards.add(reward);
                terminated = slot.ending() == Ending.TERMINATED;
                see(slot);
            }
            if (slot.isDone()) {
                return slot.playing().done() ? "" : "undone-by-its-end";
            }
            return slot.reason().isEmpty() ? "not-done" : slot.reason();
        }

        private void see(RlbenchSlot slot) {
            slot.write(seen);
            byte[][] row = new byte[components.size()][];
            for (int c = 0; c < row.length; c++) {
                row[c] = new byte[components.get(c).space().bytes()];
                seen.column(c).get(0, row[c]);
            }
            observations.add(row);
            double[] speed = new double[Panda.JOINTS];
            for (int i = 0; i < speed.length; i++) {
                speed[i] = slot.playing().world().robot().jointVelocity(i);
            }
            speeds.add(speed);
            open.add(slot.playing().world().robot().isOpen());
            double[] tip = new double[7];
            slot.playing().world().writeTip(tip, 0);
            tips.add(tip);
        }

        /** Takes over a play of RLBench's own expert, whose actions are what became of the joints a step later. */
        void told(List<BridgeDemos.Frame> frames, RlbenchSettings settings) {
            for (int i = 0; i < frames.size(); i++) {
                BridgeDemos.Frame frame = frames.get(i);
                observations.add(frame.observation());
                speeds.add(frame.speeds());
                open.add(frame.open());
                tips.add(frame.tip());
                if (i > 0) {
                    actions.add(action(frames.get(i - 1), frame, settings.action()));
                    rewards.add(
                            i == frames.size() - 1 ? (float) settings.episode().reward() : 0);
                }
            }
        }

        private static float[] action(BridgeDemos.Frame from, BridgeDemos.Frame to, ActionMode mode) {
            float[] action = new float[Panda.JOINTS + 1];
            for (int i = 0; i < Panda.JOINTS; i++) {
                double change = (to.positions()[i] - from.positions()[i]) / mode.delta();
                double number = mode.arm() == ActionMode.Arm.JOINT_VELOCITY
                        ? to.speeds()[i]
                        : mode.absolute() ? to.positions()[i] : change;
                action[i] = (float) Math.max(mode.low(), Math.min(mode.high(), number));
            }
            action[Panda.JOINTS] = to.open() ? mode.gripper() == ActionMode.Gripper.DISCRETE ? 1 : 0.04f : 0;
            return action;
        }

        /** Every step as it was. */
        Demonstration steps(Task task) {
            Rows rows = new Rows(components);
            for (int step = 0; step < actions.size(); step++) {
                rows.add(observations.get(step), actions.get(step), rewards.get(step), step == actions.size() - 1);
            }
            return rows.finish(task, observations.get(actions.size()));
        }

        /** Moves from keyframe to keyframe, from the beginning and from later starts. */
        Demonstration moves(Task task, int spacing, RlbenchSettings settings) {
            Rows rows = new Rows(components);
            int frames = open.size();
            boolean[] isOpen = new boolean[frames];
            double[] fastest = new double[frames];
            for (int i = 0; i < frames; i++) {
                isOpen[i] = open.get(i);
                for (double speed : speeds.get(i)) {
                    fastest[i] = Math.max(fastest[i], Math.abs(speed));
                }
            }
            int last = frames - 1;
            boolean discrete = settings.action().gripper() == ActionMode.Gripper.DISCRETE;
            for (int[] visited : Keyframes.episodes(Keyframes.find(isOpen, fastest), frames, spacing)) {
                for (int i = 1; i < visited.length; i++) {
                    float[] action = new float[8];
                    for (int k = 0; k < 7; k++) {
                        action[k] = (float) tips.get(visited[i])[k];
                    }
                    action[7] = isOpen[visited[i]] ? discrete ? 1 : 0.04f : 0;
                    boolean end = visited[i] == last;
                    float reward = end ? (float) settings.episode().reward() : 0;
                    rows.add(observations.get(visited[i - 1]), action, reward, end);
                }
            }
            return rows.finish(task, observations.get(last));
        }
    }

    /** Columns of a demonstration, growing. */
    private static final class Rows {
        private final List<Component> components;
        private final Map<String, ByteArrayOutputStream> columns = new HashMap<>();
        private int steps;
        private double sum;

        Rows(List<Component> components) {
            this.components = components;
        }

        void add(byte[][] seen, float[] action, float reward, boolean end) {
            see(seen);
            ByteBuffer acted = ByteBuffer.allocate(Float.BYTES * action.length).order(ByteOrder.nativeOrder());
            for (float number : action) {
                acted.putFloat(number);
            }
            put("action", acted.array());
            put(
                    "reward",
                    ByteBuffer.allocate(Float.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putFloat(reward)
                            .array());
            put(Demonstration.TERMINATED, (byte) (end ? 1 : 0));
            put(Demonstration.TRUNCATED, (byte) 0);
            steps++;
            sum += reward;
        }

        private void see(byte[][] row) {
            for (int c = 0; c < row.length; c++) {
                put(components.get(c).name(), row[c]);
            }
        }

        private void put(String name, byte... bytes) {
            columns.computeIfAbsent(name, any -> new ByteArrayOutputStream()).writeBytes(bytes);
        }

        Demonstration finish(Task task, byte[][] last) {
            see(last);
            Map<String, ByteBuffer> buffers = new HashMap<>();
            columns.forEach((name, bytes) -> buffers.put(
                    name,
                    ByteBuffer.allocateDirect(bytes.size())
                            .order(ByteOrder.nativeOrder())
                            .put(0, bytes.toByteArray())));
            return new Demonstration(task, steps, buffers, sum);
        }
    }

    /**
     * The expert.
     *
     * @param episodes it gives of each task, each another layout
     * @param attempts at an episode, each with another layout, before it is given up
     * @param spacing where actions are whole moves: steps between the starts of the episodes that are made of one play
     */
    public record Settings(int episodes, int attempts, int spacing) {

        /** Checks the numbers. */
        public Settings {
            Check.positive("episodes", episodes);
            Check.positive("attempts", attempts);
            Check.positive("spacing", spacing);
        }
    }
}
