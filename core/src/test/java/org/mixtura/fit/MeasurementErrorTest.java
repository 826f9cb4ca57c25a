package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class MeasurementErrorTest {
    /** With the same errors everywhere and one component, what is left of the sample covariance. */
    @Test
    void takesTheErrorsOffTheSampleCovariance() {
        Rows rows = Examples.faithful();
        GaussianMixture plain =
                Em.components(1).regularization(Regularization.none()).fit(rows).model();
        GaussianMixture model = Em.components(1)
                .regularization(Regularization.none())
                .search(Search.NONE)
                .tolerance(0)
                .maxIterations(400)
                .fit(rows.withErrors(RowCovariances.triangles(Rows.of(new double[] {0.05, 0.4, 9}))))
                .model();
        assertClose(model.component(0).mean(), plain.component(0).mean(), 1e-12, "mean");
        double[] expected = plain.component(0).covariance().lowerTriangle();
        expected[0] -= 0.05;
        expected[1] -= 0.4;
        expected[2] -= 9;
        assertClose(model.component(0).covariance().lowerTriangle(), expected, 1e-10, "covariance");
    }

    /** Where the errors are larger than the spread that is seen, the true rows agree: a variance of almost nothing, no failure. */
    @Test
    void bearsErrorsLargerThanWhatIsSeen() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] values = new double[500][2];
        for (double[] row : values) {
            row[0] = random.nextGaussian();
            row[1] = 5 * random.nextGaussian();
        }
        Rows rows = Rows.of(values).withErrors(RowCovariances.variances(1.5, 1));
        for (Regularization policy : new Regularization[] {Regularization.penalty(1), Regularization.none()}) {
            Gaussian one =
                    Em.components(1).regularization(policy).fit(rows).model().component(0);
            assertThat(one.covariance().get(0, 0)).isBetween(0.0, 0.05);
            assertThat(one.covariance().get(1, 1)).isCloseTo(24, within(3.0));
        }
    }

    /** Values rounded to whole standard deviations: what Sheppard's correction gives back. */
    @Test
    void recoversTheVarianceOfBinnedValues() {
        SplittableRandom random = new SplittableRandom(11);
        double[][] middles = new double[40_000][1];
        double sum = 0;
        double squares = 0;
        for (double[] row : middles) {
            double value = 3 + random.nextGaussian();
            sum += value;
            squares += value * value;
            row[0] = Math.rint(value);
        }
        double variance = (squares - sum * sum / middles.length) / middles.length;
        Rows rows = Rows.of(middles);
        double raw =
                Em.components(1).fit(rows).model().component(0).covariance().get(0, 0);
        double corrected = Em.components(1)
                .tolerance(1e-12)
                .fit(rows.withErrors(RowCovariances.binWidths(1)))
                .model()
                .component(0)
                .covariance()
                .get(0, 0);
        assertThat(Math.abs(raw - variance)).isBetween(0.075, 0.095);
        assertThat(Math.abs(corrected - variance)).isLessThan(0.006);
    }

    /** Two groups that errors have smeared into one another, each row with errors of its own. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void recoversTheMixtureBehindTheErrors(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 4000;
        double[][] truth = new double[n][2];
        double[][] seen = new double[n][2];
        double[][] deviations = new double[n][2];
        for (int i = 0; i < n; i++) {
            boolean first = random.nextDouble() < 0.4;
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            truth[i][0] = first ? -2 + 0.6 * x : 2 + 0.5 * x;
            truth[i][1] = first ? 0.5 * x + 0.3 * y : -0.4 * x + 0.4 * y;
            for (int j = 0; j < 2; j++) {
                deviations[i][j] = 0.2 + 1.3 * random.nextDouble();
                seen[i][j] = truth[i][j] + deviations[i][j] * random.nextGaussian();
            }
        }
        Rows rows = Rows.of(seen).withErrors(RowCovariances.deviations(Rows.of(deviations)));
        GaussianMixture model = Em.components(2).seed(seed).fit(rows).model();
        Gaussian first = model.component(1);
        Gaussian second = model.component(0);
        assertThat(model.weight(1)).isCloseTo(0.4, within(0.02));
        double[][] expected = {{-2, 0}, {2, 0}};
        double[][] covariances = {{0.36, 0.3, 0.34}, {0.25, -0.2, 0.32}};
        for (int k = 0; k < 2; k++) {
            Gaussian found = k == 0 ? first : second;
            for (int j = 0; j < 2; j++) {
                assertThat(found.mean(j)).isCloseTo(expected[k][j], within(0.1));
            }
            double[] covariance = found.covariance().lowerTriangle();
            for (int e = 0; e < 3; e++) {
                assertThat(covariance[e]).isCloseTo(covariances[k][e], within(0.1));
            }
        }
        GaussianMixture plain = Em.components(2).seed(seed).fit(Rows.of(seen)).model();
        assertThat(model.logLikelihood(Rows.of(truth)) / n)
                .isGreaterThan(plain.logLikelihood(Rows.of(truth)) / n + 0.3);
    }
}
