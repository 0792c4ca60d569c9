package org.adapt4j.env.rlbench;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.env.arm.Planner;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.State;
import org.adapt4j.env.rlbench.expert.Expert;
import org.adapt4j.env.rlbench.scene.World;

/** A world in which one task is played: how its episodes begin, and when they are over. */
final class Stage implements AutoCloseable {

    /** RLBench's number. */
    private static final int MOST_ATTEMPTS = 40;

    /** Steps in which things settle, RLBench's number. */
    private static final int SETTLING = 10;

    /** Things that were put may reach into each other by so much, metres. */
    private static final double OVERLAP = 0.002;

    private final TaskModel task;
    private final World world;
    private final Planner planner;
    private final State state;
    private final RandomGenerator random;
    private final Map<String, Long> rejected = new TreeMap<>();
    private int variation;
    private Condition success = world -> false;
    private Optional<Condition> failure = Optional.empty();

    /** For a task. @param task lent, closed after this */
    Stage(TaskModel task, World.Grasp grasp, RandomGenerator random) {
        this.task = task;
        this.random = random;
        world = new World(task.model(), task.objects(), grasp);
        planner = new Planner(world.arm());
        state = new State(world, task.names(), task.stateWidth());
    }

    TaskModel task() {
        return task;
    }

    Description description() {
        return task.description();
    }

    World world() {
        return world;
    }

    Planner planner() {
        return planner;
    }

    int variation() {
        return variation;
    }

    /** How many layouts were drawn again so far, by reason. */
    Map<String, Long> rejected() {
        return rejected;
    }

    /** What the low-dimensional state tells of the task now. */
    double[] state() {
        return state.read(description());
    }

    /**
     * Begins an episode: draws layouts until one will do.
     *
     * @throws UnplayableTaskException if none did in forty attempts; says why
     */
    void begin(int newVariation) {
        variation = newVariation;
        Map<String, Integer> reasons = new TreeMap<>();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<String> objection = draw();
            if (objection.isEmpty()) {
                return;
            }
            reasons.merge(objection.get(), 1, Integer::sum);
            rejected.merge(objection.get(), 1L, Long::sum);
        }
        throw new UnplayableTaskException(description().name() + " variation " + variation + ": none of "
                + MOST_ATTEMPTS + " layouts would do: " + reasons
                + "; try another seed, and if that does not help the task's description asks for too much");
    }

    private Optional<String> draw() {
        world.reset();
        try {
            description().layout(new Layout(world, variation, random));
        } catch (Layout.Rejected e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        world.evaluate();
        if (world.overlaps(OVERLAP)) {
            return Optional.of("overlap");
        }
        if (!world.settle(SETTLING)) {
            return Optional.of("diverged");
        }
        success = description().success(variation);
        failure = description().failure(variation);
        success.begin(world);
        failure.ifPresent(each -> each.begin(world));
        if (success.met(world) || failed()) {
            return Optional.of("over-at-once");
        }
        return new Expert(world, planner, script(), 1, random).objection();
    }

    /** What the expert does from here; only at the beginning of an episode. */
    Script script() {
        Script script = new Script(world, variation);
        description().script(script);
        return script;
    }

    /** Lets the scene react, and says whether the task is done. */
    boolean done() {
        boolean done = success.met(world);
        description().react(world, variation, done);
        return done;
    }

    /** Whether the task cannot be done any more. */
    boolean failed() {
        return failure.isPresent() && failure.get().met(world);
    }

    void save(DataOutputStream out) throws IOException {
        world.save(out);
        success.save(out);
        if (failure.isPresent()) {
            failure.get().save(out);
        }
    }

    void load(int played, DataInputStream in) throws IOException {
        variation = played;
        world.load(in);
        success = description().success(variation);
        failure = description().failure(variation);
        success.load(in);
        if (failure.isPresent()) {
            failure.get().load(in);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
