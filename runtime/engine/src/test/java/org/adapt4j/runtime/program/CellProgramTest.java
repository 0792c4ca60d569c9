package org.adapt4j.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.runtime.experiment.Experiment;
import org.adapt4j.runtime.plugins.PluginLoader;
import org.adapt4j.runtime.run.CellEnd;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.Failure;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real cells, each in its own process, of a learner in a third party's jar that ends in every way there is. */
@Tag("protocol")
@Timeout(300)
final class CellProgramTest {
    private static final String LEARNER = """
        package other;

        import jakarta.inject.Inject;
        import java.io.IOException;
        import java.nio.file.*;
        import java.util.*;
        import org.adapt4j.api.method.*;
        import org.adapt4j.api.policy.Mode;
        import org.adapt4j.api.task.TaskSchedule;

        final class Bad implements Learner {
            private final P.S settings;

            @Inject
            Bad(P.S settings) {
                this.settings = settings;
            }

            @Override
            public Checkpoint learn(Session session) {
                switch (settings.how()) {
                    case "overflow" -> deeper(0);
                    case "sneak" -> Bad.<RuntimeException>sneak(new IOException("the tape broke"));
                    case "linger" -> {
                        linger();
                        throw new AssertionError("two is three");
                    }
                    case "exit" -> System.exit(0);
                    case "exit-elsewhere" -> {
                        new Thread(() -> System.exit(0)).start();
                        linger();
                        sleep();
                    }
                    case "library" -> System.loadLibrary("bullet");
                    case "play" -> {
                        try (Agent agent = session.agent(conditioning())) {
                            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
                            session.report(agent.policy(Mode.EXPLOIT));
                            session.proceed();
                            agent.update();
                        }
                        throw new IllegalStateException("enough played");
                    }
                    case "tell" -> throw new IllegalStateException(new TreeMap<>(System.getenv()).toString());
                    default -> {}
                }
                try (Agent agent = session.agent(conditioning())) {
                    agent.collect(TaskSchedule.eachEpisode(session.tasks()));
                    session.report(agent.policy(Mode.EXPLOIT));
                    linger();
                    while (session.proceed()) {
                        agent.update();
                        if (settings.how().startsWith("delete ")) {
                            delete(settings.how().substring(7));
                        }
                    }
                    return Checkpoint.of(agent);
                }
            }

            private static int deeper(int depth) {
                return deeper(depth + 1) + 1;
            }

            @SuppressWarnings("unchecked")
            private static <T extends Throwable> void sneak(Throwable problem) throws T {
                throw (T) problem;
            }

            private static void linger() {
                new Thread(Bad::sleep, "a thread of the plug-in's own").start();
            }

            private static void sleep() {
                try {
                    Thread.sleep(3_600_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            /** Deletes what a pattern fits, the innermost first. */
            private static void delete(String pattern) {
                Path run = Path.of(pattern.substring(0, pattern.indexOf("/cells/")));
                PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
                try (var all = Files.walk(run)) {
                    for (Path path : all.filter(matcher::matches).sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
        """;

    @TempDir
    private Path work = Path.of("");

    private Path plugins = Path.of("");

    @BeforeEach
    void buildTheJar() throws IOException {
        plugins = work.resolve("plugins");
        new JarBuilder(work.resolve("build"))
                .version("1.0.0")
                .source("other/Bad.java", LEARNER, "other/P.java", """
                    package other;
                    public final class P implements org.adapt4j.api.plugin.Plugin {
                        @Override public String id() { return "org.example.bad"; }
                        @Override public void contribute(org.adapt4j.api.plugin.Contributions c) {
                            c.learner("bad", S.class, Bad.class);
                        }
                        record S(String how) {}
                    }
                    """)
                .service("other.P")
                .entry("reference.conf", "learners.bad.how = well # ours\n")
                .build(plugins.resolve("bad-1.0.0.jar"));
    }

    @Test
    void endsThoughThreadsOfAPluginLiveOn() {
        CellFolder cell = cell("well");

        assertThat(run(cell)).isEqualTo(CellEnd.DONE);

        assertThat(cell.result().orElseThrow())
                .isInstanceOfSatisfying(
                        CellResult.Done.class,
                        done -> assertThat(done.spent().environmentSteps()).isPositive());
    }

    @Test
    void endsWithAnErrorThoughThreadsOfAPluginLiveOn() {
        assertThat(failure("linger"))
                .isEqualTo(new Failure(
                        Failure.Kind.EXCEPTION,
                        "AssertionError: two is three, in other.Bad.learn(Bad.java:" + lineOf("two is three")
                                + ") of bad-1.0.0.jar"));
    }

