package org.adapt4j.env.mujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class SimulationTest {

    static final String BALL = """
        <mujoco>
          <worldbody>
            <geom type="plane" size="5 5 1"/>
            <body name="ball" pos="0 0 1">
              <joint name="up" type="slide" axis="0 0 1"/>
              <geom name="skin" type="sphere" size="0.1"/>
            </body>
          </worldbody>
          <actuator><motor joint="up"/></actuator>
        </mujoco>
        """;

    @Test
    void aBallFallsAsNewtonSays() {
        try (Model model = Model.parse("ball", BALL);
                Simulation ball = new Simulation(model)) {

            boolean good = ball.step(100);

            // Semi-implicit Euler: the sum over n steps of g h² k.
            double h = model.timestep();
            assertThat(good).isTrue();
            assertThat(ball.qpos().get(0)).isCloseTo(-9.81 * h * h * 100 * 101 / 2, within(1e-12));
            assertThat(ball.qvel().get(0)).isCloseTo(-9.81 * h * 100, within(1e-12));
            assertThat(ball.time()).isCloseTo(100 * h, within(1e-12));
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    @Test
    void tellsNamesSizesAndMass() {
        try (Model model = Model.parse("ball", BALL)) {

            assertThat(model.joints()).containsExactly("up");
            assertThat(model.drivenJoints()).containsExactly("up");
            assertThat(model.bodies()).containsExactly("world", "ball");
            assertThat(model.geoms()).containsExactly("", "skin");
            assertThat(model.positions() + model.velocities() + model.controls())
                    .isEqualTo(3);
            assertThat(model.mass()).isCloseTo(1000 * 4.0 / 3 * Math.PI * 1e-3, within(1e-12));
        }
    }

    @Test
    void aDivergedSimulationIsToldAndCanBeUsedAgain() {
        try (Model model = Model.parse("ball", BALL);
                Simulation ball = new Simulation(model)) {
            ball.qvel().put(0, 1e300);

            boolean diverged = !ball.step(5);
            ball.reset();
            boolean goodAgain = ball.step(5);

            assertThat(diverged).isTrue();
            assertThat(goodAgain).isTrue();
            assertThat(ball.qpos().get(0)).isBetween(-1.0, 0.0);
        }
    }

    @Test
    void anErrorOfMujocoIsAnExceptionInAnyThreadAndNotTheEndOfTheProcess() {
        try (Model model = Model.parse("ball", BALL);
                Simulation ball = new Simulation(model)) {
            ball.raw().nstack(1);

            assertThatThrownBy(() -> ball.step(1))
                    .isInstanceOf(PhysicsException.class)
                    .hasMessage("MuJoCo: Stack overflow (model ball)");
            assertThatThrownBy(
                            () -> CompletableFuture.runAsync(() -> ball.step(1)).join())
                    .hasCauseInstanceOf(PhysicsException.class);
        }
    }

    @Test
    void brokenXmlIsRefusedWithItsLine() {
        String broken = BALL.replace("<geom name", "<goem name");

        assertThatThrownBy(() -> Model.parse("my.xml", broken))
                .isInstanceOf(ModelException.class)
                .hasMessage("my.xml: XML Error: Schema violation: unrecognized element Element 'goem', line 6");
        assertThatThrownBy(() -> Model.parse("empty.xml", "")).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> Model.parse("cut.xml", BALL.substring(0, 100)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cut.xml: ");
    }

    @Test
    void savedStateContinuesBitForBit() throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        double[] left;
        try (Model model = Model.parse("ball", BALL);
                Simulation ball = new Simulation(model)) {
            ball.ctrl().put(0, 0.3);
            ball.step(430); // in contact by then
            ball.save(new DataOutputStream(saved));
            ball.step(77);
            left = new double[] {ball.qpos().get(0), ball.qvel().get(0), ball.time()};
        }

        double[] restored;
        try (Model model = Model.parse("ball", BALL);
                Simulation ball = new Simulation(model)) {
            ball.step(3);
            ball.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            ball.step(77);
            restored = new double[] {ball.qpos().get(0), ball.qvel().get(0), ball.time()};
        }

        assertThat(restored).isEqualTo(left);
    }

    @Test
    void whatIsClosedCannotBeUsedAndMayBeClosedAgain() {
        Model model = Model.parse("ball", BALL);
        Simulation ball = new Simulation(model);

        ball.close();
        ball.close();
        model.close();
        model.close();

        assertThatThrownBy(() -> ball.step(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(model::mass).isInstanceOf(IllegalStateException.class);
    }
}
