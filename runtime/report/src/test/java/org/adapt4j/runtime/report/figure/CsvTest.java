package org.adapt4j.runtime.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "=HYPERLINK(1);'=HYPERLINK(1)",
                "+cmd;'+cmd",
                "@SUM(A1);'@SUM(A1)",
                "\u22120.61 [\u22120.80, 0.10];\"'-0.61 [-0.80, 0.10]\"",
                "-1e-7;-1e-7",
                "\u22120.50;-0.50",
                "+3;+3",
                "12\u202f000;12000",
                "a \"b\";\"a \"\"b\"\"\"",
                "method;method"
            })
    void wordsThatASpreadsheetWouldTakeForAFormulaAreGuarded(String field, String written) {
        assertThat(new Csv(field).toString()).isEqualTo(written + "\n");
    }
}
