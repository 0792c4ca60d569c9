package org.adapt4j.method.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.settings.Check;
import org.adapt4j.method.selection.Objective.Stretch;
import org.adapt4j.method.selection.Selection.Shown;
import org.adapt4j.method.selection.Views.View;
import org.apiguardian.api.API;

/**
 * What a strategy reckons with: for each task, stretches of steps that a demonstration of it may bring, and those where the expert goes on
 * it, both taken from the demonstrations seen so far.
 *
 * <p>With {@code C} tasks, {@code p} proxies of each, {@code T} steps and {@code d} features there are up to {@code n = C p T} points. The
 * kernel takes {@code n² d / 2} multiplications, the scores {@code n² T}, importance weights one forward pass over {@code C J T} steps of
 * {@code J} demonstrations; memory grows as {@code n²}. All caps are settings; where there would be more points than allowed, fewer
 * steps of
 * each demonstration are looked at.
 *
 * @param views whose steps are the points
 * @param prior what the scoring agent's kernel says
 * @param known demonstrations since the last update, and of the history that was asked for
 * @param posterior the prior given the known demonstrations
 * @param candidates of each task; none for a task about which the weights say nothing
 * @param targets of each task, not yet weighted by the task
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Reference(
        Views views,
        Posterior prior,
        List<View> known,
        Posterior posterior,
        List<List<Stretch>> candidates,
        List<List<Stretch>> targets) {

    /** A share below this is none. */
    private static final double NOTHING = 1e-12;

    /** Which demonstrations stand for those to come. */
    public enum From {
        /** Those that the scoring agent was not trained on; all where there are none such. */
        HELD_OUT,
        /** All. */
        ALL
    }

    /** What is clipped from below in likelihoods. */
    public enum ClipBy {
        /** Each step's. */
        STEP,
        /** That of all steps of a demonstration together. */
        TRAJECTORY
    }

    /**
     * How much to reckon with.
     *
     * @param from which demonstrations
     * @param trajectories most demonstrations, the newest of each task in turns; 0 for all
     * @param proxies most of them that stand for one task, those with the largest weights; 0 for all
     * @param steps most steps of each, evenly spaced; 0 for all
     * @param points most points of the kernel, kept to by looking at fewer steps, though at least one of each demonstration; 0 for no limit
     * @param history how many of the newest demonstrations to condition on besides those since the last update; needless where the kernel
     *     knows what was learned
     * @param meanOfSteps whether a demonstration counts by the mean over its steps, not the sum, so that long ones count no more
     * @param weights how a demonstration of one task stands for another
     * @param deviation standard deviation of an action around the policy's answer, for weights; a belief has its own
     * @param clip least logarithm of a likelihood, the most being 0; 0 for no clipping
     * @param clipBy of what
     */
    public record Settings(
            From from,
            int trajectories,
            int proxies,
            int steps,
            int points,
            int history,
            boolean meanOfSteps,
            ImportanceWeights weights,
            double deviation,
            double clip,
            ClipBy clipBy) {

        /** Checks the numbers. */
        public Settings {
            Check.notNegative("trajectories", trajectories);
            Check.notNegative("proxies", proxies);
            Check.notNegative("steps", steps);
            Check.notNegative("points", points);
            Check.notNegative("history", history);
            Check.positive("deviation", deviation);
            Check.that(clip <= 0, "clip", "must not be positive but is " + clip);
        }

        /** What an algorithm must be able to do for weights and kernel. */
        public Needs needs(StepKernel kernel) {
            Set<Class<?>> abilities = new HashSet<>(kernel.abilities());
            String because = kernel.because();
            if (abilities.isEmpty() && weights != ImportanceWeights.HARD) {
                abilities.add(LastLayer.class);
                because = "importance weights compare what a policy answers with what was shown";
            }
            return new Needs(EnumSet.allOf(Regime.class), abilities, true, because);
        }

        /** Weights of one task's demonstrations for another need observations that tell the task. */
        public Optional<String> objection(Prospect prospect) {
            boolean tells = prospect.tasks().tasks().stream()
                    .noneMatch(task -> prospect.taskObservation().apply(task).isEmpty());
            return tells || weights == ImportanceWeights.HARD
                    ? Optional.empty()
                    : Optional.of(
                            "importance weights show a demonstration as if for another task, and these observations do"
                                    + " not tell the task; set adapt.selector.reference.weights = hard");
        }
    }

    /** Gathers what there is. */
    public static Reference of(Selection now, StepKernel kernel, Settings settings) {
        int tasks = now.tasks().size();
        List<Integer> chosen = chosen(now, settings);
        List<View> known = known(now, settings);
        int steps = steps(now, settings, chosen.size(), known.size());
        double[][] shares = shares(now, kernel, settings, chosen, steps);
        Set<View> views = new LinkedHashSet<>();
        List<List<View>> ofTask = new ArrayList<>();
        List<List<Double>> weightOf = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            int c = task;
            List<Integer> order = IntStream.range(0, chosen.size())
                    .filter(j -> shares[j][c] > NOTHING)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer j) -> -shares[j][c]))
                    .limit(settings.proxies() == 0 ? Long.MAX_VALUE : settings.proxies())
                    .toList();
            double all = IntStream.range(0, chosen.size())
                    .mapToDouble(j -> shares[j][c])
                    .sum();
            double kept = order.stream().mapToDouble(j -> shares[j][c]).sum();
            List<View> own = order.stream().map(j -> new View(chosen.get(j), c)).toList();
            ofTask.add(own);
            weightOf.add(order.stream().map(j -> shares[j][c] * all / kept).toList());
            views.addAll(own);
        }
        views.addAll(known);
        Views points = new Views(now, List.copyOf(views), steps);
        Posterior prior = kernel.posterior(points);
        Posterior posterior = prior;
        for (View view : known) {
            posterior = posterior.given(points.points(view));
        }
        List<List<Stretch>> candidates = new ArrayList<>();
        List<List<Stretch>> targets = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            List<Stretch> candidatesOf = new ArrayList<>();
            List<Stretch> targetsOf = new ArrayList<>();
            for (int i = 0; i < ofTask.get(task).size(); i++) {
                int[] rows = points.points(ofTask.get(task).get(i));
                double weight = weightOf.get(task).get(i);
                candidatesOf.add(new Stretch(rows, weight));
                targetsOf.add(new Stretch(rows, settings.meanOfSteps() ? weight / rows.length : weight));
            }
            candidates.add(candidatesOf);
            targets.add(targetsOf);
        }
        return new Reference(points, prior, known, posterior, candidates, targets);
    }

    /** All targets, each weighted by how much its task counts. */
    public List<Stretch> weightedTargets(double[] byTask) {
        List<Stretch> all = new ArrayList<>();
        for (int task = 0; task < byTask.length; task++) {
            for (Stretch stretch : targets.get(task)) {
                if (byTask[task] > 0) {
                    all.add(new Stretch(stretch.points(), byTask[task] * stretch.weight()));
                }
            }
        }
        return all;
    }

    /** Whether nothing stands for a demonstration of a task, so that it cannot be rated. */
    public boolean isUnknown(int task) {
        return candidates.get(task).isEmpty();
    }

    /** Demonstrations by index: the newest of each task in turns, up to the cap, then in the order they were shown. */
    private static List<Integer> chosen(Selection now, Settings settings) {
        List<Shown> shown = now.shown();
        boolean anyHeldOut = shown.stream().anyMatch(Shown::isHeldOut);
        List<Integer> all = IntStream.range(0, shown.size())
                .filter(j -> settings.from() == From.ALL
                        || !anyHeldOut
                        || shown.get(j).isHeldOut()
                        || shown.get(j).isPending())
                .boxed()
                .toList();
        int most = settings.trajectories() == 0 ? all.size() : settings.trajectories();
        int[] newer = new int[shown.size()];
        int[] count = new int[now.tasks().size()];
        for (int i = all.size() - 1; i >= 0; i--) {
            newer[all.get(i)] = count[shown.get(all.get(i)).task()]++;
        }
        return all.stream()
                .sorted(Comparator.comparingInt((Integer j) -> newer[j]).thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .sorted()
                .toList();
    }

    private static List<View> known(Selection now, Settings settings) {
        List<View> known = new ArrayList<>();
        List<Shown> shown = now.shown();
        for (int j = 0; j < shown.size(); j++) {
            if (shown.get(j).isPending() || j >= shown.size() - settings.history()) {
                known.add(new View(j, shown.get(j).task()));
            }
        }
        return known;
    }

    /** How many steps of a demonstration the limit of points leaves, were every task to have as many proxies as it may. */
    private static int steps(Selection now, Settings settings, int demonstrations, int known) {
        int longest = now.shown().stream().mapToInt(Shown::steps).max().orElse(1);
        int steps = settings.steps() == 0 ? longest : Math.min(settings.steps(), longest);
        int proxies = settings.proxies() == 0 ? demonstrations : Math.min(settings.proxies(), demonstrations);
        long views = (long) now.tasks().size() * proxies;
        if (settings.weights() == ImportanceWeights.HARD) {
            views = Math.min(views, demonstrations);
        }
        views += known;
        return settings.points() == 0 || views * steps <= settings.points()
                ? steps
                : (int) Math.max(1, settings.points() / views);
    }

    private static double[][] shares(
            Selection now, StepKernel kernel, Settings settings, List<Integer> chosen, int steps) {
        int tasks = now.tasks().size();
        int[] labels = chosen.stream().mapToInt(j -> now.shown().get(j).task()).toArray();
        if (settings.weights() == ImportanceWeights.HARD) {
            return settings.weights().shares(new double[chosen.size()][tasks], labels);
        }
        List<View> every = new ArrayList<>();
        for (int demonstration : chosen) {
            for (int task = 0; task < tasks; task++) {
                every.add(new View(demonstration, task));
            }
        }
        Views views = new Views(now, every, steps);
        boolean belief = kernel.type() == StepKernel.Type.BELIEF;
        double[][] outputs = belief ? views.beliefMeans() : views.embedded().outputs();
        double[] variances = belief ? views.beliefVariances() : new double[0];
        double[][] actions = views.actions();
        double[][] logs = new double[chosen.size()][tasks];
        for (int j = 0; j < chosen.size(); j++) {
            for (int task = 0; task < tasks; task++) {
                for (int point : views.points(new View(chosen.get(j), task))) {
                    double variance = belief ? variances[point] : settings.deviation() * settings.deviation();
                    double log = Imitation.logLikelihood(views.isDiscrete(), outputs[point], actions[point], variance);
                    logs[j][task] += settings.clipBy() == ClipBy.STEP ? clipped(log, settings) : log;
                }
                if (settings.clipBy() == ClipBy.TRAJECTORY) {
                    logs[j][task] = clipped(logs[j][task], settings);
                }
            }
        }
        return settings.weights().shares(logs, labels);
    }

    private static double clipped(double log, Settings settings) {
        return settings.clip() == 0 ? log : Math.min(0, Math.max(settings.clip(), log));
    }
}
