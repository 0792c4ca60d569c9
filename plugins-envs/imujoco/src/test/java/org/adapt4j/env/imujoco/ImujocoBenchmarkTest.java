package org.adapt4j.env.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.imujoco.ImujocoBenchmark.Fold;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;

final class ImujocoBenchmarkTest {

    private static List<String> names(ImujocoBenchmark benchmark, Split split) {
        return benchmark.tasks(split).tasks().stream().map(Task::name).toList();
    }

    @Test
    void learnsFromTheBaseAndTestsOnItsVariantsByDefault() {
        ImujocoBenchmark benchmark = Play.withoutNoise(Body.HOPPER);

        assertThat(names(benchmark, Split.TRAIN)).containsExactly("hopper/base");
        assertThat(names(benchmark, Split.TEST))
                .hasSize(36)
                .contains("hopper/massinc-300-torsogeom")
                .doesNotContain("hopper/base");
    }

    @Test
    void aFoldLeavesOneCategoryOut() {
        ImujocoBenchmark benchmark =
                new ImujocoBenchmark(Play.tasks(Body.WALKER2D, Fold.JOINT, List.of("base"), List.of("variants")));

        assertThat(names(benchmark, Split.TEST)).hasSize(12).allMatch(name -> name.startsWith("walker2d/jointdec-"));
        assertThat(names(benchmark, Split.TRAIN)).hasSize(64 - 12).noneMatch(name -> name.contains("/joint"));
    }

    @Test
    void listsMixCategoriesAndNames() {
        ImujocoBenchmark benchmark = new ImujocoBenchmark(Play.tasks(
                Body.HALFCHEETAH,
                Fold.NONE,
                List.of("base", "length", "massinc-150-head"),
                List.of("jointdec-25-bfoot")));

        assertThat(names(benchmark, Split.TRAIN))
                .hasSize(1 + 6 + 1)
                .startsWith("halfcheetah/base")
                .endsWith("halfcheetah/massinc-150-head");
        assertThat(names(benchmark, Split.TEST)).containsExactly("halfcheetah/jointdec-25-bfoot");
    }

    @Test
    void othersAreAllThatIsNotLearnedFrom() {
        ImujocoBenchmark one = new ImujocoBenchmark(Play.tasks(
                Body.HOPPER, Fold.NONE, List.of("massdec-25-leggeom"), List.of("massinc-150-leggeom", "others")));

        assertThat(names(one, Split.TEST))
                .hasSize(1 + 1 + 35)
                .startsWith("hopper/massinc-150-leggeom", "hopper/base")
                .doesNotContain("hopper/massdec-25-leggeom");
        assertThatThrownBy(() -> Play.tasks(Body.HOPPER, Fold.NONE, List.of("base", "variants"), List.of("others")))
                .hasMessage("test-tasks: has others, but all tasks are training tasks");
    }

    @Test
    void foldsAreMadeOfTheVariantsThatThereAre() {
        ReferenceDefaults defaults = ReferenceDefaults.of(ImujocoPlugin.class, "benchmarks.imujoco");
        String some = "variants = [massinc-300-torsogeom, jointdec-50-footjoint, frictiondec-50-footgeom], fold = ";

        ImujocoBenchmark mass = new ImujocoBenchmark(defaults.settings(ImujocoBenchmark.Settings.class, some + "mass"));

        assertThat(names(mass, Split.TEST)).containsExactly("hopper/massinc-300-torsogeom");
        assertThat(names(mass, Split.TRAIN))
                .containsExactly("hopper/jointdec-50-footjoint", "hopper/frictiondec-50-footgeom");
        assertThatThrownBy(() -> defaults.settings(ImujocoBenchmark.Settings.class, some + "length"))
                .hasMessageContaining("hopper has none of length");
        assertThatThrownBy(() -> defaults.settings(
                        ImujocoBenchmark.Settings.class, "variants = [massinc-300-torsogeom], fold = mass"))
                .hasMessageContaining("nothing to learn from");
        assertThatThrownBy(() -> defaults.settings(ImujocoBenchmark.Settings.class, "variants = [mass]"))
                .hasMessageContaining("variants: must hold names such as")
                .hasMessageContaining("'mass'");
        assertThatThrownBy(
                        () -> defaults.settings(ImujocoBenchmark.Settings.class, "variants = [massinc-300-torsogeo]"))
                .hasMessageEndingWith("'massinc-300-torsogeo'; did you mean 'massinc-300-torsogeom'?");
    }

