package org.adapt4j.runtime.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.runtime.experiment.Catalogue.Entry;
import org.adapt4j.runtime.experiment.Catalogue.Kind;
import org.adapt4j.runtime.experiment.ComponentException;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginLoaderTest {

    private static final String METHOD = """
        package other;
        import org.adapt4j.api.method.*;
        final class M implements Learner {
            final S settings;
            @jakarta.inject.Inject M(S settings) { this.settings = settings; }
            @Override public Checkpoint learn(Session s) { return Checkpoint.nothing(); }
            @Override public String toString() { return settings + " " + lib.Version.TEXT.toString(); }
            record S(int size) {}
        }
        """;

    private static final String CONTRIBUTE = "c.learner(\"%s\", M.S.class, M.class);";

    @TempDir
    private Path work;

    @Test
    void findsBundledPluginsWithTheirDefaults() {
        PluginCatalogue catalogue = PluginLoader.load(getClass().getClassLoader(), Optional.empty());

        assertThat(catalogue.names(Kind.BENCHMARK)).contains("toy-two-goal");
        assertThat(catalogue.plugins()).extracting(LoadedPlugin::source).containsOnly("bundled");
        assertThat(catalogue.find(Kind.BENCHMARK, "toy-two-goal").orElseThrow().defaults())
                .containsKey("states");
        assertThat(catalogue.find(Kind.BENCHMARK, "no-such")).isEmpty();
    }

    @Test
    void aJarSeesItselfAndTheSharedPackagesOnly() throws Exception {
        jar("own", "1", "own");

        PluginCatalogue catalogue = load();

        ClassLoader loader =
                catalogue.find(Kind.LEARNER, "own").orElseThrow().type().getClassLoader();
        assertThat(loader.loadClass("org.adapt4j.api.method.Learner")).isSameAs(org.adapt4j.api.method.Learner.class);
        assertThat(loader.loadClass("ai.djl.ndarray.NDArray").getClassLoader())
                .isSameAs(getClass().getClassLoader());
        assertThatThrownBy(() -> loader.loadClass("com.google.inject.Guice"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> loader.loadClass(PluginLoader.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource("org/adapt4j/api/plugin/Plugin.class")).isNotNull();
        assertThat(loader.getResource("org/adapt4j/runtime/experiment/defaults.conf"))
                .isNull();
        assertThat(java.util.Collections.list(loader.getResources("reference.conf")))
                .hasSize(1);
    }

    @Test
    void twoPluginsMayHoldDifferentVersionsOfALibrary() throws IOException {
        jar("one", "1.0", "one");
        jar("two", "2.0", "two");

        PluginCatalogue catalogue = load();

        assertThat(build(catalogue, "one")).hasToString("S[size=3] library 1.0");
        assertThat(build(catalogue, "two")).hasToString("S[size=3] library 2.0");
    }

    @Test
    void knowsVersionAndSourceOfAJar() throws IOException {
        jar("own", "1", "own");

        LoadedPlugin plugin = load().plugins().stream()
                .filter(loaded -> loaded.id().equals("org.example.own"))
                .findFirst()
                .orElseThrow();

        assertThat(plugin.version()).isEqualTo("3.4");
        assertThat(plugin.source()).isEqualTo("own.jar");
    }

    @Test
    void saysWhatAConstructorAskedForInVain() throws IOException {
        builder("greedy")
                .source(
                        "other/M.java",
                        METHOD.replace("M(S settings)", "M(S settings, java.util.Random random)"),
                        "lib/Version.java",
                        "package lib; public enum Version { TEXT }",
                        "other/P.java",
                        plugin("greedy"))
                .service("other.P")
                .build(work.resolve("plugins/greedy.jar"));

        PluginCatalogue catalogue = load();

        assertThatThrownBy(() -> build(catalogue, "greedy"))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining("plug-in 'org.example.greedy': other.M cannot be built")
                .hasMessageContaining("java.util.Random");
    }

    @Test
    void givesServicesToWhoAsks() throws IOException {
        builder("asking")
                .source(
                        "other/M.java",
                        METHOD.replace(
                                "M(S settings)", "M(S settings, org.adapt4j.api.benchmark.TaskDistribution tasks)"),
                        "lib/Version.java",
                        "package lib; public enum Version { TEXT }",
                        "other/P.java",
                        plugin("asking"))
                .service("other.P")
                .build(work.resolve("plugins/asking.jar"));
        PluginCatalogue catalogue = load();
        Entry entry = catalogue.find(Kind.LEARNER, "asking").orElseThrow();

        Object built = catalogue.build(
                entry, settings(entry), Map.of(TaskDistribution.class, org.adapt4j.testkit.toy.Toys.twoGoal()));

        assertThat(built).hasToString("S[size=3] TEXT");
    }

    private Object build(PluginCatalogue catalogue, String learner) {
        Entry entry = catalogue.find(Kind.LEARNER, learner).orElseThrow();
        return catalogue.build(entry, settings(entry), Map.of());
    }

    private static Record settings(Entry entry) {
        return org.adapt4j.runtime.settings.Binder.bind(
                entry.settings(), entry.defaults().toConfig(), "");
    }

    private void jar(String name, String library, String learner) throws IOException {
        builder(name)
                .version("3.4")
                .source(
                        "other/M.java",
                        METHOD,
                        "lib/Version.java",
                        "package lib; public enum Version { TEXT { @Override public String toString() { return"
                                + " \"library "
                                + library + "\"; } } }",
                        "other/P.java",
                        plugin(learner))
                .service("other.P")
                .build(work.resolve("plugins/" + name + ".jar"));
    }

    private JarBuilder builder(String name) throws IOException {
        return new JarBuilder(work.resolve("build-" + name))
                .entry("reference.conf", "learners." + name + ".size = 3\n");
    }

    private static String plugin(String learner) {
        return """
            package other;
            public final class P implements org.adapt4j.api.plugin.Plugin {
                @Override public String id() { return "org.example.%s"; }
                @Override public void contribute(org.adapt4j.api.plugin.Contributions c) { %s }
            }
            """.formatted(learner, CONTRIBUTE.formatted(learner));
    }

    private PluginCatalogue load() {
        return PluginLoader.load(getClass().getClassLoader(), Optional.of(work.resolve("plugins")));
    }
}
