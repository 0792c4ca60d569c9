package org.adapt4j.method.reptile;

import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;

/**
 * Finds weights from which a few updates go far on any task: trains on one task for a few updates, keeps a fraction of what
 * they changed, and goes on to the next (Nichol, Achiam and Schulman 2018, Algorithm 1; with reinforcement learning: Mandi,
 * Abbeel and James 2022, Algorithms 1 and 2).
 *
 * <p>Departures, each by a setting:
 * <ol>
 *   <li>The study prints {@code θ ← ε(θ_old − θ_k)}, which throws the weights away; nobody implements that. Its code does
 *       {@link Convention#STUDY}, whose first outer step changes nothing while ε is 1.
 *   <li>The study's Procgen code mixes after the last but one inner update, so that the last one stands in full
 *       ({@link Settings#earlyMix}).
 *   <li>The first outer step after which the budget is spent may end with fewer inner updates; what they changed is mixed
 *       in all the same.
 * </ol>
 */
public final class Reptile implements Learner {

    private final Settings settings;

    @Inject
    public Reptile(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return new Needs(
                EnumSet.allOf(Regime.class), Set.of(), false, true, "Reptile moves weights towards other weights");
    }

    @Override
    public Checkpoint learn(Session session) {
        try (Agent agent = session.agent(Conditioning.none())) {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                if (settings.earlyMix()) {
                    outerStepMixedEarly(agent, session);
                } else {
                    outerStep(agent, session);
                }
            }
            return Checkpoint.of(agent);
        }
    }

    private void outerStep(Agent agent, Session session) {
        double fraction = fractionKept(session);
        Parameters weights = agent.parameters();
        Snapshot start = weights.snapshot(weights.groups());
        trainOnOneTask(agent, session, settings.innerUpdates());
        for (int task = 2; task <= settings.tasks() && !session.budget().isSpent(); task++) {
            Snapshot mean = weights.snapshot(weights.groups());
            weights.restore(start);
            trainOnOneTask(agent, session, settings.innerUpdates());
            weights.moveTowards(mean, 1 - 1.0 / task); // the mean over the tasks so far
        }
        weights.moveTowards(start, 1 - fraction);
        session.metrics().record("outer-step-size", fraction);
    }

    private void outerStepMixedEarly(Agent agent, Session session) {
        Snapshot start = agent.parameters().snapshot(agent.parameters().groups());
        trainOnOneTask(agent, session, settings.innerUpdates() - 1);
        double fraction = fractionKept(session);
        agent.parameters().moveTowards(start, 1 - fraction);
        if (!session.budget().isSpent()) {
            agent.update();
        }
        session.metrics().record("outer-step-size", fraction);
    }

    private void trainOnOneTask(Agent agent, Session session, int updates) {
        Task task = session.tasks().sample(session.random());
        agent.focus(TaskSet.of(task));
        if (settings.innerOptimizer() == InnerOptimizer.RESET) {
            agent.parameters().resetOptimizer();
        }
        for (int i = 0; i < updates && !session.budget().isSpent(); i++) {
            agent.update();
        }
    }

    /** The fraction of the inner updates' change that is kept, in Nichol's sense: 1 keeps all. */
    private double fractionKept(Session session) {
        double progress = session.budget().progress();
        double epsilon = settings.stepSizeStart() + progress * (settings.stepSizeEnd() - settings.stepSizeStart());
        return settings.convention() == Convention.NICHOL ? epsilon : 1 - epsilon;
    }

    /** What the step size ε multiplies. */
    public enum Convention {
        /** {@code θ ← old + ε(new − old)}: the part of the change that is kept. */
        NICHOL,
        /** {@code θ ← new + ε(old − new)}: the part that is taken back, as in the study's code. */
        STUDY
    }

    /** What becomes of the optimiser's memory from one task to the next. */
    public enum InnerOptimizer {
        /** Kept over all tasks. */
        PERSIST,
        /** Forgotten before each task. */
        RESET
    }

    /**
     * Size of the two loops.
     *
     * @param innerUpdates updates on one task
     * @param tasks tasks per outer step, the changes of which are averaged
     * @param stepSizeStart ε at the beginning; changes linearly with the spent part of the budget
     * @param stepSizeEnd ε at the end
     * @param convention what ε multiplies
     * @param earlyMix whether to mix before the last inner update, which then stands in full
     * @param innerOptimizer what becomes of the optimiser's memory between tasks
     */
    public record Settings(
            int innerUpdates,
            int tasks,
            double stepSizeStart,
            double stepSizeEnd,
            Convention convention,
            boolean earlyMix,
            InnerOptimizer innerOptimizer) {

        /** Checks the sizes. */
        public Settings {
            Check.positive("inner-updates", innerUpdates);
            Check.positive("tasks", tasks);
            Check.between("step-size-start", stepSizeStart, 0, 1);
            Check.between("step-size-end", stepSizeEnd, 0, 1);
            Check.that(
                    !earlyMix || innerUpdates >= 2,
                    "inner-updates",
                    "must be at least 2 with early-mix but is " + innerUpdates);
            Check.that(!earlyMix || tasks == 1, "tasks", "must be 1 with early-mix but is " + tasks);
        }
    }
}
