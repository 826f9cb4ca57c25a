package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.CodedRows;
import org.mixtura.data.Rows;
import org.mixtura.data.Sample;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Holes;
import org.mixtura.testing.TextbookMixture;

/** Passes over rows whose codes shift the constants of the forms, against the definition row by row. */
class CodedScanTest {
    private static final double NEVER = Double.NEGATIVE_INFINITY;

    /** The factors whose logarithms are given. */
    private static CodeFactors factors(double[][] logs) {
        return CodeFactors.of(Arrays.stream(logs)
                .map(some -> Arrays.stream(some).map(Math::exp).toArray())
                .toArray(double[][]::new));
    }

    /** Forms whose factors are far from singular. */
    private static QuadraticForms forms(Generator generator, QuadraticForms.Factor factor, int k, int d) {
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

    /** Code 0 and others: one component each, all but one, and soft ones of which one is as far from even as it gets. */
    private static double[][] shifts(Generator generator, int k, int soft) {
        double[][] shifts = new double[1 + 2 * k + soft][k];
        for (int c = 0; c < k; c++) {
            Arrays.fill(shifts[1 + c], NEVER);
            shifts[1 + c][c] = 0;
            shifts[1 + k + c][c] = k > 1 ? NEVER : -1;
        }
        for (int q = 1 + 2 * k; q < shifts.length; q++) {
            shifts[q] = generator.vector(k);
            Arrays.setAll(shifts[q], c -> 0);
            for (int c = 0; c < k; c++) {
                shifts[q][c] = q % 3 == 0 ? -300 * generator.between(0, 2) : Math.log(generator.between(0.01, 1));
            }
            if (k > 2 && q % 2 == 0) {
                shifts[q][q % k] = NEVER;
            }
        }
        return shifts;
    }

    private static int[] codes(int n, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            codes[i] = random.nextInt(2) == 0 ? 0 : random.nextInt(count);
        }
        return codes;
    }

