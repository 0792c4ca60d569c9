package org.adapt4j.env.mujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjContact;
import org.adapt4j.env.mujoco.binding.mjvCamera;
import org.adapt4j.env.mujoco.binding.mjvOption;
import org.adapt4j.env.mujoco.binding.mjvScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A few of the functions that other plug-ins will need, called raw. */
@Tag("native")
final class BindingTest {

    private final Model model = Model.parse("ball", SimulationTest.BALL);
    private final Simulation ball = new Simulation(model);

    @AfterEach
    void free() {
        ball.close();
        model.close();
    }

    @Test
    void jacobians() {
        ball.forward();
        double[] translation = new double[3];
        double[] rotation = new double[3];

        MuJoCo.mj_jacBody(model.raw(), ball.raw(), translation, rotation, 1);

        assertThat(translation).containsExactly(0, 0, 1);
        assertThat(rotation).containsOnly(0);
    }

    @Test
    void rays() {
        ball.forward();
        int[] hit = new int[1];

        double distance = MuJoCo.mj_ray(
                model.raw(),
                ball.raw(),
                new double[] {0, 0, 5},
                new double[] {0, 0, -1},
                (byte[]) null,
                (byte) 1,
                -1,
                hit);

        assertThat(distance).isCloseTo(5 - 1 - 0.1, within(1e-12));
        assertThat(hit[0]).isEqualTo(1);
    }

    @Test
    void contacts() {
        ball.step(1000);

        assertThat(ball.contacts()).isEqualTo(1);
        mjContact contact = ball.raw().contact();
        assertThat(contact.geom1()).isZero();
        assertThat(contact.geom2()).isEqualTo(1);
        assertThat(contact.dist()).isBetween(-0.01, 0.0);
    }

    @Test
    void scenes() {
        ball.forward();
        try (mjvScene scene = new mjvScene();
                mjvOption option = new mjvOption();
                mjvCamera camera = new mjvCamera()) {
            MuJoCo.mjv_defaultScene(scene);
            MuJoCo.mjv_defaultOption(option);
            MuJoCo.mjv_defaultCamera(camera);
            MuJoCo.mjv_makeScene(model.raw(), scene, 100);

            MuJoCo.mjv_updateScene(model.raw(), ball.raw(), option, null, camera, MuJoCo.mjCAT_ALL, scene);

            assertThat(scene.ngeom()).isEqualTo(2);
            MuJoCo.mjv_freeScene(scene);
        }
    }
}
