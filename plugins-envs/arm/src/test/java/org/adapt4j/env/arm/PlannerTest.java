package org.adapt4j.env.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.adapt4j.env.arm.Planner.Route;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An arm with the lengths that Franka publishes for its Panda, beside a wall, with a ball that lies on the floor. */
@Tag("native")
final class PlannerTest {

    private static final String XML = """
        <mujoco>
          <compiler angle="radian" autolimits="true"/>
          <size njmax="200" nconmax="50" nstack="50000"/>
          <default><joint axis="0 0 1" range="-2.8973 2.8973"/></default>
          <worldbody>
            <geom type="plane" size="2 2 .1"/>
            <geom name="wall" type="box" pos=".5 0 .15" size=".02 .2 .15"/>
            <body name="ball" pos="0 .8 .03"><freejoint/><geom type="sphere" size=".03"/></body>
            <body name="base">
              <geom type="capsule" fromto="0 0 .06 0 0 .2" size=".06"/>
              <body name="l1" pos="0 0 .333">
                <joint name="j1"/><geom type="sphere" size=".05"/>
                <body name="l2" quat="1 -1 0 0">
                  <joint name="j2" range="-1.7628 1.7628"/><geom type="sphere" size=".05"/>
                  <body name="l3" pos="0 -.316 0" quat="1 1 0 0">
                    <joint name="j3"/><geom type="capsule" fromto="0 0 -.2 0 0 -.08" size=".05"/>
                    <body name="l4" pos=".0825 0 0" quat="1 1 0 0">
                      <joint name="j4" range="-3.0718 -.0698"/><geom type="sphere" size=".05"/>
                      <body name="l5" pos="-.0825 .384 0" quat="1 -1 0 0">
                        <joint name="j5"/><geom type="capsule" fromto="0 .08 -.2 0 .08 -.06" size=".025"/>
                        <body name="l6" quat="1 1 0 0">
                          <joint name="j6" range="-.0175 3.7525"/><geom type="sphere" size=".04"/>
                          <body name="l7" pos=".088 0 0" quat="1 1 0 0">
                            <joint name="j7"/><geom type="capsule" fromto="0 0 .04 0 0 .16" size=".03"/>
                            <body name="hand" pos="0 0 .107" quat=".9238795 0 0 -.3826834">
                              <site name="tip" pos="0 0 .1034"/>
                            </body>
                          </body>
                        </body>
                      </body>
                    </body>
                  </body>
                </body>
              </body>
            </body>
          </worldbody>
        </mujoco>
        """;

    private static final List<String> JOINTS = List.of("j1", "j2", "j3", "j4", "j5", "j6", "j7");
    private static final double[] HOME = {0, 0.175, 0, -0.873, 0, 1.222, 0.785};

    private final Model model = Model.parse("panda-lengths", XML);
    private final Simulation world = new Simulation(model);
    private final Kinematics arm = new Kinematics(
            model, new ArmDescription("base", JOINTS, "tip", List.of(0.0, 0.175, 0.0, -0.873, 0.0, 1.222, 0.785)));
    private final Planner planner = new Planner(arm);

    @BeforeEach
    void look() {
        world.forward();
        arm.take(world);
    }

    @AfterEach
    void free() {
        arm.close();
        world.close();
        model.close();
    }

    @Test
    void forwardKinematicsPutsTheHandWhereTheLengthsSay() {
        double tilt = 0.175 + 0.873 - 1.222; // from the vertical, of a hand that points down

        Pose tip = arm.tip(HOME);

        double reach = 0.1034;
        assertThat(tip.distance(0.5329 - reach * Math.sin(tilt), 0, 0.8028 - reach * Math.cos(tilt)))
                .isLessThan(2e-4);
        assertThat(tip.direction(0, 0, 1)[2]).isCloseTo(-Math.cos(tilt), within(1e-6));
    }

    @Test
    void aStretchedArmIsAsLongAsItsParts() {
        Pose tip = arm.tip(new double[] {0, 0, 0, 0, 0, Math.PI, 0});

        assertThat(tip.distance(-0.088, 0, 0.333 + 0.316 + 0.384 + 0.107 + 0.1034))
                .isLessThan(1e-6);
    }

    @Test
    void inverseKinematicsFindsPosesAndSaysWhenItDoesNot() {
        SplittableRandom random = new SplittableRandom(1);
        int found = 0;
        for (int i = 0; i < 100; i++) {
            double[] q = HOME.clone();
            Pose goal = Pose.topDown(
                    random.nextDouble(0.35, 0.6), random.nextDouble(-0.3, 0.3), random.nextDouble(0.1, 0.4), 0.3);
            if (planner.inverse().solve(q, goal.position(), goal.quaternion(), 100)) {
                found++;
                assertThat(arm.tip(q).distance(goal)).isLessThan(1e-3);
                assertThat(arm.tip(q).angle(goal)).isLessThan(1e-2 + 1e-9);
            }
        }

        assertThat(found).isGreaterThan(90);
        assertThat(planner.inverse().solve(HOME.clone(), new double[] {3, 0, 0}, new double[] {1, 0, 0, 0}, 100))
                .isFalse();
    }

