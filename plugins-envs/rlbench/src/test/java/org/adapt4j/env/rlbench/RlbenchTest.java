package org.adapt4j.env.rlbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.World;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.toolkit.environment.Ending;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class RlbenchTest {

    /** Of the base in the scene, metres. */
    private static final double[] BASE = {-0.2677, -0.0053, 0.7505};

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(RlbenchPlugin.class)
                .seeing(
                        "org.adapt4j.env.mujoco..",
                        "org.adapt4j.env.arm..",
                        "org.bytedeco.javacpp..",
                        "com.fasterxml.jackson..")
                .check();
        ReferenceDefaults.of(RlbenchPlugin.class, "benchmarks.rlbench").match(RlbenchSettings.class);
        ReferenceDefaults.of(RlbenchPlugin.class, "data-sets.rlbench-expert").match(RlbenchExpert.Settings.class);
    }

    @Test
    void theArmBeginsWhereItsLengthsPutIt() {
        play("tasks = [reach_target]", slot -> {
            World world = slot.playing().world();
            Pose hand = world.pose("hand");

            assertThat(hand.distance(BASE[0] + 0.5329, BASE[1], BASE[2] + 0.8028))
                    .isLessThan(3e-3);
        });
    }

    @Test
    void tasksAreCalledByVariation() {
        RlbenchBenchmark benchmark = Benches.of("tasks = [push_button/3, reach_target], variations = [0, 2]");

        assertThat(benchmark.tasks(Split.TRAIN).tasks().stream().map(Task::name))
                .containsExactly("rlbench/push_button/3", "rlbench/reach_target", "rlbench/reach_target/2");
        assertThat(benchmark.task("rlbench/reach_target/0")).isEqualTo(benchmark.task("rlbench/reach_target"));
        assertThat(benchmark.task("rlbench/push_button/18")).isEmpty();
        assertThat(benchmark.nearestName("rlbench/push_buton/3")).contains("rlbench/push_button");
        assertThat(benchmark.nearestName("rlbench/push_button/18")).contains("rlbench/push_button/17");
    }

    @Test
    void whatCannotBeIsRefusedInWordsThatHelp() {
        assertThatThrownBy(() -> Benches.of("tasks = [push_buton]"))
                .hasMessageStartingWith("tasks: there is no task 'push_buton'; did you mean 'push_button'?");
        assertThatThrownBy(() -> Benches.of("tasks = [push_button/18]"))
                .hasMessage("tasks: push_button/18 is out of range: push_button has variations 0 to 17");
        assertThatThrownBy(() -> Benches.of("cameras { frnt { size = [8, 8] } }"))
                .hasMessageStartingWith("cameras: there is no camera 'frnt'; did you mean 'front'?");
        for (String size : List.of("[0, 8]", "[8]", "[10000, 8]")) {
            assertThatThrownBy(() -> Benches.of("cameras { front { size = " + size + " } }"))
                    .hasMessageStartingWith("size: must be [height, width] of 1 to 1024 pixels");
        }
        assertThatThrownBy(() -> Benches.of("action { arm = joint-torque, absolute = false }"))
                .hasMessageStartingWith("absolute: must be true");
    }

    @Test
    void posesThatCannotBeEndTheEpisodeOrAreVoid() {
        for (String invalid : List.of("end", "void")) {
            String written = "tasks = [reach_target], action { arm = ee-pose-planning }, episode { invalid = " + invalid
                    + ", invalid-reward = -1 }";
            play(written, slot -> {
                Map<String, float[]> wrong = Map.of(
                        "quaternion-not-unit", new float[] {0.3f, 0, 1, 0, 0, 0, 0, 1},
                        "outside-workspace", new float[] {0.3f, 0, 0.2f, 1, 0, 0, 0, 1},
                        "no-path", new float[] {0.72f, 0.65f, 1.74f, 1, 0, 0, 0, 1});
                wrong.forEach((reason, action) -> {
                    Pose before = slot.playing().world().tip();

                    assertThat(slot.act(action)).isEqualTo(-1);

                    assertThat(slot.reason()).isEqualTo(reason);
                    assertThat(slot.ending()).isEqualTo(invalid.equals("end") ? Ending.TERMINATED : Ending.NONE);
                    assertThat(slot.playing().world().tip().distance(before)).isLessThan(1e-9);
                });
            });
        }
    }

    @Test
    void numbersThatAreNoneAreInvalidInEveryMode() {
        for (String arm :
                List.of("joint-position", "joint-velocity", "joint-torque", "ee-pose-planning", "ee-pose-ik")) {
            play("tasks = [reach_target], action { arm = " + arm + " }", slot -> {
                Pose before = slot.playing().world().tip();

                slot.act(new float[] {0.3f, 0, 1, 1, 0, 0, Float.NaN, 1});

                assertThat(slot.reason()).as(arm).isEqualTo("not-a-number");
                assertThat(slot.ending()).isEqualTo(Ending.TERMINATED);
                assertThat(slot.playing().world().tip().distance(before)).isLessThan(1e-9);
            });
        }
    }

    @Test
    void aTaskForWhichThereIsNoRoomSaysSoAfterFortyAttempts() {
        TaskModel crowded = TaskModel.compile(new Crowded());
        try (Model model = crowded.model();
                Stage stage = new Stage(crowded, World.Grasp.PHYSICS, new SplittableRandom(1))) {
            assertThat(model.name()).isEqualTo("crowded");
            assertThatThrownBy(() -> stage.begin(0))
                    .isInstanceOf(UnplayableTaskException.class)
                    .hasMessage(
                            "crowded variation 0: none of 40 layouts would do: {no-room=40}; try another seed, and if"
                                    + " that does not help the task's description asks for too much");
        }
    }

    /** Two things a kilometre apart on one table. */
    private static final class Crowded implements Description {
        @Override
        public List<String> instructions(int variation) {
            return List.of("find room");
        }

        @Override
        public void objects(org.adapt4j.env.rlbench.scene.Objects objects) {
            objects.fixed("thing").box(0, 0, 0.01, 0.01, 0.01, 0.01);
        }

        @Override
        public void layout(Layout layout) {
            layout.put("thing", layout.spots(2, Region.TABLE, 1000, 0.001).get(1));
        }

        @Override
        public Condition success(int variation) {
            return world -> false;
        }

        @Override
        public void script(Script script) {}
    }

    @Test
    void fingersFeelWhatTheyHoldFromBothSidesAndNotEachOther() {
        play("tasks = [pick_up_cup], episode { max-steps = 400 }", slot -> {
            World world = slot.playing().world();
            double[] touch = new double[6];
            world.writeTouch(touch);
            assertThat(touch).containsOnly(0);
            float[] action = new float[8];
            while (slot.ending() == Ending.NONE && slot.show(action)) {
                slot.act(action);
            }

            world.writeTouch(touch);

            assertThat(slot.isDone()).isTrue(); // so the cup is held in the air
            double across = 0;
            for (int axis = 0; axis < 3; axis++) {
                across += touch[axis] * touch[3 + axis];
            }
            assertThat(across).isLessThan(-1); // the sides push apart
            assertThat(touch[2] + touch[5]).isNegative(); // it hangs on them
        });
        play("tasks = [reach_target]", slot -> {
            for (int step = 0; step < 20; step++) {
                slot.act(new float[] {0, 0.175f, 0, -0.873f, 0, 1.222f, 0.785f, 0});
            }
            double[] touch = new double[6];
            slot.playing().world().writeTouch(touch);
            assertThat(touch).containsOnly(0);
        });
    }

    @Test
    void theTimeOfAStepIsToldByItsParts() {
        RlbenchBenchmark benchmark = Benches.of(
                "tasks = [reach_target], action { arm = ee-pose-planning }," + " cameras { front { size = [8, 8] } }");
        Task task = benchmark.tasks(Split.TRAIN).get(0);
        try (RlbenchBenchmark.Models models = new RlbenchBenchmark.Models();
                RlbenchSlot slot = benchmark.slot(models, TaskSet.of(task), new SplittableRandom(4))) {
            slot.begin(task);
            slot.act(new float[] {0.2f, 0.1f, 1.1f, 1, 0, 0, 0, 0});

            assertThat(slot.nanos()).containsOnlyKeys("layouts", "planning", "physics", "drawing");
            assertThat(slot.nanos().values()).allMatch(nanos -> nanos > 0);
        }
    }

    @Test
    void theHandGoesWhereItIsToldInEveryPoseMode() {
        for (String arm : List.of("ee-pose-planning", "ee-pose-ik")) {
            play("tasks = [lamp_on], action { arm = " + arm + " }", slot -> {
                float[] action = {0.2f, 0.1f, 1.1f, 1, 0, 0, 0, 0};

                assertThat(slot.act(action)).isZero();

                World world = slot.playing().world();
                assertThat(world.tip().distance(0.2, 0.1, 1.1)).isLessThan(5e-3);
                assertThat(world.robot().isOpen()).isFalse();
            });
        }
    }

    @Test
    void velocitiesTorquesAndChangesMoveTheJointThatTheyName() {
        for (String mode : List.of("joint-velocity", "joint-torque", "joint-position, absolute = false")) {
            play("tasks = [lamp_on], action { arm = " + mode + ", gripper = continuous }", slot -> {
                double before = slot.playing().world().robot().jointPosition(5);
                float[] action = {0, 0, 0, 0, 0, 0.8f, 0, 0.04f};
                for (int step = 0; step < 5; step++) {
                    slot.act(action);
                }

                double moved = slot.playing().world().robot().jointPosition(5) - before;

                assertThat(moved).as(mode).isGreaterThan(0.02);
                assertThat(slot.playing().world().robot().isOpen()).isTrue();
            });
        }
    }

    @Test
    void attachedThingsComeAlongAndAreLetGo() {
        play("tasks = [phone_on_base], grasp = attach, episode { max-steps = 400 }", slot -> {
            float[] action = new float[8];
            boolean held = false;
            while (slot.ending() == Ending.NONE && slot.show(action)) {
                slot.act(action);
                held |= slot.playing().world().isGrasped("phone");
            }

            assertThat(held).isTrue();
            assertThat(slot.isDone()).isTrue(); // which asks that nothing is held any more
        });
    }

    @Test
    void theWristCameraSeesTheBallThatTheTipIsAt() {
        RlbenchBenchmark benchmark = Benches.of(
                "tasks = [reach_target], episode { max-steps = 400 }, cameras { wrist { size = [32, 32], depth = true,"
                        + " mask = true } }");
        Task task = benchmark.task("rlbench/reach_target").orElseThrow();
        RlbenchExpert expert = new RlbenchExpert(benchmark, new RlbenchExpert.Settings(1, 10, 10));

        Demonstration shown = expert.demonstration(task, 0);

        ByteBuffer rgb = column(shown, "wrist-rgb");
        int frame = 32 * 32 * 3;
        int red = 0;
        for (int pixel = 0; pixel < 32 * 32; pixel++) {
            int at = shown.steps() * frame + 3 * pixel;
            red += (rgb.get(at) & 0xff) > 60 && (rgb.get(at + 1) & 0xff) < 40 && (rgb.get(at + 2) & 0xff) < 40 ? 1 : 0;
        }
        assertThat(red).isGreaterThan(30);
        assertThat(column(shown, "wrist-depth").getFloat(0)).isBetween(0.01f, 3.5f);
    }

    @Test
    void demonstrationsOfJointsAreTheSameEachTimeAndPlayAgain() {
        RlbenchBenchmark benchmark = Benches.of("tasks = [push_button], episode { max-steps = 400, reward = 100 }");
        Task task = benchmark.task("rlbench/push_button").orElseThrow();
        RlbenchExpert expert = new RlbenchExpert(benchmark, new RlbenchExpert.Settings(2, 10, 10));

        Demonstration shown = expert.demonstration(task, 1);

        assertThat(expert.demonstration(task, 1)).isEqualTo(shown);
        assertThat(shown.episodeReturn()).isEqualTo(100);
        assertThat(benchmark.solved(task, shown.episodeReturn())).isTrue();
        assertThat(column(shown, "action").limit()).isEqualTo(4 * 8 * shown.steps());
        assertColumnsFit(benchmark.spec(TaskSet.of(task)), shown);
        assertThat(column(shown, Demonstration.TERMINATED).get(shown.steps() - 1))
                .isEqualTo((byte) 1);
    }

    @Test
    void demonstrationsOfPosesAreMovesBetweenKeyframesFromSeveralStarts() {
        RlbenchBenchmark benchmark = Benches.of("tasks = [push_button], action { arm = ee-pose-planning }");
        Task task = benchmark.task("rlbench/push_button").orElseThrow();
        RlbenchExpert expert = new RlbenchExpert(benchmark, new RlbenchExpert.Settings(2, 10, 10));

        Demonstration shown = expert.demonstration(task, 0);

        assertColumnsFit(benchmark.spec(TaskSet.of(task)), shown);
        int episodes = 0;
        for (int step = 0; step < shown.steps(); step++) {
            episodes += column(shown, Demonstration.TERMINATED).get(step);
        }
        assertThat(episodes).isGreaterThan(2);
        assertThat(shown.steps()).isGreaterThan(episodes);
        assertThat(shown.episodeReturn()).isEqualTo(episodes); // one success each
        ByteBuffer actions = column(shown, "action");
        for (int step = 0; step < shown.steps(); step++) {
            double length = 0;
            for (int i = 3; i < 7; i++) {
                length += Math.pow(actions.getFloat(4 * (8 * step + i)), 2);
            }
            assertThat(length).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void theTaskIsToldWhereThatIsWanted() {
        RlbenchBenchmark benchmark = Benches.of("tasks = [push_button, reach_target], tell-task = true");

        ByteBuffer told =
                benchmark.taskObservation(benchmark.tasks(Split.TRAIN).get(1)).get("task");

        assertThat(Objects.requireNonNull(told).getFloat(0)).isZero();
        assertThat(told.getFloat(4)).isEqualTo(1);
    }

    private static void assertColumnsFit(EnvironmentSpec spec, Demonstration shown) {
        Map<String, Integer> bytes = new HashMap<>();
        for (Component component : spec.observation()) {
            bytes.put(component.name(), component.space().bytes() * (shown.steps() + 1));
        }
        bytes.forEach((name, length) ->
                assertThat(column(shown, name).limit()).as(name).isEqualTo(length));
    }

    private static ByteBuffer column(Demonstration shown, String name) {
        return Objects.requireNonNull(shown.columns().get(name), name)
                .duplicate()
                .order(ByteOrder.nativeOrder());
    }

    /** What a test does in an episode that has just begun. */
    private interface Play {
        void with(RlbenchSlot slot);
    }

    private static void play(String written, Play play) {
        RlbenchBenchmark benchmark = Benches.of(written);
        Task task = benchmark.tasks(Split.TRAIN).get(0);
        try (RlbenchBenchmark.Models models = new RlbenchBenchmark.Models();
                RlbenchSlot slot = benchmark.slot(models, TaskSet.of(task), new SplittableRandom(4))) {
            slot.begin(task);
            play.with(slot);
        }
    }
}
