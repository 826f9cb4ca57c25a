package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.RowCovariance;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;
import org.mixtura.linalg.Packed;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Holes;
import org.mixtura.testing.TextbookMixture;

class AtomScanTest {
    /** Rows, some of which are points, some have one covariance in common, and some one of their own. */
    private static final class Case {
        private final RowCovariance meaning;
        private final double[][] rows;
        private final double[] weights;
        private final double[][][] covariances;
        private final boolean variances;
        private final boolean gapped;

        Case(long seed, RowCovariance meaning, int n, int d, double holes) {
            Generator generator = Generator.seeded(seed);
            this.meaning = meaning;
            this.variances = seed % 2 == 0;
            this.gapped = holes > 0;
            this.rows = gapped ? Holes.in(generator.points(n, d, 2), holes, seed) : generator.points(n, d, 2);
            this.rows[0][0] = 1;
            this.weights = generator.rowWeights(n);
            this.covariances = new double[n][][];
            double[][] common = covariance(generator, d);
            for (int i = 0; i < n; i++) {
                covariances[i] = switch (i % 5) {
                    case 0 -> new double[d][d];
                    case 1, 3 -> common;
                    default -> covariance(generator, d);
                };
            }
        }

        /** Of any rank, if it is not diagonal. */
        private double[][] covariance(Generator generator, int d) {
            if (!variances) {
                double[][] part = generator.matrix(d, 1 + generator.random().nextInt(d));
                return Dense.times(part, Dense.transpose(part));
            }
            double[][] covariance = new double[d][d];
            for (int j = 0; j < d; j++) {
                covariance[j][j] = Math.max(0, generator.between(-0.5, 2));
            }
            return covariance;
        }

        RowCovariances given() {
            double[][] numbers = new double[rows.length][];
            for (int i = 0; i < numbers.length; i++) {
                double[][] covariance = covariances[i];
                numbers[i] = Packed.of(covariance);
                if (variances) {
                    numbers[i] = new double[covariance.length];
                    Arrays.setAll(numbers[i], j -> covariance[j][j]);
                }
            }
            return RowCovariances.triangles(Rows.of(numbers));
        }

        Rows rows() {
            Rows plain = Rows.of(rows).weighted(weights);
            Rows points = gapped ? plain.withGaps() : plain;
            return meaning == RowCovariance.SPREAD ? points.withSpread(given()) : points.withErrors(given());
        }
    }

