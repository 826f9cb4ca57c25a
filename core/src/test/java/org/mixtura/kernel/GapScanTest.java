package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Holes;
import org.mixtura.testing.TextbookMixture;

class GapScanTest {
    /** Forms whose factors are far from singular. */
    static QuadraticForms forms(Generator generator, QuadraticForms.Factor factor, int k, int d) {
        QuadraticForms forms = FormsFixture.random(generator, factor, k, generator.vector(d));
        double[][] factors = new double[k][];
        for (int c = 0; c < k; c++) {
            factors[c] = forms.factor(c).clone();
            for (int i = 0; i < d; i++) {
                int at = factor == QuadraticForms.Factor.TRIANGULAR ? i * (i + 1) / 2 + i : i;
                if (at < factors[c].length) {
                    factors[c][at] += Math.copySign(0.5, factors[c][at]);
                }
            }
        }
        return QuadraticForms.of(factor, forms.origin(), forms.centres(), forms.constants(), factors);
    }

    private static Rows gapped(double[][] rows, double[] weights) {
        return Rows.of(rows).weighted(weights).withGaps();
    }

    @ParameterizedTest
    @EnumSource
    void givesTheExpectedMomentsOfTheDefinition(QuadraticForms.Factor factor) {
        for (long seed = 0; seed < 60; seed++) {
            Generator generator = Generator.seeded(seed);
            int d = 1 + (int) (seed % 7);
            QuadraticForms forms = forms(generator, factor, 1 + (int) (seed % 4), d);
            int n = 1 + (int) seed * 5;
            double[][] rows = Holes.in(generator.points(n, d, 2), 0.4, seed);
            rows[0][0] = 1;
            double[] weights = generator.rowWeights(n);
            for (Moments.Scatter scatter : Moments.Scatter.values()) {
                GappedMoments expected = new GappedMoments(forms);
                for (int i = 0; i < n; i++) {
                    expected.accept(rows[i], weights[i]);
                }
                expected.assertAre(Scan.moments(gapped(rows, weights), forms, scatter, 2), 1e-10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void scoresByTheMarginal(QuadraticForms.Factor factor) {
        Generator generator = Generator.seeded(3);
        QuadraticForms forms = forms(generator, factor, 3, 5);
        double[][] rows = Holes.in(generator.points(300, 5, 2), 0.5, 4);
        rows[17] = new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        GappedMoments definition = new GappedMoments(forms);
        Scan.scores(Rows.of(rows).withGaps(), forms, 2, (first, count, logDensity, responsibilities) -> {
            for (int i = 0; i < count; i++) {
                double[] scores = definition.scores(rows[(int) first + i]);
                assertClose(logDensity[i], TextbookMixture.logSumExp(scores), 1e-11, "log-density");
                double[] shares = TextbookMixture.shares(scores);
                for (int k = 0; k < 3; k++) {
                    assertClose(responsibilities[i * 3 + k], shares[k], 1e-11, "responsibility");
                }
            }
        });
        double[] alone = new double[300];
        Scan.logDensities(
                Rows.of(rows).withGaps(),
                forms,
                2,
                (first, count, logDensity, r) -> System.arraycopy(logDensity, 0, alone, (int) first, count));
        double sum = 0;
        for (int i = 0; i < 300; i++) {
            assertClose(alone[i], TextbookMixture.logSumExp(definition.scores(rows[i])), 1e-11, "log-density");
            sum += alone[i];
        }
        assertClose(Scan.logLikelihood(Rows.of(rows).withGaps(), forms, 2), sum, 1e-12, "log-likelihood");
    }

    @Test
    void givesTheSameBitsWithoutGaps() {
        Generator generator = Generator.seeded(5);
        QuadraticForms forms = forms(generator, QuadraticForms.Factor.TRIANGULAR, 3, 4);
        Rows rows = Rows.of(generator.points(5000, 4, 1));
        Moments plain = Scan.moments(rows, forms, Moments.Scatter.FULL, 1);
        Moments gapped = Scan.moments(rows.withGaps(), forms, Moments.Scatter.FULL, 1);
        assertSameBits(gapped, plain);
        RowSummary of = RowSummary.of(rows, 1);
        assertThat(RowSummary.of(rows.withGaps(), 1).covariance()).isEqualTo(of.covariance());
        assertThat(RowSummary.of(rows.withGaps(), 1).mean()).isEqualTo(of.mean());
    }

    private static void assertSameBits(Moments a, Moments b) {
        assertThat(a.logLikelihood()).isEqualTo(b.logLikelihood());
        assertThat(a.weights()).isEqualTo(b.weights());
        assertThat(a.firsts()).isEqualTo(b.firsts());
        for (int k = 0; k < a.components(); k++) {
            assertThat(a.second(k)).isEqualTo(b.second(k));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void givesTheSameBitsForAnyThreads(int threads) {
        Generator generator = Generator.seeded(6);
        QuadraticForms forms = forms(generator, QuadraticForms.Factor.TRIANGULAR, 4, 6);
        Rows rows = Rows.of(Holes.in(generator.points(30_000, 6, 1), 0.2, 6)).withGaps();
        assertSameBits(
                Scan.moments(rows, forms, Moments.Scatter.FULL, threads),
                Scan.moments(rows, forms, Moments.Scatter.FULL, 1));
    }

    @Test
    void forgetsPatternsWithoutChangingABit() {
        Generator generator = Generator.seeded(7);
        int d = 60;
        QuadraticForms forms = forms(generator, QuadraticForms.Factor.DIAGONAL, 2, d);
        List<double[]> rows = new ArrayList<>(List.of(Holes.in(generator.points(150, d, 1), 0.1, 7)));
        GappedMoments expected = new GappedMoments(forms);
        rows.forEach(row -> expected.accept(row, 2));
        rows.addAll(List.copyOf(rows));
        Moments twice =
                Scan.moments(Rows.of(rows.toArray(double[][]::new)).withGaps(), forms, Moments.Scatter.DIAGONAL, 1);
        expected.assertAre(twice, 1e-10);
    }

    @Test
    void summarisesAsTheSingleGaussianOfGreatestLikelihood() {
        Generator generator = Generator.seeded(8);
        double[][] rows = Holes.in(generator.points(400, 3, 1), 0.3, 8);
        for (double[] row : rows) {
            row[2] += 2 * row[0];
        }
        RowSummary summary = RowSummary.of(Rows.of(rows).withGaps(), 2);
        QuadraticForms forms = OneGaussian.forms(summary.origin(), summary.mean(), summary.covariance());
        GappedMoments moments = new GappedMoments(forms);
        for (double[] row : rows) {
            moments.accept(row, 1);
        }
        Moments next = Scan.moments(Rows.of(rows).withGaps(), forms, Moments.Scatter.FULL, 1);
        moments.assertAre(next, 1e-10);
        // The M-step changes nothing any more.
        for (int i = 0; i < 6; i++) {
            assertClose(next.scatter(0)[i] / next.totalWeight(), summary.covariance()[i], 2e-3, "covariance");
        }
        assertClose(summary.mean(), next.mean(0), 2e-3, "mean");
    }

    @Test
    void saysWhatHasNoValue() {
        double nan = Double.NaN;
        assertThatThrownBy(() -> RowSummary.of(
                        Rows.of(new double[][] {{1, nan}, {2, nan}}).withGaps(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"x1\" has no value in any row with weight; leave the column out");
        assertThatThrownBy(() ->
                        RowSummary.of(Rows.of(new double[][] {{nan}, {nan}}).withGaps(), 1))
                .hasMessage("no row with weight has any value; at least one must count");
        assertThatThrownBy(() -> RowSummary.of(Rows.of(new double[][] {{1, 2}, {nan, 2}}), 1))
                .hasMessageStartingWith("row 1, column \"x0\" is NaN;");
        assertThatThrownBy(() -> RowSummary.of(
                        Rows.of(new double[][] {{1, 2}, {nan, 1 / 0.0}}).withGaps(), 1))
                .hasMessageStartingWith("row 1, column \"x1\" is Infinity;");
    }

    @Test
    void findsAnOriginWhereOnlyRareRowsHaveAValue() {
        double[][] rows = new double[4001][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {i % 7, i % 40 == 1 ? 1e9 + i % 9 : Double.NaN};
        }
        RowSummary summary = RowSummary.of(Rows.of(rows).withGaps(), 1);
        assertThat(summary.origin()[1]).isBetween(1e9, 1e9 + 8);
        assertThat(summary.variance(1)).isBetween(5.0, 8.5);
        assertThat(summary.gaps()).isEqualTo(4001 - 100);
        assertThat(summary.blankRows()).isZero();
    }

    @Test
    void fillsGapsByRegression() {
        double[][] rows = new double[50][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {i, 3 * i + 1, 5};
        }
        rows[7][1] = Double.NaN;
        rows[8][0] = Double.NaN;
        rows[9][2] = Double.NaN;
        rows[10] = new double[] {Double.NaN, Double.NaN, Double.NaN};
        Rows gapped = Rows.of(rows).withGaps();
        Rows filled = FilledRows.of(gapped, RowSummary.of(gapped, 1));
        try (Rows.Reader reader = filled.reader()) {
            var block = reader.read(0, 50);
            assertClose(block.get(7, 1), 22, 1e-4, "filled");
            assertClose(block.get(8, 0), 8, 1e-4, "filled");
            assertThat(block.get(9, 2)).isEqualTo(5);
            assertThat(block.get(6, 1)).isEqualTo(19);
            assertThat(block.weight(10)).isZero();
            assertThat(block.weight(9)).isEqualTo(1);
        }
        assertThat(filled.gapped()).isFalse();
    }
}
