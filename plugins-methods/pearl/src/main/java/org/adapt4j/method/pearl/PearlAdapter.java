package org.adapt4j.method.pearl;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.method.pearl.ContextEncoder.Divergence;

/**
 * Adapts by inferring: plays on the new task, keeps the newest transitions, and believes what the encoder makes of them. No
 * weight is ever updated (Rakelly et al. 2019, Algorithm 2; methods specification 3.3).
 *
 * <p>Play and what is measured act alike: where an episode begins, or at every step, a belief is inferred from a context drawn
 * from the newest transitions, as in meta-training, and the policy acts on a vector of it. Before any play the belief is the
 * prior, so the first episode explores.
 */
public final class PearlAdapter implements Adapter {

    /** So many lines of metrics at most. */
    private static final int LINES = 1000;

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
    public Conditioning conditioning() {
        ContextEncoder encoder =
                new ContextEncoder(settings.width(), settings.hidden(), settings.actionInput(), Divergence.NONE);
        return new Conditioning.Context(
                encoder, settings.contextSize(), settings.contextWindow(), settings.everyStep());
    }

    @Override
    public void adapt(Checkpoint learned, AdaptationSession session) {
        Task task = onlyTask(session);
        try (Agent agent = session.agent(conditioning())) {
            if (!learned.isNothing()) {
                agent.parameters().restore(learned.weights());
            }
            RecentWindow window = session.keep(new RecentWindow(session.spec(), settings.contextWindow()));
            ContextInference inference = agent.ability(ContextInference.class).orElseThrow();
            TaskBelief belief = new TaskBelief(inference, window, settings.contextSize());
            BelievingPolicy playing = policy(agent, settings.play(), belief, Vector.DRAW, session, "play");
            PolicyState state = session.keep(playing.newState(session.slots()));
            session.report(policy(agent, Mode.EXPLOIT, belief, settings.measured(), session, "measure"));
            while (session.proceed()) {
                double before = session.budget().progress();
                window.add(session.play(playing, state, TaskSchedule.fixed(task), settings.steps()));
                record(belief, before, session);
            }
        }
    }

    private BelievingPolicy policy(
            Agent agent, Mode mode, TaskBelief belief, Vector vector, AdaptationSession session, String stream) {
        return new BelievingPolicy(
                agent.policy(mode),
                belief,
                vector,
                settings.everyStep(),
                session.random().child(stream));
    }

    private void record(TaskBelief belief, double before, AdaptationSession session) {
        if ((int) (LINES * session.budget().progress()) > (int) (LINES * before)) {
            Belief present = belief.infer(session.random().child("metrics"));
            session.metrics()
                    .record(Map.of(
                            "posterior-variance", present.meanVariance(), "posterior-mean-norm", present.meanNorm()));
        }
    }

    private static Task onlyTask(AdaptationSession session) {
        if (session.tasks().size() != 1) {
            throw new IllegalArgumentException("pearl: a belief is about one task at a time, but there are "
                    + session.tasks().size() + "; make a cell for each task");
        }
        if (session.budget().remaining(Resource.ENVIRONMENT_STEPS) == Long.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "pearl: plays without updating, so the adaptation budget must limit environment-steps");
        }
        return session.tasks().get(0);
    }

    /** Which vector of a belief to act on. */
    public enum Vector {
        /** One drawn from it: posterior sampling, as in the papers. */
        DRAW,
        /** Its mean. */
        MEAN
    }

    /**
     * How to play; encoder and context must be as in meta-training.
     *
     * @param width length of the vector, L
     * @param hidden widths of the encoder's fully connected layers
     * @param actionInput how an action is put in
     * @param contextSize transitions of a context
     * @param contextWindow how many of the newest transitions a context is drawn from
     * @param everyStep whether a vector is drawn at every step instead of once per episode
     * @param play whether play explores as in training, or only by the draws from the belief
     * @param measured which vector of the belief the measured policy acts on
     * @param steps per slot after which the window takes in what was played
     */
    public record Settings(
            int width,
            List<Integer> hidden,
            Pearl.ActionInput actionInput,
            int contextSize,
            int contextWindow,
            boolean everyStep,
            Mode play,
            Vector measured,
            int steps) {

        /** Checks the sizes. */
        public Settings {
            hidden = List.copyOf(hidden);
            Pearl.checkSizes(width, hidden, contextSize, contextWindow);
            Check.positive("steps", steps);
        }
    }
}
