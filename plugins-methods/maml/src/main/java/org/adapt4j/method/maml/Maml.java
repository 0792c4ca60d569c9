package org.adapt4j.method.maml;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.GradientDescent;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.training.SnapshotAdam;

/**
 * First-order MAML: finds weights from which one step of gradient descent on a recorded episode of a task lowers the loss on another
 * episode of it (Finn, Abbeel and Levine 2017, Algorithm 1 with the approximation of section 5.2; as the meta-learner of Patacchiola
 * et al. 2023).
 *
 * <pre>
 * for each task of a batch:  θ′ = θ − α ∇L(θ, support)      g += ∇L(θ′, query)
 * θ ← Adam(θ, g / tasks)
 * </pre>
 *
 * <p>Departures:
 * <ol>
 *   <li>No second derivatives. The paper has none either, and the engine could not: DJL's gradient collector drops the graph of a
 *       gradient (its {@code createGraph} is private), so nothing can be differentiated twice.
 *   <li>An update reads at most one batch of the algorithm, drawn from the episode without replacement: set {@code algorithm.batch} to
 *       256, PROPOSED, is the size of support and query.
 *   <li>A batch of tasks that the budget cuts short steps with the tasks it finished. The last weights are kept, not the best.
 * </ol>
 */
public final class Maml implements Learner {

    private final Settings settings;

    @Inject
    public Maml(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return new Needs(
                EnumSet.of(Regime.OFFLINE),
                Set.of(GradientDescent.class),
                true,
                "MAML descends on one recorded episode of a task to do well on another");
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        int tasks = prospect.tasks().size();
        long granted = prospect.budget().getOrDefault(Resource.DEMONSTRATIONS, 0L);
        if (granted < 2L * tasks) {
            return Optional.of("MAML needs two episodes of each of " + tasks + " tasks, and the budget grants "
                    + granted + " demonstrations; set pretrain.budget.demonstrations to " + 2 * tasks + " or more");
        }
        return prospect.tasks().tasks().stream()
                .filter(task -> prospect.demonstrations().applyAsInt(task) < 2)
                .map(task -> "MAML needs two episodes of each task, and the data set has not as many of " + task.name())
                .findFirst();
    }

    @Override
    public Checkpoint learn(Session session) {
        SnapshotAdam adam = session.keep(new SnapshotAdam(settings.outerRate()));
        try (Agent agent = session.agent(Conditioning.none())) {
            List<List<Demonstration>> episodes = ask(session, agent);
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                outerStep(agent, episodes, adam, session);
            }
            return Checkpoint.of(agent);
        }
    }

    /** All that the budget allows, in turns; by task. */
    private static List<List<Demonstration>> ask(Session session, Agent agent) {
        Map<Task, List<Demonstration>> shown = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
        boolean more = true;
        while (more) {
            more = false;
            for (Task task : session.tasks().tasks()) {
                Optional<Demonstration> episode = session.expert().demonstrate(task);
                episode.ifPresent(agent::add);
                episode.ifPresent(shown.computeIfAbsent(task, unused -> new ArrayList<>())::add);
                more |= episode.isPresent();
            }
        }
        shown.forEach((task, episodes) -> {
            if (episodes.size() < 2) {
                throw new IllegalStateException("MAML needs two episodes of " + task.name() + ", and the expert showed "
                        + episodes.size() + ": raise pretrain.budget.demonstrations, or record more");
            }
        });
        return List.copyOf(shown.values());
    }

    private void outerStep(Agent agent, List<List<Demonstration>> episodes, SnapshotAdam adam, Session session) {
        Parameters weights = agent.parameters();
        GradientDescent descent = agent.ability(GradientDescent.class).orElseThrow();
        RandomGenerator random = session.random();
        Snapshot theta = weights.snapshot(weights.groups());
        Means logged = new Means();
        for (int i = 0; i < settings.tasks() && !session.budget().isSpent(); i++) {
            List<Demonstration> task = episodes.get(random.nextInt(episodes.size()));
            int support = random.nextInt(task.size());
            int query = (support + 1 + random.nextInt(task.size() - 1)) % task.size();

            weights.restore(theta);
            agent.focus(task.get(support));
            descent.descendBy(settings.innerRate());
            for (int step = 0; step < settings.innerSteps() && !session.budget().isSpent(); step++) {
                logged.add("support-", agent.update());
            }
            if (session.budget().isSpent()) {
                break;
            }
            agent.focus(task.get(query));
            descent.descendBy(0);
            logged.add("query-", agent.update());
            adam.gather(descent.gradient());
        }
        weights.restore(adam.step(theta));
        session.metrics().record(logged.values());
    }

    /** Means of what the updates of an outer step logged, support before its descent and query after it. */
    private static final class Means {

        private final Map<String, double[]> sums = new TreeMap<>();

        void add(String prefix, Map<String, Double> values) {
            values.forEach((name, value) -> {
                double[] sum = sums.computeIfAbsent(prefix + name, unused -> new double[2]);
                sum[0] += value;
                sum[1]++;
            });
        }

        Map<String, Double> values() {
            Map<String, Double> means = new TreeMap<>();
            sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
            return means;
        }
    }

    /**
     * Size of the two loops.
     *
     * @param innerRate α, of plain gradient descent on the support
     * @param innerSteps of it
     * @param outerRate of Adam on the mean gradient of the queries
     * @param tasks per outer step, drawn with replacement
     */
    public record Settings(double innerRate, int innerSteps, double outerRate, int tasks) {

        /** Checks the sizes. */
        public Settings {
            Check.positive("inner-rate", innerRate);
            Check.positive("inner-steps", innerSteps);
            Check.positive("outer-rate", outerRate);
            Check.positive("tasks", tasks);
        }
    }
}
