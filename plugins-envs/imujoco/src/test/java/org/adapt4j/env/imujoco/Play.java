package org.adapt4j.env.imujoco;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.fake.TestStreams;

/** One slot on one task, and the settings of tests. */
final class Play implements AutoCloseable {

    private final VectorEnvironment environment;
    private final StepBuffers seen;
    private final ActionBlock acted;

    Play(ImujocoBenchmark benchmark, String taskName) {
        Task task = benchmark.task(taskName).orElseThrow(() -> new AssertionError("no task " + taskName));
        TaskSet tasks = TaskSet.of(task);
        environment = benchmark.open(new EnvironmentRequest(
                benchmark.spec(tasks), TaskSchedule.fixed(task), 1, TestStreams.root(1), Purpose.MEASURING));
        seen = StepBlock.allocate(environment.spec(), 1, 1).step(0);
        acted = ActionBlock.allocate(environment.spec().action(), List.of(), 1, 1);
        environment.receive(seen);
    }

    /** The defaults of {@code reference.conf}, but for what most tests want otherwise: no noise. */
    static ImujocoBenchmark.Settings settings(Body body) {
        return new ImujocoBenchmark.Settings(
                body,
                ImujocoBenchmark.Rules.V4,
                ImujocoBenchmark.Fold.NONE,
                List.of(),
                List.of("base"),
                List.of("variants"),
                Optional.of(0.0),
                true,
                1000,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                1);
    }

    static ImujocoBenchmark withoutNoise(Body body) {
        return new ImujocoBenchmark(settings(body));
    }

    /** No noise, and falls do not end episodes, as in the recorded trajectories. */
    static ImujocoBenchmark endless(Body body) {
        return new ImujocoBenchmark(with(settings(body), Optional.of(0.0), false, 1000, 1));
    }

    static ImujocoBenchmark.Settings with(
            ImujocoBenchmark.Settings settings, Optional<Double> noise, boolean fallsEnd, int steps, int threads) {
        return new ImujocoBenchmark.Settings(
                settings.body(),
                settings.rules(),
                settings.fold(),
                settings.variants(),
                settings.trainTasks(),
                settings.testTasks(),
                noise,
                fallsEnd,
                steps,
                settings.keepTotalMass(),
                settings.scaleFloorFriction(),
                settings.xml(),
                settings.xmlFolder(),
                threads);
    }

    static ImujocoBenchmark.Settings by(ImujocoBenchmark.Settings settings, ImujocoBenchmark.Rules rules) {
        return new ImujocoBenchmark.Settings(
                settings.body(),
                rules,
                settings.fold(),
                settings.variants(),
                settings.trainTasks(),
                settings.testTasks(),
                settings.resetNoise(),
                settings.terminateWhenUnhealthy(),
                settings.maxEpisodeSteps(),
                settings.keepTotalMass(),
                settings.scaleFloorFriction(),
                settings.xml(),
                settings.xmlFolder(),
                settings.threads());
    }

    static ImujocoBenchmark.Settings tasks(
            Body body, ImujocoBenchmark.Fold fold, List<String> train, List<String> test) {
        ImujocoBenchmark.Settings settings = settings(body);
        return new ImujocoBenchmark.Settings(
                body,
                settings.rules(),
                fold,
                settings.variants(),
                train,
                test,
                settings.resetNoise(),
                settings.terminateWhenUnhealthy(),
                settings.maxEpisodeSteps(),
                settings.keepTotalMass(),
                settings.scaleFloorFriction(),
                settings.xml(),
                settings.xmlFolder(),
                settings.threads());
    }

    static ImujocoBenchmark.Settings from(Body body, Optional<Path> xml, Optional<Path> xmlFolder) {
        ImujocoBenchmark.Settings settings = settings(body);
        return new ImujocoBenchmark.Settings(
                body,
                settings.rules(),
                settings.fold(),
                settings.variants(),
                settings.trainTasks(),
                settings.testTasks(),
                settings.resetNoise(),
                settings.terminateWhenUnhealthy(),
                settings.maxEpisodeSteps(),
                settings.keepTotalMass(),
                settings.scaleFloorFriction(),
                xml,
                xmlFolder,
                settings.threads());
    }

    void step(double... action) {
        for (int i = 0; i < action.length; i++) {
            acted.step(0).continuous().put(i, (float) action[i]);
        }
        environment.send(acted.step(0));
        environment.receive(seen);
    }

    StepBuffers seen() {
        return seen;
    }

    boolean is(Flag flag) {
        return seen.is(flag, 0);
    }

    Map<String, Object> info() {
        return environment.info(0);
    }

    double[] numbers(String fact) {
        return (double[]) fact(fact);
    }

    double number(String fact) {
        return ((Number) fact(fact)).doubleValue();
    }

    Object fact(String name) {
        return Objects.requireNonNull(info().get(name), name);
    }

    VectorEnvironment environment() {
        return environment;
    }

    @Override
    public void close() {
        environment.close();
    }
}
