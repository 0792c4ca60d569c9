package org.adapt4j.method.multitask;

import jakarta.inject.Inject;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.task.TaskSchedule;

/**
 * Trains one agent on all tasks at once: the plain pre-training that meta-learning has to beat (Mandi, Abbeel and James 2022,
 * section 3.1, "Pretrain" in Algorithms 1 and 2).
 *
 * <p>Every episode draws its task uniformly. The agent is not told which task it plays.
 */
public final class MultiTask implements Learner {

    @Inject
    public MultiTask(Settings settings) {}

    @Override
    public Checkpoint learn(Session session) {
        try (Agent agent = session.agent(Conditioning.none())) {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
            }
            return Checkpoint.of(agent);
        }
    }

    /** Nothing to set: all that matters is the algorithm's. */
    public record Settings() {}
}
