package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.Box;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Holes;
import org.mixtura.testing.TextbookMixture;

class NoisyEmTest {
    /** K clusters in D columns, and junk spread evenly over a box three times as wide. */
    @SuppressWarnings("ArrayRecordComponent")
    record Junk(double[][] rows, int[] truth) {
        static Junk of(long seed, int n, int k, int d, double share) {
            Generator generator = Generator.seeded(seed);
            SplittableRandom random = generator.random();
            double[][] centres = new double[k][d];
            double[][][] maps = new double[k][][];
            for (int c = 0; c < k; c++) {
                for (int j = 0; j < d; j++) {
                    centres[c][j] = generator.between(-5, 5);
                }
                maps[c] = generator.map(d);
            }
            int inliers = (int) Math.round(n * (1 - share));
            double[][] rows = new double[n][d];
            int[] truth = new int[n];
            double[] least = new double[d];
            double[] most = new double[d];
            for (int i = 0; i < inliers; i++) {
                int c = random.nextInt(k);
                truth[i] = c;
                double[] z = generator.vector(d);
                for (int a = 0; a < d; a++) {
                    rows[i][a] = centres[c][a];
                    for (int b = 0; b < d; b++) {
                        rows[i][a] += maps[c][a][b] * z[b] / 2;
                    }
                    least[a] = Math.min(least[a], rows[i][a]);
                    most[a] = Math.max(most[a], rows[i][a]);
                }
            }
            for (int i = inliers; i < n; i++) {
                truth[i] = -1;
                for (int j = 0; j < d; j++) {
                    double half = (most[j] - least[j]) / 2;
                    double middle = (most[j] + least[j]) / 2;
                    rows[i][j] = middle + 3 * half * generator.between(-1, 1);
                }
            }
            return new Junk(rows, truth);
        }

        double adjustedRandIndex(int[] labels, int k) {
            double[][] table = new double[k][k + 1];
            double n = 0;
            for (int i = 0; i < truth.length; i++) {
                if (truth[i] >= 0) {
                    table[truth[i]][labels[i] < 0 ? k : labels[i]]++;
                    n++;
                }
            }
            double pairs = 0;
            double[] rows = new double[k];
            double[] columns = new double[k + 1];
            for (int a = 0; a < k; a++) {
                for (int b = 0; b <= k; b++) {
                    pairs += table[a][b] * (table[a][b] - 1) / 2;
                    rows[a] += table[a][b];
                    columns[b] += table[a][b];
                }
            }
            double of = Arrays.stream(rows).map(x -> x * (x - 1) / 2).sum();
            double by = Arrays.stream(columns).map(x -> x * (x - 1) / 2).sum();
            double expected = of * by / (n * (n - 1) / 2);
            return (pairs - expected) / ((of + by) / 2 - expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 4})
    void findsTheClustersAmongJunk(long seed) {
        Junk junk = Junk.of(seed, 2000, 4, 4, 0.15);
        Rows rows = Rows.of(junk.rows());
        Em em = Em.components(4).seed(seed);
        Fit<NoisyMixture> fit = em.withNoise().fit(rows);
        assertThat(junk.adjustedRandIndex(fit.model().labels(rows), 4)).isGreaterThan(0.96);
        assertThat(fit.model().share()).isBetween(0.14, 0.16);
        assertThat(junk.adjustedRandIndex(em.fit(rows).model().labels(rows), 4)).isLessThan(0.75);
        assertThat(fit.freeParameters()).isEqualTo(59 + 2);
        assertThat(fit.options()).containsEntry("noise", "uniform");
    }

