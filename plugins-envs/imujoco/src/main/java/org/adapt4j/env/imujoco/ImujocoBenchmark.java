package org.adapt4j.env.imujoco;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.settings.Nearest;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.ModelException;
import org.adapt4j.env.mujoco.MujocoVersion;
import org.adapt4j.env.mujoco.PhysicsException;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * iMuJoCo (Patacchiola et al. 2023) as tasks: one body of Gym's, as it is ({@code hopper/base}) and varied ({@code
 * hopper/massinc-300-torsogeom}). By default the unmodified body is the training task and all variants are test tasks; a fold
 * trains on the variants of all categories but one.
 *
 * <p>Observation: component {@code state}, float32 {@code [11]} for hopper, {@code [17]} for the others: positions without the
 * place along the track, then velocities. Action: float32 {@code [3]} or {@code [6]} in [-1, 1], one a motor. An action that is
 * the float of a number with up to six decimals is taken for that number, so that traces can be compared with those of programs
 * that compute in double precision.
 */
public final class ImujocoBenchmark implements TaskDistribution {

    static final String BASE = "base";
    private static final String VARIANTS = "variants";
    private static final String OTHERS = "others";
    private static final String VARIANT = "variant";

    private final Settings settings;
    private final Models models;

    @Inject
    ImujocoBenchmark(Settings settings) {
        this.settings = settings;
        models = new Models(settings);
    }

    /** Whose rules hold. */
    public enum Rules {
        /** Gym's, as the paper used them. */
        V3,
        /** The same numbers. */
        V4,
        /** Gymnasium's: the healthy reward is paid while healthy only, and both feet of walker2d grip alike. */
        V5
    }

    /** Category of variants that is held out. */
    public enum Fold {
        /** No fold: what the task lists say. */
        NONE,
        /** Test on changed masses. */
        MASS,
        /** Test on changed ranges of joints. */
        JOINT,
        /** Test on changed lengths. */
        LENGTH,
        /** Test on changed friction; halfcheetah has no such variant. */
        FRICTION
    }

