package org.mixtura.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.StudentMixture;
import org.mixtura.mixture.StudentT;

class MixturePosteriorTest {
    private static final Covariance SCATTER = Covariance.full(new double[] {2, 0.3}, new double[] {0.3, 0.7});
    private static final PrecisionPosterior WISHART = Wishart.of(3.5, SCATTER);
    private static final PrecisionPosterior KNOWN = new KnownPrecision(Covariance.diagonal(0.5, 2));

    /** Three components with counts 4, 0.5 and 7. */
    private static MixturePosterior posterior(WeightPrior weights, PrecisionPosterior precision, boolean tied) {
        GaussianPosterior prior = GaussianPosterior.of(new double[2], 0.5, precision);
        MixturePrior mixture = MixturePrior.of(3, weights, prior, tied);
        return MixturePosterior.of(
                mixture,
                weights.posterior(new double[] {4, 0.5, 7}),
                List.of(
                        GaussianPosterior.of(new double[] {1, 2}, 4.5, own(precision, tied)),
                        GaussianPosterior.of(new double[] {-1, 0}, 1, own(precision, tied)),
                        GaussianPosterior.of(new double[] {3, -2}, 7.5, own(precision, tied))));
    }

    /** A mixture is tied if its components share one object. */
    private static PrecisionPosterior own(PrecisionPosterior precision, boolean tied) {
        return tied ? precision : Wishart.of(3.5, SCATTER);
    }

