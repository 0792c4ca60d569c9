package org.adapt4j.env.rlbench.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.space.Box;
import org.adapt4j.env.rlbench.bridge.BridgeException.Kind;
import org.adapt4j.env.rlbench.bridge.FakeServer.Accident;
import org.adapt4j.env.rlbench.control.ActionMode;
import org.adapt4j.env.rlbench.control.ActionMode.Arm;
import org.adapt4j.env.rlbench.control.ActionMode.Frame;
import org.adapt4j.env.rlbench.control.ActionMode.Gripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
final class BridgeSlotTest {

    @Test
    void playsAnEpisodeToItsSuccess() {
        try (FakeServer server = new FakeServer();
                Visit visit = Visit.of(server)) {
            assertThat(visit.number(0, 0)).isEqualTo(1);
            assertThat(visit.number(1, 0)).isZero();
            assertThat(visit.number(1, 6)).as("cut to the space").isEqualTo(4);
            assertThat(visit.number(2, 2)).isEqualTo(0.7f);
            assertThat(visit.number(2, 3)).as("nothing more is told").isZero();
            assertThat(visit.number(3, 1)).isEqualTo(1);
            assertThat(visit.seen.observation(4).get(9) & 255).isEqualTo(200);
            assertThat(visit.number(5, 3)).isEqualTo(4);

            assertThat(visit.step(0.5f, 0, 0, 0, 0, 0, 0, 1)).isZero();
            assertThat(visit.number(1, 0)).isEqualTo(1);
            assertThat(visit.step()).isZero();
            assertThat(visit.step()).isEqualTo(100);
            assertThat(visit.seen.is(Flag.TERMINATED, 0)).isTrue();
            assertThat(visit.batch.info(0)).containsEntry("instruction", "reach the ball");
            assertThat(server.actions.get(0)).containsExactly(0.5f, 0, 0, 0, 0, 0, 0, 1);
        }
    }

    @Test
    void asksForWhatIsObservedAndForTheVariation() {
        try (FakeServer server = new FakeServer();
                Visit visit = Visit.of(server)) {
            JsonNode configure = server.requests.get(1);
            JsonNode reset = server.requests.get(4);

            assertThat(server.requests.stream().map(each -> each.path("type").asText()))
                    .containsExactly("hello", "configure", "ping", "task", "reset");
            assertThat(configure.path("low_dim").toString())
                    .isEqualTo("[\"gripper_open\",\"joint_positions\",\"task_low_dim_state\"]");
            assertThat(configure.path("cameras").toString())
                    .isEqualTo("{\"front\":{\"rgb\":true,\"size\":[2,2],\"depth\":true}}");
            assertThat(configure.path("action").path("arm").asText()).isEqualTo("joint-position");
            assertThat(reset.path("variation").asInt()).isEqualTo(1);
            assertThat(reset.path("seed").asLong()).isBetween(0L, (1L << 32) - 1);
            assertThat(visit.batch.picture(0)).isPresent();
        }
    }

