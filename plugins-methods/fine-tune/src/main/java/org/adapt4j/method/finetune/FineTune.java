package org.adapt4j.method.finetune;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;

/**
 * Goes on training with ordinary updates on the new task, starting from what was learned; from scratch if that is nothing
 * (Mandi, Abbeel and James 2022, section 3).
 */
public final class FineTune implements Adapter {

    private final Settings settings;

    @Inject
    public FineTune(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void adapt(Checkpoint learned, AdaptationSession session) {
        try (Agent agent = session.agent(learned.conditioning())) {
            if (!learned.isNothing()) {
                agent.parameters().restore(learned.weights(), carriedOver(agent.parameters()));
            }
            if (!settings.trained().isEmpty()) {
                agent.parameters().train(Set.copyOf(settings.trained()));
            }
            agent.collect(schedule(session.tasks()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
            }
        }
    }

    @Override
    public Set<String> namedGroups() {
        Set<String> named = new TreeSet<>(settings.groups());
        named.addAll(settings.trained());
        return named;
    }

    @Override
    public Set<String> takesOver(Set<String> known) {
        Set<String> groups = new TreeSet<>(settings.groups().isEmpty() ? known : settings.groups());
        groups.removeAll(settings.fresh());
        return groups;
    }

    private Set<String> carriedOver(Parameters parameters) {
        Set<String> groups = takesOver(parameters.groups());
        if (settings.optimizer() == OptimizerMemory.RESTORED) {
            groups.add(Parameters.OPTIMIZER);
        }
        return groups;
    }

    private static TaskSchedule schedule(TaskSet tasks) {
        return tasks.size() == 1 ? TaskSchedule.fixed(tasks.get(0)) : TaskSchedule.eachEpisode(tasks);
    }

    /** What becomes of the optimiser's memory of pre-training. */
    public enum OptimizerMemory {
        /** Forgotten: adaptation starts with a new optimiser. */
        FRESH,
        /** Taken over, as loading a Stable-Baselines3 checkpoint does. */
        RESTORED
    }

    /**
     * What to take over.
     *
     * @param groups parameter groups, all others start fresh; empty for all of them
     * @param fresh groups that start fresh all the same, where the algorithm has them
     * @param trained groups that adaptation may change; empty for all of them
     * @param optimizer what becomes of the optimiser's memory
     */
    public record Settings(List<String> groups, List<String> fresh, List<String> trained, OptimizerMemory optimizer) {

        /** Freezes the lists. */
        public Settings {
            groups = List.copyOf(groups);
            fresh = List.copyOf(fresh);
            trained = List.copyOf(trained);
        }
    }
}
