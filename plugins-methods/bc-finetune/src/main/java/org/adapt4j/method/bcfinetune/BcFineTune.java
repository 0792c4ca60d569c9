package org.adapt4j.method.bcfinetune;

import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.task.TaskSchedule;

/**
 * Few-shot imitation by fine-tuning (Patacchiola, Sun, Hofmann and Turner 2023, section 3): takes the policy
 * that was learned, asks the expert for the shots that the budget allows, and clones them for the budget's epochs. From nothing
 * learned it is the paper's "Scratch"; with {@code trained = [policy/mean]} its "Head Fine-Tuning".
 *
 * <p>The paper's 20 epochs are the budget's, and its learning-rate schedule is the algorithm's. Whoever learned the policy may have been
 * another algorithm, and may have learned more than a policy: only the named groups are taken, and the optimiser starts anew.
 * The general {@code fine-tune} can be set to do the same; this one also says beforehand that it needs demonstrations.
 */
public final class BcFineTune implements Adapter {

    private final Settings settings;

    @Inject
    public BcFineTune(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return new Needs(EnumSet.of(Regime.OFFLINE), Set.of(), true, "BC fine-tuning imitates demonstrations");
    }

    @Override
    public Set<String> namedGroups() {
        return Set.copyOf(settings.groups());
    }

    @Override
    public Set<String> takesOver(Set<String> groups) {
        return Set.copyOf(settings.groups());
    }

    @Override
    public void adapt(Checkpoint learned, AdaptationSession session) {
        try (Agent agent = session.agent(learned.conditioning())) {
            if (!learned.isNothing()) {
                agent.parameters()
                        .restore(learned.weights(), takesOver(agent.parameters().groups()));
            }
            if (!settings.trained().isEmpty()) {
                agent.parameters().train(Set.copyOf(settings.trained()));
            }
            agent.collect(TaskSchedule.eachEpisode(session.tasks())); // asks the expert for the shots
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
            }
        }
    }

    /**
     * What of the policy is taken over, and what of it adapts.
     *
     * @param groups parameter groups that are taken over
     * @param trained groups, or parts of groups, that adaptation may change; empty for all
     */
    public record Settings(List<String> groups, List<String> trained) {

        /** Freezes the lists. */
        public Settings {
            groups = List.copyOf(groups);
            trained = List.copyOf(trained);
        }
    }
}
