package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code adapt4j}, in a checkout of two modules with a Maven that makes one jar and a Java that says what it was asked. */
final class LauncherTest {
    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    Path folder;

    private Path checkout;
    private Path java;

    @BeforeEach
    void writeACheckout() throws Exception {
        checkout = folder.resolve("check out");
        Files.createDirectories(checkout.resolve("plugins-none"));
        Files.copy(Path.of("../../adapt4j").toRealPath(), file("adapt4j"));
        Path starter = file("runtime/distribution/src/main/bin/adapt4j");
        Files.createDirectories(starter.getParent());
        Files.copy(Path.of("../distribution/src/main/bin/adapt4j"), starter);
        write(file("pom.xml"), "<project/>");
        write(file("api/one/pom.xml"), "<project/>");
        write(file("api/one/src/main/java/One.java"), "class One {}");
        write(file("runtime/cli/pom.xml"), "<project/>");
        write(file("runtime/cli/src/main/java/Main.java"), "class Main {}");
        executable(file("mvnw"), """
            echo built >>builds.log
            ls -d */*/target/classes >>kept.log 2>/dev/null
            mkdir -p api/one/target/classes runtime/cli/target/classes runtime/cli/target/lib
            cat */*/src/main/java/* >runtime/cli/target/lib/app.jar
            [ ! -e broken ] || { echo "the compiler's complaint"; exit 1; }
            """);
        java = folder.resolve("jdk");
        executable(java.resolve("bin/java"), """
            if [ "$1" = -version ]; then
                echo 'openjdk version "17.0.1"' >&2
            else
                while [ "$1" != -cp ]; do shift; done
                echo "jars: ${2%/*}"
                cat "${2%/*}"/*.jar
                shift 3
                [ "$1" != archive ] || echo "$2" >>"$(dirname "$0")/archives.log"
                echo "arguments: $*"
                echo "umask: $(umask)"
                echo "letters: $(locale charmap)"
            fi
            """);
        executable(java.resolve("bin/javac"), "");
        run(List.of("chmod", "-R", "go+rX", folder.toString()));
    }

