package org.adapt4j.runtime.experiment;

import jakarta.inject.Inject;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.method.Selector;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;

/** A bundled plug-in with a plain learner and a plain adapter, for tests of the engine. */
public final class TestMethods implements Plugin {

    @Override
    public String id() {
        return "test-methods";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.learner("test-learner", Settings.class, Plain.class);
        contributions.adapter("test-adapter", None.class, Further.class);
        contributions.adapter("choosing-adapter", None.class, Choosing.class);
        contributions.selector("steady", Steady.Settings.class, Steady.class);
    }

    /**
     * Something to set.
     *
     * @param strength shows which layer won; the learner itself, not this record, refuses more than 100
     * @param memory whether to ask for a memory
     */
    public record Settings(int strength, boolean memory) {}

    /** Nothing to set. */
    public record None() {}

    static final class Plain implements Learner {
        private final Settings settings;

        @Inject
        Plain(Settings settings) {
            if (settings.strength() > 100) {
                throw new IllegalArgumentException(
                        "strength: " + settings.strength() + " is more than this learner can bear");
            }
            this.settings = settings;
        }

        @Override
        public Conditioning conditioning() {
            return settings.memory() ? new Conditioning.Memory(4, 1) : Conditioning.none();
        }

        @Override
        public Checkpoint learn(Session session) {
            try (Agent agent = session.agent(conditioning())) {
                agent.collect(TaskSchedule.eachEpisode(session.tasks()));
                session.report(agent.policy(Mode.EXPLOIT));
                while (session.proceed()) {
                    agent.update();
                }
                return Checkpoint.of(agent);
            }
        }
    }

    static final class Further implements Adapter {
        @Inject
        Further(None settings) {}

        @Override
        public void adapt(Checkpoint learned, AdaptationSession session) {
            try (Agent agent = session.agent(learned.conditioning())) {
                if (!learned.isNothing()) {
                    agent.parameters().restore(learned.weights());
                }
                agent.collect(TaskSchedule.fixed(session.tasks().get(0)));
                session.report(agent.policy(Mode.EXPLOIT));
                while (session.proceed()) {
                    agent.update();
                }
            }
        }
    }

    /** Asks a selector, and objects where it does. */
    static final class Choosing implements Adapter {
        private final Preference selector;

        @Inject
        Choosing(None settings, Preference selector) {
            this.selector = selector;
        }

        @Override
        public Optional<String> objection(Prospect prospect) {
            return selector.objection(prospect);
        }

        @Override
        public void adapt(Checkpoint learned, AdaptationSession session) {
            throw new IllegalStateException("only planned");
        }
    }

    /** A kind of strategy. */
    interface Preference extends Selector {}

    /** Chooses the same task for ever, and finds an expert for the first one only. */
    static final class Steady implements Preference {
        private final Settings settings;

        /** @param task which */
        public record Settings(int task) {}

        @Inject
        Steady(Settings settings) {
            this.settings = settings;
        }

        @Override
        public Optional<String> objection(Prospect prospect) {
            return settings.task() == 0
                    ? Optional.empty()
                    : Optional.of("task " + settings.task() + " of "
                            + prospect.tasks().tasks().stream().map(Task::name).collect(Collectors.joining(", "))
                            + " has no expert");
        }
    }
}
