package org.mixtura.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;

class CholeskyTest {
    static IntStream dimensions() {
        return IntStream.rangeClosed(1, 40);
    }

    private static double[][] lowerRows(double[] lower, int d) {
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = lower[i * (i + 1) / 2 + j];
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void factorTimesItsTransposeIsTheMatrix(int d) {
        double[][] s = Generator.seeded(d).positiveDefinite(d);
        double[] lower = Cholesky.factor(Packed.of(s), d);
        double[][] l = lowerRows(lower, d);
        assertClose(Dense.times(l, Dense.transpose(l)), s, 1e-14);
        for (int i = 0; i < d; i++) {
            assertThat(l[i][i]).isPositive();
        }
    }

    /** Four elements at a time are, to the bit, what one after the other are. */
    @ParameterizedTest
    @MethodSource("dimensions")
    void isTheTextbooksToTheBit(int d) {
        double[][] s = Generator.seeded(d).positiveDefinite(d);
        double[][] l = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = s[i][j];
                for (int m = 0; m < j; m++) {
                    sum -= l[i][m] * l[j][m];
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        assertThat(Cholesky.factor(Packed.of(s), d)).isEqualTo(Packed.of(l));
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void inverseTimesFactorIsTheIdentity(int d) {
        double[] lower = Cholesky.factor(Packed.of(Generator.seeded(d).positiveDefinite(d)), d);
        double[][] inverse = lowerRows(Cholesky.invert(lower, d), d);
        assertClose(Dense.times(inverse, lowerRows(lower, d)), Dense.identity(d), 1e-14);
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void logDeterminantIsThatOfElimination(int d) {
        double[][] s = Generator.seeded(d).positiveDefinite(d);
        assertClose(
                Cholesky.logDeterminant(Cholesky.factor(Packed.of(s), d), d), Dense.logAbsDeterminant(s), 1e-14 * d);
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void solvesUndoProducts(int d) {
        Generator generator = Generator.seeded(d);
        double[][] s = generator.positiveDefinite(d);
        double[] x = generator.vector(d);
        double[] lower = Cholesky.factor(Packed.of(s), d);
        double[][] l = lowerRows(lower, d);
        assertClose(Cholesky.solveLower(lower, Dense.times(l, x)), x, 1e-13);
        assertClose(Cholesky.solveUpper(lower, Dense.times(Dense.transpose(l), x)), x, 1e-13);
        assertClose(Cholesky.solve(lower, Dense.times(s, x)), x, 1e-13);
    }

    @Test
    void determinantsOutsideTheRangeOfDoublesHaveLogarithms() {
        int d = 40;
        for (double scale : new double[] {1e-300, 1e300}) {
            double[][] s = Dense.times(scale, Dense.identity(d));
            assertClose(Cholesky.logDeterminant(Cholesky.factor(Packed.of(s), d), d), d * Math.log(scale), 1e-15);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "2, -2.0", "4, NaN", "3, Infinity"})
    void namesTheBadPivot(int pivot, double value) {
        double[][] s = Dense.identity(5);
        s[pivot][pivot] = value;
        assertThatThrownBy(() -> Cholesky.factor(Packed.of(s), 5))
                .isInstanceOf(NotPositiveDefiniteException.class)
                .hasMessage("not positive definite (pivot " + pivot + " is " + value + ")");
    }

    @Test
    void theBadPivotIsWhatIsLeftAfterElimination() {
        double[] s = Packed.of(new double[][] {{4, 6}, {6, 8}});
        NotPositiveDefiniteException e =
                catchThrowableOfType(NotPositiveDefiniteException.class, () -> Cholesky.factor(s, 2));
        assertThat(e.pivot()).isEqualTo(1);
        assertThat(e.value()).isEqualTo(8 - 6.0 * 6 / 4);
    }
}
