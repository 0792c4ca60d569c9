package org.adapt4j.method.c2farm;

import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.fake.TestStreams;
import org.adapt4j.testkit.toy.VoxelReachBenchmark;
import org.adapt4j.testkit.toy.VoxelReachExpert;
import org.adapt4j.toolkit.replay.Replays;

/** C2F-ARM on the toy of voxels, step by step, as the runtime would do it. */
final class Play implements AutoCloseable {

    private final VoxelReachBenchmark benchmark;
    private final Task task;
    private final TestStreams streams;
    private final EnvironmentSpec spec;
    private final C2fArmAlgorithm algorithm;
    private final Replays replay;
    private final VectorEnvironment environment;
    private final StepBlock seen;
    private final ActionBlock acted;

    Play(C2fArmSettings settings, int pixels, String colour, long seed) {
        benchmark = new VoxelReachBenchmark(new VoxelReachBenchmark.Settings(pixels));
        task = benchmark.task("colour/" + colour).orElseThrow();
        streams = TestStreams.root(seed);
        spec = benchmark.spec(TaskSet.of(task));
        algorithm = (C2fArmAlgorithm) new C2fArm(settings)
                .create(new AlgorithmRequest(spec, Conditioning.none(), 1, Device.CPU, streams.child("algorithm")));
        replay = new Replays(spec, settings.plan(), 1, 1, 0, 0);
        environment = benchmark.open(new EnvironmentRequest(
                spec, TaskSchedule.fixed(task), 1, streams.child("environment"), Purpose.TRAINING));
        seen = StepBlock.allocate(spec, 1, 2);
        acted = ActionBlock.allocate(spec.action(), List.of(), 1, 1);
        environment.receive(seen.step(0));
    }

    C2fArmAlgorithm algorithm() {
        return algorithm;
    }

    EnvironmentSpec spec() {
        return spec;
    }

    /** Takes in demonstrations of four rows each. */
    void show(int demonstrations) {
        VoxelReachExpert expert = new VoxelReachExpert(new VoxelReachExpert.Settings(demonstrations, 4), benchmark);
        for (int i = 0; i < demonstrations; i++) {
            replay.add(expert.demonstration(task, i), 0);
        }
    }

    /** A batch of what is there. */
    Batch.Transitions draw() {
        return replay.draw(new int[1], 0.5, streams.child("replay"));
    }

    /** Updates, each after one step of play. */
    Map<String, Double> steps(int count) {
        Map<String, Double> report = Map.of();
        Policy policy = algorithm.policy(Mode.EXPLORE);
        for (int i = 0; i < count; i++) {
            policy.act(seen.step(0), policy.newState(1), acted.step(0));
            environment.send(acted.step(0));
            environment.receive(seen.step(1));
            replay.observe(seen.step(0), acted.step(0), seen.step(1));
            seen.step(0).copyFrom(seen.step(1));
            report = algorithm.update(draw(), 0);
        }
        return report;
    }

    /** Part of new layouts that are solved at the first try. */
    double solved(int layouts) {
        Policy policy = algorithm.policy(Mode.EXPLOIT);
        StepBlock look = StepBlock.allocate(spec, layouts, 1);
        ActionBlock reach = ActionBlock.allocate(spec.action(), List.of(), layouts, 1);
        int solved = 0;
        EnvironmentRequest request = new EnvironmentRequest(
                spec, TaskSchedule.fixed(task), layouts, TestStreams.root(1_000_003), Purpose.MEASURING);
        try (VectorEnvironment fresh = benchmark.open(request)) {
            fresh.receive(look.step(0));
            policy.act(look.step(0), policy.newState(layouts), reach.step(0));
            fresh.send(reach.step(0));
            fresh.receive(look.step(0));
            for (int layout = 0; layout < layouts; layout++) {
                solved += look.step(0).is(Flag.TERMINATED, layout)
                                && look.step(0).rewards().get(layout) == 1
                        ? 1
                        : 0;
            }
        }
        return (double) solved / layouts;
    }

    @Override
    public void close() {
        environment.close();
        replay.close();
        algorithm.close();
    }
}
