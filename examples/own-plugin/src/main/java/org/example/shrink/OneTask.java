package org.example.shrink;

import jakarta.inject.Inject;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;

/** Pre-trains on a single task: the least that transfer can start from. */
final class OneTask implements Learner {

    private final Settings settings;

    @Inject
    OneTask(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Checkpoint learn(Session session) {
        Task task = session.tasks().get(settings.task() % session.tasks().size());
        try (Agent agent = session.agent(Conditioning.none())) {
            agent.collect(TaskSchedule.fixed(task));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
            }
            return Checkpoint.of(agent);
        }
    }

    /**
     * Which task.
     *
     * @param task its position among the training tasks, from 0; goes round if there are fewer
     */
    record Settings(int task) {
        Settings {
            Check.notNegative("task", task);
        }
    }
}
