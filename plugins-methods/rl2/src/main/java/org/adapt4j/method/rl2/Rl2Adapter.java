package org.adapt4j.method.rl2;

import jakarta.inject.Inject;
import java.util.Optional;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
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
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;

/**
 * Adapts by remembering: plays on the new task and never updates a weight (Duan et al. 2016, section 2.2). What is measured starts each episode from what the play has left in memory.
 *
 * <p>How the memory is carried on:
 * <ul>
 *   <li>{@link Carry#TRIAL}, as in meta-training: trials of as many episodes, the memory cleared between them. All episodes of a trial but the last
 *       explore; what is remembered when they are over is the adapted policy until the
 *       next trial has come as far, and each measured episode is played as the last one of that trial: the first it sees
 *       is how the exploration ended. Slots are never in step with each other, and a memory in the middle of exploring is
 *       no adapted policy, so slot 0 speaks for all: its memory is the one that is measured.
 *   <li>{@link Carry#FOREVER}, as in the study's evaluation: one trial without end, nothing is ever cleared. What is
 *       measured starts from what all slots remember at that moment, and first sees how the last step of each ended. Measured after each
 *       of the first episodes, it shows how a trial goes, episode by episode.
 *   <li>{@link Carry#NEVER}: memory, last action, reward and end of episode are blanked at each step. What is left does not know in which
 *       task it is; if it does better than nothing without memory can, the observation tells.
 * </ul>
 *
 * <p>Before any play the memory is empty. Play explores as in meta-training; what is measured exploits.
 */
public final class Rl2Adapter implements Adapter {

    private final Settings settings;

    @Inject
    public Rl2Adapter(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return Rl2.NEEDS;
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        return misfit(prospect.conditioning())
                .or(() -> misuse(prospect.tasks(), prospect.budget().containsKey(Resource.ENVIRONMENT_STEPS)));
    }

    @Override
    public void adapt(Checkpoint learned, AdaptationSession session) {
        boolean limited = session.budget().remaining(Resource.ENVIRONMENT_STEPS) < Long.MAX_VALUE;
        misuse(session.tasks(), limited)
                .or(() -> misfit(learned.conditioning()))
                .ifPresent(reason -> {
                    throw new IllegalArgumentException("rl2 " + reason);
                });
        int episodes = trial(learned.conditioning()).orElseThrow().episodes();
        try (Agent agent = session.agent(learned.conditioning())) {
            if (!learned.isNothing()) {
                agent.parameters().restore(learned.weights());
            }
            if (settings.carry() == Carry.NEVER) {
                forget(agent, session);
                return;
            }
            TrialPolicy playing = new TrialPolicy(agent.policy(Mode.EXPLORE), explorationEpisodes(episodes));
            TrialMemory memory = session.keep(playing.newState(session.slots()));
            session.report(new RememberingPolicy(agent.policy(Mode.EXPLOIT), memory));
            while (session.proceed()) {
                Batch.Rollout played =
                        session.play(playing, memory, schedule(session.tasks(), episodes), settings.steps());
                memory.played(played.seen().step(played.steps()));
            }
        }
    }

    private void forget(Agent agent, AdaptationSession session) {
        ForgetfulPolicy playing = new ForgetfulPolicy(agent.policy(Mode.EXPLORE), session.spec());
        PolicyState nothing = session.keep(playing.newState(session.slots()));
        session.report(new ForgetfulPolicy(agent.policy(Mode.EXPLOIT), session.spec()));
        while (session.proceed()) {
            session.play(playing, nothing, TaskSchedule.fixed(session.tasks().get(0)), settings.steps());
        }
    }

    private Optional<String> misfit(Conditioning learned) {
        Optional<Trial> trial = trial(learned);
        if (trial.isEmpty()) {
            return Optional.of("goes on with a memory that the learner rl2 has trained, and there is none; set"
                    + " pretrain.learner.name = rl2");
        }
        if (settings.carry() == Carry.TRIAL && trial.get().episodes() < 2) {
            return Optional.of(
                    "needs trials of at least 2 episodes, one to explore and one that profits, and those of the"
                            + " learner have 1; set pretrain.learner.episodes = 2, or adapt.adapter.carry = forever");
        }
        return Optional.empty();
    }

    /** How the memory was trained, where it was one of RL²'s. */
    private static Optional<Trial> trial(Conditioning learned) {
        return learned instanceof Conditioning.Memory memory && memory.view() instanceof Trial trial
                ? Optional.of(trial)
                : Optional.empty();
    }

    private int explorationEpisodes(int episodes) {
        return settings.carry() == Carry.TRIAL ? episodes - 1 : TrialMemory.WITHOUT_END;
    }

    private TaskSchedule schedule(TaskSet tasks, int episodes) {
        return settings.carry() == Carry.TRIAL
                ? TaskSchedule.trials(tasks, episodes)
                : TaskSchedule.fixed(tasks.get(0));
    }

    private static Optional<String> misuse(TaskSet tasks, boolean limited) {
        if (tasks.size() != 1) {
            return Optional.of("adapts a memory to one task at a time, but there are " + tasks.size()
                    + ": set adapt.together = false, which makes a cell of each");
        }
        return limited
                ? Optional.empty()
                : Optional.of("plays without updating, so the adaptation budget must limit environment-steps");
    }

    /** How long the memory lasts. */
    public enum Carry {
        /** For a trial, as in meta-training. */
        TRIAL,
        /** For ever. */
        FOREVER,
        /** Not at all: a control. */
        NEVER
    }

    /**
     * How to play.
     *
     * @param carry how long the memory lasts
     * @param steps per slot between two chances to measure
     */
    public record Settings(Carry carry, int steps) {

        /** Checks the sizes. */
        public Settings {
            Check.positive("steps", steps);
        }
    }
}
