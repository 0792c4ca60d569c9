package org.adapt4j.method.pearl;

import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.method.pearl.ContextEncoder.Divergence;

/**
 * Teaches an agent to act on a belief about the task it is in (Rakelly et al. 2019, Algorithm 1; Mandi, Abbeel and James
 * 2022, Algorithm 2): each update draws some tasks, infers a belief about each
 * from a context of its recent experience, and trains critic and encoder together. At test time only the belief adapts, see
 * {@link PearlAdapter}.
 *
 * <p>Storing, drawing and inferring are the agent's part, asked for as {@link Conditioning.Context}; the encoder and its
 * divergence from the prior are {@link ContextEncoder}. What is measured during training is the policy at the mean of the
 * prior, as where nothing is known yet.
 */
public final class Pearl implements Learner {

    /** What both phases of PEARL ask for. */
    static final Needs NEEDS = new Needs(
            EnumSet.of(Regime.OFF_POLICY), Set.of(ContextInference.class), false, "PEARL draws old experience");

    private final Settings settings;

    @Inject
    public Pearl(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return NEEDS;
    }

    @Override
    public Conditioning conditioning() {
        ContextEncoder encoder = new ContextEncoder(
                settings.width(),
                settings.hidden(),
                settings.actionInput(),
                new Divergence(settings.klWeight(), settings.klOver()),
                settings.pictures());
        return new Conditioning.Context(
                encoder,
                settings.contextSize(),
                settings.contextWindow(),
                settings.everyStep(),
                settings.priorEpisodes());
    }

    @Override
    public Checkpoint learn(Session session) {
        try (Agent agent = session.agent(conditioning())) {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
            }
            return Checkpoint.of(agent);
        }
    }

    /** How an action is put into the encoder. */
    public enum ActionInput {
        /** A choice as a vector with a single one. Continuous actions as they are. */
        ONE_HOT,
        /** A choice by its number, as in the study's code, which gives neighbouring numbers a meaning they have not. */
        RAW
    }

    /** What pictures go through, and how the layers after it are rectified. */
    public enum Pictures {
        /** The convolutions of data-efficient Rainbow, as in the study's Atari code. */
        STRIDED,
        /** Two convolutions 3×3 of stride 2 with 32 channels, and leaky rectifiers, as in the study's RLBench code. */
        HALVED,
        /** The same with a leaky rectifier behind the distribution too, as that code has: it makes means practically one-sided. */
        HALVED_RECTIFIED
    }

    /** How the divergences of the tasks of a batch are put together. */
    public enum KlOver {
        /** Added up, beside a loss that is the mean over the samples, as in the reference. */
        SUM,
        /** Averaged: as if a task's divergence were added to the loss of each of its samples, as in the study's code. */
        MEAN
    }

    /**
     * The encoder and its context.
     *
     * @param width length of the vector, L
     * @param hidden widths of the encoder's fully connected layers
     * @param actionInput how an action is put in
     * @param klWeight λ of the divergence from the prior
     * @param klOver what is done over the tasks of a batch
     * @param contextSize transitions of a context
     * @param contextWindow how many of a task's newest transitions a context is drawn from
     * @param pictures what pictures go through; of no effect without
     * @param everyStep whether a vector is drawn at every step of play instead of once per episode
     * @param priorEpisodes share of the episodes that act on the prior, from which alone contexts are drawn; 0 for none
     */
    public record Settings(
            int width,
            List<Integer> hidden,
            ActionInput actionInput,
            double klWeight,
            KlOver klOver,
            int contextSize,
            int contextWindow,
            Pictures pictures,
            boolean everyStep,
            double priorEpisodes) {

        /** Checks the sizes. */
        public Settings {
            hidden = List.copyOf(hidden);
            Check.positive("width", width);
            hidden.forEach(layer -> Check.positive("hidden", layer));
            Check.positive("context-size", contextSize);
            Check.positive("context-window", contextWindow);
            Check.notNegative("kl-weight", klWeight);
            Check.between("prior-episodes", priorEpisodes, 0, 1);
        }
    }
}
