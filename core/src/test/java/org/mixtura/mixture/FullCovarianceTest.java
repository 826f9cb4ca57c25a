package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.linalg.Packed;
import org.mixtura.linalg.PrincipalAxes;
import org.mixtura.testing.Generator;

class FullCovarianceTest extends AbstractCovarianceTest {
    @Override
    Covariance random(Generator generator, int d) {
        return Covariance.full(generator.positiveDefinite(d));
    }

    @Override
    CovarianceStructure structure() {
        return CovarianceStructure.FULL;
    }

    @Override
    Covariance rebuilt(double[][] rows) {
        return Covariance.full(Packed.of(rows), rows.length);
    }

    /** Given the first column the second varies 1e5 times less than alone: tr Σ⁻¹S loses ten digits, a sum of squares none. */
    @Test
    void theTraceKeepsItsDigitsWhereColumnsAreNearlyCollinear() {
        Covariance thin = Covariance.full(new double[] {1e8, 1e5}, new double[] {1e5, 100 + 1e-8});
        // Four times, as every other factor would round the second pivot.
        assertThat(thin.traceOfInverseTimes(thin.times(4))).isCloseTo(8, within(1e-14));
    }

    /** Σ v_j = b_j v_j. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9})
    void isKnownAlongTheAxesThatItWasMadeOf(int d) {
        Generator generator = Generator.seeded(d);
        Matrix axes = Matrix.of(
                PrincipalAxes.of(Packed.of(generator.positiveDefinite(d)), d).vectors());
        double[] variances = generator.weights(d);
        Covariance covariance = Covariance.along(axes, variances);
        for (int j = 0; j < d; j++) {
            double[] image = covariance.toMatrix().times(axes.row(j));
            for (int i = 0; i < d; i++) {
                assertThat(image[i]).isCloseTo(variances[j] * axes.get(j, i), within(1e-14));
            }
        }
        assertThat(covariance.axes()).contains(axes);
        assertThat(covariance.times(3).axes()).contains(axes);
        assertThat(covariance.marginal(0).axes()).isEmpty();
        assertThat(covariance).isEqualTo(Covariance.full(covariance.lowerTriangle(), d));
        assertThat(Covariance.full(covariance.lowerTriangle(), d).axes()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAxes() {
        Matrix crossed = Matrix.of(new double[] {1, 0}, new double[] {0.6, 0.8});
        assertThatThrownBy(() -> Covariance.along(crossed, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("axes are not orthonormal: the product of rows 1 and 0 is 0.6");
        assertThatThrownBy(() -> Covariance.along(Matrix.identity(2), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("axes of 2 × 2 do not fit 1 variances along them");
        assertThatThrownBy(() -> Covariance.along(Matrix.identity(2), 1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "covariance is not positive definite: variance along axis 1 is NaN; a variance is positive and"
                                + " finite");
    }

    @Test
    void comesFromRowsOrAMatrixOrATriangle() {
        double[][] rows = {{2, 1}, {1, 3}};
        assertThat(Covariance.full(rows))
                .isEqualTo(Covariance.full(Matrix.of(rows)))
                .isEqualTo(Covariance.full(new double[] {2, 1, 3}, 2));
    }

    @Test
    void isApartFromTheArrayThatItCameFrom() {
        double[][] rows = {{2, 1}, {1, 3}};
        double[] triangle = {2, 1, 3};
        Covariance fromRows = Covariance.full(rows);
        Covariance fromTriangle = Covariance.full(triangle, 2);
        rows[0][0] = 9;
        triangle[0] = 9;
        assertThat(fromRows.get(0, 0)).isEqualTo(2);
        assertThat(fromTriangle.get(0, 0)).isEqualTo(2);
    }

    @Test
    void mayBeUnsymmetricByRoundingOnly() {
        Covariance.full(new double[] {1e8, 0.5}, new double[] {0.5 * (1 + 1e-13), 1e-8});
        assertThatThrownBy(() -> Covariance.full(new double[] {1, 0.5}, new double[] {0.5 + 1e-11, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not symmetric: element (1, 0) is 0.50000000001, element (0, 1) is 0.5");
    }

    @Test
    void refusesShapesThatAreNotSquare() {
        assertThatThrownBy(() -> Covariance.full(new double[] {1, 0}, new double[] {0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not square: [2, 1] values in 2 rows");
        assertThatThrownBy(() -> Covariance.full(new double[0][]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not square: [] values in 0 rows");
        assertThatThrownBy(() -> Covariance.full(new double[] {1, 0}, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 values are not the lower triangle of a matrix of dimension 2");
        assertThatThrownBy(() -> Covariance.full(new double[0], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 values are not the lower triangle of a matrix of dimension 0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesElementsThatAreNotFinite(double wrong) {
        for (double[][] rows : new double[][][] {
            {{1, 0}, {wrong, 1}}, {{1, wrong}, {0, 1}}, {{1, wrong}, {wrong, 1}}, {{1, 0}, {0, wrong}}
        }) {
            assertThatThrownBy(() -> Covariance.full(rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("covariance is not finite: element \\([01], [01]\\) is " + wrong);
        }
        assertThatThrownBy(() -> Covariance.full(new double[] {1, wrong, 1}, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not finite: element (1, 0) is " + wrong);
    }

    @Test
    void namesTheBadPivot() {
        assertThatThrownBy(() -> Covariance.full(new double[] {4, 6}, new double[] {6, 8}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not positive definite (pivot 1 is -1.0)");
        assertThatThrownBy(() -> Covariance.full(new double[] {0, 0, 1}, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not positive definite (pivot 0 is 0.0)");
    }
}
