package org.adapt4j.method.amf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.FisherInformation;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;

/** What keeps a fine-tuned policy from forgetting what it could do before. */
interface Forgetting extends AutoCloseable {

    /** The policy to use from now on; it follows the agent's weights. */
    Policy policy();

    /** Before the updates of a round. @param warmStart the first demonstrations, the same in each round */
    default void begin(List<Demonstration> warmStart) {}

    /** After each update of the acting agent. */
    default void updated() {}

    /**
     * After the updates of a round.
     *
     * @param demonstrations all so far
     * @return what to log; empty for nothing
     */
    default Map<String, Double> fit(List<Demonstration> demonstrations) {
        return Map.of();
    }

    @Override
    default void close() {}

    /** Makes the one that was chosen, around an agent that stands where it starts from. */
    static Forgetting of(Settings settings, Agent acting, Session session) {
        return switch (settings.remedy()) {
            case NONE -> () -> acting.policy(Mode.EXPLOIT);
            case L2 -> new PullToStart(acting, settings.strength());
            case EWC -> new ElasticConsolidation(acting, session, settings.strength());
            case ADAPTIVE_PRIOR -> new AdaptivePrior(acting, session, settings);
        };
    }

    /** Remedies. */
    enum Kind {
        /** Plain fine-tuning. */
        NONE,
        /** After each update, a pull of all weights towards those before fine-tuning. */
        L2,
        /** The same, each weight as strongly as it matters. */
        EWC,
        /** A mixture of the actions before and after fine-tuning, for each task its own. */
        ADAPTIVE_PRIOR
    }

    /** How the adaptive prior finds its weights. */
    enum Solver {
        /** The minimum of its loss. */
        EXACT,
        /** Gradient descent from where the weights stand, at first 0. */
        DESCENT
    }

    /**
     * What to do against forgetting.
     *
     * @param remedy what to do
     * @param strength of the pull, in (0, 1]: the part of the way back after each update; of EWC for a weight of mean sensitivity
     * @param beta of the adaptive prior: how much better than before the policy must be on a task to be trusted
     * @param solver of the adaptive prior
     * @param rate of its descent
     * @param solverSteps of its descent, after each batch
     */
    record Settings(Kind remedy, double strength, double beta, Solver solver, double rate, int solverSteps) {

        /** Checks the numbers. */
        public Settings {
            Check.fraction("strength", strength);
            Check.notNegative("beta", beta);
            Check.positive("rate", rate);
            Check.positive("solver-steps", solverSteps);
        }

        /** What the remedy asks of the algorithm. */
        Set<Class<?>> abilities() {
            return remedy == Kind.EWC ? Set.of(FisherInformation.class) : Set.of();
        }

        /** Whether it pulls weights back towards others. */
        boolean pulls() {
            return remedy == Kind.L2 || remedy == Kind.EWC;
        }

        /** Why it asks for that; empty if it asks for nothing. */
        String because() {
            return pulls() ? ", and its remedy pulls weights back" : "";
        }

        Optional<String> objection(Prospect prospect) {
            if (remedy != Kind.ADAPTIVE_PRIOR) {
                return Optional.empty();
            }
            if (!(prospect.spec().action() instanceof Box)) {
                return Optional.of("an adaptive prior mixes continuous actions, and these are choices; set"
                        + " adapt.adapter.forgetting.remedy to ewc, l2 or none");
            }
            return prospect.tasks().tasks().stream()
                            .anyMatch(task ->
                                    prospect.taskObservation().apply(task).isEmpty())
                    ? Optional.of("an adaptive prior mixes by task, and these observations do not tell the task; set"
                            + " adapt.adapter.forgetting.remedy to ewc, l2 or none")
                    : Optional.empty();
        }
    }
}
