package org.adapt4j.runtime.experiment;

import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.benchmark.PublishedReturns;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Selector;
import org.adapt4j.api.plugin.ApiVersion;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.run.PlannedCell;

/** Makes the cells of one point of a grid after another, each cell once, and says of each whether it can be. */
final class CellPlanner {

    /** What makes no difference to the cells of one point, but for the seed in their text. */
    private static final List<String> BESIDE_THE_CELL =
            List.of("name", "description", "seed", "claims", "published", "methods", "grid", "rules", "run");

    private final ExperimentFile file;
    private final Catalogue catalogue;
    private final BuiltComponents built;
    private final Map<List<Object>, Drafts> drafts = new HashMap<>();
    private final Map<String, PlannedCell> cells = new LinkedHashMap<>();
    private final Map<PublishedReturns, Set<String>> published = new LinkedHashMap<>();
    private final Map<String, String> versions = new TreeMap<>();

    CellPlanner(ExperimentFile file, Catalogue catalogue) {
        this.file = file;
        this.catalogue = catalogue;
        built = new BuiltComponents(catalogue, file.problems());
        versions.put("api", ApiVersion.CURRENT);
        versions.put("java", Runtime.version().toString());
    }

    /** The cells of all points so far, in their order. */
    Collection<PlannedCell> cells() {
        return cells.values();
    }

    /** What the benchmarks know that others have measured where the cells of these ids learn. */
    Map<PublishedReturns, Set<String>> published() {
        return published;
    }

    /** Versions of the API, of Java, and of all plug-ins that take part. */
    Map<String, String> versions() {
        return versions;
    }

    /**
     * What every cell has.
     *
     * @param seed root of all random streams
     * @param threads of the numerical library
     * @param device where tensors live: cpu, gpu, or gpu:N
     */
    private record Frame(long seed, int threads, String device) {
        private Frame {
            Check.that(seed == (int) seed, "seed", "must be a whole number of 32 bits but is " + seed);
            Check.positive("threads", threads);
            Check.that(Device.isOne(device), "device", "must be cpu, gpu or gpu:N but is '" + device + "'");
        }
    }

    /**
     * What the cells of one point have in common with those of other seeds.
     *
     * @param pretrain the pre-training cell, if there is one
     * @param adapt the adaptation cells
     * @param published what others measured where the pre-training cell learns
     */
    private record Drafts(Optional<CellDraft> pretrain, List<CellDraft> adapt, List<PublishedReturns> published) {}

    /** Adds the cells of one point that are not there yet, or reports problems. */
    void add(Grid.Coordinate at) {
        Optional<Frame> frame = file.part(Frame.class, at.config().root(), "", Set.of("seed", "threads", "device"));
        Optional<Drafts> found = drafts(at);
        if (frame.isEmpty() || found.isEmpty()) {
            return;
        }
        long seed = frame.get().seed();
        Optional<PlannedCell> pretrain =
                found.get().pretrain().map(draft -> draft.planned(at.method(), at.labels(), seed, Optional.empty()));
        pretrain.ifPresent(planned -> {
            cells.putIfAbsent(planned.id(), planned);
            found.get()
                    .published()
                    .forEach(returns -> published
                            .computeIfAbsent(returns, unused -> new LinkedHashSet<>())
                            .add(planned.id()));
        });
        for (CellDraft draft : found.get().adapt()) {
            PlannedCell planned = draft.planned(at.method(), at.labels(), seed, pretrain.map(PlannedCell::id));
            cells.putIfAbsent(planned.id(), planned);
        }
    }

    /** The cells of a point but for the seed, from memory if another seed had them; empty if problems were reported. */
    private Optional<Drafts> drafts(Grid.Coordinate at) {
        ConfigObject rest = at.config().root();
        for (String key : BESIDE_THE_CELL) {
            rest = rest.withoutKey(key);
        }
        List<Object> same = List.of(at.method(), rest);
        Drafts known = drafts.get(same);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Drafts> fresh = CellParts.at(at, file, catalogue).map(this::draft);
        fresh.ifPresent(draft -> drafts.put(same, draft));
        return fresh;
    }

    /** Builds what cells are made of, and judges whether they can be. */
    private Drafts draft(CellParts parts) {
        TaskDistribution benchmark = built.benchmark(parts.benchmark());
        Optional<Learned> learned = parts.pretraining().map(pretraining -> pretrain(parts, pretraining, benchmark));
        List<CellDraft> adaptations = parts.adaptation()
                .map(adaptation -> adapt(parts, adaptation, benchmark, learned))
                .orElse(List.of());
        return new Drafts(learned.map(Learned::cell), adaptations, benchmark.published());
    }

    /**
     * What is known of pre-training before it runs.
     *
     * @param cell that pre-trains
     * @param conditioning of its agent
     * @param tensors of its networks by name; empty if they are not known
     */
    private record Learned(CellDraft cell, Conditioning conditioning, Map<String, List<Long>> tensors) {}