    /**
     * Which body, by which rules, and what to learn from.
     *
     * @param body which body
     * @param rules version of Gym's environments
     * @param fold category to test on, with all others to learn from
     * @param variants names of those that categories, folds, {@code variants} and {@code others} are made of; empty for the paper's
     * @param trainTasks without a fold: words {@code base}, {@code variants}, categories, and names of variants
     * @param testTasks the same for the test, and {@code others}: the unmodified body and the paper's variants, as far as they are
     *     no training tasks
     * @param resetNoise how far initial states scatter; empty: Gym's number for the body
     * @param terminateWhenUnhealthy whether a fall ends an episode
     * @param maxEpisodeSteps time limit
     * @param keepTotalMass whether halfcheetah keeps its 14 kg whatever part becomes heavier
     * @param scaleFloorFriction whether friction variants change the floor too
     * @param xml base model in place of ours
     * @param xmlFolder models in place of ours, one file a variant
     * @param threads that step environments
     */
    public record Settings(
            Body body,
            Rules rules,
            Fold fold,
            List<String> variants,
            List<String> trainTasks,
            List<String> testTasks,
            Optional<Double> resetNoise,
            boolean terminateWhenUnhealthy,
            int maxEpisodeSteps,
            boolean keepTotalMass,
            boolean scaleFloorFriction,
            Optional<Path> xml,
            Optional<Path> xmlFolder,
            int threads) {

        /** Checks numbers, words and files. */
        public Settings {
            resetNoise.ifPresent(noise -> Check.notNegative("reset-noise", noise));
            Check.positive("max-episode-steps", maxEpisodeSteps);
            Check.positive("threads", threads);
            xml.ifPresent(file -> Check.that(
                    Files.isRegularFile(file), "xml", "must be a file that can be read, but there is no " + file));
            xmlFolder.ifPresent(folder ->
                    Check.that(Files.isDirectory(folder), "xml-folder", "must be a folder, but there is no " + folder));
            Check.that(
                    xml.isEmpty() || xmlFolder.isEmpty(),
                    "xml-folder",
                    "cannot be combined with xml: the folder holds the unmodified body too");
            List<Variant> all = all(body, variants);
            if (fold == Fold.NONE) {
                Set<String> train = chosen(body, all, "train-tasks", trainTasks);
                Set<String> test = test(body, all, train, testTasks);
                test.retainAll(train);
                Check.that(test.isEmpty(), "test-tasks", "must not be training tasks too, but are: " + test);
            } else {
                long held = all.stream()
                        .filter(variant -> variant.category() == category(fold))
                        .count();
                Check.that(
                        held > 0,
                        "fold",
                        "must be a category that the body has variants of, but " + body.word() + " has none of "
                                + category(fold).word());
                Check.that(
                        held < all.size(),
                        "fold",
                        "leaves nothing to learn from: all variants are of "
                                + category(fold).word());
            }
        }

        /** What folds, categories and the words for many are made of. */
        private static List<Variant> all(Body body, List<String> variants) {
            List<Variant> paper = Variant.paper(body);
            for (String name : variants) {
                Check.that(
                        Variant.parse(body, name).isPresent(),
                        "variants",
                        "must hold names such as " + paper.get(0).name() + ", but holds '" + name + "'"
                                + Nearest.hint(nearest(body, name)));
            }
            return variants.isEmpty()
                    ? paper
                    : variants.stream()
                            .flatMap(name -> Variant.parse(body, name).stream())
                            .distinct()
                            .toList();
        }

        private static Category category(Fold fold) {
            return Category.valueOf(fold.name());
        }

        /** Names of the variants (or {@code base}) of a split, in the order of the paper's tables. */
        private Set<String> chosen(Split split) {
            List<Variant> all = all(body, variants);
            if (fold == Fold.NONE) {
                Set<String> train = chosen(body, all, "train-tasks", trainTasks);
                return split == Split.TRAIN ? train : test(body, all, train, testTasks);
            }
            Set<String> names = new LinkedHashSet<>();
            for (Variant variant : all) {
                if ((variant.category() == category(fold)) == (split == Split.TEST)) {
                    names.add(variant.name());
                }
            }
            return names;
        }

        /** The test tasks; {@code others} stands for what is left. */
        private static Set<String> test(Body body, List<Variant> all, Set<String> train, List<String> words) {
            if (!words.contains(OTHERS)) {
                return chosen(body, all, "test-tasks", words);
            }
            List<String> named =
                    words.stream().filter(word -> !word.equals(OTHERS)).toList();
            Set<String> left = chosen(body, all, "test-tasks", List.of(BASE, VARIANTS));
            left.removeAll(train);
            Set<String> names = named.isEmpty() ? new LinkedHashSet<>() : chosen(body, all, "test-tasks", named);
            names.addAll(left);
            Check.that(!names.isEmpty(), "test-tasks", "has others, but all tasks are training tasks");
            return names;
        }

        private static Set<String> chosen(Body body, List<Variant> all, String key, List<String> words) {
            Check.notEmpty(key, words);
            Set<String> names = new LinkedHashSet<>();
            for (String word : words) {
                int before = names.size();
                for (Variant variant : all) {
                    if (word.equals(VARIANTS) || word.equals(variant.category().word())) {
                        names.add(variant.name());
                    }
                }
                if (word.equals(BASE)) {
                    names.add(BASE);
                }
                Variant.parse(body, word).ifPresent(variant -> names.add(variant.name()));
                Check.that(
                        names.size() > before || names.contains(word),
                        key,
                        "must hold base, variants, " + (key.equals("test-tasks") ? "others, " : "")
                                + "mass, joint, length, friction (as far as " + body.word()
                                + " has such variants) or names such as "
                                + Variant.paper(body).get(0).name() + ", but holds '" + word + "'"
                                + Nearest.hint(nearest(body, word)));
            }
            return names;
        }

        private static Optional<String> nearest(Body body, String name) {
            return Nearest.to(
                    name, Variant.paper(body).stream().map(Variant::name).toList());
        }

        double noise() {
            return resetNoise.orElse(body.resetNoise);
        }
    }

    @Override
    public String title() {
        StringBuilder title =
                new StringBuilder("imujoco ").append(settings.body().word());
        note(title, settings.rules() == Rules.V5, "v5 rules");
        note(
                title,
                settings.fold() != Fold.NONE,
                "fold " + settings.fold().name().toLowerCase(Locale.ROOT));
        settings.resetNoise().ifPresent(noise -> note(title, true, "reset noise " + noise));
        note(title, !settings.terminateWhenUnhealthy() && settings.body().canFall, "falls do not end episodes");
        note(title, settings.maxEpisodeSteps() != 1000, settings.maxEpisodeSteps() + " steps");
        note(title, settings.keepTotalMass(), "total mass kept");
        note(title, settings.scaleFloorFriction(), "floor friction scaled");
        settings.xml().ifPresent(file -> note(title, true, "model " + file.getFileName()));
        settings.xmlFolder().ifPresent(folder -> note(title, true, "models of " + folder.getFileName()));
        return title.toString();
    }