    /** The episodes of a first step are not over, so no line of the metrics tells of it. */
    @Test
    void saysWhatWasSpentThoughNothingWasLogged() {
        CellFolder cell = cell("play");

        assertThat(run(cell)).isEqualTo(CellEnd.FAILED);

        CellResult.Failed failed = (CellResult.Failed) cell.result().orElseThrow();
        assertThat(failed.reason()).startsWith("enough played");
        assertThat(failed.spent().environmentSteps()).isEqualTo(4);
    }

    @Test
    void namesErrorsAndUndeclaredExceptions() {
        assertThat(failure("overflow").reason())
                .startsWith("StackOverflowError, in other.Bad.deeper(Bad.java:")
                .endsWith(" of bad-1.0.0.jar");
        assertThat(failure("sneak").reason())
                .startsWith("IOException: the tape broke, in other.Bad.learn(Bad.java:")
                .endsWith(" of bad-1.0.0.jar");
    }

    @Test
    void namesThePluginWhoseLibraryIsMissing() {
        assertThat(failure("library").reason())
                .startsWith("a native library cannot be loaded, needed by other.Bad.learn(Bad.java:")
                .contains(" of bad-1.0.0.jar (UnsatisfiedLinkError: no bullet in java.library.path");
    }

    @Test
    void namesThePluginThatEndsTheProcess() {
        for (String how : List.of("exit", "exit-elsewhere")) {
            Failure failure = failure(how);

            assertThat(failure.kind()).isEqualTo(Failure.Kind.EXITED);
            assertThat(failure.reason())
                    .startsWith("other.Bad.")
                    .contains("(Bad.java:", " of bad-1.0.0.jar called System.exit, which ends the whole process");
        }
    }

    @Test
    void setsTheEnvironmentThatTheNumericalLibrariesRead() {
        assertThat(failure("tell").reason())
                .contains(
                        "OMP_NUM_THREADS=1,", "MKL_NUM_THREADS=1,", "MALLOC_ARENA_MAX=1,", "MALLOC_TOP_PAD_=67108864,")
                .endsWith(" (thrown in other.Bad.learn(Bad.java:" + lineOf("\"tell\"") + ") of bad-1.0.0.jar)");
    }

    @Test
    void saysSoWhenItsFolderIsDeleted() {
        CellFolder cell = cell("delete " + work + "/run/cells/**");

        assertThat(run(cell)).isEqualTo(CellEnd.GONE);

        assertThat(cell.path()).doesNotExist();
    }

    @Test
    void isNotDoneWithoutItsLog() {
        assertThat(failure("delete " + work + "/run/cells/*/metrics.jsonl").reason())
                .contains("metrics.jsonl: was deleted or changed while the cell wrote to it, so what it logged is"
                        + " incomplete. Delete the folder of this cell and resume the run to start it anew");
    }

    @Test
    void makesNoCellWhereThereIsNone() {
        Path nowhere = work.resolve("nowhere");

        assertThatThrownBy(() -> CellProgram.start(CellFolder.at(nowhere), Optional.empty()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("there is no such file");

        assertThat(nowhere).doesNotExist();
    }

    private Failure failure(String how) {
        CellFolder cell = cell(how);

        assertThat(run(cell)).as(how).isEqualTo(CellEnd.FAILED);

        return ((CellResult.Failed) cell.result().orElseThrow()).failure();
    }

    private int run(CellFolder cell) {
        return CellProgram.start(cell, Optional.of(plugins)).await();
    }

    private static long lineOf(String part) {
        return LEARNER.lines().takeWhile(line -> !line.contains(part)).count() + 1;
    }

    /** The only cell of a run whose learner behaves in this way. */
    private CellFolder cell(String how) {
        try {
            Path file = Files.writeString(
                    work.resolve("exp.conf"), """
                name = bad
                benchmark { name = toy-two-goal }
                pretrain {
                  learner { name = bad, how = "%s" }
                  algorithm { name = %s }
                  slots = 4
                  budget { environment-steps = 400 }
                  measure { points = [400], episodes = 1, tasks = 1 }
                }
                run { heap = 128, checkpoint-every = 0s }
                """.formatted(how, how.equals("play") ? "toy-q" : "toy-policy-gradient"));
            RunPlan plan = Experiment.plan(
                    file, List.of(), PluginLoader.load(CellProgramTest.class.getClassLoader(), Optional.of(plugins)));
            Path place = work.resolve("run");
            try (Stream<Path> all = Files.exists(place) ? Files.walk(place) : Stream.empty()) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            RunFolder run = RunFolder.create(place, plan);
            return run.cell(plan.cells().get(0));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