    @Test
    void changesOfJointsComeInUnitsOfDelta() {
        ActionMode changes = new ActionMode(Arm.JOINT_POSITION, Gripper.CONTINUOUS, false, Frame.WORLD, false, 0.25);
        try (FakeServer server = new FakeServer();
                Visit visit = new Visit(
                        Visit.settings(server.address(), FakeServer.TOKEN, 2, 0),
                        Visit.wishes(changes, true),
                        Visit.task(0))) {
            visit.step(1, -1, 0, 0, 0, 0, 0, 1);

            assertThat(server.actions.get(0)).containsExactly(0.25f, -0.25f, 0, 0, 0, 0, 0, 0.04f);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void anActionThatCannotBeDoneIsCountedAndEndsWhatItShouldEnd(boolean ends, int after) {
        try (FakeServer server = new FakeServer().at("step", 2, Accident.INVALID_ACTION);
                Visit visit = new Visit(
                        Visit.settings(server.address(), FakeServer.TOKEN, 2, 0),
                        Visit.wishes(Visit.JOINTS, ends),
                        Visit.task(0))) {
            visit.step();

            float reward = visit.step();

            assertThat(reward).isEqualTo(-1);
            assertThat(visit.seen.is(Flag.TERMINATED, 0)).isEqualTo(ends);
            assertThat(visit.number(1, 0))
                    .as("the last observation, or the next episode's first")
                    .isEqualTo(after);
            assertThat(visit.batch.info(0).get("invalid-actions")).hasToString("{invalid_action=1}");
        }
    }

    /** The simulator dies, or hangs: the episode is cut off, and the next one has another simulator. */
    @ParameterizedTest
    @EnumSource(names = {"DEATH", "SILENCE", "HALF"})
    void aSimulatorThatIsLostIsReplaced(Accident accident) {
        try (FakeServer server = new FakeServer().at("step", 2, accident);
                Visit visit = new Visit(
                        Visit.settings(server.address(), FakeServer.TOKEN, 0.5, 1),
                        Visit.wishes(Visit.JOINTS, true),
                        Visit.task(0))) {
            visit.step();

            visit.step();

            assertThat(visit.seen.is(Flag.TRUNCATED, 0)).isTrue();
            assertThat(visit.number(1, 0)).as("a new episode").isZero();
            assertThat(visit.batch.info(0)).containsEntry("simulators", 2);
            assertThat(visit.step()).isZero();
        }
    }

    @Test
    void aSimulatorThatIsLostAtTheBeginningIsReplaced() {
        try (FakeServer server = new FakeServer().at("reset", 1, Accident.DEATH);
                Visit visit = Visit.of(server)) {
            assertThat(visit.batch.info(0)).containsEntry("simulators", 2);
        }
    }

    @Test
    void aRunFailsWhenNoSimulatorIsLeft() {
        try (FakeServer server = new FakeServer().at("reset", 1, Accident.DEATH).at("reset", 2, Accident.DEATH)) {
            assertThatThrownBy(() -> Visit.of(server))
                    .isInstanceOfSatisfying(
                            BridgeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DEAD))
                    .hasMessageContaining("is gone at 'reset'")
                    .hasMessageContaining("That was simulator 2 of slot 0, and bridge.restarts = 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOISE | a header is not JSON",
                "HUGE_HEADER | a header of 2147483647 bytes is longer than 1048576",
                "HUGE_ARRAY | arrays of more than",
                "OVERLAP | describes an array as nothing that was agreed",
                "WRONG_TYPE | it should answer with 'observation' but answers",
                "EMPTY | should have an array 'gripper_open'",
                "NAN | number 2 of joint_positions is not a number",
                "WIDE_STATE | Set bridge.state-width to 40 or more",
            })
    void nonsenseEndsTheRunAndIsNotTriedAgain(Accident accident, String message) {
        try (FakeServer server = new FakeServer().at("reset", 1, accident)) {
            assertThatThrownBy(() -> Visit.of(server))
                    .isInstanceOfSatisfying(
                            BridgeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NONSENSE))
                    .hasMessageContaining(message);
            assertThat(server.requests).hasSize(5);
        }
    }

    @Test
    void anOutcomeWithoutItsPartsIsNonsense() {
        try (FakeServer server = new FakeServer().at("step", 1, Accident.EMPTY);
                Visit visit = Visit.of(server)) {
            assertThatThrownBy(visit::step)
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("should have an object as 'info'");
        }
    }

    @Test
    void whatTheServerComplainsOfIsRepeated() {
        try (FakeServer server = new FakeServer().at("task", 1, Accident.COMPLAINT)) {
            assertThatThrownBy(() -> Visit.of(server))
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("says (failed): the scene fell over");
        }
    }

    @Test
    void theWrongTokenIsRefused() {
        try (FakeServer server = new FakeServer()) {
            BridgeSettings wrong = Visit.settings(server.address(), "another", 2, 3);

            assertThatThrownBy(() -> new Visit(wrong, Visit.wishes(Visit.JOINTS, true), Visit.task(0)))
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("says (token)")
                    .hasMessageContaining("token-file");
        }
    }

    @Test
    void anotherVersionIsRefused() {
        try (FakeServer server = new FakeServer()) {
            server.version = "rlbench-bridge/2";

            assertThatThrownBy(() -> Visit.of(server))
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("speaks rlbench-bridge/2 and this plug-in rlbench-bridge/1");
        }
    }

    @Test
    void aVariationThatRlbenchLacksIsRefused() {
        try (FakeServer server = new FakeServer()) {
            BridgeSettings settings = Visit.settings(server.address(), FakeServer.TOKEN, 2, 0);

            assertThatThrownBy(() -> new Visit(settings, Visit.wishes(Visit.JOINTS, true), Visit.task(3)))
                    .hasMessage("rlbench/reach_target/3 is out of range: RLBench's reach_target has 3 variations");
        }
    }

    @Test
    void nobodyAtTheAddressIsTold() throws IOException {
        try (Socket held = new Socket()) {
            // the port is taken and nobody listens at it: a port that was given back could be another test's by now
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "127.0.0.1:" + held.getLocalPort();

            assertThatThrownBy(() -> new Visit(
                            Visit.settings(address, FakeServer.TOKEN, 2, 3),
                            Visit.wishes(Visit.JOINTS, true),
                            Visit.task(0)))
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("nobody answers at " + address);
        }
    }

    @Test
    void theDoctorGreetsServersThatRun() {
        try (FakeServer server = new FakeServer()) {
            BridgeSettings right = Visit.settings(server.address(), FakeServer.TOKEN, 2, 0);
            BridgeSettings wrong = Visit.settings(server.address(), "another", 2, 0);

            assertThat(BridgeDoctor.inspect(right)).singleElement().satisfies(finding -> {
                assertThat(finding.good()).isTrue();
                assertThat(finding.found()).contains("1.2.0");
            });
            assertThat(BridgeDoctor.inspect(wrong))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.good()).isFalse());
        }
    }

    @Test
    void whatTheServerDoesNotOfferIsNotWaitedFor() {
        Wishes blind = Visit.wishes(Visit.JOINTS, true);
        Wishes more = new Wishes(
                List.of(new Component("wrist-mask", Box.image(2, 2, 3))),
                blind.action(),
                true,
                false,
                1,
                0,
                0,
                true,
                "front");
        try (FakeServer server = new FakeServer()) {
            BridgeSettings settings = Visit.settings(server.address(), FakeServer.TOKEN, 2, 0);

            assertThatThrownBy(() -> new Visit(settings, more, Visit.task(0)))
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("offers no wrist_mask but");
        }
    }

    @Test
    void addressesAreChecked() {
        assertThatThrownBy(() -> new BridgeSettings(
                        List.of("localhost"), "", "python3", "", true, false, 1, 4, 1, 1, 1, 1, 0, 5))
                .hasMessageContaining("127.0.0.1:5055");
    }
}
