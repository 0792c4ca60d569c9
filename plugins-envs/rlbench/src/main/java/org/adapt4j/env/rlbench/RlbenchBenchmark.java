package org.adapt4j.env.rlbench;

import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Nearest;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.PhysicsException;
import org.adapt4j.env.rlbench.RlbenchSettings.Chosen;
import org.adapt4j.env.rlbench.RlbenchSettings.Quantity;
import org.adapt4j.env.rlbench.bridge.BridgeDemos;
import org.adapt4j.env.rlbench.bridge.BridgeDoctor;
import org.adapt4j.env.rlbench.bridge.BridgeSlots;
import org.adapt4j.env.rlbench.bridge.Wishes;
import org.adapt4j.env.rlbench.control.ActionMode;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.scene.World;
import org.adapt4j.env.rlbench.task.Tasks;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotBatch;
import org.adapt4j.toolkit.environment.SlotFactory;

/**
 * RLBench (James et al. 2020, IEEE Robotics and Automation Letters 5(2)) made anew on MuJoCo: a Panda arm, tasks by RLBench's names with
 * shapes and sizes of our own, a reward for success alone.
 *
 * <p>Observation: components by RLBench's names in its order (see {@link Quantity}), then {@code task} where it is told, then what the
 * cameras see. Action: eight floats, see {@link ActionMode}.
 */
public final class RlbenchBenchmark implements TaskDistribution {

    /** What distances may cost in an episode, as a share of the reward: so that success can be told from a return. */
    static final double SHAPED_SHARE = 0.5;

    private static final String TASK = "task";

    private final RlbenchSettings settings;
    private final List<Task> train;
    private final List<Task> test;
    private final List<Task> all;
    private final Map<String, Integer> indices = new HashMap<>();
    private final int stateWidth;

    @Inject
    RlbenchBenchmark(RlbenchSettings settings) {
        this.settings = settings;
        train = tasks(settings.train());
        test = tasks(settings.test());
        Set<Task> both = new LinkedHashSet<>(train);
        both.addAll(test);
        all = List.copyOf(both);
        int widest = 1;
        for (Task task : all) {
            indices.put(task.name(), indices.size());
            widest = Math.max(widest, toldBy(task));
        }
        stateWidth = widest;
    }

    private static List<Task> tasks(Collection<Chosen> chosen) {
        return chosen.stream().map(RlbenchBenchmark::task).toList();
    }

    private static Task task(Chosen chosen) {
        return new Task(
                "rlbench",
                chosen.name(),
                Map.of(TASK, chosen.task(), "variation", Integer.toString(chosen.variation())));
    }

    static Description description(Task task) {
        Description description = Tasks.all().get(task.attribute(TASK));
        if (description == null) {
            throw new IllegalArgumentException(task.name() + ": there is no such task");
        }
        return description;
    }

    RlbenchSettings settings() {
        return settings;
    }

