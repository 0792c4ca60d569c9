package org.adapt4j.method.bcfinetune;

import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;

/**
 * The base policy of Patacchiola et al. 2023 (section 3), when somebody has trained it already: takes over the policy that shows the
 * training task in the data set, and learns nothing more. Training it here instead is {@code multi-task} with {@code sac} on that task.
 */
public final class ExpertPolicy implements Learner {

    private final Settings settings;

    @Inject
    public ExpertPolicy(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return new Needs(
                EnumSet.allOf(Regime.class), Set.of(), true, "expert-policy takes over a policy of a data set");
    }

    @Override
    public Set<String> namedGroups() {
        return Set.copyOf(settings.groups());
    }

    @Override
    public boolean spends() {
        return false;
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        Task task = prospect.tasks().tasks().get(0);
        return prospect.policies().test(task) ? Optional.empty() : Optional.of(none(task));
    }

    private static String none(Task task) {
        return "the data set keeps no policy of " + task.name()
                + ": choose another with benchmark.train-tasks, record one with adapt4j record, or train one with pretrain {"
                + " learner.name = multi-task, algorithm.name = sac }";
    }

    @Override
    public Checkpoint learn(Session session) {
        Task task = session.tasks().get(0);
        Snapshot weights = session.expert().weights(task).orElseThrow(() -> new IllegalStateException(none(task)));
        try (Agent agent = session.agent(Conditioning.none())) {
            agent.parameters().restore(weights, Set.copyOf(settings.groups()));
            session.report(agent.policy(Mode.EXPLOIT));
            return Checkpoint.of(agent);
        }
    }

    /**
     * What is taken over.
     *
     * @param groups parameter groups
     */
    public record Settings(List<String> groups) {

        /** Freezes the list. */
        public Settings {
            groups = List.copyOf(groups);
            Check.that(!groups.isEmpty(), "groups", "must name at least one group");
        }
    }
}
