package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.kernel.QuadraticForms.Factor;

class QuadraticFormsTest {
    private static QuadraticForms diagonal(double origin, double centre, double constant, double factor) {
        return QuadraticForms.of(
                Factor.DIAGONAL,
                new double[] {0, origin},
                new double[] {0, 0, 0, centre},
                new double[] {0, constant},
                new double[][] {{1, 1}, {1, factor}});
    }

    @ParameterizedTest
    @CsvSource({"TRIANGULAR, 10", "DIAGONAL, 4", "SCALAR, 1"})
    void factorsTakeTheirNumbers(Factor factor, int expected) {
        assertThat(QuadraticForms.size(factor, 4)).isEqualTo(expected);
    }

    @Test
    void partsMustFit() {
        assertThatThrownBy(() -> QuadraticForms.of(
                        Factor.DIAGONAL, new double[2], new double[3], new double[1], new double[][] {{1, 1}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parts of quadratic forms do not fit: 2 columns, 1 components, 3 centre values, "
                        + "1 factors of 2 values expected");
        assertThatThrownBy(() -> QuadraticForms.of(
                        Factor.DIAGONAL, new double[2], new double[2], new double[1], new double[][] {{1}}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QuadraticForms.of(
                        Factor.SCALAR, new double[2], new double[2], new double[1], new double[][] {{1}, {1}}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        QuadraticForms.of(Factor.SCALAR, new double[2], new double[0], new double[0], new double[0][]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void partsMustBeFinite(double wrong) {
        assertThatThrownBy(() -> diagonal(wrong, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("origin of quadratic forms is [0.0, " + wrong + "]; it must be finite");
        assertThatThrownBy(() -> diagonal(0, wrong, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("centre of quadratic form 1 of 2 is [0.0, " + wrong + "]; it must be finite");
        assertThatThrownBy(() -> diagonal(0, 0, 0, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("factor of quadratic form 1 of 2 has an element " + wrong + "; it must be finite");
        if (wrong == Double.NEGATIVE_INFINITY) {
            assertThat(diagonal(0, 0, wrong, 1).constants()[1]).isEqualTo(wrong);
        } else {
            assertThatThrownBy(() -> diagonal(0, 0, wrong, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("constant of quadratic form 1 of 2 is " + wrong + "; it must be finite, or -Infinity");
        }
    }
}
