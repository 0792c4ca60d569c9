package org.adapt4j.env.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.ModelException;
import org.adapt4j.env.mujoco.Simulation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Every way in which MuJoCo takes the unmodified body, variants are made too, and all are as if it were one plain file. */
    @ParameterizedTest
    @ValueSource(
            strings = {"hopper/base", "massinc-300-torsogeom", "lengthinc-100-footgeom", "frictiondec-50-footgeom"})
    void filesOfManyKindsGiveWhatAPlainOneGives(String name) throws IOException {
        Optional<Variant> variant = Variant.parse(Body.HOPPER, name);
        String plain = ours(Body.HOPPER);
        String motors = part(plain, "<actuator>", "</actuator>");
        Files.createDirectories(folder.resolve("parts"));
        Files.writeString(folder.resolve("parts/motors.xml"), "<mujocoinclude>" + motors + "</mujocoinclude>");
        Files.writeString(
                folder.resolve("parts/both.xml"),
                "\uFEFF<!-- -- --><mujoco><include file='parts/motors.xml'/>"
                        + part(plain, "<default>", "\n  </default>") + "</mujoco>");
        Files.write(folder.resolve("parts/flag.stl"), tetrahedron());
        String floor = "<geom name=\"floor\"";
        Map<String, byte[]> kinds = new LinkedHashMap<>();
        kinds.put("mark", utf8("\uFEFF" + plain));
        kinds.put("declared", utf8("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + plain));
        kinds.put("comment", utf8(plain.replace("<worldbody>", "<worldbody><!-- left -- right & <geom> -->")));
        kinds.put("doctype", utf8("<!DOCTYPE mujoco>" + plain));
        kinds.put("doctype with entities", utf8("<!DOCTYPE mujoco [<!ENTITY a \"b\">]>" + plain));
        kinds.put("carriage returns", utf8(plain.replace("\n", "\r\n")));
        kinds.put("Latin-1", plain.replace("One leg", "Une jambe, modèle").getBytes(StandardCharsets.ISO_8859_1));
        kinds.put(
                "Latin-1, declared",
                ("<?xml version='1.0' encoding='ISO-8859-1'?><!-- é -->" + plain)
                        .getBytes(StandardCharsets.ISO_8859_1));
        kinds.put("UTF-16", ("\uFEFF" + plain).getBytes(StandardCharsets.UTF_16LE));
        kinds.put("UTF-16, the other way round", ("\uFEFF" + plain).getBytes(StandardCharsets.UTF_16BE));
        kinds.put("include", utf8(plain.replace(motors, "<include file=\"parts/motors.xml\"/>")));
        kinds.put(
                "include within include",
                utf8(plain.replace(motors, "<include file=\"parts/both.xml\"></include>")
                        .replace(part(plain, "<default>", "\n  </default>"), "")));
        kinds.put(
                "mesh",
                utf8(plain.replace("<compiler ", "<compiler meshdir=\"parts\" ")
                        .replace("<worldbody>", "<asset><mesh name=\"flag\" file=\"flag.stl\"/></asset><worldbody>")
                        .replace(
                                floor,
                                "<geom type=\"mesh\" mesh=\"flag\" pos=\"5 0 0\" contype=\"0\" conaffinity=\"0\"/>"
                                        + floor)));
        double[] expected = fall(models(Body.HOPPER, plain).compile(variant));

        for (Map.Entry<String, byte[]> kind : kinds.entrySet()) {
            Path xml = Files.write(folder.resolve("mine.xml"), kind.getValue());
            Models models = new Models(Play.from(Body.HOPPER, Optional.of(xml), Optional.empty()));

            assertThat(fall(models.compile(variant))).as(kind.getKey()).containsExactly(expected);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String part(String text, String from, String to) {
        return text.substring(text.indexOf(from), text.indexOf(to) + to.length());
    }

    /** A mesh in STL's binary format. */
    private static byte[] tetrahedron() {
        int[][] corners = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        int[][] sides = {{0, 2, 1}, {0, 1, 3}, {1, 2, 3}, {0, 3, 2}};
        ByteBuffer bytes = ByteBuffer.allocate(84 + 50 * sides.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(80, sides.length).position(84);
        for (int[] side : sides) {
            bytes.position(bytes.position() + 12);
            for (int corner : side) {
                for (int number : corners[corner]) {
                    bytes.putFloat(0.01f * number);
                }
            }
            bytes.position(bytes.position() + 2);
        }
        return bytes.array();
    }

    /** Where a body is after a while without motors; closes the model. */
    private static double[] fall(Model model) {
        try (model;
                Simulation simulation = new Simulation(model)) {
            simulation.reset();
            simulation.step(300);
            double[] place = new double[model.positions()];
            simulation.qpos().get(0, place);
            return place;
        }
    }

    @Test
    void whatWouldKeepMujocoBusyIsRefused() throws IOException {
        String plain = ours(Body.HOPPER);
        String floor = "<geom name=\"floor\"";

        refuses(
                plain.replace(floor, "<include file='nowhere.xml'/>" + floor),
                "mine.xml: includes 'nowhere.xml', but there is no");
        Files.writeString(folder.resolve("a.xml"), "<mujocoinclude><include file='b.xml'/></mujocoinclude>");
        Files.writeString(folder.resolve("b.xml"), "<mujocoinclude><include file='a.xml'/></mujocoinclude>");
        refuses(
                plain.replace(floor, "<include file='a.xml'/>" + floor),
                "mine.xml: includes 'a.xml' twice, or in a circle");
        Files.writeString(
                folder.resolve("c.xml"),
                "<mujocoinclude><include file='./../" + folder.getFileName() + "/c.xml'/></mujocoinclude>");
        refuses(plain.replace(floor, "<include file='c.xml'/>" + floor), "twice, or in a circle");
        refuses(
                plain.replace(floor, "<geom size=\"1\"/>".repeat(1_000_000) + floor),
                "mine.xml: has more than 5000 tags with all that it includes");
        refuses(plain.replace(floor, " ".repeat(17 << 20) + floor), "mine.xml: is larger than 16 MiB");
    }

    private void refuses(String text, String message) throws IOException {
        Models models = models(Body.HOPPER, text);

        for (Optional<Variant> variant :
                List.of(Optional.<Variant>empty(), Variant.parse(Body.HOPPER, "massinc-300-torsogeom"))) {
            assertThatThrownBy(() -> models.compile(variant))
                    .isInstanceOfAny(UnplayableTaskException.class, ModelException.class)
                    .hasMessageContaining(message);
        }
    }

    /** MuJoCo warns of some, computes on, and every episode would be a low score. */
    @Test
    void modelsThatCannotBePlayedAreRefused() throws IOException {
        String plain = ours(Body.HOPPER);

        refuses(plain.replace("damping=\"1\"", "damping=\"nan\""), "dof_damping has a number that is not finite");
        refuses(plain.replace("gear=\"200\"", "gear=\"nan\""), "actuator_gear has a number that is not finite");
        refuses(plain.replace("timestep=\"0.002\"", "timestep=\"nan\""), "not finite");
        refuses(
                plain.replace("armature=\"1\" damping=\"1\"", "armature=\"1\" damping=\"-1e6\""),
                "its simulation diverges");
        refuses(plain.replace("timestep=\"0.002\"", "timestep=\"0\""), "its timestep is 0.0 s, but time must go on");
        refuses(
                plain.replace("<body name=\"torso\" pos=\"0 0 1.25\">", "<body name=\"torso\" pos=\"0 0 0.25\">")
                        .replace("ref=\"1.25\"", "ref=\"0.25\""),
                "it starts fallen by the rules of a hopper, so that every episode would end at once");
    }

    @Test
    void massesThatGeomsTellThemselvesAreScaled() throws IOException {
        String told = ours(Body.HOPPER).replace("name=\"leg_geom\" ", "name=\"leg_geom\" mass=\"3\" ");

        try (Model half = models(Body.HOPPER, told).compile(Variant.parse(Body.HOPPER, "massdec-50-leggeom"))) {
            assertThat(half.raw().body_mass().get(3)).isCloseTo(1.5, within(1e-12));
        }
        String own = ours(Body.HOPPER)
                .replace(" inertiafromgeom=\"true\"", "")
                .replace(
                        "<joint name=\"leg_joint\"",
                        "<inertial pos=\"0 0 0\" mass=\"3\" diaginertia=\"1 1 1\"/><joint name=\"leg_joint\"");
        assertThatThrownBy(() -> models(Body.HOPPER, own).compile(Variant.parse(Body.HOPPER, "massdec-50-leggeom")))
                .hasMessageContaining("the geom 'leg_geom' has a body with an inertial of its own");
    }

    @Test
    void partsThatAVariantCannotChangeAreTold() throws IOException {
        String box = ours(Body.HOPPER)
                .replace(
                        "name=\"torso_geom\" type=\"capsule\" size=\"0.05",
                        "name=\"torso_geom\" type=\"box\" size=\"0.05 0.05");
        String free = ours(Body.HOPPER)
                .replace(" axis=\"0 -1 0\" range=\"-150 0\"/>", " axis=\"0 -1 0\" limited=\"false\"/>");

        assertThatThrownBy(
                        () -> models(Body.HOPPER, box).compile(Variant.parse(Body.HOPPER, "lengthinc-100-torsogeom")))
                .hasMessageContaining("the geom 'torso_geom' must be a capsule");
        assertThatThrownBy(
                        () -> models(Body.HOPPER, free).compile(Variant.parse(Body.HOPPER, "jointdec-50-thighjoint")))
                .hasMessageContaining("the joint 'thigh_joint' has no range, which this variant changes");
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
