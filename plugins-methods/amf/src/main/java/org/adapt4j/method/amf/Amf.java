package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.method.selection.Choice;
import org.adapt4j.method.selection.TaskSelector;

/**
 * Active multi-task fine-tuning: chooses a task, asks the expert for a demonstration, imitates all demonstrations so far, and begins anew
 * (Bagatella, Huebotter, Martius and Krause 2025, algorithm 1). The strategy that chooses is another
 * plug-in's matter, so that all are compared under one protocol. The demonstrations of the warm start are first learned from together
 * with those of the first choices, as in the paper's figures.
 *
 * <p>Departures: 1. The scoring copy learns from the demonstrations after the warm start only (as in the paper), and for as many updates
 * as the acting one. 2. Updates spent on the copy are charged like all others.
 */
public final class Amf implements Adapter {

    private final Settings settings;
    private final TaskSelector selector;

    @Inject
    public Amf(Settings settings, TaskSelector selector) {
        this.settings = settings;
        this.selector = selector;
    }

    @Override
    public void adapt(Checkpoint learned, AdaptationSession session) {
        try (Agent acting = agent(learned, session);
                Agent scoring = settings.scoringCopy() ? agent(learned, session) : acting;
                Forgetting forgetting = Forgetting.of(settings.forgetting(), acting, session)) {
            History history = session.keep(new History(session, learned, settings.targets()));
            session.report(forgetting.policy());
            while (session.proceed()) {
                boolean more = history.isEmpty() ? warmUp(session, history) : choose(session, history, scoring);
                if (!more || history.choicesSinceUpdate() == settings.batch() || isLast(session)) {
                    imitate(session, history, acting, scoring, forgetting);
                }
                if (!more) {
                    return; // no expert has anything left to show
                }
            }
        }
    }

    private Agent agent(Checkpoint learned, AdaptationSession session) {
        Agent agent = session.agent(learned.conditioning());
        if (!learned.isNothing()) {
            agent.parameters()
                    .restore(learned.weights(), takesOver(agent.parameters().groups()));
        }
        agent.focus(session.tasks());
        return agent;
    }

    @Override
    public Set<String> namedGroups() {
        return Set.copyOf(settings.groups());
    }

    @Override
    public Set<String> takesOver(Set<String> groups) {
        return settings.groups().isEmpty() ? groups : Set.copyOf(settings.groups());
    }

    /** One demonstration of each task, or of tasks drawn uniformly; every strategy begins with the same ones. */
    private boolean warmUp(AdaptationSession session, History history) {
        TaskSet tasks = session.tasks();
        int count = warmStart(tasks);
        for (int i = 0; i < count; i++) {
            int task = settings.warmStart() == WarmStart.EACH
                    ? i
                    : session.random().child("warm-start").nextInt(tasks.size());
            Demonstration shown = session.expert()
                    .demonstrate(tasks.get(task))
                    .orElseThrow(() -> new IllegalStateException(
                            "the expert shows nothing of " + tasks.get(task).name() + " for the warm start"));
            history.add(task, shown, settings.scoringCopy());
        }
        return true;
    }

    private int warmStart(TaskSet tasks) {
        return settings.warmStart() == WarmStart.EACH ? tasks.size() : settings.warmRounds();
    }

    /** Asks for the task that the strategy rates highest; false if there is nobody left to ask. */
    private boolean choose(AdaptationSession session, History history, Agent scoring) {
        Situation now = new Situation(session, history, scoring, selector.needs());
        double[] scores = selector.score(now);
        for (int task : history.exhausted()) {
            scores[task] = Double.NEGATIVE_INFINITY;
        }
        while (history.exhausted().size() < scores.length) {
            Choice choice = Choice.of(scores);
            Task task = session.tasks().get(choice.task());
            List<Demonstration> shown = new ArrayList<>();
            for (int i = 0; i < settings.demonstrationsPerChoice(); i++) {
                session.expert().demonstrate(task).ifPresent(shown::add);
            }
            if (!shown.isEmpty()) {
                history.chosen(choice.task(), now.loss(choice.task()));
                shown.forEach(demonstration -> history.add(choice.task(), demonstration, false));
                session.metrics().record(now.line(choice, scores));
                return true;
            }
            history.exhaust(choice.task());
            scores[choice.task()] = Double.NEGATIVE_INFINITY;
        }
        return false;
    }

