package org.example.shrink;

import jakarta.inject.Inject;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.TaskSchedule;

/**
 * Fine-tuning that starts part of the way back from what was learned to fresh weights, so that the network stays able to
 * learn: w = keep · learned + (1 − keep) · fresh (after Ash and Adams 2020, "On Warm-Starting Neural Network Training",
 * arXiv 1910.08475: shrink and perturb).
 *
 * <p>Departure: the perturbation is the algorithm's own fresh initialisation and not Gaussian noise.
 */
final class Shrink implements Adapter {

    private final Settings settings;

    @Inject
    Shrink(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void adapt(Checkpoint learned, AdaptationSession session) {
        try (Agent agent = session.agent(learned.conditioning())) {
            if (!learned.isNothing()) {
                Snapshot fresh = agent.parameters().snapshot();
                agent.parameters().restore(learned.weights());
                agent.parameters().moveTowards(fresh, 1 - settings.keep());
            }
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
            }
        }
    }

    /**
     * How much is kept.
     *
     * @param keep fraction of the learned weights; 1 is plain fine-tuning
     */
    record Settings(double keep) {
        Settings {
            Check.fraction("keep", keep);
        }
    }
}
