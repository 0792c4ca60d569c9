package org.adapt4j.method.bcfinetune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.testkit.AdapterContract;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Test;

final class BcFineTuneTest extends AdapterContract {

    private static BcFineTune with(String overrides) {
        return new BcFineTune(ReferenceDefaults.of(BcFineTunePlugin.class, "adapters.bc-finetune")
                .settings(BcFineTune.Settings.class, overrides));
    }

    @Override
    protected Adapter adapter() {
        return with("");
    }

    private static FakeAgent agent(double start, String... groups) {
        Map<String, double[]> weights = new TreeMap<>();
        for (String group : groups) {
            weights.put(group, new double[] {start});
        }
        return FakeAgent.whoseUpdates((numbers, task, random) -> numbers[0]++, weights);
    }

    @Test
    void takesOverThePolicyOfWhoeverLearnedIt() {
        FakeAgent learned = agent(5, "critic", "policy", "temperature");
        FakeAgent cloning = agent(0, "policy");

        adapter()
                .adapt(
                        Checkpoint.of(learned),
                        FakeSession.over(cloning)
                                .withTasks(FakeSession.tasks("a"))
                                .forUpdates(3));

        assertThat(cloning.weight()).isEqualTo(8);
        assertThat(cloning.parameters().optimizerSteps()).as("a new optimiser").isEqualTo(3);
    }

    @Test
    void adaptsOnlyWhatItIsToldTo() {
        FakeAgent cloning = agent(0, "policy", "head");

        with("groups = [policy, head], trained = [head]")
                .adapt(
                        Checkpoint.of(agent(5, "policy", "head")),
                        FakeSession.over(cloning)
                                .withTasks(FakeSession.tasks("a"))
                                .forUpdates(3));

        assertThat(cloning.parameters().of("policy")).containsExactly(5);
        assertThat(cloning.parameters().of("head")).containsExactly(8);
    }

    @Test
    void needsDemonstrationsAndSaysSoBeforehand() {
        assertThat(adapter().needs().demonstrations()).isTrue();
        assertThat(adapter().needs().regimes()).containsExactly(Regime.OFFLINE);
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(BcFineTunePlugin.class).check();
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        ReferenceDefaults defaults = ReferenceDefaults.of(BcFineTunePlugin.class, "adapters.bc-finetune");

        defaults.match(BcFineTune.Settings.class);
        assertThat(defaults.with("paper").getStringList("groups")).isEqualTo(List.of("policy"));
    }
}
