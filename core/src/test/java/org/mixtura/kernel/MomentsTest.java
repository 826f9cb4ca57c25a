package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Block;
import org.mixtura.kernel.Moments.Scatter;
import org.mixtura.kernel.QuadraticForms.Factor;
import org.mixtura.testing.Generator;

class MomentsTest {
    private static final double[] UNWEIGHTED = {};

    private static Moments zeroCentred(int d, int k, Scatter scatter) {
        return Moments.about(new double[d], new double[k * d], scatter);
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] concat(Moments moments) {
        double[] all = Arrays.copyOf(moments.weights(), moments.weights().length + moments.firsts().length);
        System.arraycopy(moments.firsts(), 0, all, moments.weights().length, moments.firsts().length);
        for (int k = 0; k < moments.components(); k++) {
            double[] second = moments.second(k);
            int at = all.length;
            all = Arrays.copyOf(all, at + second.length);
            System.arraycopy(second, 0, all, at, second.length);
        }
        return all;
    }

    /** Many rows at once, from the middle of a block, against one row at a time. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 3, 127", "3, 2, 128", "4, 1, 129", "5, 4, 300", "16, 3, 1000"})
    void acceptsManyRowsAsOneByOne(int d, int k, int n) {
        Generator generator = Generator.seeded(61L * d + n);
        double[][] points = generator.points(n + 7, d, 2);
        double[] weights = generator.rowWeights(n + 7);
        double[] origin = generator.vector(d);
        double[] centres = generator.vector(k * d);
        double[] r = new double[n * k];
        for (int i = 0; i < r.length; i++) {
            r[i] = generator.random().nextInt(4) == 0 ? 0 : generator.between(0, 1);
        }
        for (Scatter scatter : Scatter.values()) {
            Moments together = Moments.about(origin, centres, scatter);
            Moments single = Moments.about(origin, centres, scatter);
            Block block = FormsFixture.block(points, n + 7, weights);
            together.accept(block, 4, n, r);
            for (int i = 0; i < n; i++) {
                single.accept(block, 4 + i, 1, Arrays.copyOfRange(r, i * k, (i + 1) * k));
            }
            assertClose(concat(together), concat(single), 1e-13);
        }
    }

    @ParameterizedTest
    @EnumSource
    void partsAddUpToTheWhole(Scatter scatter) {
        Generator generator = Generator.seeded(67);
        QuadraticForms forms = FormsFixture.random(generator, Factor.TRIANGULAR, 3, generator.vector(4));
        double[][] points = generator.points(500, 4, 1.5);
        double[] weights = generator.rowWeights(500);
        NaiveMoments naive = new NaiveMoments(forms);
        Moments total = Moments.about(forms, scatter);
        for (int first = 0; first < 500; first += 100) {
            Moments part = total.emptyCopy();
            double[][] rows = Arrays.copyOfRange(points, first, first + 100);
            double[] w = Arrays.copyOfRange(weights, first, first + 100);
            new PlainKernels().worker(forms).accumulate(FormsFixture.block(rows, 100, w), part);
            total.combine(part);
            for (int i = 0; i < 100; i++) {
                naive.accept(rows[i], w[i]);
            }
        }
        naive.assertAre(total, 1e-12);
        total.clear();
        assertThat(concat(total)).containsOnly(0);
        assertThat(total.logLikelihood()).isZero();
        assertThat(total.assignmentEntropy()).isZero();
        assertThat(total.totalWeight()).isZero();
    }

    @Test
    void combinesOnlyMomentsAboutTheSameCentres() {
        Moments total = zeroCentred(2, 3, Scatter.FULL);
        for (Moments other : new Moments[] {
            zeroCentred(2, 2, Scatter.FULL),
            zeroCentred(2, 3, Scatter.DIAGONAL),
            Moments.about(new double[2], new double[] {0, 0, 0, 0, 0, 1}, Scatter.FULL),
            Moments.about(new double[] {0, 1}, new double[6], Scatter.FULL)
        }) {
            assertThatThrownBy(() -> total.combine(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("moments about other centres, or of another scatter, cannot be added");
        }
        total.combine(zeroCentred(2, 3, Scatter.FULL));
    }

    @Test
    void takesOnlyRowsLessItsOwnOrigin() {
        Moments moments = zeroCentred(2, 3, Scatter.FULL);
        TurnedRows rows = new TurnedRows(new double[] {0, 1}, 4);
        assertThatThrownBy(() -> moments.accept(rows, new double[3][4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows less another origin than that of the moments cannot be added");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1e12, 1e-9"})
    void theLogLikelihoodOfAMillionPartsKeepsItsDigits(double large, double allowed) {
        Moments total = zeroCentred(1, 1, Scatter.DIAGONAL);
        Moments part = total.emptyCopy();
        part.acceptScores(1, large, 0);
        total.combine(part);
        part.clear();
        part.acceptScores(1, 0.1, 0);
        for (int i = 0; i < 1_000_000; i++) {
            total.combine(part);
        }
        part.clear();
        part.acceptScores(1, -large, 0);
        total.combine(part);
        assertThat(Math.abs(total.logLikelihood() - 1e5)).isLessThanOrEqualTo(allowed);
    }

    @Test
    void anInfiniteLogLikelihoodStaysInfinite() {
        Moments total = zeroCentred(1, 1, Scatter.DIAGONAL);
        Moments far = total.emptyCopy();
        far.acceptScores(2, Double.NEGATIVE_INFINITY, 0);
        far.acceptScores(0, Double.NaN, Double.NaN);
        total.combine(far);
        total.combine(far);
        assertThat(total.logLikelihood()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(total.totalWeight()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void meanAndScatterAreAboutTheMean(Scatter scatter) {
        int d = 4;
        int n = 200;
        Generator generator = Generator.seeded(71);
        double[][] points = generator.points(n, d, 1);
        double[] weights = generator.rowWeights(n);
        Moments moments = Moments.about(generator.vector(d), generator.vector(d), scatter);
        moments.accept(FormsFixture.block(points, n, weights), 0, n, ones(n));
        double total = Arrays.stream(weights).sum();
        double[] mean = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += weights[i] * points[i][j] / total;
            }
        }
        double[] relative = mean.clone();
        for (int j = 0; j < d; j++) {
            relative[j] -= moments.origin()[j];
        }
        assertClose(moments.mean(0), relative, 1e-14);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double expected = 0;
                for (int i = 0; i < n; i++) {
                    expected += weights[i] * (points[i][a] - mean[a]) * (points[i][b] - mean[b]);
                }
                if (scatter == Scatter.FULL) {
                    assertClose(moments.scatter(0)[a * (a + 1) / 2 + b] / total, expected / total, 1e-14);
                } else if (a == b) {
                    assertClose(moments.scatter(0)[a] / total, expected / total, 1e-14);
                }
            }
        }
    }

    /** What a shift of s standard deviations costs: about s² roundings of the scatter itself. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e2, 1e4, 1e6})
    void scatterAfterALongShiftLosesTheSquareOfTheShift(double shift) {
        int n = 1000;
        Generator generator = Generator.seeded(73);
        double[][] points = generator.points(n, 2, 1);
        Moments near = zeroCentred(2, 1, Scatter.FULL);
        near.accept(FormsFixture.block(points, n, UNWEIGHTED), 0, n, ones(n));
        Moments far = Moments.about(new double[2], new double[] {shift, -shift}, Scatter.FULL);
        far.accept(FormsFixture.block(points, n, UNWEIGHTED), 0, n, ones(n));
        double allowed = 100 * Math.ulp(1.0) * n * Math.max(1, shift * shift);
        for (int i = 0; i < 3; i++) {
            assertThat(Math.abs(far.scatter(0)[i] - near.scatter(0)[i])).isLessThanOrEqualTo(allowed);
        }
        assertClose(far.mean(0), near.mean(0), 1e-15 * Math.max(1, shift) * 100);
    }

    @ParameterizedTest
    @EnumSource
    void rowsAtOnePointHaveNoNegativeVariance(Scatter scatter) {
        Generator generator = Generator.seeded(79);
        for (int n = 1; n < 60; n++) {
            double[] point = generator.vector(3);
            double[][] points = new double[n][];
            Arrays.fill(points, point);
            Moments moments = Moments.about(new double[3], generator.vector(3), scatter);
            moments.accept(FormsFixture.block(points, n, generator.rowWeights(n)), 0, n, ones(n));
            double[] result = moments.scatter(0);
            for (int j = 0; j < 3; j++) {
                assertThat(result[scatter == Scatter.FULL ? j * (j + 3) / 2 : j])
                        .isBetween(0.0, 1e-13 * n);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aComponentWithoutRowsStaysWhereItIs(Scatter scatter) {
        double[] centres = {1, 2, 3, 4};
        Moments moments = Moments.about(new double[2], centres, scatter);
        moments.accept(FormsFixture.block(new double[][] {{5, 6}}, 1, UNWEIGHTED), 0, 1, new double[] {1, 0});
        assertThat(moments.mean(0)).containsExactly(5, 6);
        assertThat(moments.mean(1)).containsExactly(3, 4);
        assertThat(moments.scatter(1)).containsOnly(0);
        assertThat(moments.scatter(0)).containsOnly(0);
    }

    /** Rows of weight zero count for nothing, even if they are not numbers at all. */
    @ParameterizedTest
    @EnumSource
    void rowsOfWeightZeroAreNotTouched(Scatter scatter) {
        Moments moments = zeroCentred(2, 1, scatter);
        double[][] points = {{1, 2}, {Double.NaN, Double.POSITIVE_INFINITY}, {3, 5}};
        moments.accept(FormsFixture.block(points, 3, new double[] {1, 0, 2}), 0, 3, ones(3));
        assertThat(moments.weights()).containsExactly(3);
        assertThat(moments.firsts()).containsExactly(7, 12);
        assertThat(moments.second(0))
                .containsExactly(scatter == Scatter.FULL ? new double[] {19, 32, 54} : new double[] {19, 54});
    }
}