    @ParameterizedTest
    @EnumSource
    void givesTheMomentsOfTheDefinition(QuadraticForms.Factor factor) {
        for (long seed = 0; seed < 60; seed++) {
            Generator generator = Generator.seeded(seed);
            int d = 1 + (int) (seed % 5);
            int k = 1 + (int) (seed % 4);
            QuadraticForms forms = forms(generator, factor, k, d);
            // Few codes are taken one by one, many together.
            double[][] shifts = shifts(generator, k, seed % 2 == 0 ? 2 : 200);
            int n = 1 + (int) seed * 7;
            boolean gapped = seed % 3 == 0;
            double[][] rows = generator.points(n, d, 2);
            if (gapped) {
                rows = Holes.in(rows, 0.4, seed);
                rows[0] = new double[d];
                Arrays.fill(rows[n / 2], n > 1 ? Double.NaN : 1);
            }
            double[] weights = generator.rowWeights(n);
            int[] codes = codes(n, shifts.length, seed);
            Rows plain = Rows.of(rows).weighted(weights);
            Rows coded = CodedRows.of(gapped ? plain.withGaps() : plain, codes);
            for (Moments.Scatter scatter : Moments.Scatter.values()) {
                GappedMoments expected = new GappedMoments(forms);
                for (int i = 0; i < n; i++) {
                    expected.accept(rows[i], weights[i], shifts[codes[i]]);
                }
                expected.assertAre(Scan.moments(coded, forms.coded(factors(shifts)), scatter, 2), 1e-10);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 300})
    void scoresByTheDefinition(int soft) {
        Generator generator = Generator.seeded(3);
        QuadraticForms forms = forms(generator, QuadraticForms.Factor.TRIANGULAR, 3, 4);
        double[][] shifts = shifts(generator, 3, soft);
        double[][] rows = generator.points(700, 4, 2);
        int[] codes = codes(700, shifts.length, 1);
        GappedMoments definition = new GappedMoments(forms);
        Rows coded = CodedRows.of(Rows.of(rows), codes);
        double[] sum = {0};
        Scan.scores(coded, forms.coded(factors(shifts)), 2, (first, count, logDensity, responsibilities) -> {
            for (int i = 0; i < count; i++) {
                int row = (int) first + i;
                double[] scores = Dense.plus(definition.scores(rows[row]), shifts[codes[row]]);
                assertClose(logDensity[i], TextbookMixture.logSumExp(scores), 1e-11, "log-density");
                sum[0] += logDensity[i];
                double[] shares = TextbookMixture.shares(scores);
                for (int k = 0; k < 3; k++) {
                    assertClose(responsibilities[i * 3 + k], shares[k], 1e-11, "responsibility");
                }
            }
        });
        assertClose(Scan.logLikelihood(coded, forms.coded(factors(shifts)), 2), sum[0], 1e-12, "log-likelihood");
    }

    @Test
    void losesNothingWhereAFactorOutweighsTheDensity() {
        QuadraticForms forms = QuadraticForms.of(
                QuadraticForms.Factor.SCALAR,
                new double[1],
                new double[] {0, Math.sqrt(1400)},
                new double[2],
                new double[][] {{1}, {1}});
        // At 0 the second component is exp(-700) times as dense as the first, the label as much more for it.
        QuadraticForms shifted = forms.coded(factors(new double[][] {{0, 0}, {-700, 0}}));
        for (int n : new int[] {1, 100}) {
            int[] codes = new int[n];
            Arrays.fill(codes, 1);
            Moments moments =
                    Scan.moments(CodedRows.of(Rows.owning(new double[n], 1), codes), shifted, Moments.Scatter.FULL, 1);
            assertClose(moments.weights(), new double[] {n / 2.0, n / 2.0}, 1e-12, "weights");
            assertClose(moments.logLikelihood(), n * (Math.log(2) - 700), 1e-14, "log-likelihood");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void givesAFarRowToTheNearestComponentThatItsCodeAllows(int copies) {
        QuadraticForms forms = QuadraticForms.of(
                QuadraticForms.Factor.SCALAR, new double[1], new double[] {0, 10, 20}, new double[3], new double[][] {
                    {3}, {2}, {1}
                });
        QuadraticForms shifted =
                forms.coded(factors(new double[][] {{0, 0, 0}, {0, -1, NEVER}, {0, NEVER, NEVER}, {NEVER, NEVER, -2}}));
        double[] values = new double[copies];
        Arrays.fill(values, 1e200);
        int[] nearest = {2, 1, 0, 2};
        for (int code = 0; code < 4; code++) {
            int[] codes = new int[copies];
            Arrays.fill(codes, code);
            Rows rows = CodedRows.of(Rows.owning(values, 1), codes);
            Moments moments = Scan.moments(rows, shifted, Moments.Scatter.DIAGONAL, 1);
            assertThat(moments.logLikelihood()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(moments.weights()[nearest[code]]).isEqualTo(copies);
        }
    }

    @Test
    void namesARowThatIsNoNumber() {
        QuadraticForms forms = forms(Generator.seeded(1), QuadraticForms.Factor.DIAGONAL, 2, 2);
        double[][] rows = new double[50][2];
        rows[31][1] = Double.NaN;
        int[] codes = new int[50];
        codes[31] = 1;
        QuadraticForms shifted = forms.coded(factors(new double[][] {{0, 0}, {-1, -2}}));
        assertThatThrownBy(() -> Scan.moments(CodedRows.of(Rows.of(rows), codes), shifted, Moments.Scatter.FULL, 1))
                .hasMessageContaining("row 31, column \"x1\" is NaN");
        double[] weights = new double[50];
        Arrays.fill(weights, 1);
        weights[31] = 0;
        Moments moments =
                Scan.moments(CodedRows.of(Rows.of(rows).weighted(weights), codes), shifted, Moments.Scatter.FULL, 1);
        assertThat(moments.totalWeight()).isEqualTo(49);
        assertThat(moments.logLikelihood()).isFinite();
    }

    private static void assertSameBits(Moments a, Moments b) {
        assertThat(a.toArray()).isEqualTo(b.toArray());
    }

    @Test
    void givesTheSameBitsWhereNoRowHasACode() {
        Generator generator = Generator.seeded(5);
        QuadraticForms forms = forms(generator, QuadraticForms.Factor.TRIANGULAR, 3, 4);
        Rows rows = Rows.of(generator.points(5000, 4, 1));
        QuadraticForms shifted = forms.coded(factors(shifts(generator, 3, 4)));
        Moments plain = Scan.moments(rows, forms, Moments.Scatter.FULL, 1);
        assertSameBits(Scan.moments(rows, shifted, Moments.Scatter.FULL, 1), plain);
        assertSameBits(Scan.moments(CodedRows.of(rows, new int[5000]), shifted, Moments.Scatter.FULL, 1), plain);
        // And the other way round: codes that mean nothing.
        assertSameBits(Scan.moments(CodedRows.of(rows, codes(5000, 9, 1)), forms, Moments.Scatter.FULL, 1), plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void givesTheSameBitsForAnyThreads(int threads) {
        Generator generator = Generator.seeded(6);
        QuadraticForms forms = forms(generator, QuadraticForms.Factor.TRIANGULAR, 4, 6);
        QuadraticForms shifted = forms.coded(factors(shifts(generator, 4, 500)));
        Rows rows = CodedRows.of(Rows.of(generator.points(30_000, 6, 1)), codes(30_000, 509, 2));
        assertSameBits(
                Scan.moments(rows, shifted, Moments.Scatter.FULL, threads),
                Scan.moments(rows, shifted, Moments.Scatter.FULL, 1));
    }

    @Test
    void codesStayWithTheirRows() {
        int n = 3000;
        double[] values = new double[2 * n];
        int[] codes = new int[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            values[2 * i] = i;
            codes[i] = i % 17;
            weights[i] = i % 3;
        }
        Rows rows =
                CodedRows.of(Rows.owning(values, 2), codes).weighted(weights).named(java.util.List.of("a", "b"));
        Rows some = Sample.of(rows.select(java.util.List.of("b", "a")), 400, 1)
                .first(300)
                .select(java.util.List.of("a"));
        try (Rows.Reader reader = some.reader()) {
            var block = reader.read(10, 200);
            for (int i = 0; i < 200; i++) {
                assertThat(block.code(i)).isEqualTo((int) block.get(i, 0) % 17);
            }
        }
    }

    @Test
    void refusesWhatAreNoFactors() {
        QuadraticForms forms = forms(Generator.seeded(1), QuadraticForms.Factor.DIAGONAL, 2, 2);
        assertThatThrownBy(() -> CodeFactors.of(new double[][] {{1, 1}, {0.5, Double.NaN}}))
                .hasMessage("factors of a code are [0.5, NaN]; each is between 0 and 1");
        assertThatThrownBy(() -> forms.coded(CodeFactors.of(new double[][] {{1, 1, 1}})))
                .hasMessage("codes have factors for another number than 2 of quadratic forms");
        assertThatThrownBy(() -> CodedRows.of(Rows.owning(new double[4], 1), new int[3]))
                .hasMessage("3 codes for 4 rows");
    }
}