    private static boolean isLast(AdaptationSession session) {
        return session.budget().remaining(Resource.DEMONSTRATIONS) == 0;
    }

    private void imitate(
            AdaptationSession session, History history, Agent acting, Agent scoring, Forgetting forgetting) {
        List<Demonstration> fresh = history.fresh(true);
        if (fresh.isEmpty()) {
            return;
        }
        fresh.forEach(acting::add);
        if (scoring != acting) {
            history.fresh(false).forEach(scoring::add);
        }
        forgetting.begin(history.demonstrations().subList(0, warmStart(session.tasks())));
        boolean copyLearns = scoring != acting && history.hasTrainedCopy();
        for (int i = 0; i < settings.updates() && session.budget().remaining(Resource.UPDATES) > 0; i++) {
            acting.update();
            forgetting.updated();
            if (copyLearns && session.budget().remaining(Resource.UPDATES) > 0) {
                scoring.update();
            }
        }
        history.learned(new Situation(session, history, scoring, selector.needs())::loss);
        Map<String, Double> fitted = forgetting.fit(history.demonstrations());
        if (!fitted.isEmpty()) {
            session.metrics().record(fitted);
        }
    }

    @Override
    public Needs needs() {
        Needs asked = selector.needs();
        Set<Class<?>> abilities = new HashSet<>(asked.abilities());
        abilities.addAll(settings.forgetting().abilities());
        EnumSet<Regime> regimes = EnumSet.of(Regime.OFFLINE);
        regimes.retainAll(asked.regimes());
        String because = "AMF imitates an expert" + (asked.because().isEmpty() ? "" : ", and " + asked.because())
                + settings.forgetting().because();
        return new Needs(regimes, abilities, true, settings.forgetting().pulls(), because);
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        TaskSet tasks = prospect.tasks();
        if (tasks.size() < 2) {
            return Optional.of("there is only one task, so there is nothing to choose; set adapt.together = true, and"
                    + " adapt.tasks to 0 or more than 1");
        }
        int warm = warmStart(tasks);
        long budget = prospect.budget().getOrDefault(Resource.DEMONSTRATIONS, 0L);
        if (budget < warm) {
            return Optional.of("a budget of " + budget + " demonstrations ends before the warm start of " + warm
                    + "; give at least " + warm);
        }
        if (!settings.targets().isEmpty() && settings.targets().size() != tasks.size()) {
            return Optional.of("targets has " + settings.targets().size() + " weights for " + tasks.size() + " tasks");
        }
        for (Task task : tasks.tasks()) {
            if (prospect.demonstrations().applyAsInt(task) == 0) {
                return Optional.of("nobody can show " + task.name()
                        + ": the data set has no demonstration of it; take another data set or other tasks");
            }
        }
        return settings.forgetting().objection(prospect).or(() -> selector.objection(prospect));
    }

    /** How demonstrations are asked for before the strategy chooses. */
    public enum WarmStart {
        /** One of each task. */
        EACH,
        /** Some, of tasks drawn uniformly. */
        UNIFORM
    }

    /**
     * The protocol.
     *
     * @param groups of parameters to take over from what was learned, all others start fresh; empty for all
     * @param warmStart what is asked for first
     * @param warmRounds demonstrations of a uniform warm start
     * @param demonstrationsPerChoice of the chosen task
     * @param batch choices before the next update
     * @param updates after each batch
     * @param scoringCopy whether strategies go by a copy that never learns from the warm start, for which it serves as a validation set
     * @param targets how much each test task counts, in their order; empty for all alike
     * @param forgetting what keeps the policy from forgetting
     */
    public record Settings(
            List<String> groups,
            WarmStart warmStart,
            int warmRounds,
            int demonstrationsPerChoice,
            int batch,
            int updates,
            boolean scoringCopy,
            List<Double> targets,
            Forgetting.Settings forgetting) {

        /** Checks the numbers. */
        public Settings {
            groups = List.copyOf(groups);
            targets = List.copyOf(targets);
            Check.positive("warm-rounds", warmRounds);
            Check.positive("demonstrations-per-choice", demonstrationsPerChoice);
            Check.positive("batch", batch);
            Check.positive("updates", updates);
            Check.that(
                    targets.isEmpty()
                            || (targets.stream().allMatch(weight -> weight >= 0)
                                    && targets.stream().anyMatch(weight -> weight > 0)),
                    "targets",
                    "must not be negative, nor all 0, but are " + targets);
        }
    }
}
