package org.adapt4j.method.amf;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Task;

/**
 * Acts with {@code α(c) â + (1 - α(c)) ā}: the fine-tuned policy's action mixed with the one before fine-tuning, for each task as much as
 * the demonstrations justify (Bagatella et al. 2025, section 4.2 and appendix H).
 *
 * <p>Departure: by default the weights are the minimum of the paper's loss in closed form. Gradient descent at the paper's rate of 1 is
 * there, on the mean over steps and coordinates; on the sum it would oscillate.
 */
final class AdaptivePrior implements Forgetting, Stateful {

    private final Session session;
    private final Agent before;
    private final Policy tuned;
    private final Policy prior;
    private final Forgetting.Settings settings;
    private final double[] alpha;
    private final Set<String> tells;

    AdaptivePrior(Agent acting, Session session, Forgetting.Settings settings) {
        this.session = session;
        this.settings = settings;
        before = session.agent(acting.conditioning());
        before.parameters()
                .restore(acting.parameters().snapshot(acting.parameters().groups()));
        tuned = acting.policy(Mode.EXPLOIT);
        prior = before.policy(Mode.EXPLOIT);
        alpha = new double[session.tasks().size()];
        tells = session.taskObservation(session.tasks().get(0)).keySet();
        session.keep(this);
    }

    /** How much each task trusts the fine-tuned policy, in [0, 1]. */
    double[] alpha() {
        return alpha.clone();
    }

    @Override
    public Map<String, Double> fit(List<Demonstration> demonstrations) {
        Map<String, Double> line = new TreeMap<>();
        for (int c = 0; c < alpha.length; c++) {
            Task task = session.tasks().get(c);
            double agreement = 0;
            double distance = 0;
            int count = 0;
            int terms = 0;
            for (Demonstration shown : demonstrations) {
                if (shown.task().name().equals(task.name())) {
                    FloatBuffer a = Objects.requireNonNull(shown.columns().get("action"))
                            .duplicate()
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer();
                    double[] after = actions(tuned, shown);
                    double[] earlier = actions(prior, shown);
                    for (int i = 0; i < after.length; i++) {
                        double d = after[i] - earlier[i];
                        agreement += (a.get(i) - earlier[i]) * d;
                        distance += d * d;
                    }
                    count++;
                    terms += after.length;
                }
            }
            if (settings.solver() == Forgetting.Solver.EXACT) {
                alpha[c] = best(agreement, distance, count, settings.beta());
            } else if (terms > 0) {
                double reach = agreement / terms;
                double spread = distance / terms;
                for (int step = 0; step < settings.solverSteps(); step++) {
                    alpha[c] = descended(alpha[c], reach, spread, settings.beta(), settings.rate());
                }
            }
            line.put("alpha/" + task.name(), alpha[c]);
        }
        return line;
    }

    /**
     * Where {@code |a - ā - α d|² + β N α} is least in [0, 1].
     *
     * @param agreement {@code Σ (a - ā)·d} with {@code d = â - ā}
     * @param distance {@code Σ d·d}
     */
    static double best(double agreement, double distance, int demonstrations, double beta) {
        return distance == 0 ? 0 : Math.min(1, Math.max(0, (agreement - beta * demonstrations / 2) / distance));
    }

    /**
     * A step of gradient descent on {@code mean |a - ā - α d|² + β α}, and back into [0, 1].
     *
     * @param agreement mean over what the loss is a mean of, see {@link #best}
     * @param distance the same
     */
    static double descended(double alpha, double agreement, double distance, double beta, double rate) {
        double gradient = 2 * (alpha * distance - agreement) + beta;
        return Math.min(1, Math.max(0, alpha - rate * gradient));
    }

    /** What a policy would have done at each step of a demonstration. */
    private double[] actions(Policy policy, Demonstration shown) {
        EnvironmentSpec spec = session.spec();
        StepBuffers seen = StepBlock.allocate(spec, shown.steps(), 1).step(0);
        ActionBuffers acted =
                ActionBlock.allocate(spec.action(), List.of(), shown.steps(), 1).step(0);
        for (Component component : spec.observation()) {
            ByteBuffer column = Objects.requireNonNull(shown.columns().get(component.name()), component.name());
            seen.observation(component.name())
                    .put(0, column, 0, shown.steps() * component.space().bytes());
        }
        for (int slot = 0; slot < shown.steps(); slot++) {
            seen.flags().put(slot, (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask()));
        }
        policy.act(seen, policy.newState(shown.steps()), acted);
        double[] actions = new double[shown.steps() * spec.action().width()];
        for (int i = 0; i < actions.length; i++) {
            actions[i] = acted.continuous().get(i);
        }
        return actions;
    }

    @Override
    public Policy policy() {
        return new Mixture();
    }

    @Override
    public void close() {
        before.close();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (double weight : alpha) {
            out.writeDouble(weight);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (int c = 0; c < alpha.length; c++) {
            alpha[c] = in.readDouble();
        }
    }

    private final class Mixture implements Policy {

        @Override
        public PolicyState newState(int slots) {
            return new Both(tuned.newState(slots), prior.newState(slots));
        }

        @Override
        public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
            Both both = (Both) state;
            tuned.act(seen, both.tuned(), actions);
            ActionBuffers earlier = ActionBlock.allocate(session.spec().action(), List.of(), seen.slots(), 1)
                    .step(0);
            prior.act(seen, both.prior(), earlier);
            int width = session.spec().action().width();
            for (int slot = 0; slot < seen.slots(); slot++) {
                double weight = weight(seen, slot);
                for (int i = slot * width; i < (slot + 1) * width; i++) {
                    double mixed = weight * actions.continuous().get(i)
                            + (1 - weight) * earlier.continuous().get(i);
                    actions.continuous().put(i, (float) mixed);
                }
            }
        }

        /** Of the task that a slot's observation tells; 0 of a task that is none of ours. */
        private double weight(StepBuffers seen, int slot) {
            for (int c = 0; c < alpha.length; c++) {
                Map<String, ByteBuffer> told =
                        session.taskObservation(session.tasks().get(c));
                boolean isTold = tells.stream().allMatch(name -> {
                    ByteBuffer value = Objects.requireNonNull(told.get(name), name);
                    int bytes = value.limit();
                    return seen.observation(name).slice(slot * bytes, bytes).equals(value.slice(0, bytes));
                });
                if (isTold) {
                    return alpha[c];
                }
            }
            return 0;
        }
    }

    private record Both(PolicyState tuned, PolicyState prior) implements PolicyState {

        @Override
        public int slots() {
            return tuned.slots();
        }

        @Override
        public PolicyState spread(int slots) {
            return new Both(tuned.spread(slots), prior.spread(slots));
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            tuned.save(out);
            prior.save(out);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            tuned.load(in);
            prior.load(in);
        }
    }
}
