package org.adapt4j.runtime.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each refusal says where, what, and what to do; the whole text is in refusals.txt. */
final class PluginRefusalTest {

    @TempDir
    private Path work;

    @Test
    void refusesATruncatedJar() throws IOException {
        Path jar = jar("broken").plugin("org.example.broken", "").build(folder("broken"));
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(refusal()).isEqualTo(golden("truncated"));
    }

    @Test
    void refusesAJarWithoutAServiceFile() throws IOException {
        jar("plain").entry("readme.txt", "no plug-in").build(folder("plain"));

        assertThat(refusal()).isEqualTo(golden("no-service-file"));
    }

    @Test
    void refusesAJarWithClassesOfASharedPackage() throws IOException {
        jar("fat")
                .plugin("org.example.fat", "")
                .entry("ai/djl/ndarray/NDArray.class", "x")
                .entry("META-INF/versions/11/org/slf4j/Logger.class", "x")
                .build(folder("fat"));

        assertThat(refusal()).isEqualTo(golden("shared-class"));
    }

    @Test
    void refusesTwoPluginsOfOneId() throws IOException {
        jar("one").plugin("org.example.same", "").build(folder("one"));
        jar("two").plugin("org.example.same", "").build(folder("two"));

        assertThat(refusal()).isEqualTo(golden("same-id"));
    }

    @Test
    void keepsUndottedIdsForBundledPlugins() throws IOException {
        jar("mine").plugin("mine", "").build(folder("mine"));

        assertThat(refusal()).isEqualTo(golden("undotted-id"));
    }

    @Test
    void refusesANewerMinorVersionOfTheApi() throws IOException {
        jar("newer").api("0.2").plugin("org.example.newer", "").build(folder("newer"));

        assertThat(refusal()).isEqualTo(golden("newer-minor"));
    }

    @Test
    void refusesAnotherMajorVersionOfTheApi() throws IOException {
        jar("major").api("1.0").plugin("org.example.major", "").build(folder("major"));

        assertThat(refusal()).isEqualTo(golden("other-major"));
    }

    @Test
    void refusesAJarThatStatesNoApiVersion() throws IOException {
        jar("silent").withoutApi().plugin("org.example.silent", "").build(folder("silent"));

        assertThat(refusal()).isEqualTo(golden("no-version"));
    }

    @Test
    void refusesAProviderThatThrows() throws IOException {
        jar("angry")
                .plugin("org.example.angry", "throw new IllegalStateException(\"not today\");")
                .build(folder("angry"));

        assertThat(refusal()).isEqualTo(golden("throws"));
    }

    @Test
    void saysWhichClassIsMissingAndThatTheApplicationHidesItsOwn() throws IOException {
        jar("peeking")
                .plugin("org.example.peeking", "com.google.inject.Guice.createInjector();")
                .build(folder("peeking"));

        assertThat(refusal()).isEqualTo(golden("hidden-class"));
    }

    @Test
    void saysWhichClassIsMissingAltogether() throws IOException {
        jar("lacking")
                .source(
                        "lib/Helper.java",
                        "package lib; public final class Helper { public static void help() {} }",
                        "other/P.java",
                        """
                        package other;
                        public final class P implements org.adapt4j.api.plugin.Plugin {
                            @Override public String id() { return "org.example.lacking"; }
                            @Override public void contribute(org.adapt4j.api.plugin.Contributions c) { lib.Helper.help(); }
                        }
                        """)
                .without("lib/Helper.class")
                .service("other.P")
                .build(folder("lacking"));

        assertThat(refusal()).isEqualTo(golden("missing-class"));
    }

    @Test
    void refusesAServiceFileThatNamesNothing() throws IOException {
        jar("wrong").service("other.Missing").build(folder("wrong"));

        assertThat(refusal()).isEqualTo(golden("service-names-nothing"));
    }

    @Test
    void refusesANameThatAnotherPluginHas() throws IOException {
        jar("rival")
                .plugin(
                        "org.example.rival",
                        "c.evaluator(\"mean\", S.class, null); c.evaluator(\"Mean\", S.class, null);")
                .build(folder("rival"));
        jar("second")
                .plugin("org.example.second", "c.evaluator(\"mean\", S.class, null);")
                .build(folder("second"));

        assertThat(refusal()).isEqualTo(golden("same-name"));
    }

    @Test
    void findsDefaultsOfAMisspeltName() throws IOException {
        jar("typo")
                .plugin("org.example.typo", "c.evaluator(\"mean\", S.class, null);")
                .entry("reference.conf", "evaluators.maen {\n  a = 1\n}\n")
                .build(folder("typo"));

        assertThat(refusal()).isEqualTo(golden("misspelt-defaults"));
    }

    @Test
    void refusesVersionsThatAreNone() throws IOException {
        jar("long").api("99999999999.1").plugin("org.example.long", "").build(folder("long"));
        jar("odd").api("v0.1").plugin("org.example.odd", "").build(folder("odd"));

        assertThat(refusal()).isEqualTo(golden("odd-versions"));
    }

