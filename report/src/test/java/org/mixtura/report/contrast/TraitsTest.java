package org.mixtura.report.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Traits, columns and pairs against the mixtures of the others, written out. */
class TraitsTest {
    private static Traits traits(GaussianMixture mixture) {
        return Traits.of(mixture, ColumnSpread.of(mixture));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void compareWithTheMixtureOfTheOthers(long seed) {
        GaussianMixture mixture = Mixtures.random(seed, 4, 3);
        double rest = 1 - mixture.weight(1);
        GaussianMixture others = GaussianMixture.of(
                new double[] {mixture.weight(0) / rest, mixture.weight(2) / rest, mixture.weight(3) / rest},
                List.of(mixture.component(0), mixture.component(2), mixture.component(3)));
        List<Trait> traits = traits(mixture).columns(1, 3);
        assertThat(traits).isNotEmpty();
        for (Trait trait : traits) {
            int j = trait.column();
            double variance = others.covariance().get(j, j);
            double own = mixture.component(1).covariance().get(j, j);
            assertThat(trait.restMean()).isCloseTo(others.mean()[j], within(1e-12));
            assertThat(trait.restDeviation()).isCloseTo(Math.sqrt(variance), within(1e-12));
            assertThat(trait.effect())
                    .isCloseTo(
                            (mixture.component(1).mean(j) - others.mean()[j]) / Math.sqrt((own + variance) / 2),
                            within(1e-12));
            assertThat(Math.abs(trait.effect())).isGreaterThanOrEqualTo(0.5);
        }
    }

    @Test
    void survivesAnOffset() {
        GaussianMixture mixture = Mixtures.random(5, 3, 2);
        GaussianMixture far = GaussianMixture.of(
                mixture.weights(),
                mixture.components().stream()
                        .map(component -> component.translated(new double[] {1e8, -1e8}))
                        .toList());
        List<Trait> before = traits(mixture).columns(0, 2);
        List<Trait> after = traits(far).columns(0, 2);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).effect()).isCloseTo(before.get(i).effect(), within(1e-7));
        }
    }

    @Test
    void ofTheOnlyComponentAreNone() {
        assertThat(traits(Mixtures.random(1, 1, 3)).columns(0, 3)).isEmpty();
    }

    @Test
    void nameTheStrongestCorrelation() {
        Covariance covariance = Covariance.full(new double[][] {{4, 0, -1.8}, {0, 1, 0}, {-1.8, 0, 1}});
        GaussianMixture mixture = GaussianMixture.of(new double[] {1}, List.of(Gaussian.of(new double[3], covariance)));
        Traits.Correlation pair = traits(mixture).correlation(0).orElseThrow();
        assertThat(pair.first()).isZero();
        assertThat(pair.second()).isEqualTo(2);
        assertThat(pair.correlation()).isCloseTo(-0.9, within(1e-12));
        assertThat(traits(GaussianMixture.of(new double[] {1}, List.of(Mixtures.spherical(1, 0, 0))))
                        .correlation(0))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void spreadsAreThoseOfTheWhole(long seed) {
        GaussianMixture mixture = Mixtures.random(seed, 3, 4);
        ColumnSpread spread = ColumnSpread.of(mixture);
        for (int j = 0; j < 4; j++) {
            assertThat(spread.mean(j)).isEqualTo(mixture.mean()[j]);
            assertThat(spread.deviation(j))
                    .isCloseTo(Math.sqrt(mixture.covariance().get(j, j)), within(1e-12));
            double contrast = 0;
            for (int k = 0; k < 3; k++) {
                for (int l = 0; l < k; l++) {
                    double separation = Separation.between(
                            mixture.component(k).marginal(j),
                            mixture.component(l).marginal(j));
                    contrast += mixture.weight(k) * mixture.weight(l) * (1 - Math.exp(-separation * separation / 8));
                }
            }
            assertThat(spread.contrast(j)).isCloseTo(contrast, within(1e-12));
        }
    }

    @Test
    void tellingColumnsAndPairsPartTheComponents() {
        // Apart in columns 1 and 3 together, in none of them alone so much.
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.4, 0.3, 0.3},
                List.of(
                        Mixtures.spherical(1, 0, 0, 0, 0),
                        Mixtures.spherical(1, 0, 6, 0.1, 0),
                        Mixtures.spherical(1, 0.1, 0, 0, 6)));
        ColumnSpread spread = ColumnSpread.of(mixture);
        assertThat(spread.telling(2)).containsExactly(1, 3);
        assertThat(TellingPair.of(mixture, spread)).isEqualTo(new TellingPair(1, 3));
    }

    @Test
    void thePairOfOneComponentIsTheMostCorrelated() {
        Covariance covariance = Covariance.full(new double[][] {{1, 0.1, 0}, {0.1, 1, 0.8}, {0, 0.8, 1}});
        GaussianMixture mixture = GaussianMixture.of(new double[] {1}, List.of(Gaussian.of(new double[3], covariance)));
        assertThat(TellingPair.of(mixture, ColumnSpread.of(mixture))).isEqualTo(new TellingPair(1, 2));
        GaussianMixture line = GaussianMixture.of(new double[] {1}, List.of(Mixtures.spherical(1, 0)));
        assertThat(TellingPair.of(line, ColumnSpread.of(line))).isEqualTo(new TellingPair(0, 0));
    }
}
