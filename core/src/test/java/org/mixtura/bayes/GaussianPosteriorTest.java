package org.mixtura.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.StudentT;

/** Wishart, Normal–Wishart and Student distributions, and the priors made of them. */
class GaussianPosteriorTest {
    private static final Covariance INVERSE_SCALE = Covariance.full(new double[] {2, 0.3}, new double[] {0.3, 0.7});

    /** ln of the Wishart density from its definition, with ln Z as the class has it. */
    private static double logDensity(Wishart wishart, double[][] precision) {
        int d = precision.length;
        double[] packed = Packed.of(precision);
        double trace = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                trace += wishart.inverseScale().get(i, j) * precision[j][i];
            }
        }
        double logDeterminant = Cholesky.logDeterminant(Cholesky.factor(packed, d), d);
        return (wishart.degreesOfFreedom() - d - 1) / 2 * logDeterminant - trace / 2 - wishart.logNormalizer();
    }

    /** scipy.stats.wishart(df=3.7, scale=[[.4, .1], [.1, .3]]).logpdf([[1.5, -.2], [-.2, .9]]), SciPy 1.17.1. */
    @Test
    void theNormalizerOfTheWishartIsSciPys() {
        Covariance scale = Covariance.full(new double[] {0.4, 0.1}, new double[] {0.1, 0.3});
        double determinant = 0.4 * 0.3 - 0.1 * 0.1;
        Wishart wishart =
                Wishart.of(3.7, Covariance.full(new double[] {0.3 / determinant, -0.1 / determinant}, new double[] {
                    -0.1 / determinant, 0.4 / determinant
                }));
        assertThat(wishart.covariance().times(3.7).logDeterminant()).isCloseTo(-scale.logDeterminant(), within(1e-14));
        assertThat(logDensity(wishart, new double[][] {{1.5, -0.2}, {-0.2, 0.9}}))
                .isCloseTo(-2.6515130768352044, within(1e-12));
    }

    /** scipy.stats.multivariate_t(...).logpdf, SciPy 1.17.1; the last is multivariate_normal. */
    @ParameterizedTest
    @CsvSource({
        "0.5, -4.75475274962457, 1e-14",
        "3, -4.136790020631902, 1e-14",
        "1e7, -4.037394440082995, 1e-7",
        "Infinity, -4.037394451809767, 1e-14"
    })
    void theDensityOfStudentsDistributionIsSciPys(double freedom, double expected, double tolerance) {
        StudentT student = StudentT.of(new double[] {1, 0.5}, INVERSE_SCALE, freedom);
        assertThat(student.logDensity(new double[] {0.3, -1.2})).isCloseTo(expected, within(tolerance));
    }

    /** ln t → ln N like 1/ν: the beta function keeps the digits that a difference of gamma functions loses. */
    @Test
    void studentsDistributionTendsToTheGaussian() {
        double[] x = {0.3, -1.2};
        double gaussian = StudentT.of(new double[] {1, 0.5}, INVERSE_SCALE, Double.POSITIVE_INFINITY)
                .logDensity(x);
        double previous = StudentT.of(new double[] {1, 0.5}, INVERSE_SCALE, 1e6).logDensity(x) - gaussian;
        for (double freedom = 1e7; freedom <= 1e9; freedom *= 10) {
            double difference =
                    StudentT.of(new double[] {1, 0.5}, INVERSE_SCALE, freedom).logDensity(x) - gaussian;
            assertThat(difference).isCloseTo(previous / 10, within(Math.abs(previous) * 1e-3 + 1e-14));
            previous = difference;
        }
    }

    /** In one dimension a Wishart is a gamma distribution; KL by its textbook form. */
    @Test
    void theDivergenceInOneDimensionIsThatOfGammaDistributions() {
        Wishart q = Wishart.of(5.5, Covariance.spherical(1, 3));
        Wishart p = Wishart.of(2.2, Covariance.spherical(1, 0.8));
        double a = 5.5 / 2;
        double b = 3 / 2.0;
        double a0 = 2.2 / 2;
        double b0 = 0.8 / 2;
        double expected = (a - a0) * org.mixtura.special.Digamma.value(a)
                - org.apache.commons.numbers.gamma.LogGamma.value(a)
                + org.apache.commons.numbers.gamma.LogGamma.value(a0)
                + a0 * Math.log(b / b0)
                + a * (b0 - b) / b;
        assertThat(q.klDivergence(p)).isCloseTo(expected, within(1e-13));
        assertThat(p.klDivergence(p)).isCloseTo(0, within(1e-15));
    }

    /** The predictive density is the ratio of normalisers with and without the row. */
    @Test
    void thePredictiveDensityIsTheRatioOfNormalizers() {
        GaussianPosterior prior = GaussianPosterior.of(new double[] {1, -2}, 0.4, Wishart.of(3.3, INVERSE_SCALE));
        double[] x = {2.5, 0.5};
        double[] scatter = new double[3];
        prior.addShift(scatter, 1, x);
        GaussianPosterior posterior = prior.updated(1, x, prior.precision().updated(1, scatter));
        double ratio = ((Wishart) posterior.precision()).logNormalizer()
                - ((Wishart) prior.precision()).logNormalizer()
                + Math.log(0.4 / 1.4)
                - Math.log(2 * Math.PI);
        assertThat(prior.predictive().logDensity(x)).isCloseTo(ratio, within(1e-13));
    }

    @Test
    void theMeansDivergenceIsThatOfTheTwoGaussians() {
        GaussianPosterior q = GaussianPosterior.of(
                new double[] {1, -2},
                7.5,
                GaussianPrior.normal(INVERSE_SCALE).about(summary()).precision());
        GaussianPosterior p = GaussianPosterior.of(new double[] {0.5, 0}, 0.3, q.precision());
        double expected = GaussianExpectations.klDivergence(
                Gaussian.of(q.mean(), INVERSE_SCALE.times(1 / 7.5)),
                Gaussian.of(p.mean(), INVERSE_SCALE.times(1 / 0.3)));
        assertThat(q.klDivergence(p)).isCloseTo(expected, within(1e-13));
    }

    private static RowSummary summary() {
        return RowSummary.of(Rows.of(new double[] {0, 1}, new double[] {1, 0}, new double[] {2, 4}), 1);
    }

    @Test
    void negativeCrossEntropyIsTheMeanLogDensityOfSamples() {
        Gaussian q = Gaussian.of(new double[] {1, -2}, INVERSE_SCALE);
        Gaussian p = Gaussian.of(new double[] {0, -1}, Covariance.diagonal(1.5, 3));
        var random = new java.util.SplittableRandom(3);
        int n = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double term = p.logDensity(q.sample(random));
            sum += term;
            squares += term * term;
        }
        double error = Math.sqrt((squares / n - sum / n * (sum / n)) / n);
        assertThat(GaussianExpectations.negativeCrossEntropy(q, p)).isCloseTo(sum / n, within(4 * error));
        assertThat(GaussianExpectations.klDivergence(q, q)).isZero();
    }

    @Test
    void priorsTakeFromTheRowsWhatTheyAreNotTold() {
        RowSummary summary = summary();
        GaussianPosterior prior = GaussianPrior.normalWishart().about(summary);
        // Means 1 and 5/3, unbiased covariance [[1, 1.5], [1.5, 13/3]], relative to the median (1, 1).
        assertThat(prior.mean()[0]).isCloseTo(0, within(1e-15));
        assertThat(prior.mean()[1]).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(prior.precision().degreesOfFreedom()).isEqualTo(2);
        Covariance expected = ((Wishart) prior.precision()).inverseScale();
        assertThat(expected.get(0, 0)).isCloseTo(1, within(1e-15));
        assertThat(expected.get(1, 0)).isCloseTo(1.5, within(1e-15));
        assertThat(expected.get(1, 1)).isCloseTo(13 / 3.0, within(1e-15));
        assertThat(GaussianPrior.normal().mean(3, 4).about(summary).mean()).containsExactly(2, 3);
    }

    @Test
    void saysWhatIsWrong() {
        RowSummary summary = summary();
        assertThatThrownBy(() -> Wishart.of(1, INVERSE_SCALE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("degrees of freedom are 1.0; with 2 columns they are finite and more than 1");
        assertThatThrownBy(() ->
                        GaussianPrior.normalWishart().degreesOfFreedom(0.5).about(summary))
                .hasMessage("degrees of freedom are 0.5; with 2 columns they are finite and more than 1");
        assertThatThrownBy(() -> GaussianPrior.normalWishart().degreesOfFreedom(Double.NaN))
                .hasMessage("degrees of freedom are NaN; they are finite and more than the number of columns less one");
        assertThatThrownBy(() -> GaussianPrior.normal().meanPrecision(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prior mean precision nu is 0.0; it is positive and finite, in units of rows");
        assertThatThrownBy(() -> GaussianPrior.normalWishart().meanPrecision(Double.NaN))
                .hasMessage("prior mean precision nu is NaN; it is positive and finite, in units of rows");
        assertThatThrownBy(() -> GaussianPrior.normalWishart().mean(1, Double.POSITIVE_INFINITY))
                .hasMessage("prior mean of column 1 is Infinity; it is finite");
        assertThatThrownBy(() -> GaussianPrior.normal().mean(1).about(summary))
                .hasMessage("the prior mean has 1 values, the rows have 2 columns");
        assertThatThrownBy(
                        () -> GaussianPrior.normal(Covariance.spherical(3, 1)).about(summary))
                .hasMessage("the known covariance has dimension 3, the rows have 2 columns");
        assertThatThrownBy(() -> GaussianPrior.normalWishart()
                        .covariance(Covariance.spherical(3, 1))
                        .about(summary))
                .hasMessage("the covariance prior has dimension 3, the rows have 2 columns");
        RowSummary constant = RowSummary.of(Rows.of(new double[] {0, 7}, new double[] {1, 7}), 1);
        assertThatThrownBy(() -> GaussianPrior.normalWishart().about(constant))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the covariance prior cannot be taken from the rows, whose covariance is not positive definite"
                                + " (pivot 1 is 0.0): a column is constant or follows from others; leave it out or give a"
                                + " covariance prior");
        RowSummary collinear = RowSummary.of(
                Rows.of(new double[] {0, 0}, new double[] {1, 3 + 1e-7}, new double[] {2, 6}, new double[] {3, 9}), 1);
        assertThatThrownBy(() -> GaussianPrior.normalWishart().about(collinear))
                .hasMessageStartingWith(
                        "the covariance prior cannot be taken from the rows, whose covariance is singular but"
                                + " for rounding (pivot 1 is ");
        assertThatThrownBy(() -> GaussianPrior.normalWishart()
                        .structure(CovarianceStructure.DIAGONAL)
                        .about(RowSummary.of(Rows.of(new double[] {3}), 1)))
                .hasMessage(
                        "the covariance prior cannot be taken from rows of total weight 1.0, which must be more than"
                                + " 1; give a covariance prior");
        assertThatThrownBy(() -> GaussianPosterior.of(new double[2], 0, Wishart.of(2, INVERSE_SCALE)))
                .hasMessage("mean precision is 0.0; it is positive and finite, in units of rows");
        assertThatThrownBy(() -> StudentT.of(new double[2], INVERSE_SCALE, 0))
                .hasMessage("degrees of freedom are 0.0; they are positive");
        assertThatThrownBy(() -> StudentT.of(new double[1], INVERSE_SCALE, 1))
                .hasMessage("a location of 1 values does not fit a scale of dimension 2");
        assertThatThrownBy(() -> StudentT.of(new double[] {0, Double.NaN}, INVERSE_SCALE, 1))
                .hasMessage("location of column 1 is NaN; a location is finite");
        assertThatThrownBy(() -> Wishart.of(2, INVERSE_SCALE)
                        .klDivergence(GaussianPrior.normal().about(summary).precision()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be compared with known covariance");
        assertThatThrownBy(() -> GaussianExpectations.klDivergence(
                        Gaussian.of(new double[1], Covariance.spherical(1, 1)),
                        Gaussian.of(new double[2], Covariance.spherical(2, 1))))
                .hasMessage("Gaussians of 1 and 2 columns cannot be compared");
    }
}