    @Test
    void refusesWhateverAProviderThrows() throws IOException {
        jar("sneaky").service("other.P").source("other/P.java", """
            package other;
            public final class P implements org.adapt4j.api.plugin.Plugin {
                @Override public String id() { return "org.example.sneaky"; }
                @Override public void contribute(org.adapt4j.api.plugin.Contributions c) {
                    P.<RuntimeException>sneak(new java.io.IOException("no such disk"));
                }
                @SuppressWarnings("unchecked")
                private static <T extends Throwable> void sneak(Throwable t) throws T { throw (T) t; }
            }
            """).build(folder("sneaky"));
        jar("deep").plugin("org.example.deep", "contribute(c);").build(folder("deep"));
        jar("full")
                .plugin("org.example.full", "throw new OutOfMemoryError(\"so much\");")
                .build(folder("full"));
        jar("circle")
                .plugin(
                        "org.example.circle",
                        "Exception a = new Exception(\"a\"), b = new Exception(\"b\", a); a.initCause(b);"
                                + " throw new IllegalStateException(a);")
                .build(folder("circle"));

        assertThat(refusal().replaceAll(" at [^;]*", ""))
                .contains("circle.jar: its plug-in failed while it was asked what it adds: java.lang.Exception: ")
                .contains("deep.jar: its plug-in failed while it was asked what it adds: java.lang.StackOverflowError;")
                .contains("full.jar: its plug-in failed while it was asked what it adds: java.lang.OutOfMemoryError: so"
                        + " much;")
                .contains("sneaky.jar: its plug-in failed while it was asked what it adds: java.io.IOException: no such"
                        + " disk;");
    }

    @Test
    void doesNotWaitForEver() throws IOException {
        jar("endless")
                .plugin("org.example.endless", "while (c != null) { Thread.onSpinWait(); }")
                .build(folder("endless"));

        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> PluginLoader.load(
                        getClass().getClassLoader(), Optional.of(work.resolve("plugins")), Duration.ofMillis(200)));

        assertThat(refused)
                .hasMessageMatching("(?s)1 problem in the configuration\n"
                        + "  .*/endless.jar: its plug-in has not said after 0 s what it adds( \\(it is at"
                        + " endless.jar//other.P.contribute\\(P.java:4\\)\\))?; contribute\\(\\) only names"
                        + " classes. Tell its author, or take the jar out of this folder");
    }

    @Test
    void refusesWhatIsNoJar() throws IOException, InterruptedException {
        Path pipe = Files.createDirectories(work.resolve("plugins")).resolve("pipe.jar");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createDirectory(folder("folder"));
        Files.createSymbolicLink(folder("lost"), Path.of("nowhere.jar"));
        Files.createFile(folder("empty"));

        assertThat(refusal()).isEqualTo(golden("no-jars"));
    }

    @Test
    void refusesWhatUnpacksToMoreThanAnybodyWrites() throws IOException {
        String blank = " ".repeat(2 << 20);
        jar("defaults")
                .plugin("org.example.defaults", "")
                .entry("reference.conf", blank)
                .build(folder("defaults"));
        jar("service").entry(PluginJar.SERVICE_FILE, "#" + blank).build(folder("service"));
        jar("class")
                .plugin("org.example.class", "")
                .entry("other/Q.class", blank.repeat(9))
                .build(folder("class"));

        assertThat(refusal()).isEqualTo(golden("unpacks-to-much"));
    }

    @Test
    void refusesIdsThatAreNone() throws IOException {
        jar("nothing").source("other/P.java", """
            package other;
            public final class P implements org.adapt4j.api.plugin.Plugin {
                @Override public String id() { return null; }
                @Override public void contribute(org.adapt4j.api.plugin.Contributions c) {}
            }
            """).service("other.P").build(folder("nothing"));
        jar("red").plugin("org.example.\\u001b[31mred", "").build(folder("red"));

        assertThat(refusal()).isEqualTo(golden("odd-ids"));
    }

    @Test
    void saysEverythingAtOnce() throws IOException {
        jar("plain").entry("readme.txt", "no plug-in").build(folder("plain"));
        jar("mine").plugin("mine", "").build(folder("mine"));

        assertThat(refusal().lines()).hasSize(3);
    }

    private JarBuilder jar(String name) throws IOException {
        return new JarBuilder(work.resolve("build-" + name));
    }

    private Path folder(String name) {
        return work.resolve("plugins").resolve(name + ".jar");
    }

    private String refusal() {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> PluginLoader.load(getClass().getClassLoader(), Optional.of(work.resolve("plugins"))));
        return String.valueOf(refused.getMessage()).replace(work.resolve("plugins") + "/", "");
    }

    /** The block under {@code == name}. */
    private static String golden(String name) throws IOException {
        try (InputStream in = PluginRefusalTest.class.getResourceAsStream("refusals.txt")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int start = all.indexOf("== " + name + "\n");
            int end = all.indexOf("\n== ", start);
            return start < 0
                    ? "no block " + name
                    : all.substring(all.indexOf('\n', start) + 1, end < 0 ? all.length() : end)
                            .strip();
        }
    }
}