    private static void note(StringBuilder title, boolean applies, String text) {
        if (applies) {
            title.append(", ").append(text);
        }
    }

    @Override
    public String backEnd() {
        try {
            return "mujoco-" + Model.version();
        } catch (PhysicsException e) {
            throw unplayable(e);
        }
    }

    @Override
    public TaskSet tasks(Split split) {
        List<Task> tasks = new ArrayList<>();
        settings.chosen(split).forEach(name -> tasks.add(named(name)));
        return new TaskSet(List.copyOf(tasks));
    }

    @Override
    public Optional<Task> task(String name) {
        String prefix = settings.body().word() + "/";
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        String variant = name.substring(prefix.length());
        return variant.equals(BASE)
                ? Optional.of(named(BASE))
                : Variant.parse(settings.body(), variant).map(found -> named(found.name()));
    }

    private Task named(String variant) {
        return new Task("imujoco", settings.body().word() + "/" + variant, Map.of(VARIANT, variant));
    }

    /** What a task changes; empty for the unmodified body. */
    private Optional<Variant> variant(Task task) {
        return Stream.of(task.attribute(VARIANT))
                .filter(name -> !name.equals(BASE))
                .map(name -> Variant.parse(settings.body(), name)
                        .orElseThrow(() -> new IllegalArgumentException(task.name() + ": there is no such variant of "
                                + settings.body().word())))
                .findFirst();
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        Body body = settings.body();
        return new EnvironmentSpec(
                List.of(new Component("state", Box.vector(body.observations(), -Float.MAX_VALUE, Float.MAX_VALUE))),
                Box.vector(body.actions(), -1, 1),
                settings.maxEpisodeSteps());
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        try {
            return new SlotBatch(
                    request, settings.threads(), new BodySlots(settings, task -> models.compile(variant(task))));
        } catch (ModelException | PhysicsException e) {
            throw unplayable(e);
        }
    }

    @Override
    public Optional<String> nearestName(String name) {
        String prefix = settings.body().word() + "/";
        return Settings.nearest(settings.body(), name.replaceFirst("^[^/]*/", ""))
                .map(prefix::concat);
    }

    /** The library, and models of the user's own. */
    @Override
    public List<Finding> inspect() {
        Finding library = library();
        if (!library.good() || (settings.xml().isEmpty() && settings.xmlFolder().isEmpty())) {
            return List.of(library);
        }
        Map<String, Finding> findings = new LinkedHashMap<>(); // what is wrong with a base is wrong with all variants
        for (Split split : Split.values()) {
            for (Task task : tasks(split).tasks()) {
                try {
                    models.compile(variant(task)).close();
                } catch (ModelException | PhysicsException | UnplayableTaskException e) {
                    String found = String.valueOf(e.getMessage());
                    findings.putIfAbsent(found, Finding.bad(task.name(), found, "mend the file"));
                }
            }
        }
        return Stream.concat(Stream.of(library), findings.values().stream()).toList();
    }

    private static Finding library() {
        try {
            MujocoVersion version = Model.version();
            List<String> found = new ArrayList<>(List.of(version + ", tested with " + MujocoVersion.TESTED));
            found.addAll(version.differences());
            return Finding.good("MuJoCo", String.join("; ", found));
        } catch (PhysicsException e) {
            return Finding.bad(
                    "MuJoCo",
                    String.valueOf(e.getMessage()),
                    "where this speaks of permission, set ADAPT4J_CACHE to a folder that allows programs");
        }
    }

    /** The user can mend this: a model of his own, or his machine. */
    static UnplayableTaskException unplayable(RuntimeException problem) {
        UnplayableTaskException unplayable = new UnplayableTaskException(String.valueOf(problem.getMessage()));
        unplayable.initCause(problem);
        return unplayable;
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        Body body = settings.body();
        return (episodeReturn - body.randomReturn) / (body.expertReturn - body.randomReturn);
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn >= settings.body().solvedAt;
    }
}
