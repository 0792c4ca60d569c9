package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code adapt4j plugins new} writes: compiled against what its pom.xml provides and nothing else, tested, loaded. */
@Tag("native")
final class NewPluginTest {
    private static final Path ROOT = Path.of("..", "..");

    /** Folders of modules by what a pom.xml calls them. */
    private static final Map<String, String> MODULES = Map.of(
            "adapt4j-api-contract", "api/contract",
            "adapt4j-api-toolkit", "api/toolkit",
            "adapt4j-method-selection", "plugins-methods/selection");

    @TempDir
    private Path temporary = Path.of("");

    private final Screen screen = new Screen();

    @ParameterizedTest
    @EnumSource
    void compilesPassesItsSuiteAndIsLoaded(PluginTemplate template) throws Exception {
        String name = "my-" + template.kind();
        Path project = write(template, name, "com.example.deep");
        Path classes = Files.createDirectories(project.resolve("target/classes"));

        JarBuilder.compile(sources(project.resolve("src/main/java")), classes, provided(project));
        copyResources(project, classes);
        List<Path> tests = sources(project.resolve("src/test/java"));
        JarBuilder.compile(tests, classes, classes + File.pathSeparator + System.getProperty("java.class.path"));
        int ran = 0;
        for (Path test : tests) {
            String type = project.resolve("src/test/java").relativize(test).toString();
            ran += PageFiles.runTests(classes, type.replace(".java", "").replace('/', '.'));
        }
        Path plugins = Files.createDirectories(temporary.resolve("plugins"));
        JarBuilder.of(classes).version("1.0.0").build(plugins.resolve(name + ".jar"));
        assertThat(screen.run("plugins", "--trust-all", "--plugins", plugins.toString()))
                .as(screen.err())
                .isZero();

        assertThat(ran).as("tests").isGreaterThanOrEqualTo(template == PluginTemplate.SELECTOR ? 2 : 7);
        assertThat(screen.out()).contains("com.example.deep.", "  " + template.kind() + " " + name + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfTheTemplatesNameIsLeft(PluginTemplate template) throws IOException {
        Path project = write(template, "zebra", "org.zoo");

        for (Path file : files(project)) {
            String relative = project.relativize(file).toString();
            assertThat(relative + "\n" + Files.readString(file))
                    .as(relative)
                    .doesNotContainPattern(
                            "(?i)warm-?up|org.example|own-plugin|reinforce[^m ]|fewest-?steps\\b|csv-?episodes")
                    .doesNotContainPattern("\\bBall|\"ball|\\bShrink|\"shrink|adapters.shrink")
                    .doesNotContain("@NAME@", "@KIND@", "@MODULES@", "\u0001", "\u0002");
            if (relative.endsWith(".java")) {
                assertThat(file).content().startsWith("package org.zoo.zebra;\n");
            }
        }
        assertThat(project.resolve("pom.xml")).content().contains("<groupId>org.zoo</groupId>", ">zebra<");
    }

    /** What the page says of engines must be what this build has. */
    @Test
    void anAlgorithmIsTestedWithTheEngineOfThisBuild() throws IOException {
        String ours = Files.readString(ROOT.resolve("pom.xml"));
        Path project = write(PluginTemplate.ALGORITHM, "my-algorithm", "org.example");

        assertThat(project.resolve("pom.xml"))
                .content()
                .contains("<version>" + property(ours, "djl.version") + "</version>")
                .contains("<version>" + property(ours, "pytorch.version") + "-" + property(ours, "djl.version")
                        + "</version>")
                .contains("<version>" + property(ours, "pytorch.version") + "</version>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lerner|mine|no template of a plug-in 'lerner'; did you mean 'learner'?",
                "learner|MyLearner|name 'MyLearner': must be small letters, digits and hyphens",
                "learner|../up|must be small letters",
                "learner|2nd|must be small letters",
                "learner|a--b|must be small letters",
                "learner|new|is a word of Java",
                "learner|learner|its class Learner would hide another that the project uses; choose another, such as"
                        + " my-learner",
                "learner|string|its class String would hide another",
                "learner|reptile|there is a learner of that name in",
            })
    void saysWhatIsWrong(String kind, String name, String message) {
        Path folder = temporary.resolve("project");

        assertThat(screen.run("plugins", "new", kind, name, "--out", folder.toString()))
                .isEqualTo(2);
        assertThat(screen.err()).contains(message);
        assertThat(folder).doesNotExist();
    }

    @Test
    void aGroupMustBeAPackage() {
        assertThat(screen.run("plugins", "new", "learner", "mine", "--group", "org.My", "--out", temporary + "/p"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("--group org.My: must be a package of Java");
    }

    @Test
    void writesIntoNoFolderThatIsThere() throws IOException {
        Path file = Files.writeString(temporary.resolve("precious"), "precious");

        assertThat(screen.run("plugins", "new", "learner", "mine", "--out", file.toString()))
                .isEqualTo(2);
        assertThat(screen.err())
                .contains(file + ": is there already; choose another name, or another folder with --out");
        assertThat(file).hasContent("precious");
    }

    /** With Maven itself, off line: from the repository that built this, and the jars of this build where it would look for them. */
    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void mavenBuildsIt(PluginTemplate template) throws Exception {
        Path project = write(template, "my-" + template.kind(), "org.example");
        Path repository = temporary.resolve("repository");
        install(repository, "adapt4j", ROOT.resolve("pom.xml"), List.of());
        for (String module : toInstall(project)) {
            String artifact = property(Files.readString(ROOT.resolve(module + "/pom.xml")), "artifactId");
            install(repository, artifact, ROOT.resolve(module + "/pom.xml"), entries(module, artifact));
        }
        Path log = temporary.resolve("maven.log");

        Process maven = new ProcessBuilder(
                        ROOT.resolve("mvnw").toRealPath().toString(),
                        "-o",
                        "-B",
                        "-Dmaven.repo.local=" + repository,
                        "-Dmaven.repo.local.tail="
                                + System.getProperty(
                                        "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"),
                        "-Daether.enhancedLocalRepository.trackingFilename=none",
                        "package")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(maven.waitFor(10, TimeUnit.MINUTES)).isTrue();

        assertThat(maven.exitValue()).as(Files.readString(log)).isZero();
        assertThat(project.resolve("target/my-" + template.kind() + "-1.0.0.jar"))
                .isRegularFile();
        assertThat(log).content().containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0");
    }

    private Path write(PluginTemplate template, String name, String group) {
        Path project = temporary.resolve(name + "-" + template.name().toLowerCase(Locale.ROOT));
        assertThat(screen.run("plugins", "new", template.kind(), name, "--group", group, "--out", project.toString()))
                .as(screen.err())
                .isZero();
        return project;
    }

    /** What the project's pom.xml provides, with what that brings along. */
    private static String provided(Path project) throws IOException {
        List<String> modules = new ArrayList<>();
        Pattern.compile("<artifactId>([^<]*)</artifactId>\\s*<version>[^<]*</version>\\s*<scope>provided</scope>")
                .matcher(Files.readString(project.resolve("pom.xml")))
                .results()
                .forEach(found -> modules.add(Objects.requireNonNull(MODULES.get(found.group(1)))));
        String djl = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("api-"))
                .collect(Collectors.joining(File.pathSeparator));
        return PageFiles.modules(modules.toArray(String[]::new))
                + (modules.contains("api/toolkit") ? File.pathSeparator + djl : "");
    }

    /** The modules that the project's README says to install, and what {@code -am} adds to them. */
    private static Set<String> toInstall(Path project) throws IOException {
        Matcher named = Pattern.compile("-pl (\\S+) -am").matcher(Files.readString(project.resolve("README.md")));
        assertThat(named.find()).isTrue();
        Set<String> modules = new TreeSet<>(List.of(named.group(1).split(",")));
        for (String module : List.copyOf(modules)) {
            String pom = Files.readString(ROOT.resolve(module + "/pom.xml"));
            if (!module.equals("api/bom")) {
                MODULES.forEach((artifact, folder) -> {
                    if (pom.contains("<artifactId>" + artifact + "<")) {
                        modules.add(folder);
                    }
                });
            }
        }
        return modules;
    }

    private static List<Path> entries(String module, String artifact) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry ->
                        entry.toString().contains(Path.of(module, "target").toString())
                                || entry.getFileName().toString().startsWith(artifact + "-0"))
                .toList();
    }

    private static void install(Path repository, String artifact, Path pom, List<Path> classes) throws IOException {
        String version = property(Files.readString(ROOT.resolve("pom.xml")), "version");
        Path folder = Files.createDirectories(repository.resolve("org/adapt4j/" + artifact + "/" + version));
        String name = artifact + "-" + version;
        Files.copy(pom, folder.resolve(name + ".pom"));
        if (!classes.isEmpty() && Files.isDirectory(classes.get(0))) {
            JarBuilder.of(classes.get(0)).build(folder.resolve(name + ".jar"));
        } else if (!classes.isEmpty()) {
            Files.copy(classes.get(0), folder.resolve(name + ".jar"));
        }
    }

    private static String property(String pom, String name) {
        return Pattern.compile("<" + Pattern.quote(name) + ">([^<]*)<")
                .matcher(pom.substring(Math.max(pom.indexOf("</parent>"), pom.indexOf("</modelVersion>"))))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static void copyResources(Path project, Path classes) throws IOException {
        Path resources = project.resolve("src/main/resources");
        for (Path file : files(resources)) {
            Path target = classes.resolve(resources.relativize(file).toString());
            Files.createDirectories(target.resolve("..").normalize());
            Files.copy(file, target);
        }
    }

    private static List<Path> sources(Path folder) throws IOException {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
