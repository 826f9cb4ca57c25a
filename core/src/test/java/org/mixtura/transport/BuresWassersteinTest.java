package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class BuresWassersteinTest {
    /** The definition, by matrix square roots. */
    private static double definition(Gaussian a, Gaussian b) {
        double shift = 0;
        for (int j = 0; j < a.dimension(); j++) {
            shift += Math.pow(a.mean(j) - b.mean(j), 2);
        }
        Matrix s0 = a.covariance().toMatrix();
        Matrix s1 = b.covariance().toMatrix();
        Matrix root = squareRoot(s0);
        return shift
                + trace(s0)
                + trace(s1)
                - 2 * trace(squareRoot(root.times(s1).times(root)));
    }

    /** The iteration of Denman and Beavers, Y ← ½ (Y + Z⁻¹), Z ← ½ (Z + Y⁻¹), from Y = S and Z = I: Y tends to S^½. */
    private static Matrix squareRoot(Matrix s) {
        DMatrixRMaj y = new DMatrixRMaj(s.toRows());
        DMatrixRMaj z = CommonOps_DDRM.identity(s.rows());
        for (int i = 0; i < 50; i++) {
            DMatrixRMaj inverseY = new DMatrixRMaj(y);
            DMatrixRMaj inverseZ = new DMatrixRMaj(z);
            CommonOps_DDRM.invert(inverseY);
            CommonOps_DDRM.invert(inverseZ);
            CommonOps_DDRM.add(0.5, y, 0.5, inverseZ, y);
            CommonOps_DDRM.add(0.5, z, 0.5, inverseY, z);
        }
        return Matrix.of(s.rows(), s.rows(), y.data);
    }

    private static double trace(Matrix matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            sum += matrix.get(i, i);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 20})
    void isWhatTheDefinitionSays(int d) {
        RandomGenerator random = RandomMixtures.random(d);
        for (int i = 0; i < 20; i++) {
            Gaussian a = RandomMixtures.gaussian(d, random);
            Gaussian b = RandomMixtures.gaussian(d, random);

            assertThat(BuresWasserstein.squaredDistance(a, b)).isCloseTo(definition(a, b), withinPercentage(1e-10));
            assertThat(BuresWasserstein.squaredDistance(
                            a.mean(),
                            a.covariance().toMatrix(),
                            b.mean(),
                            b.covariance().toMatrix()))
                    .isCloseTo(definition(a, b), withinPercentage(1e-10));
        }
    }

    @Test
    void isTheDifferenceOfDeviationsInOneDimension() {
        Gaussian a = Gaussian.of(new double[] {1}, Covariance.spherical(1, 9));
        Gaussian b = Gaussian.of(new double[] {5}, Covariance.diagonal(4));

        assertThat(BuresWasserstein.squaredDistance(a, b)).isEqualTo(16 + 1);
    }

    @Test
    void comparesCovariancesOfAnyStructure() {
        Covariance full = Covariance.full(new double[] {4, 0}, new double[] {0, 9});
        Gaussian a = Gaussian.of(new double[2], full);

        assertThat(BuresWasserstein.squaredDistance(a, Gaussian.of(new double[2], Covariance.diagonal(4, 9))))
                .isEqualTo(0);
        assertThat(BuresWasserstein.squaredDistance(a, Gaussian.of(new double[2], Covariance.spherical(2, 1))))
                .isEqualTo(1 + 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void isSymmetricToTheBitAndZeroForEqualGaussians(int d) {
        RandomGenerator random = RandomMixtures.random(100 + d);
        for (int i = 0; i < 20; i++) {
            Gaussian a = RandomMixtures.gaussian(d, random);
            Gaussian b = RandomMixtures.gaussian(d, random);

            assertThat(BuresWasserstein.squaredDistance(a, b)).isEqualTo(BuresWasserstein.squaredDistance(b, a));
            assertThat(BuresWasserstein.squaredDistance(a, Gaussian.of(a.mean(), a.covariance())))
                    .isEqualTo(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void fulfilsTheTriangleInequality(int d) {
        RandomGenerator random = RandomMixtures.random(200 + d);
        for (int i = 0; i < 50; i++) {
            Gaussian a = RandomMixtures.gaussian(d, random);
            Gaussian b = RandomMixtures.gaussian(d, random);
            Gaussian c = RandomMixtures.gaussian(d, random);

            double direct = Math.sqrt(BuresWasserstein.squaredDistance(a, c));
            double over = Math.sqrt(BuresWasserstein.squaredDistance(a, b))
                    + Math.sqrt(BuresWasserstein.squaredDistance(b, c));
            assertThat(direct).isLessThanOrEqualTo(over * (1 + 1e-14));
        }
    }

    /** W₂² of N(μ, Σ) and N(μ, (1 + h)² Σ) is h² tr Σ; the difference of traces has no digit left for h = 1e-8. */
    @ParameterizedTest
    @CsvSource({"1e-2, 1e-12", "1e-4, 1e-10", "1e-6, 1e-8", "1e-8, 1e-6"})
    void keepsItsDigitsForNearlyEqualGaussians(double h, double relative) {
        RandomGenerator random = RandomMixtures.random(7);
        for (int i = 0; i < 20; i++) {
            Gaussian a = RandomMixtures.gaussian(3, random);
            Covariance covariance = a.covariance();
            Gaussian b = Gaussian.of(a.mean(), covariance.times((1 + h) * (1 + h)));

            assertThat(BuresWasserstein.squaredDistance(a, b))
                    .isCloseTo(h * h * trace(covariance.toMatrix()), withinPercentage(100 * relative));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-140, 1e-8, 1e8, 1e140})
    void scalesWithTheUnits(double unit) {
        RandomGenerator random = RandomMixtures.random(8);
        Gaussian a = RandomMixtures.gaussian(4, random);
        Gaussian b = RandomMixtures.gaussian(4, random);
        double[] origin = new double[4];
        double[] c = {a.mean(0) * unit, a.mean(1) * unit, a.mean(2) * unit, a.mean(3) * unit};
        Gaussian scaledA = Gaussian.of(c, a.covariance().times(unit * unit));
        Gaussian scaledB = Gaussian.of(origin, b.covariance().times(unit * unit));

        assertThat(BuresWasserstein.squaredDistance(scaledA, scaledB) / unit / unit)
                .isCloseTo(definition(a, Gaussian.of(origin, b.covariance())), withinPercentage(1e-11));
    }

    @Test
    void takesCovariancesWithoutFullRank() {
        Matrix zero = Matrix.of(new double[2], new double[2]);
        Matrix line = Matrix.of(new double[] {1, 1}, new double[] {1, 1});
        double[] origin = new double[2];

        assertThat(BuresWasserstein.squaredDistance(new double[] {3, 4}, zero, origin, zero))
                .isEqualTo(25);
        // from a point every bit of the line's spread is distance
        assertThat(BuresWasserstein.squaredDistance(origin, zero, origin, line)).isCloseTo(2, within(1e-15));
        // from a round Gaussian: (1 + 1) + 2 − 2 √2
        assertThat(BuresWasserstein.squaredDistance(origin, Matrix.identity(2), origin, line))
                .isCloseTo(4 - 2 * Math.sqrt(2), within(1e-15));
        assertThat(BuresWasserstein.squaredDistance(origin, line, origin, line)).isEqualTo(0);
    }

    @Test
    void fillsAMatrixForMixtures() {
        RandomGenerator random = RandomMixtures.random(9);
        GaussianMixture a = RandomMixtures.mixture(3, 2, random);
        GaussianMixture b = RandomMixtures.mixture(4, 2, random);

        Matrix distances = BuresWasserstein.squaredDistances(a, b);

        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(distances.get(i, j))
                        .isEqualTo(BuresWasserstein.squaredDistance(a.component(i), b.component(j)));
            }
        }
        assertThat(BuresWasserstein.squaredDistances(b, a)).isEqualTo(distances.transpose());
    }

    @Test
    void refusesWhatDoesNotFit() {
        Gaussian one = Gaussian.of(new double[1], Covariance.spherical(1, 1));
        Gaussian two = Gaussian.of(new double[2], Covariance.spherical(2, 1));
        GaussianMixture line = GaussianMixture.of(new double[] {1}, List.of(one));
        GaussianMixture plane = GaussianMixture.of(new double[] {1}, List.of(two));
        Matrix flat = Matrix.of(new double[] {1, 0}, new double[] {0, 0});

        assertThatThrownBy(() -> BuresWasserstein.squaredDistance(one, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one Gaussian has 1 columns, the other 2; transport needs the same columns on both sides");
        assertThatThrownBy(() -> BuresWasserstein.squaredDistances(line, plane))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one mixture has the columns [x0], the other [x0, x1];"
                        + " transport needs the same columns on both sides");
        assertThatThrownBy(() -> BuresWasserstein.squaredDistances(plane, plane.named(List.of("x1", "x0"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one mixture has the columns [x0, x1], the other [x1, x0] in another order;"
                        + " bring them into one order with marginal(...)");
        assertThatThrownBy(
                        () -> BuresWasserstein.squaredDistance(new double[2], flat, new double[2], Matrix.identity(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a covariance of 3 × 3 does not fit a mean of 2 values");
    }

    @Test
    void refusesMatricesThatAreNoCovariances() {
        double[] origin = new double[2];
        Matrix good = Matrix.identity(2);
        Matrix skew = Matrix.of(new double[] {1, 0.5}, new double[] {0.4, 1});
        Matrix unknown = Matrix.of(new double[] {1, 0}, new double[] {0, Double.NaN});
        Matrix indefinite = Matrix.of(new double[] {1, 0}, new double[] {0, -0.25});

        assertThatThrownBy(() -> BuresWasserstein.squaredDistance(origin, skew, origin, good))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not symmetric: element (1, 0) is 0.4, element (0, 1) is 0.5");
        assertThatThrownBy(() -> BuresWasserstein.squaredDistance(origin, good, origin, unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance: element (1, 1) is NaN; an element is finite");
        assertThatThrownBy(() -> BuresWasserstein.squaredDistance(origin, good, origin, indefinite))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "covariance is not positive semidefinite: its smallest eigenvalue is -0.25, its largest 1.0");
    }
}
