package org.adapt4j.method.maml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.GradientDescent;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.method.Expert;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.space.Box;
import org.adapt4j.testkit.LearnerContract;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeAgent.Quadratic;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Test;

final class MamlTest extends LearnerContract {

    private static final double RATE = 0.1;

    @Override
    protected Learner learner() {
        return new Maml(new Maml.Settings(RATE, 1, 0.05, 2));
    }

    @Override
    protected FakeAgent agent() {
        return FakeAgent.descending(
                (weights, task, episode, random) -> {
                    double goal = (task.name().equals("a") ? 1 : -1)
                            + 0.1 * episode.map(Demonstration::episodeReturn).orElse(0.0);
                    double[] slope = new double[weights.length];
                    for (int i = 0; i < slope.length; i++) {
                        slope[i] = weights[i] - goal + 0.01 * random.nextGaussian();
                    }
                    return slope;
                },
                0.5,
                5,
                -3);
    }

    @Override
    protected FakeSession session() {
        return super.session().with(Resource.DEMONSTRATIONS, 6).withExpert(expert());
    }

    /** Shows as many episodes as are asked for; their returns are 0, 1, 2 and so on. */
    static Expert expert() {
        Map<String, Integer> shown = new HashMap<>();
        return task -> {
            int number = shown.merge(task.name(), 1, Integer::sum) - 1;
            return Optional.of(new Demonstration(task, 1, Map.of(), number));
        };
    }

    private static FakeSession session(FakeAgent agent, String... tasks) {
        return FakeSession.over(agent)
                .withTasks(FakeSession.tasks(tasks))
                .with(Resource.DEMONSTRATIONS, 4L * tasks.length)
                .withExpert(expert());
    }

    @Test
    void anOuterStepIsAdamsOnTheGradientAfterTheInnerStep() {
        double curvature = 4;
        double centre = 1;
        FakeAgent agent = FakeAgent.descendingOn(Map.of("a", new Quadratic(curvature, centre)), 99, 5);
        Maml maml = new Maml(new Maml.Settings(RATE, 1, 0.5, 3));

        maml.learn(session(agent, "a").forUpdates(3 * 6));

        double theta = 5;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= 3; t++) {
            double adapted = theta - RATE * curvature * (theta - centre);
            double slope = curvature * (adapted - centre);
            m = 0.9 * m + 0.1 * slope;
            v = 0.999 * v + 0.001 * slope * slope;
            theta -= 0.5 * (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
        }
        assertThat(agent.weight()).isCloseTo(theta, within(1e-12));
    }

    @Test
    void restsWhereTheFirstOrderGradientsCancel() {
        FakeAgent agent = FakeAgent.descendingOn(Map.of("a", new Quadratic(1, 0), "b", new Quadratic(4, 1)), 99, 0.5);
        Maml maml = new Maml(new Maml.Settings(RATE, 1, 2e-3, 40));

        maml.learn(session(agent, "a", "b").forUpdates(80 * 1_000));

        // Weights h (1 − αh) of the centres. Joint training rests at 0.8, Reptile at 0.743, second-order MAML at 0.64.
        assertThat(agent.weight()).isCloseTo(2.4 / 3.3, within(0.02));
    }

    @Test
    void supportAndQueryAreTwoEpisodesOfOneTask() {
        FakeAgent agent = agent();
        FakeSession session = session(agent, "a", "b").forUpdates(200);

        new Maml(new Maml.Settings(RATE, 1, 0.05, 5)).learn(session);

        List<Demonstration> learnedFrom = agent.learnedFrom();
        assertThat(learnedFrom).hasSize(200);
        for (int i = 0; i < learnedFrom.size(); i += 2) {
            assertThat(learnedFrom.get(i).task())
                    .isEqualTo(learnedFrom.get(i + 1).task());
            assertThat(learnedFrom.get(i).episodeReturn())
                    .isNotEqualTo(learnedFrom.get(i + 1).episodeReturn());
        }
        assertThat(learnedFrom.stream().distinct().count())
                .as("all of them in turn")
                .isEqualTo(8);
    }

    @Test
    void severalInnerStepsStayOnTheSupport() {
        FakeAgent agent = agent();

        new Maml(new Maml.Settings(RATE, 3, 0.05, 1)).learn(session(agent, "a").forUpdates(8));

        List<Demonstration> learnedFrom = agent.learnedFrom();
        assertThat(learnedFrom.subList(0, 3)).containsOnly(learnedFrom.get(0));
        assertThat(learnedFrom.get(3)).isNotEqualTo(learnedFrom.get(0));
    }

    @Test
    void aBatchThatTheBudgetCutsShortStepsWithWhatItFinished() {
        FakeAgent short3 = FakeAgent.descendingOn(Map.of("a", new Quadratic(1, 0)), 99, 5);
        FakeAgent whole = FakeAgent.descendingOn(Map.of("a", new Quadratic(1, 0)), 99, 5);

        new Maml(new Maml.Settings(RATE, 1, 0.5, 10)).learn(session(short3, "a").forUpdates(3));
        new Maml(new Maml.Settings(RATE, 1, 0.5, 1)).learn(session(whole, "a").forUpdates(2));

        assertThat(short3.weight()).isEqualTo(whole.weight()).isNotEqualTo(5);
    }

    @Test
    void leavesTheAlgorithmsOwnOptimizerOutOfIt() {
        FakeAgent agent = FakeAgent.descendingOn(Map.of("a", new Quadratic(1, 0)), 1e9, 5);

        learner().learn(session(agent, "a").forUpdates(40));

        assertThat(agent.weight()).isBetween(-1.0, 5.0);
    }

    @Test
    void saysHowWellTheTasksWereDoneBeforeAndAfterTheInnerStep() {
        FakeSession session = session(agent(), "a").forUpdates(4);

        learner().learn(session);

        assertThat(session.metrics().names()).contains("support-weight", "query-weight");
    }

    @Test
    void objectsToFewerThanTwoEpisodesOfATask() {
        Maml maml = new Maml(new Maml.Settings(RATE, 1, 0.05, 2));

        assertThat(maml.objection(prospect(3, 9)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("two episodes", "to 4 or more"));
        assertThat(maml.objection(prospect(4, 1)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("data set", "of a"));
        assertThat(maml.objection(prospect(4, 2))).isEmpty();
        assertThatThrownBy(() -> maml.learn(
                        session(agent(), "a").with(Resource.DEMONSTRATIONS, 1).forUpdates(4)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two episodes of a");
    }

    private static Prospect prospect(long granted, int episodes) {
        EnvironmentSpec spec =
                new EnvironmentSpec(List.of(new Component("state", Box.vector(1, 0, 1))), Box.vector(1, -1, 1), 1);
        return new Prospect(
                FakeSession.tasks("a", "b"),
                spec,
                Map.of(Resource.DEMONSTRATIONS, granted),
                task -> episodes,
                task -> new TreeMap<>(),
                Conditioning.none());
    }

    @Test
    void needsDemonstrationsAndSlopes() {
        assertThat(learner().needs().regimes()).containsExactly(Regime.OFFLINE);
        assertThat(learner().needs().abilities()).containsExactly(GradientDescent.class);
        assertThat(learner().needs().demonstrations()).isTrue();
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(MamlPlugin.class).check();
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        ReferenceDefaults defaults = ReferenceDefaults.of(MamlPlugin.class, "learners.maml");

        defaults.match(Maml.Settings.class);
        assertThat(defaults.with("paper").getInt("tasks")).isEqualTo(100);
    }
}