    private Learned pretrain(CellParts parts, CellParts.Pretraining pretraining, TaskDistribution benchmark) {
        Learner learner = built.method(Learner.class, pretraining.learner(), Map.of());
        TaskSet train = benchmark.tasks(Split.TRAIN);
        AlgorithmRequest request = request(
                benchmark.spec(train),
                learner.conditioning(),
                pretraining.phase().slots());
        AlgorithmFactory<?> factory = built.algorithm(pretraining.algorithm(), benchmark);
        Optional<String> objection = new Compatibility(
                        learner,
                        pretraining.algorithm().name(),
                        factory,
                        request,
                        benchmark,
                        train,
                        pretraining.phase(),
                        demonstrations(parts, benchmark),
                        policies(parts, benchmark))
                .objection();
        CellDraft cell = draft(
                parts,
                new ResolvedCell.Method.Pretrain(pretraining.learner().section()),
                pretraining.algorithm(),
                Stream.of(pretraining.learner()),
                pretraining.phase(),
                objection);
        return new Learned(cell, learner.conditioning(), objection.isPresent() ? Map.of() : factory.tensors(request));
    }

    private List<CellDraft> adapt(
            CellParts parts, CellParts.Adaptation adaptation, TaskDistribution benchmark, Optional<Learned> learned) {
        Map<Class<?>, Object> services = new HashMap<>();
        adaptation
                .selector()
                .map(component -> built.method(Selector.class, component, Map.of()))
                .ifPresent(selector -> services.putAll(Selectors.services(selector)));
        Adapter adapter = built.method(Adapter.class, adaptation.adapter(), services);
        AlgorithmFactory<?> factory = built.algorithm(adaptation.algorithm(), benchmark);
        List<CellDraft> cells = new ArrayList<>();
        for (TaskSet set : sets(adaptation.width(), benchmark.tasks(Split.TEST))) {
            AlgorithmRequest request = request(
                    benchmark.spec(learned.isPresent() ? benchmark.tasks(Split.TRAIN) : set),
                    learned.map(Learned::conditioning).orElse(Conditioning.none()),
                    adaptation.phase().slots());
            Compatibility compatibility = new Compatibility(
                    adapter,
                    adaptation.algorithm().name(),
                    factory,
                    request,
                    benchmark,
                    set,
                    adaptation.phase(),
                    demonstrations(parts, benchmark),
                    policies(parts, benchmark));
            Optional<String> objection = learned.flatMap(before -> before.cell().objection())
                    .map(why -> "its pre-training cannot be: " + why)
                    .or(compatibility::objection)
                    .or(() -> Misfit.between(
                            learned.map(Learned::tensors).orElse(Map.of()), factory.tensors(request), adapter));
            cells.add(adaptationTo(set, parts, adaptation, objection));
        }
        return cells;
    }

    private CellDraft adaptationTo(
            TaskSet set, CellParts parts, CellParts.Adaptation adaptation, Optional<String> objection) {
        Optional<Components.Component> learner = parts.pretraining().map(CellParts.Pretraining::learner);
        return draft(
                parts,
                new ResolvedCell.Method.Adapt(
                        adaptation.adapter().section(),
                        adaptation.selector().map(Components.Component::section),
                        set.tasks().stream().map(Task::name).toList(),
                        adaptation.width().together(),
                        Optional.empty(),
                        learner.map(Components.Component::section)),
                adaptation.algorithm(),
                Stream.of(learner, Optional.of(adaptation.adapter()), adaptation.selector())
                        .flatMap(Optional::stream),
                adaptation.phase(),
                objection);
    }

    /** The tasks of each cell that adapts. */
    private static List<TaskSet> sets(CellParts.Width width, TaskSet test) {
        TaskSet tasks = width.tasks() == 0 ? test : test.first(width.tasks());
        return width.together()
                ? List.of(tasks)
                : tasks.tasks().stream().map(TaskSet::of).toList();
    }

    /** @param own components of the method */
    private CellDraft draft(
            CellParts parts,
            ResolvedCell.Method method,
            Components.Component algorithm,
            Stream<Components.Component> own,
            PhaseSettings phase,
            Optional<String> objection) {
        Map<String, String> of = Components.versions(Stream.of(
                        Stream.of(parts.benchmark(), algorithm), own, parts.data().stream(), parts.evaluator().stream())
                .flatMap(part -> part)
                .toList());
        versions.putAll(of);
        ResolvedCell cell = new ResolvedCell(
                parts.preset(),
                0,
                parts.threads(),
                parts.device(),
                of,
                parts.benchmark().section(),
                parts.data().map(Components.Component::section),
                parts.evaluator().map(Components.Component::section),
                algorithm.section(),
                method,
                phase);
        return CellDraft.of(cell, objection);
    }

    private Optional<ToIntFunction<Task>> demonstrations(CellParts parts, TaskDistribution benchmark) {
        return parts.data().map(data -> task -> built.demonstrations(data, benchmark, task));
    }

    private Predicate<Task> policies(CellParts parts, TaskDistribution benchmark) {
        return task -> parts.data()
                .filter(data -> built.keepsPolicy(data, benchmark, task))
                .isPresent();
    }

    private static AlgorithmRequest request(EnvironmentSpec spec, Conditioning conditioning, int slots) {
        return new AlgorithmRequest(spec, conditioning, slots, Device.CPU, NoRandomness.INSTANCE);
    }
}
