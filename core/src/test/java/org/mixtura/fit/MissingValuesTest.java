package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.Imputation;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Holes;
import org.mixtura.testing.TextbookMixture;

class MissingValuesTest {
    private static final double NAN = Double.NaN;

    private static Rows gapped(double[][] rows) {
        return Rows.of(rows).withGaps();
    }

    private static double[][] data(String name, int columns, double share, long seed) {
        return Holes.in(Examples.values(name, columns), share, seed);
    }

    /** A start that depends on no implementation: K equal components in a row of means, all with the spread of the values. */
    private static GaussianMixture start(double[][] rows, int k) {
        int d = rows[0].length;
        List<Gaussian> components = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            double[] mean = new double[d];
            double[] variances = new double[d];
            for (int j = 0; j < d; j++) {
                int column = j;
                double[] values = Arrays.stream(rows)
                        .mapToDouble(row -> row[column])
                        .filter(x -> !Double.isNaN(x))
                        .toArray();
                double average = Arrays.stream(values).average().orElseThrow();
                variances[j] = Arrays.stream(values)
                        .map(x -> (x - average) * (x - average))
                        .average()
                        .orElseThrow();
                mean[j] = average + (c - (k - 1) / 2.0) * Math.sqrt(variances[j]);
            }
            components.add(Gaussian.of(
                    mean, Covariance.full(Covariance.diagonal(variances).toMatrix())));
        }
        double[] weights = new double[k];
        Arrays.fill(weights, 1.0 / k);
        return GaussianMixture.of(weights, components);
    }

    /** One iteration of EM with gaps as in a textbook: inverses, row by row. Penalised by a Λ, packed. */
    private static GaussianMixture textbookStep(GaussianMixture mixture, double[][] rows, double a, double[] scatter) {
        int k = mixture.size();
        int d = mixture.dimension();
        double[] weights = new double[k];
        double[][][] filled = new double[k][rows.length][];
        double[][] shares = new double[rows.length][];
        double[][][] left = new double[k][d][d];
        for (int n = 0; n < rows.length; n++) {
            int[] o = Holes.observed(rows[n]);
            int[] m = Holes.missing(rows[n]);
            if (o.length == 0) {
                continue;
            }
            double[] x = Dense.part(rows[n], o);
            double[][] means = new double[k][];
            double[][][] covariances = new double[k][][];
            for (int c = 0; c < k; c++) {
                means[c] = Dense.part(mixture.component(c).mean(), o);
                covariances[c] =
                        Dense.part(mixture.component(c).covariance().toMatrix().toRows(), o, o);
            }
            shares[n] = new TextbookMixture(mixture.weights(), means, covariances).responsibilities(x);
            for (int c = 0; c < k; c++) {
                double[][] sigma = mixture.component(c).covariance().toMatrix().toRows();
                double[] mean = mixture.component(c).mean();
                filled[c][n] = rows[n].clone();
                weights[c] += shares[n][c];
                if (m.length == 0) {
                    continue;
                }
                double[][] slope = Dense.times(Dense.part(sigma, m, o), Dense.inverse(covariances[c]));
                double[] expected = Dense.plus(Dense.part(mean, m), Dense.times(slope, Dense.minus(x, means[c])));
                double[][] conditional =
                        Dense.minus(Dense.part(sigma, m, m), Dense.times(slope, Dense.part(sigma, o, m)));
                for (int i = 0; i < m.length; i++) {
                    filled[c][n][m[i]] = expected[i];
                    for (int j = 0; j < m.length; j++) {
                        left[c][m[i]][m[j]] += shares[n][c] * conditional[i][j];
                    }
                }
            }
        }
        double total = Arrays.stream(weights).sum();
        List<Gaussian> components = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            double[] mean = new double[d];
            double[][] covariance = new double[d][d];
            for (int n = 0; n < rows.length; n++) {
                if (shares[n] != null) {
                    mean = Dense.plus(mean, Dense.times(shares[n][c] / weights[c], filled[c][n]));
                }
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    double sum = left[c][i][j] + Packed.get(scatter, i, j);
                    for (int n = 0; n < rows.length; n++) {
                        if (shares[n] != null) {
                            sum += shares[n][c] * (filled[c][n][i] - mean[i]) * (filled[c][n][j] - mean[j]);
                        }
                    }
                    covariance[i][j] = sum / (weights[c] + a);
                }
            }
            components.add(Gaussian.of(mean, Covariance.full(covariance)));
        }
        return GaussianMixture.of(Arrays.stream(weights).map(w -> w / total).toArray(), components);
    }

    @ParameterizedTest
    @CsvSource({
        "iris, 4, 3, 0, 1",
        "iris, 4, 3, 0, 2",
        "iris, 4, 2, 1, 3",
        "iris, 4, 4, 1, 4",
        "wine, 13, 2, 1, 1",
        "wine, 13, 3, 1, 2"
    })
    void climbsAsTheTextbookDoes(String name, int columns, int k, double pseudoRows, long seed) {
        double[][] rows = data(name, columns, 0.3, seed);
        Regularization policy = pseudoRows == 0 ? Regularization.none() : Regularization.penalty(pseudoRows);
        GaussianMixture start = start(rows, k);
        Fit<GaussianMixture> fit = Em.components(k)
                .regularization(policy)
                .initialization(Initialization.model(start))
                .tolerance(0)
                .maxIterations(60)
                .fit(gapped(rows));
        double[] scatter = policy.pseudoScatter(RowSummary.of(gapped(rows), 1), k);
        GaussianMixture textbook = start;
        for (int i = 0; i < fit.iterations(); i++) {
            textbook = textbookStep(textbook, rows, pseudoRows, scatter);
        }
        assertThat(fit.iterations()).isEqualTo(60);
        assertClose(fit.model().weights(), textbook.weights(), 1e-9, "weights");
        for (int c = 0; c < k; c++) {
            assertClose(fit.model().component(c).mean(), textbook.component(c).mean(), 1e-9, "mean");
            assertClose(
                    fit.model().component(c).covariance().lowerTriangle(),
                    textbook.component(c).covariance().lowerTriangle(),
                    1e-9,
                    "covariance");
        }
        double naive = 0;
        for (double[] row : rows) {
            naive += marginalLogDensity(fit.model(), row);
        }
        assertClose(fit.logLikelihood(), naive, 1e-10, "log-likelihood");
    }

    private static double marginalLogDensity(GaussianMixture mixture, double[] row) {
        int[] o = Holes.observed(row);
        if (o.length == 0) {
            return 0;
        }
        String[] names = IntStream.of(o).mapToObj(mixture.columns()::get).toArray(String[]::new);
        return mixture.marginal(names).logDensity(Dense.part(row, o));
    }

    @ParameterizedTest
    @EnumSource
    void neverLowersTheObjective(CovarianceStructure structure) {
        for (long seed = 0; seed < 12; seed++) {
            double[][] rows = Holes.in(Examples.clusters(seed, 200, 1 + (int) (seed % 5), 4, 3), 0.3, seed);
            // The loop itself throws if the objective falls by more than rounding.
            Fit<GaussianMixture> fit = Em.components(4)
                    .covariance(structure)
                    .search(Search.NONE)
                    .restarts(2)
                    .seed(seed)
                    .tolerance(1e-10)
                    .fit(gapped(rows));
            assertThat(fit.model().structure()).isEqualTo(structure);
            assertClose(fit.logLikelihood(), fit.model().logLikelihood(gapped(rows)), 1e-10, "log-likelihood");
        }
    }

    /** Not of common axes, whose M-step has several maxima: there another climb may end higher. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EVE", "VVE"})
    void searchesAsHighAsTheTruthLeads(CovarianceStructure structure) {
        for (int seed = 0; seed < 4; seed++) {
            Rows rows = gapped(Holes.in(Examples.clusters(seed, 400, 3, 4, 6), 0.3, seed));
            Em em = Em.components(4).covariance(structure).seed(seed).tolerance(1e-8);
            int[] truth = IntStream.range(0, 400).map(i -> i % 4).toArray();
            double fromTruth =
                    em.initialization(Initialization.labels(truth)).fit(rows).objective();
            Fit<GaussianMixture> searched = em.fit(rows);
            // A twentieth of the estimate's own error is what a search leaves.
            double left = 0.05 * searched.freeParameters() / (2 * searched.totalWeight());
            assertThat(searched.objective()).isGreaterThan(fromTruth - left);
        }
    }

    @Test
    void startsWhereAClusterNeverHasAColumn() {
        double[][] rows = Examples.clusters(5, 300, 3, 2, 20);
        for (int i = 0; i < rows.length; i += 2) {
            rows[i][2] = NAN;
        }
        Fit<GaussianMixture> fit = Em.components(2)
                .regularization(Regularization.none())
                .search(Search.NONE)
                .restarts(1)
                .fit(gapped(rows));
        assertThat(fit.stopReason()).isNotEqualTo(StopReason.COLLAPSED);
        assertClose(fit.model().weights(), new double[] {0.5, 0.5}, 1e-9, "weights");
    }

    @ParameterizedTest
    @EnumSource
    void isTheOrdinaryFitWithoutGaps(CovarianceStructure structure) {
        Em em = Em.components(3).covariance(structure).seed(2);
        assertThat(em.fit(Examples.iris().withGaps()).model())
                .isEqualTo(em.fit(Examples.iris()).model());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void givesTheSameBitsForAnyThreads(int threads) {
        Rows few = gapped(data("iris", 4, 0.3, 6));
        Rows many = gapped(Holes.in(Examples.clusters(1, 12_000, 3, 4, 4), 0.2, 7));
        Em em = Em.components(3).restarts(3).maxIterations(15).seed(4);
        assertThat(em.threads(threads).fit(few).model())
                .isEqualTo(em.threads(1).fit(few).model());
        assertThat(em.threads(threads).fit(many).model())
                .isEqualTo(em.threads(1).fit(many).model());
    }

    @Test
    void takesAWeightForRepeatedRows() {
        double[][] rows = data("iris", 4, 0.3, 8);
        double[] weights =
                IntStream.range(0, rows.length).mapToDouble(i -> i % 4).toArray();
        List<double[]> repeated = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < weights[i]; c++) {
                repeated.add(rows[i]);
            }
        }
        Em em = Em.components(3).tolerance(1e-10).seed(3);
        Fit<GaussianMixture> weighted = em.fit(Rows.of(rows).weighted(weights).withGaps());
        Fit<GaussianMixture> counted = em.fit(gapped(repeated.toArray(double[][]::new)));
        assertClose(weighted.logLikelihood(), counted.logLikelihood(), 1e-8, "log-likelihood");
        assertClose(weighted.bic(), counted.bic(), 1e-8, "bic");
        assertClose(weighted.model().weights(), counted.model().weights(), 1e-5, "weights");
    }

    @Test
    void followsShiftsAndScales() {
        double[][] rows = data("iris", 4, 0.3, 9);
        Em em = Em.components(3).seed(5).tolerance(1e-9);
        Fit<GaussianMixture> fit = em.fit(gapped(rows));
        double[] scale = {1e8, 1e-8, 1e150, 1e-150};
        double[] shift = {1e12, 0, 0, 0};
        double[][] moved = Arrays.stream(rows)
                .map(row -> IntStream.range(0, 4)
                        .mapToDouble(j -> row[j] * scale[j] + shift[j])
                        .toArray())
                .toArray(double[][]::new);
        Fit<GaussianMixture> other = em.fit(gapped(moved));
        assertThat(other.model().labels(gapped(moved))).isEqualTo(fit.model().labels(gapped(rows)));
        assertClose(other.model().weights(), fit.model().weights(), 1e-6, "weights");
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < 4; j++) {
                double expected = fit.model().component(k).mean(j);
                assertClose((other.model().component(k).mean(j) - shift[j]) / scale[j], expected, 1e-5, "mean");
            }
        }
    }

    @Test
    void countsNothingForRowsWithoutAnyValue() {
        double[][] rows = data("iris", 4, 0.3, 10);
        double[][] more = Arrays.copyOf(rows, 200);
        Arrays.fill(more, 150, 200, new double[] {NAN, NAN, NAN, NAN});
        Em em = Em.components(2)
                .initialization(Initialization.model(start(rows, 2)))
                .maxIterations(30)
                .tolerance(0);
        Fit<GaussianMixture> fit = em.fit(gapped(rows));
        Fit<GaussianMixture> padded = em.fit(gapped(more));
        assertThat(padded.model()).isEqualTo(fit.model());
        assertThat(padded.bic()).isEqualTo(fit.bic());
        long blank = Arrays.stream(more)
                .filter(row -> Holes.observed(row).length == 0)
                .count();
        assertThat(padded.warnings()).contains(blank + " rows have no value at all and count for nothing");
        assertThat(Em.components(2).seed(1).fit(gapped(more)).converged()).isTrue();
        assertClose(padded.model().logDensity(gapped(more))[199], 0, 1e-12, "log-density");
        assertClose(
                padded.model().responsibilities(gapped(more)).row(199),
                padded.model().weights(),
                1e-12,
                "responsibilities");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void fitsWhereNoRowIsComplete(int seed) {
        double[][] rows = Examples.values("iris", 4);
        for (int i = 0; i < rows.length; i++) {
            rows[i][(i * 7 + seed) % 4] = NAN;
        }
        int[] species = IntStream.range(0, 150).map(i -> i / 50).toArray();
        Fit<GaussianMixture> fit =
                Em.components(3).covariance(CovarianceStructure.TIED).seed(seed).fit(gapped(rows));
        int[] labels = fit.model().labels(gapped(rows));
        int agree = 0;
        for (int k = 0; k < 3; k++) {
            int[] counts = new int[3];
            for (int i = 0; i < 150; i++) {
                if (labels[i] == k) {
                    counts[species[i]]++;
                }
            }
            agree += Arrays.stream(counts).max().orElseThrow();
        }
        assertThat(agree).isGreaterThan(120);
    }

    @Test
    void fitsATableOfTwoHalvesThatShareOneColumn() {
        double[][] rows = Examples.values("iris", 4);
        for (int i = 0; i < rows.length; i++) {
            rows[i][i % 2 == 0 ? 0 : 1] = NAN;
            rows[i][i % 2 == 0 ? 2 : 3] = NAN;
        }
        Fit<GaussianMixture> fit = Em.components(2).seed(1).fit(gapped(rows));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.model().weight(0)).isBetween(0.6, 0.7);
    }

    @Test
    void refusesNaNUnlessAskedFor() {
        double[][] rows = data("iris", 4, 0.3, 11);
        int row = IntStream.range(0, 150)
                .filter(i -> Holes.missing(rows[i]).length > 0)
                .findFirst()
                .orElseThrow();
        int column = Holes.missing(rows[row])[0];
        assertThatThrownBy(() -> Em.components(2).fit(Rows.of(rows)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row " + row + ", column \"x" + column
                        + "\" is NaN; every value must be a finite number: drop the row or fill the gap");
    }

    @Test
    void takesGapsInASample() {
        double[][] rows = Holes.in(Examples.clusters(3, 12_000, 3, 3, 6), 0.25, 12);
        Fit<GaussianMixture> fit = Em.components(3).seed(2).fit(gapped(rows));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.options()).containsEntry("missing", "exact");
        for (int k = 0; k < 3; k++) {
            assertThat(fit.model().weight(k)).isBetween(0.31, 0.36);
        }
    }

    @Test
    void raisesTheBoundOfVariationalFits() {
        for (long seed = 0; seed < 3 * VariationalCases.COMBINATIONS; seed++) {
            VariationalCases problem = VariationalCases.of(seed);
            double[][] values =
                    new double[(int) problem.rows().count()][problem.rows().dimension()];
            double[] weights = new double[values.length];
            try (Rows.Reader reader = problem.rows().reader()) {
                for (int i = 0; i < values.length; i++) {
                    var block = reader.read(i, 1);
                    weights[i] = block.weight(0);
                    for (int j = 0; j < values[i].length; j++) {
                        values[i][j] = block.get(0, j);
                    }
                }
            }
            Rows rows = Rows.of(Holes.in(values, 0.2, seed)).weighted(weights).withGaps();
            // The loop itself throws if the bound falls by more than rounding.
            Fit<MixturePosterior> fit = VariationalBayes.components(problem.components())
                    .weights(problem.weights())
                    .gaussians(problem.gaussians())
                    .search(Search.NONE)
                    .restarts(1)
                    .seed(seed)
                    .maxIterations(60)
                    .fit(rows);
            assertClose(
                    fit.objective() * fit.totalWeight(),
                    fit.model().evidenceLowerBound(rows),
                    1e-8,
                    "evidence lower bound of " + problem);
        }
    }

    @Test
    void completesRowsInAView() {
        double[][] values = data("iris", 4, 0.2, 3);
        Imputation imputation = Imputation.of(start(values, 2));
        Rows rows = gapped(values);
        Rows whole = imputation.complete(rows);
        assertThat(whole.gapped()).isFalse();
        try (Rows.Reader reader = whole.reader()) {
            Block block = reader.read(10, 5);
            for (int i = 0; i < 5; i++) {
                double[] expected = imputation.complete(values[10 + i]).mean();
                for (int j = 0; j < 4; j++) {
                    assertThat(block.get(i, j)).isEqualTo(expected[j]);
                }
            }
        }
        Rows complete = Examples.iris();
        assertThat(imputation.complete(complete)).isSameAs(complete);
        assertThatThrownBy(() -> imputation.complete(Rows.of(new double[][] {{1}})))
                .hasMessage("rows of 1 columns for a mixture of 4 columns");
    }

    @Test
    void saysWhoNeedsEveryValue() {
        Rows rows = gapped(data("iris", 4, 0.1, 1));
        String rest = " needs every value and takes no rows with gaps; drop such rows or fill the gaps";
        assertThatThrownBy(() -> Cavi.components(2).run(rows)).hasMessage("cavi" + rest);
        assertThatThrownBy(() -> MeanField.components(2).run(rows)).hasMessage("mean-field" + rest);
        assertThatThrownBy(() -> ReferenceEm.fit(start(Examples.values("iris", 4), 2), rows, 1, line -> {}))
                .hasMessage("the reference program's EM" + rest);
    }
}