    private static Rows rows() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = new double[300][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {2 * random.nextGaussian(), 2 * random.nextGaussian()};
        }
        return Rows.of(rows);
    }

    @Test
    void theExpectedMixtureHasExpectedWeightsAndPrecisions() {
        GaussianMixture mixture =
                posterior(WeightPrior.dirichlet(1), WISHART, false).mixture();
        assertThat(mixture.weights()).containsExactly(5 / 14.5, 1.5 / 14.5, 8 / 14.5);
        assertThat(mixture.component(0)).isEqualTo(Gaussian.of(new double[] {1, 2}, SCATTER.times(1 / 3.5)));
        assertThat(mixture.structure()).isEqualTo(CovarianceStructure.FULL);
        assertThat(posterior(WeightPrior.fixed(), KNOWN, true).mixture().structure())
                .isEqualTo(CovarianceStructure.TIED_DIAGONAL);
    }

    @Test
    void countsAndOrder() {
        MixturePosterior posterior = posterior(WeightPrior.dirichlet(1), WISHART, false);
        assertThat(posterior.count(1)).isEqualTo(0.5);
        assertThat(posterior.componentsInUse()).isEqualTo(2);
        assertThat(posterior.order()).containsExactly(2, 0, 1);
        MixturePosterior turned = posterior.permuted(posterior.order());
        assertThat(turned.order()).containsExactly(0, 1, 2);
        assertThat(turned.divergence()).isCloseTo(posterior.divergence(), within(1e-13));
        assertThat(turned.weights().mean()[0]).isEqualTo(posterior.weights().mean()[2]);
        assertThat(posterior(WeightPrior.fixed(), KNOWN, true)
                        .permuted(List.of(1, 0, 2))
                        .component(0)
                        .mean())
                .containsExactly(-1, 0);
    }

    /** Scores, responsibilities and labels against their definition, E ln π_k + E ln N(x; μ_k, Λ_k⁻¹). */
    @Test
    void responsibilitiesAreNormalisedExpectedLogDensities() {
        Rows rows = rows();
        for (WeightPrior weights : List.of(WeightPrior.dirichlet(0.3), WeightPrior.stickBreaking(2))) {
            MixturePosterior posterior = posterior(weights, WISHART, false);
            double[][] r = posterior.responsibilities(rows).toRows();
            int[] labels = posterior.labels(rows);
            double sum = 0;
            try (Rows.Reader reader = rows.reader()) {
                for (int i = 0; i < 300; i++) {
                    double[] x = {reader.read(i, 1).get(0, 0), reader.read(i, 1).get(0, 1)};
                    double[] score = new double[3];
                    double total = 0;
                    for (int k = 0; k < 3; k++) {
                        GaussianPosterior component = posterior.component(k);
                        double square = component.precision().covariance().mahalanobisSquared(x, component.mean());
                        score[k] = posterior.weights().expectedLog()[k]
                                + 0.5 * component.precision().expectedLogDeterminant()
                                - Math.log(2 * Math.PI)
                                - 0.5 * (square + 2 / component.meanPrecision());
                        total += Math.exp(score[k]);
                    }
                    sum += Math.log(total);
                    for (int k = 0; k < 3; k++) {
                        assertThat(r[i][k]).isCloseTo(Math.exp(score[k]) / total, within(1e-12));
                        assertThat(score[labels[i]]).isGreaterThanOrEqualTo(score[k] - 1e-12);
                    }
                }
            }
            assertThat(posterior.evidenceLowerBound(rows))
                    .isCloseTo(sum - posterior.divergence(), within(1e-12 * Math.abs(sum)));
        }
    }

    @Test
    void aSharedPrecisionCountsOnce() {
        MixturePosterior separate = posterior(WeightPrior.fixed(), WISHART, false);
        PrecisionPosterior learnt = Wishart.of(9, SCATTER.times(4));
        GaussianPosterior prior = separate.prior().component();
        List<GaussianPosterior> components = separate.components().stream()
                .map(c -> GaussianPosterior.of(c.mean(), c.meanPrecision(), learnt))
                .toList();
        MixturePosterior tied = MixturePosterior.of(
                MixturePrior.of(3, WeightPrior.fixed(), prior, true), separate.weights(), components);
        double means =
                components.stream().mapToDouble(c -> c.meanDivergence(prior)).sum();
        assertThat(tied.divergence()).isCloseTo(means + learnt.klDivergence(WISHART), within(1e-13));
        MixturePosterior each = MixturePosterior.of(separate.prior(), separate.weights(), components);
        assertThat(each.divergence()).isCloseTo(means + 3 * learnt.klDivergence(WISHART), within(1e-12));
    }

    /** With a known covariance the predictive is the mixture Σ E[π_k] N(m_k, (1 + 1/β_k) Σ). */
    @Test
    void thePredictiveOfAKnownCovarianceIsAGaussianMixture() {
        MixturePosterior posterior = posterior(WeightPrior.dirichlet(1), KNOWN, true);
        GaussianMixture expected = GaussianMixture.of(
                posterior.weights().mean(),
                posterior.components().stream()
                        .map(c -> Gaussian.of(c.mean(), KNOWN.covariance().times(1 + 1 / c.meanPrecision())))
                        .toList());
        assertThat(posterior.predictive().logDensity(rows()))
                .containsExactly(expected.logDensity(rows()), within(1e-11));
    }

    @Test
    void thePredictiveOfAnUnknownCovarianceIsAStudentMixture() {
        MixturePosterior posterior = posterior(WeightPrior.dirichlet(1), WISHART, false);
        StudentMixture predictive = posterior.predictive();
        assertThat(predictive.component(2))
                .isEqualTo(posterior.component(2).predictive())
                .extracting(StudentT::degreesOfFreedom)
                .isEqualTo(2.5);
        double[] x = {1.5, -3};
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += predictive.weights()[k] * Math.exp(predictive.component(k).logDensity(x));
        }
        assertThat(predictive.logDensity(x)).isCloseTo(Math.log(sum), within(1e-13));
        assertThat(predictive.logDensity(Rows.of(x, x)))
                .containsExactly(new double[] {predictive.logDensity(x), predictive.logDensity(x)}, within(1e-13));
        // Far out a Student density falls like a power: (ν + d)/2 = 9/4 per power of the square.
        double slope = predictive.logDensity(new double[] {1e150, 0}) - predictive.logDensity(new double[] {1e100, 0});
        assertThat(slope).isCloseTo(-4.5 * 50 * Math.log(10), within(1e-9));
        slope = predictive.logDensity(new double[] {1e300, 0}) - predictive.logDensity(new double[] {1e150, 0});
        assertThat(slope).isCloseTo(-4.5 * 150 * Math.log(10), within(1e-9));
    }

    @Test
    void movesAndTakesNames() {
        MixturePosterior posterior =
                posterior(WeightPrior.dirichlet(1), WISHART, false).named(List.of("a", "b"));
        MixturePosterior moved = posterior.translated(new double[] {10, -1});
        assertThat(moved.component(0).mean()).containsExactly(11, 1);
        assertThat(moved.prior().component().mean()).containsExactly(10, -1);
        assertThat(moved.columns()).containsExactly("a", "b");
        assertThat(moved.mixture().columns()).containsExactly("a", "b");
        assertThat(moved.divergence()).isCloseTo(posterior.divergence(), within(1e-13));
        assertThat(moved.translated(new double[] {-10, 1})).isEqualTo(posterior);
        assertThat(posterior.prior().withoutRows().divergence()).isCloseTo(0, within(1e-14));
    }

    @Test
    void saysWhatIsWrong() {
        MixturePosterior posterior = posterior(WeightPrior.dirichlet(1), WISHART, false);
        MixturePosterior sticks = posterior(WeightPrior.stickBreaking(1), WISHART, false);
        GaussianPosterior prior = posterior.prior().component();
        assertThatThrownBy(() -> MixturePrior.of(0, WeightPrior.fixed(), prior, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("components is 0; a mixture has at least one");
        assertThatThrownBy(() -> MixturePrior.of(2, WeightPrior.dirichlet(new double[] {1, 2, 3}), prior, false))
                .hasMessage("the weight prior is for 3 components, not 2");
        assertThatThrownBy(() -> MixturePosterior.of(posterior.prior(), posterior.weights(), List.of(prior)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a prior of 3 components with 3 weights and 1 components after it");
        GaussianPosterior narrow =
                GaussianPosterior.of(new double[1], 1, new KnownPrecision(Covariance.spherical(1, 1)));
        assertThatThrownBy(() ->
                        MixturePosterior.of(posterior.prior(), posterior.weights(), List.of(prior, narrow, prior)))
                .hasMessage("component 1 has 1 columns, the prior has 2");
        assertThatThrownBy(() -> posterior.permuted(List.of(0, 0, 1)))
                .hasMessage("[0, 0, 1] is not an order of 3 components");
        assertThatThrownBy(() -> sticks.permuted(List.of(2, 0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "components under the weight prior stick-breaking 1.0 have their places; they cannot be put in"
                                + " another order");
        Rows three = Rows.of(new double[] {1, 2, 3});
        String columns = "rows of 3 columns for a mixture of 2 columns";
        assertThatThrownBy(() -> posterior.responsibilities(three)).hasMessage(columns);
        assertThatThrownBy(() -> posterior.labels(three)).hasMessage(columns);
        assertThatThrownBy(() -> posterior.evidenceLowerBound(three)).hasMessage(columns);
        assertThatThrownBy(() -> posterior.predictive().logDensity(three)).hasMessage(columns);
        assertThatThrownBy(() -> posterior.predictive().logDensity(new double[3]))
                .hasMessage("a point of 3 values for a mixture of 2 columns");
        assertThatThrownBy(() -> posterior.predictive().logDensity(Rows.of(new double[] {1, Double.NaN})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("row 0, column \"x1\" is NaN");
        StudentT student = prior.predictive();
        assertThatThrownBy(() -> StudentMixture.of(new double[] {1}, List.of(student, student)))
                .hasMessage("1 weights for 2 components");
        assertThatThrownBy(() -> StudentMixture.of(new double[] {0.5, 0.4}, List.of(student, student)))
                .hasMessage("weights sum to 0.9; they must sum to 1 within 1.0E-9");
        assertThatThrownBy(() -> StudentMixture.of(new double[] {1.5, -0.5}, List.of(student, student)))
                .hasMessage("weight of component 0 is 1.5; a weight is between 0 and 1");
        assertThatThrownBy(() -> StudentMixture.of(new double[] {0.5, 0.5}, List.of(student, narrow.predictive())))
                .hasMessage("component 1 has 1 columns, component 0 has 2");
    }
}
