package org.mixtura.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;

class PackedTest {
    private static double[][] lowerPart(double[][] rows) {
        double[][] lower = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, lower[i], 0, i + 1);
        }
        return lower;
    }

    @Test
    void standsRowByRow() {
        assertThat(Packed.of(new double[][] {{1, 2, 4}, {2, 3, 5}, {4, 5, 6}})).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Packed.index(2, 1)).isEqualTo(4);
        assertThat(Packed.size(3)).isEqualTo(6);
        assertThat(Packed.size(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 7, 8, 9, 17, 40})
    void squaresTheImageOfADeviation(int d) {
        Generator generator = Generator.seeded(50 + d);
        double[] lower = generator.vector(Packed.size(d));
        double[] x = generator.vector(d);
        double[] m = generator.vector(d);
        double[] image = Packed.times(lower, Dense.minus(x, m));
        assertClose(Packed.imageSquared(lower, x, m), Dense.dot(image, image), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 7, 8, 9, 17, 40})
    void addsSquaresAndMultiplies(int d) {
        Generator generator = Generator.seeded(60 + d);
        double[][] rows = generator.matrix(d, d);
        double[] factors = generator.vector(d);
        double[][] sum = new double[d][d];
        for (int j = 0; j < d; j++) {
            sum = Dense.plus(sum, Dense.times(factors[j], Dense.outer(rows[j], rows[j])));
            assertClose(Packed.product(rows[j], factors), Dense.dot(rows[j], factors), 1e-14);
        }
        assertClose(Packed.sumOfSquares(rows, factors), Packed.of(sum), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17})
    void tracesACongruence(int d) {
        Generator generator = Generator.seeded(70 + d);
        double[][] b = lowerPart(generator.matrix(d, d));
        double[][] s = generator.positiveDefinite(d);
        double[][] product = Dense.times(Dense.times(b, s), Dense.transpose(b));
        double trace = 0;
        for (int j = 0; j < d; j++) {
            trace += product[j][j];
        }
        assertClose(Packed.traceOfCongruence(Packed.of(b), Packed.of(s), d), trace, 1e-13);
    }

    @Test
    void refusesSizesThatNoArrayHas() {
        assertThatThrownBy(() -> Packed.size(1 << 17)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17, 40})
    void unpacksWhatItPacked(int d) {
        double[][] s = Generator.seeded(d).positiveDefinite(d);
        double[] packed = Packed.of(s);
        assertThat(Packed.toSymmetricRows(packed, d)).isDeepEqualTo(s);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                assertThat(Packed.get(packed, i, j)).isEqualTo(s[i][j]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17, 40})
    void productsAreThoseOfFullMatrices(int d) {
        Generator generator = Generator.seeded(d);
        double[][] rows = generator.matrix(d, d);
        double[] packed = Packed.of(rows);
        double[][] l = lowerPart(rows);
        double[] x = generator.vector(d);
        assertClose(
                Packed.toSymmetricRows(Packed.timesOwnTranspose(packed, d), d),
                Dense.times(l, Dense.transpose(l)),
                1e-14);
        assertClose(Packed.times(packed, x), Dense.times(l, x), 1e-14);
        double[][] s = generator.positiveDefinite(d);
        for (int m : new int[] {1, d, d + 3}) {
            double[][] b = generator.matrix(m, d);
            assertClose(
                    Packed.toSymmetricRows(Packed.congruence(b, Packed.of(s)), m),
                    Dense.times(Dense.times(b, s), Dense.transpose(b)),
                    1e-13);
        }
    }
}
