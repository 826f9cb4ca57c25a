package org.mixtura.report.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Against Fisher's formula where it applies, and laws where it does not. */
class DiscriminantTest {
    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private static double cosine(double[] a, double[] b) {
        return Math.abs(dot(a, b)) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ofTwoIsFishersDirection(long seed) {
        Covariance covariance = Covariance.full(Mixtures.covariance(new SplittableRandom(seed), 4));
        double[] far = {2, 1, -1, 3};
        GaussianMixture mixture =
                GaussianMixture.tied(new double[] {0.3, 0.7}, List.of(new double[] {1, 1, 1, 1}, far), covariance);
        List<double[]> directions = Discriminant.directions(mixture, 2);
        double[] expected = covariance.solve(new double[] {1, 0, -2, 2});
        assertThat(cosine(directions.get(0), expected)).isCloseTo(1, within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void haveUnitVarianceWithinComponentsAndDoNotCorrelate(long seed) {
        GaussianMixture mixture = Mixtures.random(seed, 5, 6);
        List<double[]> directions = Discriminant.directions(mixture, 2);
        assertThat(directions).hasSize(2);
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                double within = 0;
                for (int k = 0; k < mixture.size(); k++) {
                    within += mixture.weight(k)
                            * dot(
                                    directions.get(a),
                                    mixture.component(k).covariance().toMatrix().times(directions.get(b)));
                }
                assertThat(within).isCloseTo(a == b ? 1 : 0, within(1e-9));
            }
        }
    }

    @Test
    void aFarComponentOfFewRowsDoesNotTakeThemAll() {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.5, 0.499, 0.001},
                List.of(
                        Mixtures.spherical(1, 0, 0, 0),
                        Mixtures.spherical(1, 5, 0, 0),
                        Mixtures.spherical(1, 0, 0, 1000)));
        assertThat(cosine(Discriminant.directions(mixture, 2).get(0), new double[] {1, 0, 0}))
                .isGreaterThan(0.999);
    }

    @Test
    void ofOneCentreIsWhereTheSpreadsDiffer() {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[3], Covariance.diagonal(1, 1, 1)),
                        Gaussian.of(new double[3], Covariance.diagonal(1, 25, 1.2))));
        List<double[]> directions = Discriminant.directions(mixture, 2);
        assertThat(cosine(directions.get(0), new double[] {0, 1, 0})).isCloseTo(1, within(1e-9));
        assertThat(cosine(directions.get(1), new double[] {0, 0, 1})).isCloseTo(1, within(1e-9));
    }

    @Test
    void ofOneComponentAreNone() {
        assertThat(Discriminant.directions(Mixtures.random(1, 1, 4), 2)).isEmpty();
    }
}
