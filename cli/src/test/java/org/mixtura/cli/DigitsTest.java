package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "4.28966; 0.41234; 4.29 ± 0.41",
                "79.9681; 6.0; 80.0 ± 6.0",
                "5234.21; 123.4; 5234 ± 123",
                "5234.21; 12.34; 5234 ± 12",
                "5234.21; 9.96; 5234 ± 10",
                "0.5; 0.0995; 0.50 ± 0.10",
                "-0.001; 3.0; 0.0 ± 3.0",
                "1000000000003.21; 1.04; 1000000000003.2 ± 1.0",
                "5.0; 0.00012; 5.00000 ± 0.00012",
                "3.1E-150; 1.2E-151; 3.10e-150 ± 1.2e-151",
                "3.1E150; 1.2E149; 3.10e150 ± 1.2e149",
                "0; 1.2E-151; 0 ± 1.2e-151",
                "1.0; 1E-300; 1.0000000000000000e0 ± 1.0e-300",
                "1E-200; 1.0; 0.0 ± 1.0",
                "7; 0; 7.000 ± 0"
            })
    void meanTakesThePlaceOfTheDeviation(double mean, double deviation, String expected) {
        assertThat(Digits.meanAndDeviation(mean, deviation)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 0", "1, 3, 1.00", "999.96, 4, 1000", "0.00012345, 3, 0.000123", "0.0000012345, 3, 1.23e-6",
        "1E15, 3, 1.00e15", "123456789, 3, 123000000", "-2.5, 2, -2.5", "NaN, 3, NaN", "-Infinity, 3, -∞"
    })
    void significantDigits(double x, int digits, String expected) {
        assertThat(Digits.significant(x, digits)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-1130.26396, 3, -1130.264",
        "0, 2, 0.00",
        "1e16, 2, 1.000000e16",
        "Infinity, 2, ∞",
        "2.5, 0, 2",
        "3.5, 0, 4"
    })
    void decimals(double x, int decimals, String expected) {
        assertThat(Digits.decimals(x, decimals)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.35587, 0.3559", "1, 1.0000", "0, 0.0000", "0.0000123, 0.000012", "0.0000000123, 1.2e-8"})
    void weights(double weight, String expected) {
        assertThat(Digits.weight(weight)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1e-6, 1e-6", "0.001, 0.001", "1000, 1000", "0, 0", "0.1, 0.1", "1.5e300, 1.5e300", "-42.0, -42"})
    void exactNumbersAsTheyWereGiven(double x, String expected) {
        assertThat(Digits.exact(x)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0; 0", "999; 999", "1000; 1,000", "1234567; 1,234,567", "-1000; -1,000", "-999; -999"})
    void countsInGroups(long count, String expected) {
        assertThat(Digits.count(count)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.2134, 0.21 s", "12.34, 12.3 s", "200, 3 min 20 s", "7300, 2 h 1 min"})
    void times(double seconds, String expected) {
        assertThat(Digits.seconds(seconds)).isEqualTo(expected);
    }
}
