package org.adapt4j.runtime.experiment;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Phase;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/**
 * Whether a method and an algorithm can work together, as far as it shows before anything runs.
 *
 * @param phase the method
 * @param algorithm name of the algorithm
 * @param factory which makes it
 * @param request what would be made
 * @param benchmark whose tasks
 * @param tasks of the phase
 * @param settings slots and budget
 * @param demonstrations how many there are of a task; empty without a data set
 * @param policies whether the data set keeps one of a task
 */
record Compatibility(
        Phase phase,
        String algorithm,
        AlgorithmFactory<?> factory,
        AlgorithmRequest request,
        TaskDistribution benchmark,
        TaskSet tasks,
        PhaseSettings settings,
        Optional<ToIntFunction<Task>> demonstrations,
        Predicate<Task> policies) {

    /** Why they cannot, in a sentence that says what to change; empty if they can. */
    Optional<String> objection() {
        return unmetNeeds()
                .or(this::wrongData)
                .or(this::wrongBudget)
                .or(this::ownObjection)
                .or(this::unknownGroup);
    }

    private boolean offline() {
        return factory.diet().regime() == Regime.OFFLINE;
    }

    /** What the method needs of the algorithm. */
    private Optional<String> unmetNeeds() {
        Needs needs = phase.needs();
        if (!needs.regimes().contains(factory.diet().regime())) {
            return Optional.of(needs.because() + ", and " + algorithm + " learns "
                    + switch (factory.diet().regime()) {
                        case ON_POLICY -> "only from fresh experience";
                        case OFF_POLICY -> "from a replay";
                        case OFFLINE -> "only from demonstrations";
                    });
        }
        for (Class<?> ability : needs.abilities()) {
            if (!factory.abilities().contains(ability)) {
                return Optional.of(needs.because() + ", and " + algorithm + " has no " + ability.getSimpleName());
            }
        }
        return needs.mixing() && !factory.mixesWeights()
                ? Optional.of(needs.because() + ", and nothing lies between two sets of weights of " + algorithm)
                : Optional.empty();
    }

    private Optional<String> wrongData() {
        if (demonstrations.isPresent()) {
            return Optional.empty();
        }
        if (phase.needs().demonstrations()) {
            return Optional.of(phase.needs().because() + ", and the experiment names no data-set");
        }
        return offline()
                ? Optional.of(algorithm + " learns from demonstrations, and the experiment names no data-set")
                : Optional.empty();
    }

    private Optional<String> wrongBudget() {
        PhaseSettings.Budget budget = settings.budget();
        if (offline() && phase instanceof Learner && budget.demonstrations() == 0) {
            return Optional.of(algorithm
                    + " learns from demonstrations, and the budget has none; set pretrain.budget.demonstrations");
        }
        if (!offline() && budget.countsEpochsAlone()) {
            return Optional.of("epochs are passes over demonstrations, and " + algorithm
                    + " learns from play; give the budget environment-steps");
        }
        if (offline() && budget.countsStepsAlone()) {
            return Optional.of(algorithm + " learns from demonstrations and plays nothing, so a budget of"
                    + " environment-steps would never be spent; give it updates or epochs");
        }
        long steps = budget.environmentSteps();
        return steps > 0 && steps < settings.slots()
                ? Optional.of("a budget of " + steps + " environment-steps ends before each of " + settings.slots()
                        + " slots has made a step; give it more, or lower slots")
                : Optional.empty();
    }

    /** What the algorithm and the method say themselves. */
    private Optional<String> ownObjection() {
        Prospect prospect = new Prospect(
                tasks,
                request.spec(),
                settings.limits(),
                task -> demonstrations.map(there -> there.applyAsInt(task)).orElse(0),
                policies,
                benchmark::taskObservation,
                request.conditioning());
        return factory.objection(request)
                .or(() -> phase.objection(prospect))
                .or(() -> offline() ? missingDemonstrations(prospect) : Optional.empty());
    }

    /** A name in the method's settings that means nothing to the algorithm, where its parameters are known beforehand. */
    private Optional<String> unknownGroup() {
        Set<String> named = phase.namedGroups();
        return named.isEmpty()
                ? Optional.empty()
                : Misfit.unknown(named, factory.tensors(request).keySet(), algorithm);
    }

    /** What an agent that learns from demonstrations alone would look for in vain. */
    private Optional<String> missingDemonstrations(Prospect prospect) {
        if (phase instanceof Learner) {
            return tasks.tasks().stream()
                    .filter(task -> prospect.demonstrations().applyAsInt(task) == 0)
                    .map(task -> "the data set has no demonstration of " + task.name()
                            + ", which is a training task; record some, or take other tasks")
                    .findFirst();
        }
        long granted = prospect.budget().getOrDefault(Resource.DEMONSTRATIONS, 0L);
        long there = granted == 0
                ? 0
                : tasks.tasks().stream()
                        .mapToLong(task -> prospect.demonstrations().applyAsInt(task))
                        .sum();
        return granted > there
                ? Optional.of("the budget grants " + granted + (granted == 1 ? " demonstration" : " demonstrations")
                        + ", and the data set has " + there + " of "
                        + tasks.tasks().stream().map(Task::name).collect(Collectors.joining(", "))
                        + "; record more, or grant fewer in adapt.budget.demonstrations")
                : Optional.empty();
    }
}
