package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class MixtureMapTest {
    @Test
    void isTheMongeMapBetweenGaussians() {
        RandomGenerator random = RandomMixtures.random(1);
        Gaussian a = RandomMixtures.gaussian(3, random);
        Gaussian b = RandomMixtures.gaussian(3, random);
        MixtureMap map = Transport.between(single(a), single(b)).map();
        double[] x = RandomMixtures.point(3, 1, random);

        assertThat(map.apply(x)).containsExactly(MongeMap.between(a, b).apply(x));
        assertThat(map.sample(x, random)).containsExactly(MongeMap.between(a, b).apply(x));
    }

    private static GaussianMixture single(Gaussian gaussian) {
        return GaussianMixture.of(new double[] {1}, List.of(gaussian));
    }

    @Test
    void isTheSumOverTheCoupling() {
        RandomGenerator random = RandomMixtures.random(2);
        GaussianMixture a = RandomMixtures.mixture(3, 2, random);
        GaussianMixture b = RandomMixtures.mixture(4, 2, random);
        Transport.Plan plan = Transport.between(a, b);
        EntropicPlan entropic = Sinkhorn.standard().epsilon(5).between(a, b);
        for (Matrix p : List.of(plan.coupling().toMatrix(), entropic.coupling())) {
            MixtureMap map = MixtureMap.of(a, b, p);
            double[][] points = {{0, 0}, {1, -2}, {-3, 5}};
            Matrix images = map.apply(Rows.of(points));
            for (int n = 0; n < points.length; n++) {
                double[] r = a.responsibilities(points[n]);
                double[] expected = new double[2];
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 4; j++) {
                        double[] image =
                                MongeMap.between(a.component(i), b.component(j)).apply(points[n]);
                        expected[0] += r[i] * p.get(i, j) / a.weight(i) * image[0];
                        expected[1] += r[i] * p.get(i, j) / a.weight(i) * image[1];
                    }
                }
                assertThat(images.row(n)).containsExactly(expected, within(1e-12));
                assertThat(map.apply(points[n])).containsExactly(images.row(n));
            }
        }
    }

    /** Images of draws from the source are draws from the target: the same mean and covariance, within 5 standard errors. */
    @Test
    void samplesTheTarget() {
        RandomGenerator random = RandomMixtures.random(3);
        GaussianMixture a = RandomMixtures.mixture(3, 2, random);
        GaussianMixture b = RandomMixtures.mixture(4, 2, random);
        MixtureMap map = Transport.between(a, b).map();
        int n = 40_000;
        Matrix draws = a.sample(n, random);
        double[] mean = b.mean();
        double[] sum = new double[2];
        double[][] products = new double[2][2];
        for (int row = 0; row < n; row++) {
            double[] image = map.sample(draws.row(row), random);
            for (int i = 0; i < 2; i++) {
                sum[i] += image[i] - mean[i];
                for (int j = 0; j < 2; j++) {
                    products[i][j] += (image[i] - mean[i]) * (image[j] - mean[j]);
                }
            }
        }
        for (int i = 0; i < 2; i++) {
            double deviation = Math.sqrt(b.covariance().get(i, i));
            assertThat(sum[i] / n).isCloseTo(0, within(5 * deviation / Math.sqrt(n)));
            for (int j = 0; j < 2; j++) {
                double scale = deviation * Math.sqrt(b.covariance().get(j, j));
                assertThat(products[i][j] / n)
                        .isCloseTo(b.covariance().get(i, j), within(5 * 2 * scale / Math.sqrt(n)));
            }
        }
    }

    @Test
    void passesOverComponentsOfWeightZero() {
        RandomGenerator random = RandomMixtures.random(4);
        Gaussian idle = RandomMixtures.gaussian(2, random);
        Gaussian a = RandomMixtures.gaussian(2, random);
        Gaussian b = RandomMixtures.gaussian(2, random);
        GaussianMixture source = GaussianMixture.of(new double[] {0, 1}, List.of(idle, a));
        MixtureMap map = Transport.between(source, single(b)).map();
        double[] x = idle.mean();

        assertThat(map.apply(x)).containsExactly(MongeMap.between(a, b).apply(x));
        assertThat(map.sample(x, random)).containsExactly(MongeMap.between(a, b).apply(x));
    }

    @Test
    void refusesWhatDoesNotFit() {
        GaussianMixture a = RandomMixtures.mixture(2, 2, RandomMixtures.random(5));
        GaussianMixture line = RandomMixtures.mixture(2, 1, RandomMixtures.random(6));
        Matrix negative = Matrix.of(new double[] {1, -0.5}, new double[] {0, 0.5});
        Matrix empty = Matrix.of(new double[] {1, 0}, new double[] {0, 0});

        assertThatThrownBy(() -> MixtureMap.of(a, line, Matrix.identity(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one mixture has the columns [x0, x1], the other [x0];"
                        + " transport needs the same columns on both sides");
        assertThatThrownBy(() -> MixtureMap.of(a, a, Matrix.identity(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a coupling of 3 × 3 between mixtures of 2 and 2 components");
        assertThatThrownBy(() -> MixtureMap.of(a, a, negative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the coupling sends -0.5 from component 0 to component 1; a mass is finite and not negative");
        assertThatThrownBy(() -> MixtureMap.of(a, a, empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the coupling sends nothing from component 1 of weight " + a.weight(1));
        assertThatThrownBy(() -> Transport.between(a, a).map().apply(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows of 3 columns for a mixture of 2 columns");
    }
}
