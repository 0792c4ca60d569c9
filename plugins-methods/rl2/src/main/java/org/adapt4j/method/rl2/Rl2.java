package org.adapt4j.method.rl2;

import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.TaskSchedule;

/**
 * Teaches a recurrent policy to learn: plays several episodes of one task in a row as one trial, lets the memory run on from
 * episode to episode, and trains for the return of the whole trial (Duan et al. 2016, section 2.2; Mandi, Abbeel and James
 * 2022, Algorithm 1). At test time the memory does the adapting, see {@link Rl2Adapter}.
 *
 * <p>The memory itself, its inputs (last action, reward and end of episode) and the return over the ends of episodes are the
 * algorithm's part, asked for as {@link Conditioning.Memory}.
 */
public final class Rl2 implements Learner {

    /** What both phases of RL² ask for. */
    static final Needs NEEDS = new Needs(
            EnumSet.of(Regime.ON_POLICY), Set.of(), false, "RL² trains its memory on whole trials of fresh experience");

    private final Settings settings;

    @Inject
    public Rl2(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return NEEDS;
    }

    @Override
    public Conditioning conditioning() {
        Trial trial = new Trial(settings.episodes(), settings.seesEpisodeEnds(), settings.lastEpisodeOnly());
        return new Conditioning.Memory(settings.units(), settings.layers(), trial);
    }

    @Override
    public Checkpoint learn(Session session) {
        try (Agent agent = session.agent(conditioning())) {
            agent.collect(TaskSchedule.trials(session.tasks(), settings.episodes()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
            }
            return Checkpoint.of(agent);
        }
    }

    /**
     * Length of trials and size of the memory.
     *
     * @param episodes of a trial
     * @param units of each recurrent layer
     * @param layers of the memory
     * @param seesEpisodeEnds whether the memory is told how an episode ended
     * @param lastEpisodeOnly whether only the last episode of a trial is rewarded
     */
    public record Settings(int episodes, int units, int layers, boolean seesEpisodeEnds, boolean lastEpisodeOnly) {

        /** Checks the sizes. */
        public Settings {
            Check.positive("episodes", episodes);
            Check.positive("units", units);
            Check.positive("layers", layers);
        }
    }
}
