package org.adapt4j.method.amf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.FisherInformation;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.method.amf.Amf.WarmStart;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.TaskSelector;
import org.adapt4j.testkit.AdapterContract;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class AmfTest extends AdapterContract {

    private static final Offset<Double> EXACTLY = within(1e-6);

    /** Chooses by counts, so that a resumed run shows whether they were kept. */
    private static final TaskSelector LEAST_SHOWN = new RoundRobinSelector(new RoundRobinSelector.Settings(true));

    private static Amf.Settings settings(WarmStart warm, int perChoice, int batch, boolean copy) {
        return new Amf.Settings(
                List.of("policy"), warm, 2, perChoice, batch, 2, copy, List.of(), against(Forgetting.Kind.L2));
    }

    private static Forgetting.Settings against(Forgetting.Kind kind) {
        return new Forgetting.Settings(kind, 0.1, 0.01, Forgetting.Solver.EXACT, 1, 100);
    }

    @Override
    protected Adapter adapter() {
        return new Amf(settings(WarmStart.EACH, 1, 1, true), LEAST_SHOWN);
    }

    @Override
    protected FakeSession session() {
        return FakeSession.over(this::agent, 1)
                .on(benchmark())
                .withTasks(benchmark().tasks(Split.TEST))
                .withExpert(task -> Optional.of(demonstration(task)))
                .with(Resource.DEMONSTRATIONS, 7);
    }

    /** Three steps of the toy, always to the right. */
    private static Demonstration demonstration(Task task) {
        ByteBuffer states = ByteBuffer.allocateDirect(4 * 5 * 4).order(ByteOrder.nativeOrder());
        ByteBuffer actions = ByteBuffer.allocateDirect(3 * 4).order(ByteOrder.nativeOrder());
        for (int step = 0; step < 3; step++) {
            states.putFloat(4 * (5 * step + step), 1);
            actions.putInt(4 * step, 1);
        }
        return new Demonstration(task, 3, Map.of("state", states, "action", actions), 1);
    }

    private static List<String> shown(FakeAgent agent) {
        return agent.demonstrations().stream()
                .map(demonstration -> demonstration.task().name())
                .toList();
    }

    @Test
    void asksOneOfEachAndThenWhatTheStrategyRatesHighest() {
        FakeSession session = session();
        TaskSelector second = now -> new double[] {0, 1};

        new Amf(settings(WarmStart.EACH, 1, 1, true), second).adapt(learned(), session);

        assertThat(shown(session.agents().get(0)))
                .containsExactly("goal/0", "goal/4", "goal/4", "goal/4", "goal/4", "goal/4", "goal/4");
        assertThat(session.budget().spent(Resource.DEMONSTRATIONS)).isEqualTo(7);
    }

    @Test
    void theScoringCopyNeverLearnsFromTheWarmStart() {
        FakeSession session = session();

        adapter().adapt(learned(), session);

        assertThat(session.agents()).hasSize(2);
        assertThat(session.agents().get(0).demonstrations()).hasSize(7);
        assertThat(session.agents().get(1).demonstrations()).hasSize(5);
        assertThat(session.budget().spent(Resource.UPDATES)).isEqualTo(5 * 2 * 2);
    }

    @Test
    void updatesAfterEachBatchAndWithWhatIsLeftAtTheEnd() {
        FakeSession session = session();

        new Amf(settings(WarmStart.UNIFORM, 2, 2, false), LEAST_SHOWN).adapt(learned(), session);

        // 2 drawn, then choices of 2 demonstrations: a batch after 4 more, and the last demonstration by itself.
        assertThat(session.agents()).hasSize(1);
        assertThat(session.budget().spent(Resource.UPDATES)).isEqualTo(2 * 2);
    }

    @Test
    void tellsStrategiesWhatWaitsAndWhatIsHeldOut() {
        List<String> seen = new ArrayList<>();
        TaskSelector curious = now -> {
            StringBuilder line = new StringBuilder();
            for (Selection.Shown shown : now.shown()) {
                line.append(shown.task()).append(shown.isHeldOut() ? "h" : "").append(shown.isPending() ? "p" : "");
            }
            seen.add(line + " " + now.rounds().size() + " " + now.pretrained()[0] + " "
                    + now.ability(LastLayer.class).isPresent());
            return new double[2];
        };
        Checkpoint learned = new Checkpoint(
                learned().weights(), Conditioning.none(), Map.of(Checkpoint.DEMONSTRATIONS + "goal/0", "8"));

        new Amf(settings(WarmStart.EACH, 1, 2, true), curious).adapt(learned, session());

        assertThat(seen)
                .containsExactly(
                        "0h1h 0 8 false",
                        "0h1h0p 0 8 false",
                        "0h1h00 2 8 false",
                        "0h1h000p 2 8 false",
                        "0h1h0000 4 8 false");
    }

    @Test
    void asksForAnotherTaskWhereNobodyShowsMore() {
        List<String> asked = new ArrayList<>();
        FakeSession session = session().withExpert(task -> {
            asked.add(task.name());
            return task.name().equals("goal/0")
                            && asked.stream().filter("goal/0"::equals).count() > 2
                    ? Optional.empty()
                    : Optional.of(demonstration(task));
        });

        new Amf(settings(WarmStart.EACH, 1, 1, false), now -> new double[] {1, 0}).adapt(learned(), session);

        assertThat(asked.subList(0, 5)).containsExactly("goal/0", "goal/4", "goal/0", "goal/0", "goal/4");
        assertThat(asked.subList(5, asked.size())).containsOnly("goal/4");
    }

    @Test
    void endsWhereNobodyShowsAnythingMore() {
        int[] left = {3};
        FakeSession session =
                session().withExpert(task -> left[0]-- > 0 ? Optional.of(demonstration(task)) : Optional.empty());

        new Amf(settings(WarmStart.EACH, 1, 4, false), LEAST_SHOWN).adapt(learned(), session);

        assertThat(session.agents().get(0).demonstrations()).hasSize(3);
        assertThat(session.budget().spent(Resource.UPDATES)).isEqualTo(2);
    }

    @Test
    void writesDownEachChoice() {
        FakeSession session = session();

        adapter().adapt(learned(), session);

        assertThat(session.metrics().of("chosen")).containsExactly(0.0, 1.0, 0.0, 1.0, 0.0);
        assertThat(session.metrics().of("runner-up")).containsExactly(1.0, 0.0, 1.0, 0.0, 1.0);
        assertThat(session.metrics().of("demonstrations/goal/0")).containsExactly(2.0, 2.0, 3.0, 3.0, 4.0);
    }

    private static Prospect prospect(TaskSet tasks, long budget, String unshown, boolean tells) {
        EnvironmentSpec spec =
                new EnvironmentSpec(List.of(new Component("x", Box.vector(1, -1, 1))), Box.vector(1, -1, 1), 5);
        return new Prospect(
                tasks,
                spec,
                Map.of(Resource.DEMONSTRATIONS, budget),
                task -> task.name().equals(unshown) ? 0 : 9,
                task -> tells ? Map.of("x", ByteBuffer.allocate(4)) : Map.of(),
                Conditioning.none());
    }

    private static Amf withForgetting(Forgetting.Kind kind) {
        Amf.Settings s = settings(WarmStart.EACH, 1, 1, true);
        return new Amf(
                new Amf.Settings(s.groups(), s.warmStart(), 3, 1, 1, 1, true, List.of(), against(kind)), LEAST_SHOWN);
    }

    @Test
    void saysBeforehandWhatCannotBe() {
        TaskSet two = FakeSession.tasks("a", "b");
        Amf amf = withForgetting(Forgetting.Kind.NONE);

        assertThat(amf.objection(prospect(two, 5, "", true))).isEmpty();
        assertThat(amf.objection(prospect(FakeSession.tasks("a"), 5, "", true)))
                .hasValueSatisfying(why -> assertThat(why).startsWith("there is only one task"));
        assertThat(amf.objection(prospect(two, 1, "", true)))
                .hasValue("a budget of 1 demonstrations ends before the warm start of 2; give at least 2");
        assertThat(amf.objection(prospect(two, 5, "b", true)))
                .hasValueSatisfying(why -> assertThat(why).startsWith("nobody can show b: "));
        assertThat(withForgetting(Forgetting.Kind.ADAPTIVE_PRIOR).objection(prospect(two, 5, "", false)))
                .hasValueSatisfying(why -> assertThat(why).contains("do not tell the task"));
        assertThat(new Amf(settings(WarmStart.EACH, 1, 1, true), withoutNoise()).objection(prospect(two, 5, "", true)))
                .hasValueSatisfying(why -> assertThat(why).contains("set adapt.selector.kernel.ridge above 0"));
        assertThat(new Amf(settings(WarmStart.EACH, 1, 1, true), informed()).objection(prospect(two, 5, "", false)))
                .hasValueSatisfying(why -> assertThat(why).contains("set adapt.selector.reference.weights = hard"));
        EntropySelector entropy = new EntropySelector(new EntropySelector.Settings(0));
        assertThat(new Amf(settings(WarmStart.EACH, 1, 1, true), entropy).objection(prospect(two, 5, "", true)))
                .hasValueSatisfying(why -> assertThat(why).contains("continuous"));
        assertThat(entropy.objection(new Prospect(
                        two,
                        new EnvironmentSpec(List.of(new Component("x", Box.vector(1, -1, 1))), new Discrete(3), 5),
                        Map.of(),
                        task -> 1,
                        task -> Map.of(),
                        Conditioning.none())))
                .isEmpty();
    }

    private static TaskSelector informed() {
        return new InformationSelector(ReferenceDefaults.of(AmfPlugin.class, "selectors.amf")
                .settings(InformationSelector.Settings.class, ""));
    }

    private static TaskSelector withoutNoise() {
        return new DOptimalSelector(ReferenceDefaults.of(AmfPlugin.class, "selectors.d-optimal")
                .settings(DOptimalSelector.Settings.class, "kernel.ridge = 0"));
    }

    @Test
    void needsWhatItsStrategyAndRemedyNeed() {
        Needs needs = new Amf(
                        new Amf.Settings(
                                List.of(), WarmStart.EACH, 1, 1, 1, 1, true, List.of(), against(Forgetting.Kind.EWC)),
                        new MarginSelector(new MarginSelector.Settings(0)))
                .needs();

        assertThat(needs.regimes()).containsExactly(Regime.OFFLINE);
        assertThat(needs.abilities()).containsExactlyInAnyOrder(LastLayer.class, FisherInformation.class);
        assertThat(needs.demonstrations()).isTrue();
        assertThat(needs.because())
                .isEqualTo(
                        "AMF imitates an expert, and the strategy looks at the probabilities of choices, and its remedy"
                                + " pulls weights back");
    }

    @Test
    void pullsBackOnlyWeightsThatDescend() {
        assertThat(against(Forgetting.Kind.L2).abilities()).isEmpty();
        assertThat(withForgetting(Forgetting.Kind.L2).needs().mixing()).isTrue();
        assertThat(withForgetting(Forgetting.Kind.ADAPTIVE_PRIOR).needs().mixing())
                .isFalse();
        assertThat(against(Forgetting.Kind.NONE).abilities()).isEmpty();
        assertThat(against(Forgetting.Kind.NONE).because()).isEmpty();
    }

    /** Oracle O11: one demonstration of three steps. */
    @Test
    void theAdaptivePriorTrustsWhatDemonstrationsJustify() {
        assertThat(AdaptivePrior.best(2.06, 2.44, 1, 0.01)).isEqualTo(.8422131, EXACTLY);
        assertThat(AdaptivePrior.best(2.06, 2.44, 1, 0.001)).isEqualTo(.8440574, EXACTLY);
        assertThat(AdaptivePrior.best(2.06, 2.44, 1, 0.5)).isEqualTo(.7418033, EXACTLY);
        assertThat(AdaptivePrior.best(2.06, 2.44, 1, 5)).isZero();
        assertThat(AdaptivePrior.best(0, 0, 1, 0.01)).isZero();
        assertThat(AdaptivePrior.best(9, 2, 1, 0.01)).isEqualTo(1);
    }

    /** Oracle O11 on: the paper's gradient descent at rate 1 from 0. */
    @Test
    void descentConvergesOnTheMeanAndOscillatesOnTheSum() {
        assertThat(descent(2.06, 2.44, 4)).containsExactly(new double[] {1, .23, 1, .23}, EXACTLY);
        assertThat(descent(2.06 / 3, 2.44 / 3, 4))
                .containsExactly(new double[] {1, .7366667, .9016889, .7982750}, EXACTLY);
        assertThat(descent(2.06 / 6, 2.44 / 6, 4))
                .containsExactly(new double[] {.6766667, .8029778, .8265559, .8309571}, EXACTLY);
        assertThat(descent(2.06 / 3, 2.44 / 3, 100)[99]).isEqualTo(.8381148, EXACTLY);
        assertThat(descent(2.06 / 6, 2.44 / 6, 100)[99]).isEqualTo(.8319672, EXACTLY);
    }

    private static double[] descent(double agreement, double distance, int steps) {
        double[] passed = new double[steps];
        double alpha = 0;
        for (int i = 0; i < steps; i++) {
            alpha = AdaptivePrior.descended(alpha, agreement, distance, 0.01, 1);
            passed[i] = alpha;
        }
        return passed;
    }

    /** Oracle O15. */
    @Test
    void penaltiesMeasureHowFarWeightsWent() {
        Snapshot start = snapshot(1, -1, 3);
        Snapshot now = snapshot(1.5f, 0, 3);

        assertThat(PullToStart.drift(now, start)).isEqualTo(.625, EXACTLY);
        assertThat(ElasticConsolidation.penalty(now, start, snapshot(2, .5f, 7)))
                .isEqualTo(.5, EXACTLY);
    }

    @Test
    void writesDownHowFarTheWeightsWentAndNothingWhereThereIsNothingToSay() {
        FakeSession pulled = session();
        FakeSession free = session();

        adapter().adapt(learned(), pulled);
        withForgetting(Forgetting.Kind.NONE).adapt(learned(), free);

        assertThat(pulled.metrics().of("drift")).hasSize(5).allMatch(drift -> drift >= 0);
        assertThat(free.metrics().of("drift")).isEmpty();
    }

    @Test
    void elasticWeightsAreHeldAsTheyMatter() {
        Snapshot start = snapshot(1, -1, 5);
        Snapshot now = snapshot(2, 0, 6);

        Snapshot pulled = ElasticConsolidation.pulled(now, start, snapshot(4, 1, 1), 0.1);

        // Of mean 2: fractions 0.2, 0.05 and 0.05; a strength of 1 pulls the first all the way and no further.
        assertThat(values(pulled)).containsExactly(1.8f, -0.05f, 5.95f);
        assertThat(values(ElasticConsolidation.pulled(now, start, snapshot(4, 1, 1), 1)))
                .containsExactly(1f, -0.5f, 5.5f);
    }

    private static Snapshot snapshot(float... values) {
        return new Snapshot(new TreeMap<>(Map.of("policy/w", Tensor.of(List.of(3L), values))));
    }

    private static float[] values(Snapshot snapshot) {
        return snapshot.tensors().values().iterator().next().floats();
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(AmfPlugin.class).check();
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        ReferenceDefaults.of(AmfPlugin.class, "adapters.amf").match(Amf.Settings.class);
        Map<String, Class<? extends Record>> strategies = new TreeMap<>(Map.of(
                "d-optimal", DOptimalSelector.Settings.class,
                "vtl", VtlSelector.Settings.class,
                "itl", ItlSelector.Settings.class,
                "badge", BadgeSelector.Settings.class,
                "mmd", MmdSelector.Settings.class,
                "loss-proportional", LossProportionalSelector.Settings.class,
                "entropy", EntropySelector.Settings.class,
                "margin", MarginSelector.Settings.class,
                "bandit", BanditSelector.Settings.class));
        strategies.put("amf", InformationSelector.Settings.class);
        strategies.put("uniform", UniformSelector.Settings.class);
        strategies.put("round-robin", RoundRobinSelector.Settings.class);
        strategies.put("rebalancing", RebalancingSelector.Settings.class);
        strategies.forEach((name, settings) ->
                ReferenceDefaults.of(AmfPlugin.class, "selectors." + name).match(settings));
    }
}