    @Test
    void buildsOnceAndPassesItsArgumentsOn() throws Exception {
        Run first = launch(checkout, "run", "an experiment.conf");
        Run second = launch(checkout);

        assertThat(first.exit).isZero();
        assertThat(first.output).contains("adapt4j: building", "arguments: run an experiment.conf");
        assertThat(second.output).doesNotContain("building").contains("arguments: \n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void allowsNativeCodeWhereJavaAsks() throws Exception {
        String says = """
            if [ "$1" = -version ]; then echo 'openjdk version "%s"' >&2; else echo "options: $*"; fi
            """;
        launch(checkout);

        executable(java.resolve("bin/java"), says.formatted("25.0.1"));
        assertThat(launch(checkout).output)
                .contains(" --enable-native-access=ALL-UNNAMED -Dguice_custom_class_loading=CHILD -cp ");

        executable(java.resolve("bin/java"), says.formatted("17.0.15"));
        assertThat(launch(checkout).output).contains("options: ").doesNotContain("native-access");
    }

    @Test
    void archivesTheClassDataOfCellsOnceForEachBuild() throws Exception {
        String jars = launch(checkout)
                .output
                .lines()
                .filter(line -> line.startsWith("jars: "))
                .findFirst()
                .orElseThrow()
                .substring(6);
        launch(checkout);

        assertThat(java.resolve("bin/archives.log")).hasContent(jars + "/cells.jsa");
    }

    @Test
    void runsItsOwnJarsWhereverItIsCopiedMovedOrLinked() throws Exception {
        launch(checkout);

        Path copy = folder.resolve("copy");
        run(List.of("cp", "-r", checkout.toString(), copy.toString()));
        Path moved = Files.move(checkout, folder.resolve("moved"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), moved.resolve("adapt4j"));

        assertThat(launch(copy).output).contains("jars: " + copy).doesNotContain("building");
        assertThat(launch(moved).output).contains("jars: " + moved).doesNotContain("building");
        assertThat(run(List.of(link.toString())).output)
                .contains("jars: " + moved)
                .doesNotContain("building");
    }

    @Test
    void buildsAgainForOtherContentsAndNotForOtherTimes() throws Exception {
        Path source = file("api/one/src/main/java/One.java");
        launch(checkout);

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3600)));
        assertThat(launch(checkout).output).doesNotContain("building");

        write(source, "class Another {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        assertThat(launch(checkout).output).contains("building", "class Another {}");

        write(source, "class One {}");
        assertThat(launch(checkout).output).doesNotContain("building").contains("class One {}");

        Files.move(source, source.resolveSibling("Two.java"));
        assertThat(launch(checkout).output).contains("building");
    }

    @Test
    void compilesAModuleAnewInWhichAnythingDiffersAndNoOther() throws Exception {
        launch(checkout);

        write(file("api/one/src/main/java/One.java"), "class Another {}");
        launch(checkout);

        assertThat(file("kept.log")).hasContent("runtime/cli/target/classes");
    }

    @Test
    void compilesAModuleAnewAfterABuildOfItThatFailed() throws Exception {
        Path source = file("api/one/src/main/java/One.java");
        launch(checkout);
        write(source, "class Another {}");
        write(file("broken"), "");

        Run failed = launch(checkout);

        assertThat(failed.exit).isEqualTo(2);
        assertThat(failed.output).contains("the compiler's complaint", "adapt4j: the build failed; the whole log is");

        Files.delete(file("broken"));
        write(source, "class One {}");
        write(file("runtime/cli/src/main/java/Main.java"), "class AnotherMain {}");
        Files.delete(file("kept.log"));
        assertThat(launch(checkout).output).contains("class One {}", "class AnotherMain {}");
        assertThat(file("kept.log")).isEmptyFile();
    }

    @Test
    void letsJavaReadEveryNameWhateverTheLocale() throws Exception {
        for (String locale : List.of("C", "POSIX", "C.UTF-8", "xx_XX.ISO-8859-1")) {
            String command = "LC_ALL=" + locale + " exec \"$0\" \"$(printf '\\303\\274n')\"";

            Run run = run(List.of("bash", "-c", command, file("adapt4j").toString()));

            assertThat(run.output).as(locale).contains("arguments: ün\n", "letters: UTF-8\n");
        }
    }

    @Test
    void keepsWhatRunsFromAnEarlierBuild() throws Exception {
        String earlier = launch(checkout)
                .output
                .lines()
                .filter(line -> line.startsWith("jars: "))
                .findFirst()
                .orElseThrow()
                .substring(6);

        write(file("pom.xml"), "<project><!-- another --></project>");
        launch(checkout);

        assertThat(Path.of(earlier).resolve("app.jar")).exists();
    }

    @Test
    void letsOtherUsersRunWhatIsBuiltWhateverTheUmask() throws Exception {
        assumeTrue(Files.getAttribute(checkout, "unix:uid").equals(0), "only root can try as another user");

        Run built = run(
                List.of("bash", "-c", "umask 077; exec \"$0\"", file("adapt4j").toString()));
        Run other = as(NOBODY, checkout);

        assertThat(built.output).contains("umask: 0077");
        assertThat(other.exit).as(other.output).isZero();
        assertThat(other.output).contains("jars: " + checkout).doesNotContain("building");
    }

    @Test
    void tellsOtherUsersWhatToDoWhenThereIsNoBuildOfTheSources() throws Exception {
        assumeTrue(Files.getAttribute(checkout, "unix:uid").equals(0), "only root can try as another user");

        Run never = as(NOBODY, checkout);
        launch(checkout);
        write(file("pom.xml"), "<project><!-- another --></project>");
        Run stale = as(NOBODY, checkout);

        assertThat(List.of(never, stale)).allSatisfy(run -> {
            assertThat(run.exit).isEqualTo(2);
            assertThat(run.output)
                    .isEqualTo("adapt4j: " + checkout + " has no build of its sources as they are, and you cannot write"
                            + " there. Let its owner run ./adapt4j there once, or build a copy of your own: cp -r '"
                            + checkout + "' ~/adapt4j\n");
        });
    }

    private Path file(String name) {
        return checkout.resolve(name);
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    private static void executable(Path file, String script) throws IOException {
        write(file, "#!/usr/bin/env bash\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private long builds() throws IOException {
        try (Stream<String> lines = Files.lines(file("builds.log"))) {
            return lines.count();
        }
    }

    private Run launch(Path where, String... arguments) throws Exception {
        return as(List.of(), where, arguments);
    }

    private Run as(List<String> user, Path where, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(user);
        command.add(where.resolve("adapt4j").toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Run run(List<String> command) throws Exception {
        Path said = folder.resolve("said");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", java.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(said));
    }

    private record Run(int exit, String output) {}
}
