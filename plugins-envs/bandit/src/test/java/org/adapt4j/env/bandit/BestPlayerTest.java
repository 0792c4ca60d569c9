package org.adapt4j.env.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values from a program of its own, by another order of states. */
final class BestPlayerTest {

    @ParameterizedTest
    @CsvSource({
        "2, 1, 0.5",
        "2, 2, 1.0833333333",
        "2, 5, 2.8888888889",
        "2, 10, 6.0217857143",
        "2, 20, 12.4312649059",
        "2, 50, 31.9967118817",
        "5, 5, 3.0520833333",
        "5, 10, 6.6599878748",
        "10, 10, 6.7139511914",
        "50, 10, 6.7139511914"
    })
    void uniformArms(int arms, int pulls, double total) {
        assertThat(BestPlayer.total(new Belief.Uniform(), Math.min(arms, pulls), pulls)
                        .orElseThrow())
                .isEqualTo(total, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"2, 10, 8.376426464", "2, 20, 17.37500645466955", "5, 10, 6.60730455296", "5, 20, 15.504934037267834"})
    void oneGoodArm(int arms, int pulls, double total) {
        assertThat(BestPlayer.total(new Belief.OneGood(0.9, 0.1), arms, pulls).orElseThrow())
                .isEqualTo(total, within(1e-9));
    }

    /** Of two arms each pull is a vote of reliability p for one of them, so the best player follows the majority. */
    @ParameterizedTest
    @CsvSource({"0.8, 7.2139343360", "0.7, 6.116383736", "0.6, 5.302993664"})
    void twoArmsAreAVoteOfTheMajority(double good, double total) {
        assertThat(BestPlayer.total(new Belief.OneGood(good, 1 - good), 2, 10).orElseThrow())
                .isEqualTo(total, within(1e-9));
    }

    @Test
    void saysWhereThereIsTooMuchToCompute() {
        assertThat(BestPlayer.total(new Belief.Uniform(), 5, 60)).isEmpty();
        assertThat(BestPlayer.total(new Belief.Uniform(), 2, 300)).isEmpty();
    }
}