    @ParameterizedTest
    @EnumSource
    void hasTheMStepAsStationaryPoint(CovarianceStructure structure) {
        Junk junk = Junk.of(3, 600, 2, 3, 0.1);
        Rows rows = Rows.of(junk.rows());
        NoisyMixture model = Em.components(2)
                .covariance(structure)
                .tolerance(1e-12)
                .maxIterations(3000)
                .seed(1)
                .withNoise()
                .fit(rows)
                .model();
        Matrix r = model.responsibilities(rows);
        double noise = 0;
        double[] weights = new double[2];
        double[][] sums = new double[2][3];
        for (int i = 0; i < 600; i++) {
            noise += r.get(i, 2);
            for (int k = 0; k < 2; k++) {
                weights[k] += r.get(i, k);
                for (int j = 0; j < 3; j++) {
                    sums[k][j] += r.get(i, k) * junk.rows()[i][j];
                }
            }
        }
        assertClose(model.share(), noise / 600, 1e-5, "share");
        for (int k = 0; k < 2; k++) {
            assertClose(model.gaussians().weight(k), weights[k] / (weights[0] + weights[1]), 1e-5, "weight");
            for (int j = 0; j < 3; j++) {
                assertClose(model.gaussians().component(k).mean(j), sums[k][j] / weights[k], 1e-4, "mean");
            }
        }
    }

    @Test
    void isNearlyTheFitWithoutNoiseWhereThereIsNone() {
        Rows rows = Rows.of(Examples.clusters(2, 600, 2, 3, 8));
        Em em = Em.components(3).seed(3).tolerance(1e-9);
        Fit<NoisyMixture> noisy = em.withNoise().fit(rows);
        Fit<GaussianMixture> plain = em.fit(rows);
        assertThat(noisy.model().share()).isLessThan(0.01);
        assertThat(noisy.logLikelihood()).isBetween(plain.logLikelihood() - 1, plain.logLikelihood() + 3);
        for (int k = 0; k < 3; k++) {
            assertClose(
                    noisy.model().gaussians().component(k).mean(),
                    plain.model().component(k).mean(),
                    0.05,
                    "mean");
        }
        assertThat(noisy.bic()).isGreaterThan(plain.bic());
    }

    @Test
    void followsShiftsAndScales() {
        Junk junk = Junk.of(5, 800, 3, 3, 0.1);
        double[] scale = {1e8, 1e-8, 1e100};
        double[] shift = {1e12, 0, 0};
        double[][] moved = Arrays.stream(junk.rows())
                .map(row -> IntStream.range(0, 3)
                        .mapToDouble(j -> row[j] * scale[j] + shift[j])
                        .toArray())
                .toArray(double[][]::new);
        NoisyEm em = Em.components(3).seed(2).withNoise();
        assertThat(em.fit(Rows.of(moved)).model().labels(Rows.of(moved)))
                .isEqualTo(em.fit(Rows.of(junk.rows())).model().labels(Rows.of(junk.rows())));
    }

    @Test
    void takesAWeightForRepeatedRows() {
        Junk junk = Junk.of(6, 200, 2, 2, 0.1);
        double[] weights = IntStream.range(0, 200).mapToDouble(i -> i % 3).toArray();
        double[][] repeated = IntStream.range(0, 200)
                .boxed()
                .flatMap(i -> Collections.nCopies(i % 3, junk.rows()[i]).stream())
                .toArray(double[][]::new);
        NoisyEm em = Em.components(2).seed(4).tolerance(1e-10).withNoise();
        Fit<NoisyMixture> weighted = em.fit(Rows.of(junk.rows()).weighted(weights));
        Fit<NoisyMixture> counted = em.fit(Rows.of(repeated));
        assertClose(weighted.logLikelihood(), counted.logLikelihood(), 1e-8, "log-likelihood");
        assertClose(weighted.model().share(), counted.model().share(), 1e-5, "share");
    }

    @Test
    void givesTheSameBitsForAnyThreads() {
        Rows rows = Rows.of(Junk.of(7, 9000, 3, 3, 0.1).rows());
        Em em = Em.components(3).restarts(2).maxIterations(10).seed(5);
        assertThat(em.threads(3).withNoise().fit(rows).model())
                .isEqualTo(em.threads(1).withNoise().fit(rows).model());
    }

