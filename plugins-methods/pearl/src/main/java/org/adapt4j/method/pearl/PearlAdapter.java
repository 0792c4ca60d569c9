package org.adapt4j.method.pearl;

import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;

/**
 * Adapts by inferring: plays on the new task, keeps the newest transitions, and believes what the encoder makes of them. No
 * weight is ever updated (Rakelly et al. 2019, Algorithm 2).
 *
 * <p>Play and what is measured act alike: where an episode begins, or at every step, a belief is inferred from a context drawn
 * from the newest transitions, as in meta-training, and the policy acts on a vector of it. Before any play the belief is the
 * prior, so the first episode explores.
 */
public final class PearlAdapter implements Adapter {

    /** So many lines of metrics at most. */
    private static final int LINES = 1000;

    private static final String NOT_TRAINED =
            "infers by an encoder that a learner has trained, and there is none; set pretrain.learner.name = pearl";

    private final Settings settings;

    @Inject
    public PearlAdapter(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return Pearl.NEEDS;
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        return context(prospect.conditioning()).isPresent()
                ? misuse(prospect.tasks(), prospect.budget().containsKey(Resource.ENVIRONMENT_STEPS))
                : Optional.of(NOT_TRAINED);
    }

    @Override
    public void adapt(Checkpoint learned, AdaptationSession session) {
        boolean limited = session.budget().remaining(Resource.ENVIRONMENT_STEPS) < Long.MAX_VALUE;
        misuse(session.tasks(), limited).ifPresent(reason -> {
            throw new IllegalArgumentException("pearl " + reason);
        });
        Task task = session.tasks().get(0);
        Conditioning.Context context =
                context(learned.conditioning()).orElseThrow(() -> new IllegalArgumentException("pearl " + NOT_TRAINED));
        try (Agent agent = session.agent(context)) {
            if (!learned.isNothing()) {
                agent.parameters().restore(learned.weights());
            }
            RecentWindow window = session.keep(new RecentWindow(session.spec(), context.window()));
            ContextInference inference = agent.ability(ContextInference.class).orElseThrow();
            for (Optional<Demonstration> shown = session.expert().demonstrate(task);
                    shown.isPresent();
                    shown = session.expert().demonstrate(task)) {
                window.add(shown.get());
            }
            TaskBelief belief = new TaskBelief(inference, window, context.size());
            BelievingPolicy playing = new BelievingPolicy(
                    agent.policy(settings.play()),
                    belief,
                    Vector.DRAW,
                    context.everyStep(),
                    session.random().child("play"));
            PolicyState state = session.keep(playing.newState(session.slots()));
            session.report(new BelievingPolicy(
                    agent.policy(Mode.EXPLOIT),
                    belief,
                    settings.measured(),
                    context.everyStep(),
                    session.random().child("measure")));
            while (session.proceed()) {
                double before = session.budget().progress();
                Batch.Rollout played = session.play(playing, state, TaskSchedule.fixed(task), settings.steps());
                if (settings.context() == Experience.KEPT) {
                    window.add(played);
                }
                record(belief, before, session);
            }
        }
    }

    /** The belief that was learned to be inferred, where it was one. */
    private static Optional<Conditioning.Context> context(Conditioning learned) {
        return learned instanceof Conditioning.Context context ? Optional.of(context) : Optional.empty();
    }

    private void record(TaskBelief belief, double before, AdaptationSession session) {
        if ((int) (LINES * session.budget().progress()) > (int) (LINES * before)) {
            Belief present = belief.infer(session.random().child("metrics"));
            session.metrics()
                    .record(Map.of(
                            "posterior-variance", present.meanVariance(), "posterior-mean-norm", present.meanNorm()));
        }
    }

    private static Optional<String> misuse(TaskSet tasks, boolean limited) {
        if (tasks.size() != 1) {
            return Optional.of("believes something about one task at a time, but there are " + tasks.size()
                    + ": set adapt.together = false, which makes a cell of each");
        }
        return limited
                ? Optional.empty()
                : Optional.of("plays without updating, so the adaptation budget must limit environment-steps");
    }

    /** Which vector of a belief to act on. */
    public enum Vector {
        /** One drawn from it: posterior sampling, as in the papers. */
        DRAW,
        /** Its mean. */
        MEAN
    }

    /** What becomes of experience. */
    public enum Experience {
        /** The belief is inferred from it. */
        KEPT,
        /** Nothing: every episode acts on the prior. A control. */
        EMPTIED
    }

    /**
     * How to play. Encoder and context are those of meta-training.
     *
     * @param play whether play explores as in training, or only by the draws from the belief
     * @param measured which vector of the belief the measured policy acts on
     * @param steps per slot after which the window takes in what was played
     * @param context what becomes of experience
     */
    public record Settings(Mode play, Vector measured, int steps, Experience context) {

        /** Checks the number of steps. */
        public Settings {
            Check.positive("steps", steps);
        }
    }
}
