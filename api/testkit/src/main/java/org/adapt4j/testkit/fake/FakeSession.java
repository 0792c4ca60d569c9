package org.adapt4j.testkit.fake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Expert;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.run.BudgetMeter;
import org.jspecify.annotations.Nullable;

/**
 * A session without a runtime, of a learner or an adapter: hands out {@link FakeAgent}s, counts what they spend, and keeps
 * what was reported. It can also die at a {@link #proceed} and be resumed, as a real one.
 *
 * <p>Without further words: two tasks named {@code a} and {@code b}, 4 slots, no budget.
 */
public final class FakeSession implements AdaptationSession {

    private static final int SLOTS = 4;

    private final Supplier<FakeAgent> agentSource;
    private final List<FakeAgent> agents = new ArrayList<>();
    private final List<Stateful> kept = new ArrayList<>();
    private final List<Conditioning> conditionings = new ArrayList<>();
    private final List<Policy> reports = new ArrayList<>();
    private final BudgetMeter budget = new BudgetMeter(Map.of(), SLOTS);
    private final FakeMetrics metrics = new FakeMetrics();
    private final TestStreams streams;
    private TaskSet tasks = tasks("a", "b");
    private int slots = SLOTS;
    private @Nullable RandomStream random;
    private @Nullable TaskDistribution benchmark;
    private @Nullable FakePlay play;
    private Expert expert = task -> Optional.empty();
    private Runnable atEachProceed = () -> {};
    private long spentBeforeProceeding = -1;
    private long spentAtEnd = -1;
    private int reportsBeforeProceeding;
    private int proceeds;
    private boolean inLoop;
    private int killAt = -1;
    private byte @Nullable [] saved;

    private FakeSession(Supplier<FakeAgent> agentSource, long seed) {
        this.agentSource = agentSource;
        streams = TestStreams.root(seed);
    }

    /** Thrown where a run is killed. */
    public static final class KilledException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient byte[] state;

        KilledException(byte[] state) {
            super("killed, as the test wished", null, false, false);
            this.state = state;
        }

