package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class C2fArmTest {

    private static final ReferenceDefaults DEFAULTS = ReferenceDefaults.of(C2fArmPlugin.class, "algorithms.c2f-arm");
    private static final Component PICTURE = new Component("front-rgb", Box.image(16, 16, 3));
    private static final Component DEPTH =
            new Component("front-depth", new Box(Element.FLOAT32, List.of(16, 16), 0, 10));
    private static final Component VECTOR = new Component("gripper-open", Box.vector(1, 0, 1));
    private static final Component FINGERS = new Component("gripper-joint-positions", Box.vector(2, 0, 1));
    private static final Box POSE = Box.vector(8, -2, 2);

    @Test
    void everySettingHasADefaultWithItsSource() {
        DEFAULTS.match(C2fArmSettings.class);
    }

    @Test
    void presetsSayWhatDiffers() {
        Config reference = DEFAULTS.with("reference");
        Config study = DEFAULTS.with("mandi-2022");

        assertThat(reference.getString("time-limit")).isEqualTo("ends");
        assertThat(reference.getString("attention.gripper")).isEqualTo("logits");
        assertThat(reference.getInt("replay.batch")).isEqualTo(128);
        assertThat(study.getString("restored-target")).isEqualTo("kept");
        assertThat(study.getString("attention.anchor")).isEqualTo("corner");
        assertThat(study.getString("attention.gripper")).isEqualTo("volumes");
        assertThat(study.getDouble("reward-scale")).isEqualTo(0.01);
        assertThat(DEFAULTS.with("paper").getString("restored-target")).isEqualTo("copied");
    }

    @Test
    void saysWhyItCannotBe() {
        EnvironmentSpec good = spec(POSE, PICTURE, DEPTH, VECTOR, FINGERS);

        assertThat(objection("", good)).isEmpty();
        assertThat(objection("", spec(new Discrete(4), PICTURE, DEPTH, VECTOR, FINGERS))
                        .orElseThrow())
                .contains("poses")
                .contains("rainbow");
        assertThat(objection("", spec(Box.vector(7, -1, 1), PICTURE, DEPTH, VECTOR, FINGERS)))
                .isPresent();
        assertThat(objection("", spec(Box.vector(8, -1, 1), PICTURE, DEPTH, VECTOR, FINGERS))
                        .orElseThrow())
                .contains("workspace");
        assertThat(objection("scene.camera = wrist", good).orElseThrow())
                .contains("'wrist-rgb'")
                .contains("front-rgb")
                .contains("scene.camera");
        assertThat(objection("", spec(POSE, PICTURE, VECTOR, FINGERS)).orElseThrow())
                .contains("'front-depth'");
        assertThat(objection("scene.low-dim = [gripper]", good).orElseThrow()).contains("scene.low-dim");
        assertThat(objection("scene.position = [1.35, 0, 9], scene.forward = [0, 0, 1], scene.up = [1, 0, 0]", good)
                        .orElseThrow())
                .contains("holds no point that camera 'front' sees");
        Component small = new Component("front-depth", new Box(Element.FLOAT32, List.of(8, 8), 0, 10));
        assertThat(objection("", spec(POSE, PICTURE, small, VECTOR, FINGERS)).orElseThrow())
                .contains("16 by 16 pixels");
        assertThat(objection("", good, new Conditioning.Memory(4, 1)).orElseThrow())
                .contains("use ppo");
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertThatThrownBy(() -> SettingsOf.paper("attention.voxels = 12"))
                .hasMessageContaining("8, 16 or 32")
                .hasMessageContaining("12");
        assertThatThrownBy(() -> SettingsOf.paper("attention.highest = [0.7, -0.5, 1.6]"))
                .hasMessageContaining("holds no point");
        assertThatThrownBy(() -> SettingsOf.paper("attention.boxes = [0]")).hasMessageContaining("boxes");
        assertThatThrownBy(() -> SettingsOf.paper("scene.up = [-0.906308, 0, -0.422618]"))
                .hasMessageContaining("across forward");
        assertThatThrownBy(() -> SettingsOf.paper("network.kernels = 6")).hasMessageContaining("multiple of 4");
    }

    /** Pictures come with colours last or first, and benchmarks write names with either mark between words. */
    @Test
    void readsPicturesOfEitherOrder() {
        Component first = new Component("front_rgb", new Box(Element.UINT8, List.of(3, 16, 16), 0, 255));
        Component depth = new Component("front_depth", new Box(Element.FLOAT32, List.of(16, 16), 0, 10));

        assertThat(objection("", spec(POSE, VECTOR, FINGERS, first, depth))).isEmpty();
    }

    private static EnvironmentSpec spec(Space action, Component... seen) {
        return new EnvironmentSpec(List.of(seen), action, 10);
    }

    private static Optional<String> objection(String overrides, EnvironmentSpec spec) {
        return objection(overrides, spec, Conditioning.none());
    }

    private static Optional<String> objection(String overrides, EnvironmentSpec spec, Conditioning conditioning) {
        return new C2fArm(SettingsOf.paper(overrides))
                .objection(new AlgorithmRequest(spec, conditioning, 1, Device.CPU, TestStreams.root(1)));
    }

    @Test
    @Tag("native")
    void namesTheTensorsThatItHas() {
        try (Play play = new Play(SettingsOf.paper(C2fArmContractTest.TINY), 12, "red", 1)) {
            Map<String, List<Long>> known = new C2fArm(SettingsOf.paper(C2fArmContractTest.TINY))
                    .tensors(
                            new AlgorithmRequest(play.spec(), Conditioning.none(), 1, Device.CPU, TestStreams.root(1)));

            Snapshot weights = play.algorithm().parameters().snapshot(Set.of("depth-0", "depth-1"));

            assertThat(known.keySet()).isEqualTo(weights.tensors().keySet());
            assertThat(play.algorithm().parameters().groups()).containsExactlyInAnyOrder("depth-0", "depth-1");
        }
    }

    /** Where fine-tuning begins, targets are those of what was learned, or, as the study's code has it, of nothing. */
    @Test
    @Tag("native")
    void restoringCopiesTheTargetNetworksUnlessThePresetKeepsThem() {
        for (boolean copied : new boolean[] {true, false}) {
            String settings = C2fArmContractTest.TINY + ", restored-target = " + (copied ? "copied" : "kept");
            try (Play learned = new Play(SettingsOf.paper(C2fArmContractTest.TINY), 12, "red", 1);
                    Play fresh = new Play(SettingsOf.paper(settings), 12, "green", 2)) {
                learned.show(2);
                learned.steps(2);
                float[] before = target(fresh, 1);

                fresh.algorithm()
                        .parameters()
                        .restore(learned.algorithm().parameters().snapshot());

                assertThat(target(fresh, 1))
                        .isEqualTo(
                                copied
                                        ? fresh.algorithm()
                                                .depths()
                                                .get(1)
                                                .online()
                                                .flat()
                                                .toFloatArray()
                                        : before);
            }
        }
    }

    private static float[] target(Play play, int depth) {
        return play.algorithm().depths().get(depth).target().flat().toFloatArray();
    }

    /** Rows after which nothing comes are as cheap as they are few: with or without them the others' targets are the same. */
    @Test
    @Tag("native")
    void learnsFromDemonstrationsAloneWithoutALookAtWhatIsNext() {
        try (Play play = new Play(SettingsOf.paper(C2fArmContractTest.TINY), 12, "red", 1)) {
            play.show(3);
            Batch.Transitions batch = play.draw();

            Map<String, Double> report = play.algorithm().update(batch, 0);

            assertThat(report)
                    .containsEntry("target-depth-0", 1.0)
                    .containsEntry("target-depth-1", 1.0)
                    .containsEntry("labels-outside", 0.0)
                    .containsKeys("loss-depth-0", "loss-depth-1", "empty-volumes");
        }
    }
}