    static Stream<Arguments> all() {
        List<Arguments> all = new ArrayList<>();
        for (RowCovariance meaning : List.of(RowCovariance.SPREAD, RowCovariance.ERROR)) {
            for (QuadraticForms.Factor factor : QuadraticForms.Factor.values()) {
                for (double holes : new double[] {0, 0.3}) {
                    all.add(Arguments.of(meaning, factor, holes));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesTheMomentsOfTheDefinition(RowCovariance meaning, QuadraticForms.Factor factor, double holes) {
        for (long seed = 0; seed < 24; seed++) {
            int d = 1 + (int) (seed / 2 % 5);
            int n = 1 + (int) seed * 12;
            QuadraticForms forms = GapScanTest.forms(Generator.seeded(seed), factor, 1 + (int) (seed % 4), d);
            Case one = new Case(seed, meaning, n, d, holes);
            GappedMoments expected = new GappedMoments(forms);
            for (int i = 0; i < n; i++) {
                expected.accept(one.rows[i], one.weights[i], meaning, one.covariances[i]);
            }
            for (Moments.Scatter scatter : Moments.Scatter.values()) {
                expected.assertAre(Scan.moments(one.rows(), forms, scatter, 2), 1e-10);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void scoresByTheDefinition(RowCovariance meaning, QuadraticForms.Factor factor, double holes) {
        int n = 400;
        int k = 3;
        QuadraticForms forms = GapScanTest.forms(Generator.seeded(3), factor, k, 4);
        Case one = new Case(7, meaning, n, 4, holes);
        GappedMoments definition = new GappedMoments(forms);
        double[] logDensities = new double[n];
        Scan.scores(one.rows(), forms, 2, (first, count, logDensity, responsibilities) -> {
            for (int i = 0; i < count; i++) {
                int row = (int) first + i;
                double[] scores = definition.scores(one.rows[row], meaning, one.covariances[row]);
                assertClose(logDensity[i], TextbookMixture.logSumExp(scores), 1e-10, "log-density");
                double[] shares = TextbookMixture.shares(scores);
                for (int c = 0; c < k; c++) {
                    assertClose(responsibilities[i * k + c], shares[c], 1e-10, "responsibility");
                }
                logDensities[row] = logDensity[i];
            }
        });
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += one.weights[i] == 0 ? 0 : one.weights[i] * logDensities[i];
        }
        assertClose(Scan.logLikelihood(one.rows(), forms, 2), sum, 1e-12, "log-likelihood");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void givesTheSameBitsForAnyNumberOfThreads(RowCovariance meaning) {
        int n = 20_000;
        QuadraticForms forms = GapScanTest.forms(Generator.seeded(1), QuadraticForms.Factor.TRIANGULAR, 40, 4);
        Case one = new Case(3, meaning, n, 4, 0);
        double[] alone =
                Scan.moments(one.rows(), forms, Moments.Scatter.FULL, 1).toArray();
        assertThat(Scan.moments(one.rows(), forms, Moments.Scatter.FULL, 3).toArray())
                .isEqualTo(alone);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void takesZeroCovariancesForPointsToTheBit(RowCovariance meaning) {
        Generator generator = Generator.seeded(5);
        QuadraticForms forms = GapScanTest.forms(generator, QuadraticForms.Factor.TRIANGULAR, 3, 2);
        Rows points = Rows.of(generator.points(3000, 2, 2));
        for (RowCovariances zero :
                List.of(RowCovariances.variances(0, 0), RowCovariances.deviations(Rows.of(new double[3000][2])))) {
            Rows rows = meaning == RowCovariance.SPREAD ? points.withSpread(zero) : points.withErrors(zero);
            assertThat(Scan.moments(rows, forms, Moments.Scatter.FULL, 1).toArray())
                    .isEqualTo(
                            Scan.moments(points, forms, Moments.Scatter.FULL, 1).toArray());
        }
    }

    /** An error beyond all bounds tells nothing of its column: the row is one with a gap there. */
    @Test
    void tendsToAGapAsErrorsGrow() {
        Generator generator = Generator.seeded(8);
        QuadraticForms forms = GapScanTest.forms(generator, QuadraticForms.Factor.TRIANGULAR, 2, 3);
        double[][] rows = generator.points(50, 3, 2);
        double[][] holed = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        for (double[] row : holed) {
            row[1] = Double.NaN;
        }
        Moments wide = Scan.moments(
                Rows.of(rows).withErrors(RowCovariances.variances(0, 1e12, 0)), forms, Moments.Scatter.FULL, 1);
        Moments gapped = Scan.moments(Rows.of(holed).withGaps(), forms, Moments.Scatter.FULL, 1);
        assertClose(wide.weights(), gapped.weights(), 1e-5, "weights");
        assertClose(wide.firsts(), gapped.firsts(), 1e-4, "firsts");
        assertClose(wide.second(1), gapped.second(1), 1e-4, "seconds");
    }

    /** A flat form, noise, is as dense with errors as without. */
    @Test
    void leavesAFlatFormAsItIs() {
        Generator generator = Generator.seeded(9);
        QuadraticForms some = GapScanTest.forms(generator, QuadraticForms.Factor.TRIANGULAR, 2, 2);
        double[][] factors = {some.factor(0), new double[3]};
        QuadraticForms forms = QuadraticForms.of(
                        QuadraticForms.Factor.TRIANGULAR, some.origin(), some.centres(), new double[] {-1, -2}, factors)
                .flat(1, columns -> 0);
        for (RowCovariances errors : List.of(
                RowCovariances.variances(1, 2),
                RowCovariances.triangles(Rows.of(squares(generator.points(60, 2, 1)))))) {
            double[][] far = generator.points(60, 2, 1);
            for (double[] row : far) {
                row[0] += 1e6;
            }
            Rows rows = Rows.of(far).withErrors(errors);
            Scan.scores(rows, forms, 1, (first, count, logDensity, responsibilities) -> {
                for (int i = 0; i < count; i++) {
                    assertThat(logDensity[i]).isEqualTo(-2);
                    assertThat(responsibilities[2 * i + 1]).isEqualTo(1);
                }
            });
            Moments moments = Scan.moments(rows, forms, Moments.Scatter.FULL, 1);
            assertThat(moments.weights()).containsExactly(0, 60);
        }
    }

    private static double[][] squares(double[][] rows) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(x -> x * x).toArray())
                .toArray(double[][]::new);
    }

    @Test
    void namesTheRowOfAWrongError() {
        QuadraticForms forms = GapScanTest.forms(Generator.seeded(1), QuadraticForms.Factor.TRIANGULAR, 1, 2);
        double[][] deviations = new double[5000][2];
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            deviations[4711][1] = bad;
            Rows rows = Rows.of(new double[5000][2]).named(List.of("a", "b"));
            assertThatThrownBy(() -> Scan.logLikelihood(
                            rows.withErrors(RowCovariances.deviations(Rows.of(deviations))), forms, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("row 4711, column \"b\": the standard deviation that goes with it is " + bad
                            + "; it must be finite and not negative: mend it or drop the row");
            double[] weights = new double[5000];
            weights[0] = 1;
            assertThat(Scan.logLikelihood(
                            rows.weighted(weights).withErrors(RowCovariances.deviations(Rows.of(deviations))),
                            forms,
                            1))
                    .isFinite();
        }
    }
}