        /** What the run had saved. */
        public byte[] state() {
            return state.clone();
        }
    }

    /** A session that hands out this agent, once. */
    public static FakeSession over(FakeAgent agent) {
        return over(
                new Supplier<>() {
                    private boolean taken;

                    @Override
                    public FakeAgent get() {
                        if (taken) {
                            throw new IllegalStateException("the method asks for a second agent");
                        }
                        taken = true;
                        return agent;
                    }
                },
                1);
    }

    /** A session with a seed that makes its agents. */
    public static FakeSession over(Supplier<FakeAgent> agents, long seed) {
        return new FakeSession(agents, seed);
    }

    /** Tasks without attributes, by name. */
    public static TaskSet tasks(String... names) {
        return new TaskSet(
                Stream.of(names).map(name -> new Task("fake", name, Map.of())).toList());
    }

    /** Sets the tasks; returns this. */
    public FakeSession withTasks(TaskSet newTasks) {
        tasks = newTasks;
        return this;
    }

    /** Sets the number of slots; returns this. */
    public FakeSession withSlots(int newSlots) {
        slots = newSlots;
        budget.slots(newSlots);
        return this;
    }

    /** Sets what {@link #random} returns; returns this. */
    public FakeSession withRandom(RandomStream newRandom) {
        random = newRandom;
        return this;
    }

    /** Sets what {@link #play} plays; returns this. */
    public FakeSession on(TaskDistribution newBenchmark) {
        benchmark = newBenchmark;
        return this;
    }

    /** Sets someone to ask, charged by the session; returns this. */
    public FakeSession withExpert(Expert newExpert) {
        expert = newExpert;
        return this;
    }

    /** Limits the budget; returns this. */
    public FakeSession with(Resource resource, long amount) {
        budget.limit(resource, amount);
        return this;
    }

    /** Limits the updates; returns this. */
    public FakeSession forUpdates(long updates) {
        return with(Resource.UPDATES, updates);
    }

    /** Limits the environment steps of all slots together; returns this. */
    public FakeSession forEnvironmentSteps(long steps) {
        return with(Resource.ENVIRONMENT_STEPS, steps);
    }

    /** Sets what to do at each {@link #proceed}, before anything else; returns this. */
    public FakeSession atEachProceed(Runnable action) {
        atEachProceed = action;
        return this;
    }

    /**
     * Lets the run be killed: saves at the {@code count}-th {@link #proceed}, counted from 0, and throws {@link
     * KilledException}.
     */
    public FakeSession killedAt(int count) {
        killAt = count;
        return this;
    }

    /** Lets the first {@link #proceed} restore what a killed run saved; returns this. */
    public FakeSession resumedFrom(byte[] state) {
        saved = state.clone();
        return this;
    }

    @Override
    public TaskSet tasks() {
        return tasks;
    }

    @Override
    public EnvironmentSpec spec() {
        if (benchmark == null) {
            throw new IllegalStateException("this session has no benchmark; give it one with on(benchmark)");
        }
        return benchmark.spec(tasks);
    }

    @Override
    public Map<String, ByteBuffer> taskObservation(Task task) {
        return benchmark == null ? Map.of() : benchmark.taskObservation(task);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public BudgetMeter budget() {
        return budget;
    }

    @Override
    public RandomStream random() {
        return random == null ? streams.child("method") : random;
    }

    @Override
    public FakeMetrics metrics() {
        return metrics;
    }

    TestStreams streams() {
        return streams;
    }

    @Override
    public Agent agent(Conditioning conditioning) {
        requireBeforeTheLoop("agent()");
        FakeAgent agent = agentSource.get();
        agent.join(this);
        agents.add(agent);
        conditionings.add(conditioning);
        return agent.conditionedOn(conditioning);
    }

    @Override
    public <S extends Stateful> S keep(S state) {
        requireBeforeTheLoop("keep()");
        kept.add(state);
        return state;
    }

    private void requireBeforeTheLoop(String call) {
        if (inLoop) {
            throw new IllegalStateException(call + " must be called before the first proceed()");
        }
    }

    @Override
    public boolean proceed() {
        inLoop = true;
        atEachProceed.run();
        if (spentBeforeProceeding < 0) {
            spentBeforeProceeding = spent() - budget.spent(Resource.DEMONSTRATIONS);
            reportsBeforeProceeding = reports.size();
        }
        if (saved != null) {
            restore(saved);
            saved = null;
        } else if (proceeds++ == killAt) {
            throw new KilledException(state());
        }
        spentAtEnd = budget.isSpent() ? spent() : -1;
        return !budget.isSpent();
    }

    @Override
    public void report(Policy usedFromNow) {
        reports.add(usedFromNow);
    }

    @Override
    public Expert expert() {
        return new Expert() {
            @Override
            public Optional<Demonstration> demonstrate(Task task) {
                if (budget.remaining(Resource.DEMONSTRATIONS) == 0) {
                    return Optional.empty();
                }
                Optional<Demonstration> demonstration = expert.demonstrate(task);
                budget.spend(Resource.DEMONSTRATIONS, demonstration.isPresent() ? 1 : 0);
                return demonstration;
            }

            @Override
            public Optional<Snapshot> weights(Task task) {
                return expert.weights(task);
            }
        };
    }

    @Override
    public Batch.Rollout play(Policy policy, PolicyState state, TaskSchedule schedule, int steps) {
        if (benchmark == null) {
            throw new IllegalStateException("play() needs a benchmark: say on(...) to the session");
        }
        int left = budget.stepsPerSlot(steps);
        if (left == 0) {
            throw new IllegalStateException("play(): the budget's environment steps are spent; ask proceed() before");
        }
        if (play == null) {
            play = new FakePlay(benchmark, slots, streams.child("play"));
        }
        budget.spend(Resource.ENVIRONMENT_STEPS, (long) left * slots);
        return play.play(policy, state, schedule, left);
    }

    /** The agents handed out. */
    public List<FakeAgent> agents() {
        return List.copyOf(agents);
    }

    /** What each agent was asked to be conditioned on. */
    public List<Conditioning> conditionings() {
        return List.copyOf(conditionings);
    }

    /** The policies reported, in order. */
    public List<Policy> reports() {
        return List.copyOf(reports);
    }

    /** The policy reported last. */
    public Policy reported() {
        if (reports.isEmpty()) {
            throw new IllegalStateException("the method never reported a policy");
        }
        return reports.get(reports.size() - 1);
    }

    /** Number of reports before the first {@link #proceed}. */
    public int reportsBeforeProceeding() {
        return reportsBeforeProceeding;
    }

    /**
     * How much was spent before the first {@link #proceed}, all resources together but demonstrations, which are asked for when it is
     * said what to learn from; negative if there was none.
     */
    public long spentBeforeProceeding() {
        return spentBeforeProceeding;
    }

    /** How much of all resources together was spent after {@link #proceed} had said to stop; 0 if it never did. */
    public long spentAfterTheEnd() {
        return spentAtEnd < 0 ? 0 : spent() - spentAtEnd;
    }

    private long spent() {
        long sum = 0;
        for (Resource resource : Resource.values()) {
            sum += budget.spent(resource);
        }
        return sum;
    }

    private List<Stateful> parts() {
        List<Stateful> parts = new ArrayList<>(List.of(streams, budget));
        parts.addAll(agents);
        parts.addAll(kept);
        return parts;
    }

    /** What a kill would save now: streams, budget, agents, play and what the method keeps. */
    public byte[] state() {
        return bytes(out -> {
            for (Stateful part : parts()) {
                part.save(out);
            }
            out.writeBoolean(play != null);
            if (play != null) {
                play.save(out);
            }
        });
    }

    /** The same, in order and by the name of the part, to tell what differs between two sessions. */
    public Map<String, byte[]> stateByPart() {
        Map<String, byte[]> byPart = new LinkedHashMap<>();
        byPart.put("its random streams", bytes(streams::save));
        byPart.put("what is spent of its budget", bytes(budget::save));
        for (int i = 0; i < agents.size(); i++) {
            byPart.put("agent " + (i + 1), bytes(agents.get(i)::save));
        }
        for (int i = 0; i < kept.size(); i++) {
            byPart.put("what was given to keep() as number " + (i + 1), bytes(kept.get(i)::save));
        }
        if (play != null) {
            byPart.put("what it played", bytes(play::save));
        }
        return byPart;
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void restore(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            for (Stateful part : parts()) {
                part.load(in);
            }
            if (in.readBoolean()) {
                if (benchmark == null) {
                    throw new IllegalStateException("the killed run played, so this one needs a benchmark");
                }
                play = new FakePlay(benchmark, slots, streams.child("play"));
                play.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
