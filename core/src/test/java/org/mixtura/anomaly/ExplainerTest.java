package org.mixtura.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class ExplainerTest {
    private static ColumnSurprise find(List<ColumnSurprise> columns, String name) {
        return columns.stream().filter(c -> c.column().equals(name)).findFirst().orElseThrow();
    }

    private static GaussianMixture given(GaussianMixture mixture, double[] x, int column) {
        Map<String, Double> others = new HashMap<>();
        for (int i = 0; i < x.length; i++) {
            if (i != column) {
                others.put(mixture.columns().get(i), x[i]);
            }
        }
        return mixture.given(others);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "1, 2", "2, 3", "5, 4", "3, 8"})
    void agreesWithConditionalsAndMarginals(int components, int d) {
        GaussianMixture mixture = RandomMixtures.of(components, d, 100 * components + d);
        Matrix rows = mixture.sample(20, new SplittableRandom(31));
        for (int n = 0; n < rows.rows(); n++) {
            double[] x = rows.row(n);
            List<ColumnSurprise> columns = Explainer.of(mixture).explain(x);
            for (int j = 0; j < d; j++) {
                String name = mixture.columns().get(j);
                ColumnSurprise column = find(columns, name);
                assertThat(column.value()).isEqualTo(x[j]);
                agree(column.givenOthers(), given(mixture, x, j), x[j]);
                agree(column.alone(), mixture.marginal(name), x[j]);
            }
        }
    }

    /** The chain rule −ln p(x_j | x_−j) = E(x) − E(x_−j), also where the density of the others underflows. */
    @ParameterizedTest
    @CsvSource({"1, 2, 3", "2, 3, 30", "5, 4, 30", "3, 8, 1e3", "4, 3, 1e6"})
    void theConditionalSurpriseIsWhatTheColumnAddsToTheEnergy(int components, int d, double stretch) {
        GaussianMixture mixture = RandomMixtures.of(components, d, 100 * components + d);
        Matrix rows = mixture.sample(20, new SplittableRandom(31));
        for (int n = 0; n < rows.rows(); n++) {
            double[] x = rows.row(n);
            x[n % d] *= stretch;
            double energy = -mixture.logDensity(x);
            for (ColumnSurprise column : Explainer.of(mixture).explain(x)) {
                double others = energyOfOthers(mixture, x, mixture.columns().indexOf(column.column()));
                assertThat(column.givenOthers().surprise()).isCloseTo(energy - others, within(1e-11 * energy + 1e-10));
            }
        }
    }

    private static double energyOfOthers(GaussianMixture mixture, double[] x, int column) {
        String[] others = mixture.columns().stream()
                .filter(name -> !name.equals(mixture.columns().get(column)))
                .toArray(String[]::new);
        double[] values = new double[others.length];
        for (int i = 0; i < others.length; i++) {
            values[i] = x[mixture.columns().indexOf(others[i])];
        }
        return others.length == 0 ? 0 : -mixture.marginal(others).logDensity(values);
    }

    private static void agree(Expectation expectation, GaussianMixture expected, double value) {
        double deviation = Math.sqrt(expected.covariance().get(0, 0));
        assertThat(expectation.mean()).isCloseTo(expected.mean()[0], within(1e-9 * deviation));
        assertThat(expectation.deviation()).isCloseTo(deviation, within(1e-9 * deviation));
        double surprise = -expected.logDensity(new double[] {value});
        assertThat(expectation.surprise()).isCloseTo(surprise, within(1e-9 * Math.max(1, surprise)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "4, 2", "6, 5"})
    void sharesAddUpToTheEnergy(int components, int d) {
        GaussianMixture mixture = RandomMixtures.of(components, d, 41);
        Matrix rows = mixture.sample(50, new SplittableRandom(42));
        for (int n = 0; n < rows.rows(); n++) {
            double[] x = rows.row(n);
            double[] r = mixture.responsibilities(x);
            double rest = 0;
            for (int k = 0; k < components; k++) {
                Gaussian component = mixture.component(k);
                double atMean = Math.log(mixture.weight(k)) + component.logDensity(component.mean());
                rest += r[k] > 0 ? r[k] * (Math.log(r[k]) - atMean) : 0;
            }
            List<ColumnSurprise> columns = Explainer.of(mixture).explain(x);
            double shares = columns.stream().mapToDouble(ColumnSurprise::share).sum();
            assertThat(shares + rest).isCloseTo(-mixture.logDensity(x), within(1e-10));
            assertThat(columns)
                    .isSortedAccordingTo(
                            Comparator.comparingDouble(ColumnSurprise::share).reversed());
        }
    }

    @ParameterizedTest
    @CsvSource({"1e6", "1e9", "1e20", "1e100"})
    void farAwayTheSharesAreTheEnergy(double far) {
        GaussianMixture mixture = RandomMixtures.of(4, 3, 43);
        double[] x = {far, -1, 2};
        double shares = Explainer.of(mixture).explain(x).stream()
                .mapToDouble(ColumnSurprise::share)
                .sum();
        assertThat(shares / -mixture.logDensity(x)).isCloseTo(1, within(1e-9));
    }

    /** The share's mean is ½ for any mixture; the bound is four standard errors of the sample itself. */
    @Test
    void aShareIsOneHalfOnAverage() {
        GaussianMixture mixture = RandomMixtures.of(3, 3, 51);
        Explainer explainer = Explainer.of(mixture);
        int n = 20_000;
        Matrix rows = mixture.sample(n, new SplittableRandom(52));
        double[] sums = new double[3];
        double[] squares = new double[3];
        for (int i = 0; i < n; i++) {
            for (ColumnSurprise column : explainer.explain(rows.row(i))) {
                int j = mixture.columns().indexOf(column.column());
                sums[j] += column.share();
                squares[j] += column.share() * column.share();
            }
        }
        for (int j = 0; j < 3; j++) {
            double mean = sums[j] / n;
            double standardError = Math.sqrt((squares[j] / n - mean * mean) / n);
            assertThat(mean).isCloseTo(0.5, within(4 * standardError));
        }
    }

    @Test
    void doesNotDependOnUnits() {
        GaussianMixture mixture = RandomMixtures.of(3, 2, 61);
        double[] x = mixture.sample(1, new SplittableRandom(62)).row(0);
        Matrix scale = Matrix.of(new double[][] {{1e6, 0}, {0, -1e-3}});
        List<ColumnSurprise> columns = Explainer.of(mixture).explain(x);
        List<ColumnSurprise> scaled =
                Explainer.of(mixture.image(scale, new double[2])).explain(scale.times(x));
        for (int i = 0; i < 2; i++) {
            ColumnSurprise before = columns.get(i);
            ColumnSurprise after = scaled.get(i);
            assertThat(after.column()).isEqualTo(before.column());
            assertThat(after.share()).isCloseTo(before.share(), within(1e-10));
            assertThat(after.alone().excess()).isCloseTo(before.alone().excess(), within(1e-10));
            assertThat(after.givenOthers().excess())
                    .isCloseTo(before.givenOthers().excess(), within(1e-10));
        }
    }

    /** Correlation 0.99: given the other, both columns are equally odd; the share points to the one that moved. */
    @Test
    void pointsToTheColumnThatLeftItsPlace() {
        GaussianMixture mixture = gaussian(new double[][] {{1, 0.99}, {0.99, 1}}, "kept", "moved");
        List<ColumnSurprise> columns = Explainer.of(mixture).explain(new double[] {0.1, 3});
        ColumnSurprise first = columns.get(0);
        ColumnSurprise second = columns.get(1);
        assertThat(first.column()).isEqualTo("moved");
        assertThat(first.share()).isCloseTo(0.5 * 3 * (3 - 0.099) / 0.0199, within(1e-10));
        assertThat(second.share()).isCloseTo(0.5 * 0.1 * (0.1 - 2.97) / 0.0199, within(1e-10));
        assertThat(second.givenOthers().excess() / first.givenOthers().excess()).isBetween(0.9, 1.1);
        assertThat(first.expected()).isEqualTo(first.givenOthers());
        assertThat(first.expected().mean()).isCloseTo(0.099, within(1e-12));
        assertThat(first.expected().deviation()).isCloseTo(Math.sqrt(0.0199), within(1e-12));
    }

    /** Both far out and in agreement: neither is odd given the other, and the energy is theirs in equal shares. */
    @Test
    void columnsThatSayTheSameDoNotHideEachOther() {
        GaussianMixture mixture = gaussian(new double[][] {{1, 0.99}, {0.99, 1}}, "a", "b");
        for (ColumnSurprise column : Explainer.of(mixture).explain(new double[] {6, 6})) {
            assertThat(column.share()).isCloseTo(0.25 * 36 * 2 / 1.99, within(1e-10));
            assertThat(column.givenOthers().excess()).isNegative();
            assertThat(column.expected()).isEqualTo(column.alone());
            assertThat(column.expected().mean()).isZero();
            assertThat(column.expected().excess()).isCloseTo(0.5 * 35, within(1e-12));
        }
    }

    /** What is expected of a column does not depend on its value, even where that drowns all others: column first or last. */
    @ParameterizedTest
    @CsvSource({"0, 1e20", "2, 1e20", "0, -1e100", "1, 1e200", "2, -1.7e308", "0, 1.7e308"})
    void aWildValueDoesNotBlurWhatWasExpected(int column, double wild) {
        GaussianMixture mixture = RandomMixtures.of(3, 3, 71);
        double[] x = mixture.sample(1, new SplittableRandom(72)).row(0);
        String name = mixture.columns().get(column);
        Expectation usual = find(Explainer.of(mixture).explain(x), name).givenOthers();
        x[column] = wild;
        List<ColumnSurprise> columns = Explainer.of(mixture).explain(x);
        ColumnSurprise first = columns.get(0);
        assertThat(first.column()).isEqualTo(name);
        assertThat(first.givenOthers().mean()).isCloseTo(usual.mean(), within(1e-10));
        assertThat(first.givenOthers().deviation()).isCloseTo(usual.deviation(), within(1e-10));
        assertThat(first.givenOthers().surprise()).isGreaterThan(1e30);
        assertThat(columns).allMatch(c -> Double.isFinite(c.share()));
    }

    @Test
    void aComponentOfWeightZeroChangesNothing() {
        GaussianMixture mixture = RandomMixtures.of(2, 3, 81);
        GaussianMixture padded = GaussianMixture.of(
                new double[] {mixture.weight(0), 0, mixture.weight(1)},
                List.of(
                        mixture.component(0),
                        Gaussian.of(new double[3], Covariance.full(Matrix.identity(3))),
                        mixture.component(1)));
        double[] x = {0.3, -1, 4};
        assertThat(Explainer.of(padded).explain(x))
                .isEqualTo(Explainer.of(mixture).explain(x));
    }

    @Test
    void structuresAgree() {
        double[] variances = {0.25, 4};
        double[] x = {1, 3};
        GaussianMixture diagonal = GaussianMixture.tied(
                new double[] {0.3, 0.7}, List.of(new double[2], new double[] {1, 1}), Covariance.diagonal(variances));
        GaussianMixture full = GaussianMixture.tied(
                new double[] {0.3, 0.7},
                List.of(new double[2], new double[] {1, 1}),
                Covariance.full(new double[][] {{0.25, 0}, {0, 4}}));
        assertThat(Explainer.of(diagonal).explain(x))
                .isEqualTo(Explainer.of(full).explain(x));
    }

    @Test
    void refusesABadRow() {
        Explainer explainer = Explainer.of(gaussian(new double[][] {{1, 0}, {0, 1}}, "length", "width"));
        assertThatThrownBy(() -> explainer.explain(new double[] {1, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"width\" is NaN; every value must be a finite number");
        assertThatThrownBy(() -> explainer.explain(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a point of 3 values for a mixture of 2 columns");
    }

    private static GaussianMixture gaussian(double[][] covariance, String... names) {
        return GaussianMixture.of(
                        new double[] {1},
                        List.of(Gaussian.of(new double[covariance.length], Covariance.full(covariance))))
                .named(List.of(names));
    }
}