    @Test
    void refusesSplitsThatCannotBe() {
        assertThatThrownBy(() -> Play.tasks(Body.HOPPER, Fold.NONE, List.of("mass"), List.of("variants")))
                .hasMessageStartingWith("test-tasks: must not be training tasks too, but are: [massdec-25-torsogeom,");
        assertThatThrownBy(() -> Play.tasks(Body.HALFCHEETAH, Fold.FRICTION, List.of("base"), List.of("variants")))
                .hasMessage(
                        "fold: must be a category that the body has variants of, but halfcheetah has none of friction");
        assertThatThrownBy(() -> Play.tasks(Body.HOPPER, Fold.NONE, List.of("bas"), List.of("variants")))
                .hasMessageStartingWith("train-tasks: must hold base, variants, mass,")
                .hasMessageEndingWith("but holds 'bas'");
        assertThatThrownBy(() -> Play.tasks(Body.HOPPER, Fold.NONE, List.of(), List.of("variants")))
                .hasMessageStartingWith("train-tasks: ");
    }

    @Test
    void refusesNumbersThatCannotBe() {
        ImujocoBenchmark.Settings settings = Play.settings(Body.HOPPER);

        assertThatThrownBy(() -> Play.with(settings, Optional.of(-0.1), true, 1000, 1))
                .hasMessageStartingWith("reset-noise: ");
        assertThatThrownBy(() -> Play.with(settings, Optional.empty(), true, 0, 1))
                .hasMessageStartingWith("max-episode-steps: ");
        assertThatThrownBy(() -> Play.with(settings, Optional.empty(), true, 1000, 0))
                .hasMessageStartingWith("threads: ");
    }

    @Test
    void findsTasksByNameInTheListsOrNot() {
        ImujocoBenchmark benchmark = Play.withoutNoise(Body.HOPPER);

        assertThat(benchmark.task("hopper/massinc-150-footgeom")).isPresent();
        assertThat(benchmark.task("hopper/base"))
                .contains(benchmark.tasks(Split.TRAIN).get(0));
        assertThat(benchmark.task("walker2d/base")).isEmpty();
        assertThat(benchmark.task("hopper/")).isEmpty();
        assertThat(benchmark.task("base")).isEmpty();
        assertThat(benchmark.nearestName("hoper/massinc-300-torsogoem")).hasValue("hopper/massinc-300-torsogeom");
        assertThat(benchmark.nearestName("coinrun/10000")).isEmpty();
    }

    @Test
    void hasGymsSizes() {
        for (Body body : Body.values()) {
            ImujocoBenchmark benchmark = Play.withoutNoise(body);
            var spec = benchmark.spec(benchmark.tasks(Split.TRAIN));

            boolean hopper = body == Body.HOPPER;
            assertThat(spec.observation().get(0).space().width()).isEqualTo(hopper ? 11 : 17);
            assertThat(spec.action()).isEqualTo(Box.vector(hopper ? 3 : 6, -1, 1));
            assertThat(spec.maxEpisodeSteps()).isEqualTo(1000);
        }
    }

    @Test
    void normalisesAsD4rlDoes() {
        ImujocoBenchmark benchmark = Play.withoutNoise(Body.HALFCHEETAH);
        Task task = benchmark.tasks(Split.TRAIN).get(0);

        assertThat(benchmark.normalise(task, -280.178953)).isZero();
        assertThat(benchmark.normalise(task, 12135)).isEqualTo(1);
        assertThat(benchmark.solved(task, 4799)).isFalse();
        assertThat(benchmark.solved(task, 4800)).isTrue();
    }

    @Test
    void titlesTellResultsApart() {
        ImujocoBenchmark.Settings settings = Play.settings(Body.HOPPER);

        assertThat(new ImujocoBenchmark(Play.with(settings, Optional.empty(), true, 1000, 2)).title())
                .isEqualTo("imujoco hopper");
        assertThat(new ImujocoBenchmark(Play.by(settings, ImujocoBenchmark.Rules.V5)).title())
                .isEqualTo("imujoco hopper, v5 rules, reset noise 0.0");
    }

    @Test
    void everySettingHasItsDefaultAndSource() {
        ReferenceDefaults.of(ImujocoPlugin.class, "benchmarks.imujoco").match(ImujocoBenchmark.Settings.class);
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(ImujocoPlugin.class)
                .seeing(
                        "org.adapt4j.env.mujoco",
                        "org.adapt4j.env.mujoco.render",
                        "javax.xml..",
                        "org.w3c.dom..",
                        "org.xml.sax..")
                .check();
    }
}
