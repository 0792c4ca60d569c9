package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.fake.FakePlay;
import org.adapt4j.testkit.fake.FakeReplay;
import org.adapt4j.testkit.fake.TestStreams;

/** An algorithm under test with its streams, its memory and its experience, as an agent would hold them. */
final class AlgorithmSubject implements AutoCloseable {

    /** Slots that play. */
    static final int SLOTS = 4;

    private final TaskDistribution benchmark;
    private final Conditioning conditioning;
    private final TestStreams streams;
    private final TaskSet tasks;
    private final TaskSchedule schedule;
    private final Learning<?> learning;
    final BaseAlgorithm<?> algorithm;
    private final Policy policy;
    private final PolicyState memory;
    private final FakePlay play;
    private final Optional<FakeReplay> replay;

    AlgorithmSubject(AlgorithmFactory<?> factory, TaskDistribution benchmark, Conditioning conditioning, long seed) {
        this.benchmark = benchmark;
        this.conditioning = conditioning;
        tasks = benchmark.tasks(Split.TRAIN);
        schedule = TaskSchedule.trials(tasks, 2);
        streams = TestStreams.root(seed);
        learning = Learning.with(factory, request());
        algorithm = learning.algorithm();
        policy = algorithm.policy(Mode.EXPLORE);
        memory = policy.newState(SLOTS);
        play = new FakePlay(benchmark, SLOTS, streams.child("environment"), algorithm.extras());
        replay = factory.diet() instanceof Diet.OffPolicy diet
                ? Optional.of(new FakeReplay(
                        play,
                        benchmark.spec(tasks),
                        schedule,
                        SLOTS,
                        diet.replay(),
                        diet.steps(),
                        conditioning,
                        streams.child("replay")))
                : Optional.empty();
    }

    AlgorithmRequest request() {
        return new AlgorithmRequest(benchmark.spec(tasks), conditioning, SLOTS, Device.CPU, streams.child("algorithm"));
    }

    Snapshot snapshot() {
        return algorithm.parameters().snapshot();
    }

    Map<String, Double> update(int times) {
        Map<String, Double> logged = Map.of();
        for (int i = 0; i < times; i++) {
            logged = learning.update(experience(), 0.1 * i);
        }
        return logged;
    }

    Map<String, Double> update(int steps, double progress) {
        return learning.update(play.play(policy, memory, schedule, steps), progress);
    }

    private Batch experience() {
        if (replay.isPresent()) {
            return replay.get().next(policy, memory);
        }
        if (learning.diet() instanceof Diet.Offline diet) {
            int steps = Math.max(1, diet.pairs() / SLOTS);
            Policy teacher = new UniformActions(benchmark.spec(tasks).action(), streams.child("teacher"));
            return new Pairs(play.play(teacher, memory, schedule, steps));
        }
        return play.play(policy, memory, schedule, learning.diet().steps());
    }

    /** What a policy does over a few steps on always the same play. */
    Actions actions(Policy acting, PolicyState state) {
        EnvironmentSpec spec = benchmark.spec(tasks);
        StepBlock seen = StepBlock.allocate(spec, SLOTS, 1);
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), SLOTS, 1);
        boolean whole = spec.action().element() == Element.INT32;
        List<Double> actions = new ArrayList<>();
        EnvironmentRequest request =
                new EnvironmentRequest(spec, schedule, SLOTS, TestStreams.root(7), Purpose.TRAINING);
        try (VectorEnvironment environment = benchmark.open(request)) {
            environment.receive(seen.step(0));
            for (int step = 0; step < 10; step++) {
                String before = text(seen);
                acting.act(seen.step(0), state, acted.step(0));
                assertThat(text(seen))
                        .as("acting changes nothing of what it sees")
                        .isEqualTo(before);
                for (int i = 0; i < acted.step(0).bytes().limit() / 4; i++) {
                    ByteBuffer bytes = acted.step(0).bytes();
                    actions.add(whole ? bytes.getInt(4 * i) : (double) bytes.getFloat(4 * i));
                }
                environment.send(acted.step(0));
                environment.receive(seen.step(0));
            }
        }
        return new Actions(actions, spec.action().width());
    }

    private static String text(StepBlock seen) {
        StringBuilder all = new StringBuilder();
        for (ByteBuffer column :
                List.of(seen.rewards(), seen.flags(), seen.step(0).observation(0))) {
            for (int i = 0; i < column.limit(); i++) {
                all.append(column.get(i)).append(' ');
            }
        }
        return all.toString();
    }

    byte[] save() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Stateful part : parts()) {
                part.save(out);
            }
        }
        return bytes.toByteArray();
    }

    void load(byte[] saved) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            for (Stateful part : parts()) {
                part.load(in);
            }
        }
    }

    private List<Stateful> parts() {
        return List.of(streams, algorithm, memory, replay.isPresent() ? replay.get() : play);
    }

    @Override
    public void close() {
        play.close();
        replay.ifPresent(FakeReplay::close);
        algorithm.close();
    }

    /** What a policy did. @param numbers by step, slot and dimension  @param width numbers of one slot's action */
    record Actions(List<Double> numbers, int width) {

        /** How it differs from what was to be done; empty if it is the same. */
        Optional<String> differenceFrom(Actions expected) {
            return Difference.numbers(
                    array(expected),
                    array(this),
                    index -> "step " + index / (SLOTS * width) + ", slot " + index / width % SLOTS
                            + (width == 1 ? "" : ", dimension " + index % width));
        }

        private static double[] array(Actions actions) {
            return actions.numbers().stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** An algorithm and the kind of experience that it consumes. */
    private record Learning<B extends Batch>(Diet<B> diet, BaseAlgorithm<B> algorithm) {

        static <B extends Batch> Learning<B> with(AlgorithmFactory<B> factory, AlgorithmRequest request) {
            return new Learning<>(factory.diet(), factory.create(request));
        }

        Map<String, Double> update(Batch batch, double progress) {
            return algorithm.update(diet.batch().cast(batch), progress);
        }
    }

    /** Rows of a rollout as pairs to imitate. */
    private record Pairs(Batch.Rollout rollout) implements Batch.Imitation {

        @Override
        public int size() {
            return rollout.steps() * rollout.slots();
        }

        @Override
        public ByteBuffer column(String name) {
            if (name.equals("action")) {
                return rollout.acted().column(name);
            }
            ByteBuffer rows = rollout.seen().observations(name);
            return rows.slice(0, rows.limit() / (rollout.steps() + 1) * rollout.steps())
                    .order(rows.order());
        }
    }

    /** Somebody who does not mind. */
    private record UniformActions(Space space, RandomStream random) implements Policy {

        @Override
        public PolicyState newState(int slots) {
            return PolicyState.none(slots);
        }

        @Override
        public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
            for (int slot = 0; slot < seen.slots(); slot++) {
                if (space instanceof Discrete choices) {
                    actions.discrete().put(slot, random.nextInt(choices.size()));
                } else if (space instanceof Box box) {
                    for (int i = 0; i < box.width(); i++) {
                        float action = (float) (box.low() + random.nextDouble() * (box.high() - box.low()));
                        actions.continuous().put(slot * box.width() + i, action);
                    }
                }
            }
        }
    }
}
