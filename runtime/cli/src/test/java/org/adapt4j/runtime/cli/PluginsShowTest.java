package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.settings.SettingsGuide;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code adapt4j plugins show} tells, of all that ships and of a stranger's jar. */
final class PluginsShowTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temporary = Path.of("");

    private final Screen screen = new Screen();

    @Test
    void tellsEachSettingWithMeaningTypeRangeDefaultAndSource() {
        assertThat(screen.run("plugins", "show", "reptile")).as(screen.err()).isZero();

        assertThat(screen.out())
                .startsWith("learner reptile\n  named in  pretrain.learner\n")
                .contains("    inner-updates = 3\n"
                        + "        updates on one task\n"
                        + "        a whole number; must be positive\n"
                        + "        source: Mandi et al. 2022: k = 3 iterations of PPO\n")
                .contains("a number; must lie in [0, 1]", "one of nichol, study", "  preset mandi-2022\n");
    }

    /** Settings are documented where they are declared, and their defaults where they stand. */
    @Test
    void tellsWhatEverySettingThatShipsMeansAndWhereItsDefaultIsFrom() {
        Workbench workbench = Engine.open(Optional.empty());
        List<String> lacking = new ArrayList<>();

        for (Workbench.PluginFacts plugin : workbench.plugins()) {
            for (Workbench.Described one : workbench.describe(plugin.id())) {
                for (SettingsGuide.Setting setting : one.settings()) {
                    String which = one.kind() + " " + one.name() + ": " + setting.key();
                    if (setting.meaning().isEmpty()) {
                        lacking.add("meaning of " + which);
                    }
                    if (setting.value().isPresent() && setting.source().isEmpty()) {
                        lacking.add("source of " + which);
                    }
                }
            }
        }

        assertThat(lacking).filteredOn(which -> !which.contains(" toy-")).isEmpty(); // toys are for tests
    }

    @Test
    void theSchemaHasTypesBoundsAndDefaults() throws IOException {
        assertThat(screen.run("plugins", "show", "ppo", "--json-schema")).isZero();
        JsonNode schema = JSON.readTree(screen.out());

        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.at("/properties/name/const").asText()).isEqualTo("ppo");
        JsonNode properties = schema.path("properties");
        assertThat(properties.at("/rollout-steps/type").asText()).isEqualTo("integer");
        assertThat(properties.at("/rollout-steps/exclusiveMinimum").asInt(-1)).isZero();
        assertThat(properties.at("/rollout-steps/default").asInt()).isEqualTo(256);
        assertThat(properties.at("/adam-beta1/minimum").asInt(-1)).isZero();
        assertThat(properties.at("/adam-beta1/exclusiveMaximum").asInt()).isEqualTo(1);
        assertThat(properties.at("/value-loss/enum").toString()).isEqualTo("[\"clipped\",\"plain\"]");
        assertThat(properties.at("/network/type").asText()).isEqualTo("object");
        assertThat(properties.at("/network/properties/hidden/items/type").asText())
                .isEqualTo("integer");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    }

    /** An editor must not underline what the engine takes as it stands. */
    @Test
    void noDefaultBreaksItsOwnSchema() {
        Workbench workbench = Engine.open(Optional.empty());

        for (Workbench.PluginFacts plugin : workbench.plugins()) {
            for (Workbench.Described one : workbench.describe(plugin.id())) {
                checkDefaults(one.kind() + " " + one.name(), SettingsSchema.of(one));
            }
        }
    }

    private static void checkDefaults(String which, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode about = property.getValue();
            String where = which + ": " + property.getKey();
            checkDefaults(where, about);
            JsonNode value = about.path("default");
            if (value.isMissingNode()) {
                return;
            }
            if (about.has("enum")) {
                assertThat(about.path("enum")).as(where).contains(value);
            }
            switch (about.path("type").asText()) {
                case "integer" -> assertThat(value.canConvertToLong()).as(where).isTrue();
                case "number" -> assertThat(value.isNumber()).as(where).isTrue();
                case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
                case "array" -> assertThat(value.isArray()).as(where).isTrue();
                default -> {}
            }
            if (value.isNumber()) {
                double number = value.asDouble();
                assertThat(number)
                        .as(where)
                        .isGreaterThanOrEqualTo(about.path("minimum").asDouble(number))
                        .isLessThanOrEqualTo(about.path("maximum").asDouble(number))
                        .isGreaterThan(about.path("exclusiveMinimum").asDouble(Math.nextDown(number)))
                        .isLessThan(about.path("exclusiveMaximum").asDouble(Math.nextUp(number)));
            }
        });
    }

    @Test
    void tellsOfAStrangersJarWhereItIsAndItsSum() throws IOException {
        Path jar = new JarBuilder(temporary.resolve("work"))
                .plugin(
                        "org.example.other",
                        "c.selector(\"other\", S.class, L.class); } static final class L"
                                + " implements org.adapt4j.api.method.Selector {")
                .entry("META-INF/sources/other/P.java", """
                    /** Settings. @param a how {@code much}, see {@link Other a text} */
                    record S(int a) {}
                    """)
                .entry("reference.conf", "selectors.other { a = 3 /* none */ }".replace(" /* none */", " # ours\n"))
                .build(temporary.resolve("plugins/other.jar"));

        int exit = screen.run(
                "plugins", "show", "org.example.other", "--trust-all", "--plugins", temporary.resolve("plugins") + "");

        assertThat(exit).as(screen.err()).isZero();
        assertThat(screen.out())
                .contains("selector other\n", Files.exists(jar) ? "other.jar\n" : "", "  sha256    " + Sha256.of(jar))
                .contains("    a = 3\n        how much, see a text\n        a whole number\n        source: ours\n");
    }

    @Test
    void saysWhatIsMeantWhereANameIsUnknownOrSeveralThings() {
        assertThat(screen.run("plugins", "show", "peal")).isEqualTo(2);
        assertThat(screen.err()).contains("no plug-in adds 'peal'; did you mean 'pearl'? (known: ");

        Screen several = new Screen();
        assertThat(several.run("plugins", "show", "pearl", "--json-schema")).isEqualTo(2);
        assertThat(several.err()).contains("'pearl' is several things; choose with --kind one of learner, adapter");

        Screen chosen = new Screen();
        assertThat(chosen.run("plugins", "show", "pearl", "--kind", "adapter", "--json-schema"))
                .isZero();
        assertThat(List.of(chosen.out())).allMatch(text -> text.contains("\"title\" : \"adapter pearl\""));
    }
}
