package org.adapt4j.runtime.experiment;

import jakarta.inject.Inject;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.TrainingSession;
import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;
import org.adapt4j.api.policy.Mode;
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
            return settings.memory() ? new Conditioning.Memory(4, 1, true, false) : Conditioning.none();
        }

        @Override
        public Checkpoint learn(TrainingSession session) {
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
            try (Agent agent = session.agent(conditioning())) {
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
}
