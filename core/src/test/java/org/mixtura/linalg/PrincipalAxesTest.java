package org.mixtura.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;

class PrincipalAxesTest {
    static IntStream dimensions() {
        return IntStream.concat(IntStream.rangeClosed(1, 12), IntStream.of(31, 64, 65, 90));
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void areOrthonormalAndMakeTheMatrixAgain(int d) {
        double[][] w = Generator.seeded(d).positiveDefinite(d);
        PrincipalAxes axes = PrincipalAxes.of(Packed.of(w), d);
        double[][] v = axes.vectors();
        assertClose(Dense.times(v, Dense.transpose(v)), Dense.identity(d), 1e-13);
        double[][] scaled = IntStream.range(0, d)
                .mapToObj(j -> Dense.times(axes.values()[j], v[j]))
                .toArray(double[][]::new);
        assertClose(Dense.times(Dense.transpose(v), scaled), w, 1e-13);
        for (int j = 1; j < d; j++) {
            assertThat(axes.values()[j]).isLessThanOrEqualTo(axes.values()[j - 1]);
        }
    }

    /**
     * With columns in units of 1e-8 to 1e8, where the smallest eigenvalue is 1e-32 of the largest: their product is the determinant,
     * and the sum of their inverses, mostly that of the smallest, is the squared length of L⁻¹.
     */
    @ParameterizedTest
    @MethodSource("dimensions")
    void keepTheDigitsOfSmallEigenvaluesBesideLargeOnes(int d) {
        Generator generator = Generator.seeded(d);
        double[][] w = generator.positiveDefinite(d);
        double[] units = IntStream.range(0, d)
                .mapToDouble(j -> Math.pow(10, generator.between(-8, 8)))
                .toArray();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                w[i][j] *= units[i] * units[j];
            }
        }
        double[] values = PrincipalAxes.of(Packed.of(w), d).values();
        double[] lower = Cholesky.factor(Packed.of(w), d);
        assertThat(Arrays.stream(values).map(Math::log).sum())
                .isCloseTo(Cholesky.logDeterminant(lower, d), within(1e-11 * d));
        double inverse =
                Arrays.stream(Cholesky.invert(lower, d)).map(x -> x * x).sum();
        assertClose(Arrays.stream(values).map(x -> 1 / x).sum() / inverse, 1, 1e-11);
    }

    /** A circle has no axes of its own; any will do. */
    @Test
    void ofACircleAreAny() {
        for (double size : new double[] {1e-300, 1, 1e300}) {
            double[] w = new double[Packed.size(70)];
            for (int j = 0; j < 70; j++) {
                w[Packed.index(j, j)] = size;
            }
            PrincipalAxes axes = PrincipalAxes.of(w, 70);
            for (double value : axes.values()) {
                assertClose(value / size, 1, 1e-14);
            }
        }
    }

    @Test
    void refuseWhatHasNone() {
        assertThatThrownBy(() -> PrincipalAxes.of(new double[] {1, 1, 1}, 2))
                .isInstanceOf(NotPositiveDefiniteException.class)
                .hasMessageContaining("pivot 1 is 0.0");
        assertThatThrownBy(() -> PrincipalAxes.of(new double[] {Double.NaN}, 1))
                .isInstanceOf(NotPositiveDefiniteException.class);
    }
}
