package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;

class MongeMapTest {
    private static void assertClose(Matrix actual, Matrix expected, double tolerance) {
        assertThat(actual.toRowMajor()).containsExactly(expected.toRowMajor(), within(tolerance));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 12})
    void movesTheSourceToTheTarget(int d) {
        RandomGenerator random = RandomMixtures.random(d);
        for (int i = 0; i < 10; i++) {
            Gaussian a = RandomMixtures.gaussian(d, random);
            Gaussian b = RandomMixtures.gaussian(d, random);
            MongeMap map = MongeMap.between(a, b);
            Matrix m = map.matrix();

            assertThat(m).isEqualTo(m.transpose());
            // positive definite, or this would refuse it
            Covariance.full(m);
            assertClose(
                    m.times(a.covariance().toMatrix()).times(m), b.covariance().toMatrix(), 1e-11);
            assertThat(map.apply(a.mean())).containsExactly(b.mean(), within(1e-14));
            assertClose(map.inverse().matrix().times(m), Matrix.identity(d), 1e-11);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-6})
    void copesWithNeedles(double thin) {
        RandomGenerator random = RandomMixtures.random(31);
        Covariance turned = RandomMixtures.covariance(2, random);
        Matrix stretch = Matrix.of(new double[] {1, 0}, new double[] {0.5, thin});
        Gaussian needle = Gaussian.of(new double[2], turned.image(stretch));
        Gaussian other = RandomMixtures.gaussian(2, random);

        Matrix m = MongeMap.between(needle, other).matrix();

        Matrix moved = m.times(needle.covariance().toMatrix()).times(m);
        assertClose(moved, other.covariance().toMatrix(), 1e-15 / thin / thin);
    }

    @Test
    void isTheRatioOfDeviationsInOneDimension() {
        Gaussian a = Gaussian.of(new double[] {1}, Covariance.spherical(1, 4));
        Gaussian b = Gaussian.of(new double[] {-1}, Covariance.spherical(1, 9));

        assertThat(MongeMap.between(a, b).matrix().get(0, 0)).isEqualTo(1.5);
        assertThat(MongeMap.between(a, b).apply(new double[] {3})).containsExactly(2);
    }

    /** The dual problem: f(x) + g(y) + μ₀ᵀμ₁ ≤ ½ ‖x − y‖², with equality at the image of x. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void hasAPotential(int d) {
        RandomGenerator random = RandomMixtures.random(40 + d);
        Gaussian a = RandomMixtures.gaussian(d, random);
        Gaussian b = RandomMixtures.gaussian(d, random);
        MongeMap map = MongeMap.between(a, b);
        MongeMap back = map.inverse();
        double constant = 0;
        for (int j = 0; j < d; j++) {
            constant += a.mean(j) * b.mean(j);
        }
        for (int i = 0; i < 50; i++) {
            double[] x = RandomMixtures.point(d, 3, random);
            double[] y = RandomMixtures.point(d, 3, random);
            double[] image = map.apply(x);

            assertThat(map.potential(x) + back.potential(y) + constant)
                    .isLessThanOrEqualTo(halfSquaredDistance(x, y) + 1e-11);
            assertThat(map.potential(x) + back.potential(image) + constant)
                    .isCloseTo(halfSquaredDistance(x, image), within(1e-11));
        }
    }

    private static double halfSquaredDistance(double[] x, double[] y) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += 0.5 * Math.pow(x[j] - y[j], 2);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void interpolatesAtConstantSpeed(int d) {
        RandomGenerator random = RandomMixtures.random(50 + d);
        Gaussian a = RandomMixtures.gaussian(d, random);
        Gaussian b = RandomMixtures.gaussian(d, random);
        MongeMap map = MongeMap.between(a, b);
        double whole = BuresWasserstein.squaredDistance(a, b);

        assertThat(BuresWasserstein.squaredDistance(map.interpolate(0), a)).isLessThan(1e-24);
        assertThat(BuresWasserstein.squaredDistance(map.interpolate(1), b)).isLessThan(1e-24);
        for (double t : new double[] {0.1, 0.5, 0.75}) {
            Gaussian between = map.interpolate(t);
            assertThat(BuresWasserstein.squaredDistance(a, between)).isCloseTo(t * t * whole, withinPercentage(1e-10));
            assertThat(BuresWasserstein.squaredDistance(between, b))
                    .isCloseTo((1 - t) * (1 - t) * whole, withinPercentage(1e-10));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Gaussian one = Gaussian.of(new double[1], Covariance.spherical(1, 1));
        Gaussian two = Gaussian.of(new double[2], Covariance.spherical(2, 1));
        MongeMap map = MongeMap.between(two, two);

        assertThatThrownBy(() -> MongeMap.between(one, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one Gaussian has 1 columns, the other 2; transport needs the same columns on both sides");
        assertThatThrownBy(() -> map.apply(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a point of 3 values for a map of 2 columns");
        assertThatThrownBy(() -> map.interpolate(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time 1.5 of an interpolation; it lies between 0 (the source) and 1 (the target)");
        assertThatThrownBy(() -> map.interpolate(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        // a Gaussian without full rank has no map, and cannot be made
        assertThatThrownBy(() -> Covariance.full(new double[] {1, 1}, new double[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("covariance is not positive definite (pivot 1 is 0.0)");
    }
}
