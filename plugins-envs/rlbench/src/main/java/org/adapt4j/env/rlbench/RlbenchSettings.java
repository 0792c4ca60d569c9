package org.adapt4j.env.rlbench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.settings.Nearest;
import org.adapt4j.env.rlbench.bridge.BridgeSettings;
import org.adapt4j.env.rlbench.control.ActionMode;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.scene.World;
import org.adapt4j.env.rlbench.task.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks, what is seen, and what actions mean.
 *
 * @param backEnd what plays: MuJoCo in this process, or RLBench itself
 * @param bridge how RLBench itself is reached
 * @param tasks to learn from, RLBench's names; {@code push_button/3} for a variation, {@code all} for all there are
 * @param testTasks to meet; empty: those to learn from
 * @param variations of tasks that name none: numbers, or {@code all}
 * @param cameras what they see, by name
 * @param state which of the low-dimensional numbers are observed
 * @param tellTask whether the observation tells which task is played, as one of many
 * @param action what actions mean
 * @param episode how long episodes are, and what they earn
 * @param grasp how the gripper holds things
 * @param film camera of films
 * @param threads that step environments
 */
public record RlbenchSettings(
        BackEnd backEnd,
        BridgeSettings bridge,
        List<String> tasks,
        List<String> testTasks,
        List<String> variations,
        Map<String, View> cameras,
        List<Quantity> state,
        boolean tellTask,
        ActionMode action,
        Episode episode,
        World.Grasp grasp,
        String film,
        int threads) {

    /** RLBench's cameras, and how far each sees, metres. */
    static final Map<String, Double> CAMERAS = views();

    private static final String ALL = "all";
    private static final Pattern TASK = Pattern.compile("([a-z_]+)(?:/([0-9]{1,4}))?");
    private static final int LARGEST = 1024;

    /** Steps of 0.05 s that the expert may take. */
    private static final int LONGEST_PLAY = 1000;

    private static Map<String, Double> views() {
        Map<String, Double> cameras = new LinkedHashMap<>();
        cameras.put("left_shoulder", 3.2);
        cameras.put("right_shoulder", 3.2);
        cameras.put("overhead", 3.5);
        cameras.put("wrist", 3.5);
        cameras.put("front", 4.5);
        return cameras;
    }

    /** What plays. */
    public enum BackEnd {
        /** Our tasks on MuJoCo. */
        EMBEDDED,
        /** RLBench itself, where the user has installed it, with all tasks that it has. */
        BRIDGE
    }

    /** Numbers that RLBench observes, in its order. */
    public enum Quantity {
        /** 1 if the gripper is open, else 0. */
        GRIPPER_OPEN(1, 0, 1),
        /** Radians a second. */
        JOINT_VELOCITIES(7, -100, 100),
        /** Radians. */
        JOINT_POSITIONS(7, -4, 4),
        /** Of the servos, N m. */
        JOINT_FORCES(7, -100, 100),
        /** Of the tip, in the world: place in metres, then the quaternion with w last. */
        GRIPPER_POSE(7, -10, 10),
        /** How far each finger is open, metres. */
        GRIPPER_JOINT_POSITIONS(2, -0.05, 0.05),
        /** On each finger, N in the world's axes: what touches it, without the other finger. */
        GRIPPER_TOUCH_FORCES(6, -1000, 1000),
        /** What the task tells; zeros follow where other tasks of the benchmark tell more. */
        TASK_LOW_DIM_STATE(0, -100, 100);

        final int width;
        final double low;
        final double high;

        Quantity(int width, double low, double high) {
            this.width = width;
            this.low = low;
            this.high = high;
        }
    }

    /**
     * What a camera gives.
     *
     * @param size height and width in pixels
     * @param rgb colours; unless it is said otherwise, yes
     * @param depth metres along the optical axis
     * @param pointCloud where in the world each pixel lies, metres
     * @param mask number of the shape that each pixel shows
     */
    public record View(
            List<Integer> size,
            Optional<Boolean> rgb,
            Optional<Boolean> depth,
            Optional<Boolean> pointCloud,
            Optional<Boolean> mask) {

        /** Checks the size. */
        public View {
            size = List.copyOf(size);
            Check.that(
                    size.size() == 2 && size.stream().allMatch(side -> side >= 1 && side <= LARGEST),
                    "size",
                    "must be [height, width] of 1 to " + LARGEST + " pixels each but is " + size);
            Check.that(
                    rgb.orElse(true) || depth.orElse(false) || pointCloud.orElse(false) || mask.orElse(false),
                    "rgb",
                    "must be true where the camera gives neither depth nor point-cloud nor mask");
        }

        int height() {
            return size.get(0);
        }

        int width() {
            return size.get(1);
        }
    }

    /** What becomes of an action that cannot be done. */
    public enum Invalid {
        /** The episode ends, as RLBench's exceptions do it. */
        END,
        /** The step is void. */
        VOID
    }

    /**
     * How long episodes are, and what they earn.
     *
     * @param maxSteps longest; empty: 10 where an action is a whole move, else 300
     * @param reward of success
     * @param invalidReward of an action that cannot be done
     * @param invalid what becomes of such an episode
     * @param shaped whether distances cost something where RLBench has a shaped reward
     */
    public record Episode(
            Optional<Integer> maxSteps, double reward, double invalidReward, Invalid invalid, boolean shaped) {

        /** Checks the numbers. */
        public Episode {
            maxSteps.ifPresent(steps -> Check.positive("max-steps", steps));
            Check.positive("reward", reward);
            Check.that(invalidReward <= 0, "invalid-reward", "must not be positive but is " + invalidReward);
        }
    }

    /**
     * A variation of a task.
     *
     * @param task RLBench's name
     * @param variation its number
     */
    record Chosen(String task, int variation) {

        /** As tasks are called: without the number where it is 0. */
        String name() {
            return "rlbench/" + task + (variation == 0 ? "" : "/" + variation);
        }
    }

    /** Checks names and numbers. */
    public RlbenchSettings {
        tasks = List.copyOf(tasks);
        testTasks = List.copyOf(testTasks);
        variations = List.copyOf(variations);
        state = List.copyOf(new LinkedHashSet<>(state));
        chosen("tasks", tasks, variations, backEnd);
        if (!testTasks.isEmpty()) {
            chosen("test-tasks", testTasks, variations, backEnd);
        }
        cameras = Map.copyOf(cameras);
        for (String name : cameras.keySet()) {
            Check.that(CAMERAS.containsKey(name), "cameras", camera(name));
        }
        Check.that(CAMERAS.containsKey(film), "film", camera(film));
        Check.that(
                !state.isEmpty() || !cameras.isEmpty(), "state", "must not be empty where there is no camera either");
        Check.positive("threads", threads);
    }

    private static String camera(String name) {
        return "there is no camera '" + name + "'" + Nearest.hint(Nearest.to(name, CAMERAS.keySet())) + " (known: "
                + String.join(", ", CAMERAS.keySet()) + ")";
    }

    /** The tasks to learn from. */
    Collection<Chosen> train() {
        return chosen("tasks", tasks, variations, backEnd);
    }

    /** The tasks to meet. */
    Collection<Chosen> test() {
        return testTasks.isEmpty() ? train() : chosen("test-tasks", testTasks, variations, backEnd);
    }

    private static Collection<Chosen> chosen(String key, List<String> words, List<String> variations, BackEnd backEnd) {
        Check.notEmpty(key, words);
        Check.notEmpty("variations", variations);
        Set<Chosen> chosen = new LinkedHashSet<>();
        for (String word : words.contains(ALL) ? List.copyOf(Tasks.names()) : words) {
            Matcher matcher = TASK.matcher(word);
            Check.that(
                    matcher.matches(),
                    key,
                    "must hold names such as push_button or push_button/3, but holds '" + word + "'" + hint(word));
            String name = matcher.group(1);
            Description task = Tasks.all().get(name);
            if (backEnd == BackEnd.BRIDGE) {
                chosen.addAll(elsewhere(name, matcher.group(2), variations));
                continue;
            }
            Check.that(task != null, key, "there is no task '" + name + "'" + hint(name));
            if (task == null) {
                continue;
            }
            String number = matcher.group(2);
            if (number != null) {
                int variation = Integer.parseInt(number);
                Check.that(variation < task.variations(), key, tooFew(word, task));
                chosen.add(new Chosen(name, variation));
                continue;
            }
            for (int variation : numbers(variations, task)) {
                chosen.add(new Chosen(name, variation));
            }
        }
        return chosen;
    }

    /** Variations of a task of which RLBench itself knows what there is, and refuses what there is not. */
    private static Collection<Chosen> elsewhere(String name, @Nullable String number, List<String> words) {
        Set<Chosen> chosen = new LinkedHashSet<>();
        Description task = Tasks.all().get(name);
        for (String word : number == null ? words : List.of(number)) {
            if (word.equals(ALL) && task != null) {
                numbers(List.of(ALL), task).forEach(variation -> chosen.add(new Chosen(name, variation)));
                continue;
            }
            Check.that(
                    word.matches("[0-9]{1,4}"),
                    "variations",
                    "must hold numbers from 0 on for " + name + ", whose variations are not known here, but holds '"
                            + word + "'");
            chosen.add(new Chosen(name, Integer.parseInt(word)));
        }
        return chosen;
    }

    private static List<Integer> numbers(List<String> words, Description task) {
        List<Integer> numbers = new ArrayList<>();
        for (String word : words) {
            if (word.equals(ALL)) {
                for (int i = 0; i < task.variations(); i++) {
                    numbers.add(i);
                }
                continue;
            }
            Check.that(
                    word.matches("[0-9]{1,4}"),
                    "variations",
                    "must hold numbers from 0 on, or all, but holds '" + word + "'");
            int number = Integer.parseInt(word);
            Check.that(number < task.variations(), "variations", tooFew(task.name() + "/" + number, task));
            numbers.add(number);
        }
        return numbers;
    }

    private static String tooFew(String word, Description task) {
        return word + " is out of range: " + task.name() + " has "
                + (task.variations() == 1 ? "variation 0 only" : "variations 0 to " + (task.variations() - 1));
    }

    private static String hint(String word) {
        return Nearest.hint(Nearest.to(word.replaceFirst("/.*", ""), Tasks.names())) + " (known: "
                + String.join(", ", Tasks.names()) + ")";
    }

    /** A task by its name, whether or not it was chosen. */
    static Optional<Chosen> parse(String name, BackEnd backEnd) {
        if (!name.startsWith("rlbench/")) {
            return Optional.empty();
        }
        Matcher matcher = TASK.matcher(name.substring("rlbench/".length()));
        if (backEnd == BackEnd.BRIDGE) {
            return matcher.matches()
                    ? elsewhere(matcher.group(1), matcher.group(2), List.of("0")).stream()
                            .findFirst()
                    : Optional.empty();
        }
        Description task = matcher.matches() ? Tasks.all().get(matcher.group(1)) : null;
        if (task == null) {
            return Optional.empty();
        }
        int variation = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return variation < task.variations() ? Optional.of(new Chosen(task.name(), variation)) : Optional.empty();
    }

    /** The same benchmark in actions of joints, which the expert plays before its play is cut into moves. */
    RlbenchSettings byJoints() {
        ActionMode joints = new ActionMode(
                ActionMode.Arm.JOINT_POSITION,
                ActionMode.Gripper.DISCRETE,
                true,
                action.frame(),
                action.collisionChecking(),
                action.delta());
        Episode longer = new Episode(
                Optional.of(LONGEST_PLAY), episode.reward(), episode.invalidReward(), episode.invalid(), false);
        return new RlbenchSettings(
                backEnd,
                bridge,
                tasks,
                testTasks,
                variations,
                cameras,
                state,
                tellTask,
                joints,
                longer,
                grasp,
                film,
                threads);
    }

    int maxSteps() {
        return episode.maxSteps().orElse(action.isMacro() ? 10 : 300);
    }
}