    @Test
    void fillsTheSmallerOfTwoBoxes() {
        double[][] rows = new double[400][];
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < rows.length; i++) {
            double along = random.nextDouble();
            double across = random.nextDouble() - 0.5;
            rows[i] = new double[] {1e6 + 100 * (along + 0.01 * across), 0.1 * (along - 0.01 * across)};
        }
        RowSummary summary = RowSummary.of(Rows.of(rows), 1);
        Box oblique = NoiseBox.around(Rows.of(rows), summary, 2);
        double straight =
                Math.log(summary.largest(0) - summary.smallest(0)) + Math.log(summary.largest(1) - summary.smallest(1));
        // Of a strip: its length times its width, 2 · 0.01 of the box along the columns.
        assertThat(Math.exp(oblique.logVolume() - straight)).isBetween(0.015, 0.025);
        double[][] clusters = Examples.clusters(1, 200, 3, 3, 9);
        RowSummary other = RowSummary.of(Rows.of(clusters), 1);
        double bounding = 0;
        for (int j = 0; j < 3; j++) {
            bounding += Math.log(other.largest(j) - other.smallest(j));
        }
        assertThat(NoiseBox.around(Rows.of(clusters), other, 1).logVolume()).isLessThanOrEqualTo(bounding + 1e-12);
    }

    @Test
    void endsBeforeTheLastRowIsNoise() {
        // Rows that are nothing but a thin strip are best explained as noise in it.
        double[][] strip = {{1.1, 20}, {0.9, 22}, {1.0, 19}, {4.9, 60}, {5.1, 63}, {5.0, 58}, {5.2, 61}};
        Fit<NoisyMixture> fit = Em.components(2)
                .covariance(CovarianceStructure.DIAGONAL)
                .seed(7)
                .withNoise()
                .fit(Rows.of(strip));
        assertThat(fit.model().share()).isBetween(0.5, 1 - 1e-13);
        assertThat(fit.warnings()).anyMatch(warning -> warning.startsWith("more than half of the rows, "));
    }