    @Override
    public String title() {
        ActionMode action = settings.action();
        StringBuilder title = new StringBuilder("rlbench, ")
                .append(word(action.arm()))
                .append(action.absolute() ? "" : " changes")
                .append(", gripper ")
                .append(word(action.gripper()));
        if (settings.grasp() != World.Grasp.PHYSICS) {
            title.append(", grasped things attached");
        }
        if (settings.episode().shaped()) {
            title.append(", shaped");
        }
        return title.append(", ").append(settings.maxSteps()).append(" steps").toString();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String backEnd() {
        if (isBridge()) {
            return "bridge-rlbench";
        }
        try {
            return "embedded-mujoco-" + Model.version();
        } catch (PhysicsException e) {
            throw TaskModel.unplayable(e);
        }
    }

    @Override
    public TaskSet tasks(Split split) {
        return new TaskSet(split == Split.TRAIN ? train : test);
    }

    @Override
    public Optional<Task> task(String name) {
        return RlbenchSettings.parse(name, settings.backEnd()).map(RlbenchBenchmark::task);
    }

    @Override
    public Optional<String> nearestName(String name) {
        String[] parts = name.replaceFirst("^rlbench/", "").split("/", 2);
        Description known = Tasks.all().get(parts[0]);
        Optional<String> near = known != null && parts.length == 2
                ? Optional.of(parts[0] + "/" + (known.variations() - 1))
                : Nearest.to(parts[0], Tasks.names());
        return near.map(each -> "rlbench/" + each);
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        List<Component> components = new ArrayList<>();
        for (Quantity quantity : settings.state()) {
            int width = quantity == Quantity.TASK_LOW_DIM_STATE ? stateWidth(tasks) : quantity.width;
            components.add(new Component(word(quantity), Box.vector(width, quantity.low, quantity.high)));
        }
        if (settings.tellTask()) {
            components.add(new Component(TASK, Box.vector(all.size(), 0, 1)));
        }
        for (String camera : RlbenchSettings.CAMERAS.keySet()) {
            RlbenchSettings.View view = settings.cameras().get(camera);
            if (view != null) {
                components.addAll(CameraView.components(camera, view));
            }
        }
        ActionMode action = settings.action();
        return new EnvironmentSpec(
                components, Box.vector(action.width(), action.low(), action.high()), settings.maxSteps());
    }

    /** So many numbers has the task's state, whichever of the benchmark's tasks are played; of others more if they tell more. */
    private int stateWidth(TaskSet tasks) {
        int widest = stateWidth;
        for (Task task : tasks.tasks()) {
            if (!indices.containsKey(task.name())) {
                widest = Math.max(widest, toldBy(task));
            }
        }
        return widest;
    }

    private int toldBy(Task task) {
        return isBridge() ? settings.bridge().stateWidth() : TaskModel.stateWidth(description(task));
    }

    private boolean isBridge() {
        return settings.backEnd() == RlbenchSettings.BackEnd.BRIDGE;
    }

    @Override
    public Map<String, ByteBuffer> taskObservation(Task task) {
        if (!settings.tellTask()) {
            return Map.of();
        }
        ByteBuffer which = ByteBuffer.allocateDirect(Float.BYTES * all.size()).order(ByteOrder.nativeOrder());
        Integer index = indices.get(task.name());
        if (index != null) {
            which.putFloat(Float.BYTES * index, 1);
        }
        return Map.of(TASK, which);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        if (isBridge()) {
            // Slots wait for other processes, each in a thread of its own.
            return new SlotBatch(
                    request, request.slots(), new BridgeSlots(settings.bridge(), wishes(request.spec()), this::which));
        }
        return new SlotBatch(
                request, settings.threads(), new Slots(request.schedule().tasks()));
    }

    /** RLBench's own expert, where RLBench itself plays. */
    BridgeDemos demos() {
        return new BridgeDemos(settings.bridge(), wishes(spec(new TaskSet(train))), this::which);
    }

    private Wishes wishes(EnvironmentSpec spec) {
        RlbenchSettings.Episode episode = settings.episode();
        return new Wishes(
                spec.observation(),
                settings.action(),
                settings.grasp() == World.Grasp.ATTACH,
                episode.shaped(),
                episode.reward(),
                SHAPED_SHARE * episode.reward() / settings.maxSteps(),
                episode.invalidReward(),
                episode.invalid() == RlbenchSettings.Invalid.END,
                settings.film());
    }

    private float[] which(Task task) {
        float[] which = new float[all.size()];
        Integer index = indices.get(task.name());
        if (index != null) {
            which[index] = 1;
        }
        return which;
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return episodeReturn / settings.episode().reward();
    }

    /** A success earns at least half of the reward whatever distances cost, anything else nothing at most. */
    @Override
    public boolean solved(Task task, double episodeReturn) {
        return normalise(task, episodeReturn) > SHAPED_SHARE / 2;
    }

    @Override
    public List<Finding> inspect() {
        if (isBridge()) {
            return BridgeDoctor.inspect(settings.bridge());
        }
        try {
            return List.of(Finding.good(
                    "rlbench",
                    "MuJoCo " + Model.version() + ", " + Tasks.names().size() + " tasks"));
        } catch (PhysicsException e) {
            return List.of(Finding.bad(
                    "rlbench",
                    String.valueOf(e.getMessage()),
                    "where this speaks of permission, set ADAPT4J_CACHE to a folder that allows programs"));
        }
    }

    RlbenchSlot slot(Models models, TaskSet tasks, RandomGenerator random) {
        return new RlbenchSlot(
                settings,
                stateWidth(tasks),
                models::of,
                task -> indices.getOrDefault(task.name(), -1),
                all.size(),
                random);
    }

    /** Makes slots that share compiled tasks. */
    private final class Slots implements SlotFactory {
        private final Models models = new Models();
        private final TaskSet tasks;

        Slots(TaskSet tasks) {
            this.tasks = tasks;
        }

        @Override
        public Slot create(int index, RandomGenerator random) {
            return slot(models, tasks, random);
        }

        @Override
        public void close() {
            models.close();
        }
    }

    /** Compiled tasks, each at the first episode that needs it. */
    static final class Models implements AutoCloseable {
        private final Map<String, TaskModel> models = new HashMap<>();

        /** The model of a task, for all its variations; called by several threads. */
        synchronized TaskModel of(Task task) {
            return models.computeIfAbsent(task.attribute(TASK), name -> TaskModel.compile(description(task)));
        }

        @Override
        public synchronized void close() {
            models.values().forEach(task -> task.model().close());
            models.clear();
        }
    }
}
