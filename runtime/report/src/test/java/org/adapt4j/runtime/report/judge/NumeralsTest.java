package org.adapt4j.runtime.report.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NumeralsTest {

    @Test
    void whatRoundingLeftIsNothing() {
        double left = 0.1 + 0.2 - 0.3 - 2 * Math.ulp(0.3);

        assertThat(left).isNotZero();
        assertThat(Numerals.signed(left)).isEqualTo("0");
        assertThat(Numerals.signed(-left)).isEqualTo("0");
    }

    @Test
    void smallNumbersKeepTwoDigits() {
        assertThat(Numerals.signed(0.00013)).isEqualTo("+0.00013");
        assertThat(Numerals.signed(-0.0084)).isEqualTo("\u22120.0084");
        assertThat(Numerals.signed(0.1234)).isEqualTo("+0.123");
        assertThat(Numerals.signed(0)).isEqualTo("0");
        assertThat(Numerals.signed(Double.NaN)).isEqualTo("n/a");
    }
}