    /** ln p of a row that knows its column 1 alone is ln ∫ p over the others, and of a whole row ln p. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "SPHERICAL"})
    void scoresRowsWithGapsByTheMarginal(CovarianceStructure structure) {
        Junk junk = Junk.of(9, 300, 2, 3, 0.1);
        NoisyMixture model = Em.components(2)
                .covariance(structure)
                .seed(3)
                .withNoise()
                .fit(Rows.of(junk.rows()).withGaps())
                .model();
        Box box = model.box();
        double[] row = junk.rows()[0];
        double[] gapped = {Double.NaN, row[1], Double.NaN};
        GaussianMixture marginal = model.gaussians().marginal("x1");
        double ofClusters = Math.log1p(-model.share()) + marginal.logDensity(new double[] {row[1]});
        double ofNoise = Math.log(model.share()) - Math.log(box.edges()[1][1]);
        double expected = Math.log(Math.exp(ofClusters) + Math.exp(ofNoise));
        Rows both = Rows.of(new double[][] {gapped, {Double.NaN, Double.NaN, Double.NaN}, row})
                .withGaps();
        double[] logDensity = model.logDensity(both);
        assertClose(logDensity[0], expected, 1e-12, "of column x1");
        assertClose(logDensity[1], 0, 1e-12, "of no value");
        assertThat(logDensity[2]).isEqualTo(model.logDensity(Rows.of(new double[][] {row}))[0]);
        Matrix r = model.responsibilities(both);
        assertClose(r.get(0, 2), Math.exp(ofNoise - expected), 1e-12, "noise");
        assertClose(r.get(1, 2), model.share(), 1e-12, "noise of no value");
    }

    /** EM written out with the textbook's mixture and a uniform density, from the fit's own start of the noise. */
    @Test
    void isTheTextbooksEmWithGapsAndNoise() {
        double[][] rows = Holes.in(Junk.of(12, 150, 2, 3, 0.15).rows(), 0.2, 5);
        GaussianMixture start = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[] {-1, 0, 1}, Covariance.full(Matrix.identity(3))),
                        Gaussian.of(new double[] {1, 0, -1}, Covariance.full(Matrix.identity(3)))));
        Em em = Em.components(2)
                .initialization(Initialization.model(start))
                .regularization(Regularization.none())
                .tolerance(0);
        NoisyMixture before =
                em.maxIterations(3).withNoise().fit(Rows.of(rows).withGaps()).model();
        NoisyMixture after =
                em.maxIterations(4).withNoise().fit(Rows.of(rows).withGaps()).model();
        double[] edges = IntStream.range(0, 3)
                .mapToDouble(j -> before.box().edges()[j][j])
                .toArray();
        double noise = 0;
        double[] weights = new double[2];
        for (double[] row : rows) {
            int[] o = Holes.observed(row);
            if (o.length == 0) {
                continue;
            }
            double uniform = before.share();
            for (int j : o) {
                uniform /= edges[j];
            }
            double[] shares = new double[2];
            for (int k = 0; k < 2; k++) {
                double[] mean = Dense.part(before.gaussians().component(k).mean(), o);
                double[][] covariance = Dense.part(
                        before.gaussians().component(k).covariance().toMatrix().toRows(), o, o);
                shares[k] = (1 - before.share())
                        * before.gaussians().weight(k)
                        * Math.exp(new TextbookMixture(
                                        new double[] {1}, new double[][] {mean}, new double[][][] {covariance})
                                .logDensity(Dense.part(row, o)));
            }
            double sum = uniform + shares[0] + shares[1];
            noise += uniform / sum;
            weights[0] += shares[0] / sum;
            weights[1] += shares[1] / sum;
        }
        assertClose(after.share(), noise / (noise + weights[0] + weights[1]), 1e-12, "share");
        assertClose(after.gaussians().weight(0), weights[0] / (weights[0] + weights[1]), 1e-12, "weight");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 4})
    void findsTheClustersAmongJunkWithGaps(long seed) {
        Junk junk = Junk.of(seed, 2000, 4, 4, 0.15);
        Rows rows = Rows.of(Holes.in(junk.rows(), 0.1, seed)).withGaps();
        Em em = Em.components(4).seed(seed);
        NoisyMixture model = em.threads(1).withNoise().fit(rows).model();
        assertThat(junk.adjustedRandIndex(model.labels(rows), 4))
                .isGreaterThan(0.9)
                .isGreaterThan(junk.adjustedRandIndex(em.fit(rows).model().labels(rows), 4) + 0.1);
        assertThat(em.threads(3).withNoise().fit(rows).model()).isEqualTo(model);
    }

    @Test
    void hasAVolumeInSomeColumnsToo() {
        Box straight = Box.of(new double[3], new double[][] {{2, 0, 0}, {0, 3, 0}, {0, 0, 1e-200}});
        assertClose(straight.logVolume(0, 1), Math.log(6), 1e-15, "two columns");
        assertClose(straight.logVolume(2), Math.log(1e-200), 1e-15, "one column");
        assertThat(straight.logVolume(new int[0])).isZero();
        Box oblique = Box.of(new double[2], new double[][] {{3, 4}, {-0.4, 0.3}});
        assertClose(oblique.logVolume(0, 1), oblique.logVolume(), 1e-15, "all columns");
        assertClose(oblique.logVolume(0), Math.log(Math.hypot(3, 0.4)), 1e-15, "one column");
    }

    @Test
    void refusesWhatHasNoVolume() {
        NoisyEm em =
                Em.components(2).regularization(Regularization.absolute(1e-6)).withNoise();
        assertThatThrownBy(() -> em.fit(Rows.of(new double[][] {{1, 2}, {1, 3}, {1, 5}, {1, 7}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"x0\" is 1.0 in all rows: noise has no volume there; leave the column out");
    }

    @Test
    void keepsWhatIsFrozen() {
        Junk junk = Junk.of(2, 1000, 3, 2, 0.2);
        Rows rows = Rows.of(junk.rows());
        GaussianMixture start =
                Em.components(3).seed(1).withNoise().fit(rows).model().gaussians();
        Em em = Em.components(3).initialization(Initialization.model(start)).tolerance(1e-12);
        GaussianMixture moved =
                em.frozen(Parameter.MEANS).withNoise().fit(rows).model().gaussians();
        for (int k = 0; k < 3; k++) {
            assertClose(moved.component(k).mean(), start.component(k).mean(), 1e-13, "mean");
        }
        NoisyMixture all = em.frozen(Parameter.values()).withNoise().fit(rows).model();
        assertClose(all.gaussians().weights(), start.weights(), 1e-15, "weights");
        // What is left is the share of the noise, at its maximum the mean responsibility.
        double mean = 0;
        Matrix responsibilities = all.responsibilities(rows);
        for (int i = 0; i < 1000; i++) {
            mean += responsibilities.get(i, 3) / 1000;
        }
        assertClose(all.share(), mean, 1e-6, "share of noise");
        assertThat(all.share()).isBetween(0.15, 0.25);
    }
}
