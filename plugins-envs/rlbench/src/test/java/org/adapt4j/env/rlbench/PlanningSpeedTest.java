package org.adapt4j.env.rlbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.adapt4j.env.arm.ArmDescription;
import org.adapt4j.env.arm.Kinematics;
import org.adapt4j.env.arm.Planner;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.rlbench.scene.Panda;
import org.adapt4j.env.rlbench.task.Tasks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processor time of a pose solved, of a straight line of thirty points that are free, and of a way to a pose far away, with one cube on the
 * table: {@code ./mvnw -pl plugins-envs/rlbench test -Dexcluded.tests=none -Dtest=PlanningSpeedTest}. {@code main} does the same with a
 * scene of yours whose arm has the names of {@code panda.xml}, so that it can be set beside another program.
 */
@Tag("native")
@Tag("slow")
final class PlanningSpeedTest {

    private static final Logger LOG = LoggerFactory.getLogger(PlanningSpeedTest.class);
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    /** The first are those before it is all compiled; the best counts. */
    private static final int ROUNDS = 8;

    private static final int POSES = 500;
    private static final int LINES = 300;
    private static final int WAYS = 100;

    private static final double[] HOME = Panda.home();

    private final SplittableRandom random = new SplittableRandom(5);

    /** How many were found in the last round: poses, lines, ways. */
    private final int[] done = new int[3];

    @Test
    void findsAlmostAll() {
        try (Model model = TaskModel.compile(Objects.requireNonNull(Tasks.all().get("slide_block_to_target")))
                .model()) {
            plan(model);
        }
    }

    /**
     * Plans in a scene and logs milliseconds.
     *
     * @param arguments a file of MJCF
     */
    public static void main(String... arguments) {
        try (Model model = Model.load(Path.of(arguments[0]))) {
            new PlanningSpeedTest().plan(model);
        }
    }

    private void plan(Model model) {
        List<String> joints = List.of("joint1", "joint2", "joint3", "joint4", "joint5", "joint6", "joint7");
        List<Double> home = Arrays.stream(HOME).boxed().toList();
        double[] least = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        try (Kinematics arm = new Kinematics(model, new ArmDescription("link1", joints, "tip", home))) {
            Planner planner = new Planner(arm);
            for (int round = 0; round < ROUNDS; round++) {
                least[0] = Math.min(least[0], poses(planner));
                least[1] = Math.min(least[1], lines(planner));
                least[2] = Math.min(least[2], ways(planner, arm));
            }
        }

        LOG.info(String.format(
                Locale.ROOT,
                "pose %.3f ms (%d of %d), line %.3f ms (%d of %d), way %.2f ms (%d of %d)",
                least[0],
                done[0],
                POSES,
                least[1],
                done[1],
                LINES,
                least[2],
                done[2],
                WAYS));
        assertThat(done[0]).isGreaterThan(POSES * 3 / 4);
        assertThat(done[1]).isGreaterThan(LINES * 9 / 10);
        assertThat(done[2]).isGreaterThan(WAYS * 9 / 10);
    }

    /** Milliseconds of a pose solved from home, in all that the arm reaches and somewhat more. */
    private double poses(Planner planner) {
        done[0] = 0;
        long begin = THREAD.getCurrentThreadCpuTime();
        for (int i = 0; i < POSES; i++) {
            Pose goal = Pose.topDown(
                    random.nextDouble(-0.05, 0.55),
                    random.nextDouble(-0.45, 0.45),
                    random.nextDouble(0.77, 1.25),
                    random.nextDouble(-1, 1));
            done[0] += planner.inverse().solve(HOME.clone(), goal.position(), goal.quaternion(), 100) ? 1 : 0;
        }
        return (THREAD.getCurrentThreadCpuTime() - begin) * 1e-6 / POSES;
    }

    private double lines(Planner planner) {
        done[1] = 0;
        long begin = THREAD.getCurrentThreadCpuTime();
        for (int i = 0; i < LINES; i++) {
            Pose goal = Pose.topDown(
                    random.nextDouble(0.1, 0.45),
                    random.nextDouble(-0.35, 0.35),
                    random.nextDouble(0.8, 1.1),
                    random.nextDouble(-1, 1));
            done[1] += planner.line(HOME, goal, true).isPresent() ? 1 : 0;
        }
        return (THREAD.getCurrentThreadCpuTime() - begin) * 1e-6 / LINES;
    }

    /** To joint positions that were looked for from anywhere, so that the way is long. */
    private double ways(Planner planner, Kinematics arm) {
        done[2] = 0;
        long spent = 0;
        for (int i = 0; i < WAYS; i++) {
            double[] goal = goal(planner, arm);
            long begin = THREAD.getCurrentThreadCpuTime();
            done[2] += planner.around(HOME, goal, random).isPresent() ? 1 : 0;
            spent += THREAD.getCurrentThreadCpuTime() - begin;
        }
        return spent * 1e-6 / WAYS;
    }

    private double[] goal(Planner planner, Kinematics arm) {
        while (true) {
            Pose pose = Pose.topDown(
                    random.nextDouble(0.1, 0.45),
                    random.nextDouble(-0.35, 0.35),
                    random.nextDouble(0.8, 1.1),
                    random.nextDouble(-1, 1));
            for (int trial = 0; trial < 40; trial++) {
                double[] goal = new double[Panda.JOINTS];
                for (int joint = 0; joint < goal.length; joint++) {
                    goal[joint] = random.nextDouble(arm.lowest(joint), arm.highest(joint));
                }
                if (planner.inverse().solve(goal, pose.position(), pose.quaternion(), 100) && !arm.collides(goal)) {
                    return goal;
                }
            }
        }
    }
}