    @Test
    void theTipFollowsAStraightLine() {
        double[] from = at(Pose.topDown(0.45, -0.2, 0.3, 0));
        Pose start = arm.tip(from);
        Pose end = Pose.topDown(0.45, 0.2, 0.2, 0.4);

        Path line = planner.line(from, end, false).orElseThrow();

        double[] q = new double[7];
        for (int i = 0; i <= 100; i++) {
            line.at(line.length() * i / 100, q);
            Pose tip = arm.tip(q);
            double share = (tip.y() - start.y()) / (end.y() - start.y());
            assertThat(tip.distance(0.45, tip.y(), start.z() + share * (end.z() - start.z())))
                    .isLessThan(4e-3);
        }
        assertThat(arm.tip(line.end()).distance(end)).isLessThan(1e-3);
    }

    @Test
    void goesAroundTheWallAndNotThrough() {
        double[] from = at(Pose.topDown(0.38, 0, 0.15, 0));
        Pose behind = Pose.topDown(0.62, 0, 0.15, 0);

        Optional<Route> route = planner.move(from, behind, true, List.of(), true, new SplittableRandom(7));

        assertThat(planner.line(from, behind, true)).isEmpty();
        assertThat(route).isPresent();
        Path path = route.orElseThrow().path();
        double[] q = new double[7];
        for (int i = 0; i <= 400; i++) {
            path.at(path.length() * i / 400, q);
            assertThat(arm.collides(q)).isFalse();
        }
        assertThat(arm.tip(path.end()).distance(behind)).isLessThan(1e-3);
    }

    @Test
    void theSameRandomNumbersGiveTheSamePlan() {
        double[] from = at(Pose.topDown(0.38, 0, 0.15, 0));
        Pose behind = Pose.topDown(0.62, 0, 0.15, 0);

        Path one = planner.move(from, behind, true, List.of(), true, new SplittableRandom(7))
                .orElseThrow()
                .path();
        Path two = planner.move(from, behind, true, List.of(), true, new SplittableRandom(7))
                .orElseThrow()
                .path();

        assertThat(two.size()).isEqualTo(one.size());
        for (int i = 0; i < one.size(); i++) {
            assertThat(two.point(i)).isEqualTo(one.point(i));
        }
    }

    @Test
    void whatIsHeldMustNotTouchAnythingElse() {
        double[] q = at(Pose.topDown(0.4, 0.3, 0.12, 0));
        Pose tip = arm.tip(q);
        double[] below = {tip.x() + 0.06, tip.y(), 0.029};
        for (int i = 0; i < 3; i++) {
            world.qpos().put(i, below[i]);
        }
        for (int i = 0; i < 7; i++) {
            world.qpos().put(7 + i, q[i]);
        }
        world.forward();
        arm.take(world);
        assertThat(arm.collides(q)).isFalse();
        double[] lower = at(Pose.topDown(tip.x(), tip.y(), tip.z() - 0.03, 0));
        assertThat(arm.collides(lower)).isFalse();

        arm.hold(world, 1);

        assertThat(arm.collides(q)).isFalse();
        assertThat(arm.collides(lower)).isTrue();
    }

    @Test
    void trapezoidsKeepSpeedAndAcceleration() {
        Path path = Path.straight(new double[] {0}, new double[] {2});
        Trapezoid motion = new Trapezoid(path, 1, 4, 0.05);
        double[] q = new double[1];
        double before = 0;
        double speed = 0;
        int steps = 0;
        while (!motion.done()) {
            motion.next(q);
            double now = (q[0] - before) / 0.05;
            assertThat(now).isBetween(0.0, 1 + 1e-9);
            assertThat(now - speed).isLessThan(4 * 0.05 + 1e-9);
            before = q[0];
            speed = now;
            steps++;
        }

        assertThat(q[0]).isEqualTo(2);
        assertThat(steps * 0.05).isBetween(2.2, 2.6);
    }

    @Test
    void namesWhatAModelLacks() {
        assertThatThrownBy(() -> new Kinematics(
                        model, new ArmDescription("base", JOINTS, "nose", List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))))
                .hasMessage("the model has no site 'nose'");
    }

    private double[] at(Pose pose) {
        double[] q = HOME.clone();
        assertThat(planner.inverse().solve(q, pose.position(), pose.quaternion(), 200))
                .isTrue();
        return q;
    }
}
