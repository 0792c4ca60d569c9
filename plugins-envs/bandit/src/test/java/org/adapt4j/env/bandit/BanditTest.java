package org.adapt4j.env.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.bandit.BanditBenchmark.Kind;
import org.adapt4j.env.bandit.BanditBenchmark.Settings;
import org.adapt4j.testkit.HiddenTaskContract;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;

final class BanditTest extends HiddenTaskContract {

    private static final Settings UNIFORM = new Settings(5, 10, Kind.UNIFORM, 0.9, 0.1, 100_000, 20);

    private final BanditBenchmark bandit = new BanditBenchmark(UNIFORM);

    @Override
    protected TaskDistribution benchmark() {
        return bandit;
    }

    @Test
    void scoresAreOfAPull() {
        Task task = bandit.tasks(Split.TEST).get(0);

        assertThat(bandit.normalise(task, 0.5)).isZero();
        assertThat(bandit.normalise(task, 0.66599878748)).isEqualTo(1, within(1e-9));
        assertThat(bandit.solved(task, 1)).isTrue();
        assertThat(bandit.solved(task, 0)).isFalse();
        BanditBenchmark oneGood = new BanditBenchmark(new Settings(5, 20, Kind.ONE_GOOD, 0.9, 0.1, 1, 1));
        assertThat(oneGood.normalise(task, 0.26)).isEqualTo(0, within(1e-12));
        assertThat(oneGood.normalise(task, 15.504934037267834 / 20)).isEqualTo(1, within(1e-9));
    }

    @Test
    void trainingAndTestBanditsDiffer() {
        assertThat(bandit.tasks(Split.TRAIN).size()).isEqualTo(100_000);
        assertThat(bandit.tasks(Split.TRAIN).get(123).name()).isEqualTo("uniform-k5-000123");
        assertThat(bandit.tasks(Split.TEST).get(0).name()).isEqualTo("uniform-k5-1000000");
        assertThat(bandit.task("uniform-k5-1000007"))
                .contains(bandit.tasks(Split.TEST).get(7));
        assertThat(bandit.task("uniform-k5-123")).isEmpty();
        assertThat(bandit.task("uniform-k5--00001")).isEmpty();
        assertThat(bandit.task("uniform-k6-000123")).isEmpty();
        assertThat(bandit.task("uniform-k5-99999999999")).isEmpty();
    }

    @Test
    void armsAreDrawnUniformly() {
        Bandits bandits = new Bandits(UNIFORM);
        double[] all = IntStream.range(0, 20_000)
                .boxed()
                .flatMapToDouble(number -> Arrays.stream(chances(bandits, number)))
                .toArray();

        for (double part = 0.1; part < 1; part += 0.1) {
            double limit = part;
            assertThat(Arrays.stream(all).filter(chance -> chance < limit).count() / (double) all.length)
                    .isEqualTo(part, within(0.006)); // four standard errors
        }
        assertThat(IntStream.range(0, 20_000)
                        .mapToDouble(number ->
                                Arrays.stream(chances(bandits, number)).max().orElseThrow())
                        .average()
                        .orElseThrow())
                .isEqualTo(5.0 / 6, within(0.004)); // so they are independent
    }

    @Test
    void anyArmMayBeTheGoodOne() {
        Bandits bandits = new Bandits(new Settings(5, 10, Kind.ONE_GOOD, 0.8, 0.3, 1000, 20));
        int[] good = new int[5];
        for (int number = 0; number < 5000; number++) {
            double[] chances = chances(bandits, number);
            for (int arm = 0; arm < 5; arm++) {
                good[arm] += chances[arm] == 0.8 ? 1 : 0;
                assertThat(chances[arm]).isIn(0.8, 0.3);
            }
        }
        assertThat(good)
                .satisfies(counts -> assertThat(Arrays.stream(counts).sum()).isEqualTo(5000));
        assertThat(Arrays.stream(good).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(880, 1120));
    }

    private static double[] chances(Bandits bandits, int number) {
        double[] chances = new double[5];
        bandits.chances(bandits.tasks(number, 1).get(0), chances);
        return chances;
    }

    @Test
    void badNumbersAreSaid() {
        assertThatThrownBy(() -> new Settings(5, 60, Kind.UNIFORM, 0.9, 0.1, 10, 10))
                .hasMessageStartingWith("pulls: scores are not known for 5 arms and 60 pulls")
                .hasMessageContaining("5 100");
        assertThatThrownBy(() -> new Settings(5, 10, Kind.ONE_GOOD, 0.1, 0.9, 10, 10))
                .hasMessageStartingWith("good: must lie above bad");
        assertThatThrownBy(() -> new Settings(1, 10, Kind.UNIFORM, 0.9, 0.1, 10, 10))
                .hasMessageStartingWith("arms: ");
        assertThatThrownBy(() -> new Settings(5, 10, Kind.UNIFORM, Double.NaN, 0.1, 10, 10))
                .hasMessageStartingWith("good: ");
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(BanditPlugin.class).check();
        ReferenceDefaults.of(BanditPlugin.class, "benchmarks.bandit").match(Settings.class);
    }
}
