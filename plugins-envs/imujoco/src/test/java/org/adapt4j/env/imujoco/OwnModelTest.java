package org.adapt4j.env.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.ModelException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class OwnModelTest {

    @TempDir
    private Path folder;

    private static String ours(Body body) throws IOException {
        try (InputStream in = Models.class.getResourceAsStream(body.word() + ".xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Models models(Body body, String text) throws IOException {
        Path xml = Files.writeString(folder.resolve("mine.xml"), text);
        return new Models(Play.from(body, Optional.of(xml), Optional.empty()));
    }

    @Test
    void takesTheUsersBaseAndVariesIt() throws IOException {
        String fat = ours(Body.HOPPER).replace("size=\"0.04 0.25\"", "size=\"0.08 0.25\"");

        double plain;
        double light;
        try (Model model = models(Body.HOPPER, fat).compile(Optional.empty());
                Model half = models(Body.HOPPER, fat).compile(Variant.parse(Body.HOPPER, "massdec-50-leggeom"))) {
            plain = model.raw().body_mass().get(3);
            light = half.raw().body_mass().get(3);
        }

        assertThat(plain).isGreaterThan(10);
        assertThat(light).isCloseTo(plain / 2, within(1e-12));
    }

    @Test
    void readsTheAuthorsFilesUnderTheSameNames() throws IOException {
        Files.writeString(folder.resolve("hopper.xml"), ours(Body.HOPPER));
        Files.writeString(
                folder.resolve("hopper-massinc_300_torsogeom.xml"),
                ours(Body.HOPPER).replace("size=\"0.05 0.19999999999999996\"", "size=\"0.15 0.2\""));
        Models models = new Models(Play.from(Body.HOPPER, Optional.empty(), Optional.of(folder)));

        try (Model base = models.compile(Optional.empty());
                Model heavy = models.compile(Variant.parse(Body.HOPPER, "massinc-300-torsogeom"))) {
            assertThat(base.mass()).isCloseTo(15.820013, within(1e-6));
            assertThat(heavy.mass()).isGreaterThan(40);
        }
        assertThatThrownBy(() -> models.compile(Variant.parse(Body.HOPPER, "massdec-25-footgeom")))
                .hasMessageContaining("hopper-massdec_25_footgeom.xml")
                .hasMessageContaining("must be named as the authors name them");
    }

    @Test
    void brokenXmlIsRefusedWithMujocosLine() throws IOException {
        String broken = ours(Body.HOPPER).replace("<motor joint=\"leg_joint\"/>", "<motor joint=\"knee\"/>");

        assertThatThrownBy(() -> models(Body.HOPPER, broken).compile(Optional.empty()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("mine.xml: ")
                .hasMessageContaining("unknown transmission target 'knee'")
                .hasMessageContaining("line = 37");
        assertThatThrownBy(() -> models(Body.HOPPER, "<mujoco>\n<worldbody>\n</mujoco>")
                        .compile(Variant.parse(Body.HOPPER, "massdec-50-leggeom")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("mine.xml: XML");
    }

    /** As the command line sees it: a message for the user and no stack trace. */
    @Test
    void openingABrokenModelTellsTheUser() throws IOException {
        Path xml = Files.writeString(folder.resolve("mine.xml"), "<mujoco><world/></mujoco>");
        ImujocoBenchmark benchmark = new ImujocoBenchmark(Play.from(Body.HOPPER, Optional.of(xml), Optional.empty()));

        assertThatThrownBy(() -> new Play(benchmark, "hopper/base"))
                .isInstanceOf(UnplayableTaskException.class)
                .hasMessageContaining("mine.xml: XML Error: Schema violation: unrecognized element");
    }

    @Test
    void brokenModelsAreFoundBeforeAnythingRuns() throws IOException {
        Path whole = Files.writeString(folder.resolve("whole.xml"), ours(Body.HOPPER));
        Path broken = Files.writeString(folder.resolve("mine.xml"), "<mujoco><world/></mujoco>");

        assertThat(new ImujocoBenchmark(Play.from(Body.HOPPER, Optional.of(whole), Optional.empty())).inspect())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.good()).isTrue();
                    assertThat(finding.what()).isEqualTo("MuJoCo");
                    assertThat(finding.found()).contains("tested with 2.2.2");
                });
        assertThat(new ImujocoBenchmark(Play.from(Body.HOPPER, Optional.of(broken), Optional.empty())).inspect())
                .hasSize(2)
                .last()
                .satisfies(finding -> {
                    assertThat(finding.good()).isFalse();
                    assertThat(finding.what()).isEqualTo("hopper/base");
                    assertThat(finding.found()).contains("mine.xml: XML Error: Schema violation");
                });
    }

    @Test
    void aBodyWithOtherJointsIsRefused() throws IOException {
        assertThatThrownBy(() -> models(Body.HOPPER, ours(Body.WALKER2D)).compile(Optional.empty()))
                .hasMessageContaining("mine.xml: its joints are [rootx, rootz, rooty, thigh_joint,")
                .hasMessageContaining("but a hopper has [rootx, rootz, rooty, thigh_joint, leg_joint, foot_joint]");
    }

    @Test
    void aBodyWithItsMotorsInAnotherOrderIsRefused() throws IOException {
        String swapped = ours(Body.HOPPER)
                .replace("<motor joint=\"leg_joint\"/>", "<motor joint=\"x\"/>")
                .replace("<motor joint=\"foot_joint\"/>", "<motor joint=\"leg_joint\"/>")
                .replace("<motor joint=\"x\"/>", "<motor joint=\"foot_joint\"/>");

        assertThatThrownBy(() -> models(Body.HOPPER, swapped).compile(Optional.empty()))
                .hasMessageContaining("its motors drive [thigh_joint, foot_joint, leg_joint]");
    }

    @Test
    void aVariantOfAPartThatIsNotThereIsRefused() throws IOException {
        String renamed = ours(Body.HOPPER).replace("name=\"leg_geom\"", "name=\"shank\"");

        assertThatThrownBy(() -> models(Body.HOPPER, renamed).compile(Variant.parse(Body.HOPPER, "massdec-50-leggeom")))
                .hasMessageContaining("has no geom 'leggeom'")
                .hasMessageContaining("shank");
    }

    @Test
    void filesThatAreNotThereAreRefusedWhenSettingsAreRead() {
        assertThatThrownBy(() -> Play.from(Body.HOPPER, Optional.of(Path.of("/no/such.xml")), Optional.empty()))
                .hasMessage("xml: must be a file that can be read, but there is no /no/such.xml");
        assertThatThrownBy(() -> Play.from(Body.HOPPER, Optional.empty(), Optional.of(Path.of("/no/such"))))
                .hasMessage("xml-folder: must be a folder, but there is no /no/such");
    }

    @Test
    void marginsCanBeHalvedForLaterVersions() throws IOException {
        Mjcf text = Mjcf.parse("hopper.xml", ours(Body.HOPPER));

        Models.halveMargins(text);

        try (Model model = Model.parse("halved", text.text())) {
            assertThat(model.raw().geom_margin().get(0)).isEqualTo(0.0005);
        }
    }

    @Test
    void keepingTheTotalMassMakesTheOtherPartsLighter() {
        ImujocoBenchmark.Settings settings = Play.settings(Body.HALFCHEETAH);
        ImujocoBenchmark.Settings keeping = new ImujocoBenchmark.Settings(
                settings.body(),
                settings.rules(),
                settings.fold(),
                settings.variants(),
                settings.trainTasks(),
                settings.testTasks(),
                settings.resetNoise(),
                true,
                1000,
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                1);

        try (Model frozen = new Models(settings).compile(Variant.parse(Body.HALFCHEETAH, "massinc-200-bthigh"));
                Model kept = new Models(keeping).compile(Variant.parse(Body.HALFCHEETAH, "massinc-200-bthigh"))) {
            assertThat(frozen.mass()).isCloseTo(17.087029, within(1e-6));
            assertThat(frozen.raw().body_mass().get(3)).isCloseTo(1.5874476987447697, within(1e-12));
            assertThat(kept.mass()).isCloseTo(14, within(1e-12));
            assertThat(kept.raw().body_mass().get(3)).isLessThan(1.5);
        }
    }
}
