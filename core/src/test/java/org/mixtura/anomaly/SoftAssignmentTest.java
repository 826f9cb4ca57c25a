package org.mixtura.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.anomaly.SoftAssignment.Checks;
import org.mixtura.anomaly.SoftGaussians.FlatDirection;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;

class SoftAssignmentTest {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /** Points and memberships; the points are multiples of 2⁻²⁰, so that shifts are exact. */
    private record Sample(Matrix points, Matrix memberships) {
        static Sample of(int n, int d, int components, long seed) {
            RandomGenerator random = new SplittableRandom(seed);
            double[][] points = new double[n][d];
            double[][] memberships = new double[n][components];
            for (int i = 0; i < n; i++) {
                Arrays.setAll(memberships[i], k -> Math.exp(2 * random.nextGaussian()));
                double sum = Arrays.stream(memberships[i]).sum();
                memberships[i] = Arrays.stream(memberships[i]).map(r -> r / sum).toArray();
                Arrays.setAll(points[i], j -> Math.rint(0x1p20 * random.nextGaussian()) * 0x1p-20);
            }
            return new Sample(Matrix.of(points), Matrix.of(memberships));
        }

        SoftAssignment assignment() {
            return SoftAssignment.of(Rows.of(points), Rows.of(memberships));
        }

        Sample repeated(int... rows) {
            return new Sample(
                    Matrix.of(Arrays.stream(rows).mapToObj(points::row).toArray(double[][]::new)),
                    Matrix.of(Arrays.stream(rows).mapToObj(memberships::row).toArray(double[][]::new)));
        }
    }

    private static Matrix map(Matrix matrix, DoubleUnaryOperator map) {
        return Matrix.of(
                matrix.rows(),
                matrix.columns(),
                Arrays.stream(matrix.toRowMajor()).map(map).toArray());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7, 3, 2", "40, 2, 4", "3000, 4, 3"})
    void followsTheDefinition(int n, int d, int components) {
        Sample sample = Sample.of(n, d, components, n);
        SoftGaussians gaussians = sample.assignment().gaussians();
        for (int k = 0; k < components; k++) {
            double members = 0;
            double[] mean = new double[d];
            for (int i = 0; i < n; i++) {
                members += sample.memberships.get(i, k);
                for (int j = 0; j < d; j++) {
                    mean[j] += sample.memberships.get(i, k) * sample.points.get(i, j);
                }
            }
            for (int j = 0; j < d; j++) {
                mean[j] /= members;
            }
            assertThat(gaussians.weights()[k]).isCloseTo(members / n, within(1e-14));
            assertThat(gaussians.means().row(k)).containsExactly(mean, within(1e-14));
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    double covariance = 0;
                    for (int i = 0; i < n; i++) {
                        covariance += sample.memberships.get(i, k)
                                * (sample.points.get(i, a) - mean[a])
                                * (sample.points.get(i, b) - mean[b]);
                    }
                    assertThat(gaussians.covariance(k).get(a, b)).isCloseTo(covariance / members, within(1e-14));
                }
            }
        }
    }

    @Test
    void oneHotMembershipsGiveTheClasses() {
        double[][] points = {{1, 2}, {3, 2}, {5, 8}, {9, 0}, {7, 4}};
        double[][] memberships = {{1, 0}, {1, 0}, {0, 1}, {0, 1}, {0, 1}};
        SoftGaussians gaussians =
                SoftAssignment.of(Rows.of(points), Rows.of(memberships)).gaussians();
        assertThat(gaussians.weights()).containsExactly(0.4, 0.6);
        assertThat(gaussians.means()).isEqualTo(Matrix.of(new double[][] {{2, 2}, {7, 4}}));
        assertThat(gaussians.covariance(0)).isEqualTo(Matrix.of(new double[][] {{1, 0}, {0, 0}}));
        assertThat(gaussians.covariance(1).toRowMajor())
                .containsExactly(new double[] {8 / 3.0, -16 / 3.0, -16 / 3.0, 32 / 3.0}, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -1000, 0x1p26})
    void aShiftOfEverythingLeavesCovariancesAndEnergiesAlone(double shift) {
        Sample sample = Sample.of(200, 3, 3, 5);
        Sample shifted = new Sample(map(sample.points, x -> x + shift), sample.memberships);
        SoftGaussians expected = sample.assignment().gaussians();
        SoftGaussians actual = shifted.assignment().gaussians();
        for (int k = 0; k < 3; k++) {
            double[] covariance = expected.covariance(k).toRowMajor();
            assertThat(actual.covariance(k).toRowMajor()).containsExactly(covariance, within(1e-13));
        }
        assertThat(actual.energy().scores(Rows.of(shifted.points)))
                .containsExactly(expected.energy().scores(Rows.of(sample.points)), within(1e-12));
    }

    @Test
    void aConstantIsFlatHoweverItRoundsButTwoValuesAreNot() {
        int n = 3000;
        RandomGenerator random = new SplittableRandom(12);
        double[][] points = new double[n][];
        double[][] memberships = new double[n][];
        for (int i = 0; i < n; i++) {
            double r = random.nextDouble();
            boolean first = i % 3 > 0;
            points[i] = new double[] {first ? 1.1 : 1000 * r, random.nextGaussian(), i % 2 == 0 ? 7 : 7 + 1e-12};
            memberships[i] = first ? new double[] {r, 0, 1 - r} : new double[] {0, 1, 0};
        }
        SoftGaussians gaussians =
                SoftAssignment.of(Rows.of(points), Rows.of(memberships)).gaussians();
        assertThat(gaussians.flatDirections()).containsExactly(new FlatDirection(0, 0), new FlatDirection(2, 0));
        assertThat(gaussians.covariance(0).row(0)).containsExactly(0, 0, 0);
        assertThat(gaussians.means().get(0, 0)).isEqualTo(1.1);
        double gap = (7 + 1e-12) - 7;
        assertThat(gaussians.covariance(1).get(2, 2)).isCloseTo(gap * gap / 4, withinPercentage(1e-9));
    }

    @Test
    void isAValue() {
        SoftAssignment assignment = Sample.of(20, 2, 2, 13).assignment();
        assertThat(assignment.gaussians())
                .isEqualTo(assignment.gaussians())
                .hasSameHashCodeAs(assignment.gaussians())
                .isNotEqualTo(assignment.ridge(Ridge.absolute(1e-5)).gaussians());
        assertThat(Ridge.relative(0.5))
                .isEqualTo(Ridge.relative(0.5))
                .hasSameHashCodeAs(Ridge.relative(0.5))
                .isNotEqualTo(Ridge.absolute(0.5));
    }

    @Test
    void energyIsMinusTheLogDensityOfTheMixture() {
        Sample sample = Sample.of(300, 3, 4, 6);
        Rows others = Rows.of(Sample.of(50, 3, 1, 7).points);
        SoftGaussians gaussians = sample.assignment().gaussians();
        double[] logDensity = gaussians.mixture().logDensity(others);
        assertThat(gaussians.energy().scores(others))
                .containsExactly(Arrays.stream(logDensity).map(value -> -value).toArray(), within(1e-12));
    }

    @Test
    void energyOfUnnormalisedMembershipsIsLowerByTheLogOfTheirSum() {
        Sample sample = Sample.of(60, 2, 2, 8);
        Matrix tripled = map(sample.memberships, r -> 3 * r);
        SoftGaussians gaussians = new Sample(sample.points, tripled)
                .assignment()
                .checks(Checks.LENIENT)
                .gaussians();
        Rows points = Rows.of(sample.points);
        double[] expected = Arrays.stream(
                        sample.assignment().gaussians().energy().scores(points))
                .map(energy -> energy - Math.log(3))
                .toArray();
        assertThat(gaussians.energy().scores(points)).containsExactly(expected, within(1e-12));
        assertThat(gaussians.mixture().weights())
                .containsExactly(sample.assignment().gaussians().weights(), within(1e-14));
    }

    @Test
    void aWeightIsARowSeveralTimes() {
        Sample sample = Sample.of(4, 2, 2, 9);
        SoftGaussians expected = sample.repeated(0, 0, 0, 2, 3, 3).assignment().gaussians();
        double[][] points = sample.points.toRows();
        double[][] memberships = sample.memberships.toRows();
        points[1][0] = Double.NaN;
        memberships[1][1] = Double.POSITIVE_INFINITY;
        SoftGaussians actual = SoftAssignment.of(
                        Rows.of(points).weighted(new double[] {3, 0, 1, 2}), Rows.of(memberships))
                .gaussians();
        assertThat(actual.weights()).containsExactly(expected.weights(), within(1e-15));
        assertThat(actual.means().toRowMajor()).containsExactly(expected.means().toRowMajor(), within(1e-15));
        assertThat(actual.logDeterminants()).containsExactly(expected.logDeterminants(), within(1e-12));
    }

    @Test
    void equalPointsHaveTheFactorOfTheRidge() {
        double[][] points = new double[9][];
        double[][] memberships = new double[9][];
        for (int i = 0; i < 9; i++) {
            points[i] = new double[] {0.1, -7.3};
            memberships[i] = new double[] {0.3 + 0.01 * i, 0.7 - 0.01 * i};
        }
        SoftAssignment assignment = SoftAssignment.of(Rows.of(points), Rows.of(memberships));
        SoftGaussians gaussians = assignment.gaussians();
        assertThat(gaussians.logDeterminants()[0]).isCloseTo(2 * Math.log(1e-6), within(1e-12));
        assertThat(gaussians.energy().mean(Rows.of(points)))
                .isCloseTo(Math.log(1e-6) + LOG_TWO_PI, within(1e-12))
                .isCloseTo(-11.978, within(5e-4));
        assertThat(gaussians.inverseVariances()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(gaussians.flatDirections())
                .containsExactly(
                        new FlatDirection(0, 0),
                        new FlatDirection(0, 1),
                        new FlatDirection(1, 0),
                        new FlatDirection(1, 1));
        assertThatThrownBy(() -> assignment.ridge(Ridge.relative(1e-6)).gaussians())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("component 0 of 2: covariance + 0.0 I is not positive definite (pivot 0 is 0.0); "
                        + "raise the ridge, or make it relative to the variances");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-8, 1, 1e8})
    void aRelativeRidgeDoesNotDependOnUnits(double unit) {
        Sample sample = Sample.of(30, 2, 2, 11);
        Matrix scaled = map(sample.points, x -> x * unit);
        double[] energies = sample.assignment()
                .ridge(Ridge.relative(0.01))
                .gaussians()
                .energy()
                .scores(Rows.of(sample.points));
        double[] expected = Arrays.stream(energies)
                .map(energy -> energy + 2 * Math.log(unit))
                .toArray();
        assertThat(new Sample(scaled, sample.memberships)
                        .assignment()
                        .ridge(Ridge.relative(0.01))
                        .gaussians()
                        .energy()
                        .scores(Rows.of(scaled)))
                .containsExactly(expected, within(1e-12));
    }

    @Test
    void aRidgeTooSmallForTheScaleIsNamed() {
        List<Matrix> covariances = List.of(Matrix.identity(2), Matrix.of(new double[][] {{1e18, 1e18}, {1e18, 1e18}}));
        double[] weights = {0.5, 0.5};
        Matrix means = Matrix.of(2, 2, new double[4]);
        assertThatThrownBy(() -> SoftGaussians.of(weights, means, covariances, Ridge.absolute(1e-6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("component 1 of 2: covariance + 1.0E-6 I is not positive definite (pivot 1 is 0.0); "
                        + "raise the ridge, or make it relative to the variances");
        // ln det of 1e18 [[1 + s, 1], [1, 1 + s]] is 2 ln 1e18 + ln(2s + s²)
        assertThat(SoftGaussians.of(weights, means, covariances, Ridge.relative(1e-6))
                        .logDeterminants()[1])
                .isCloseTo(2 * Math.log(1e18) + Math.log(2e-6 + 1e-12), within(1e-9));
    }

    @Test
    void anEmptyComponentIsRefusedOrReported() {
        double[][] points = {{1, 2}, {3, 5}, {5, 8}, {8, 0}};
        double[][] memberships = {{0.4, 0, 0.6}, {0.5, 0, 0.5}, {0.1, 0, 0.9}, {0.5, 0, 0.5}};
        SoftAssignment assignment =
                SoftAssignment.of(Rows.of(points), Rows.of(memberships).named(List.of("a", "b", "c")));
        assertThatThrownBy(assignment::gaussians)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("component 1 of 3 is empty: every membership \"b\" is 0; leave the column out, "
                        + "or make the checks lenient");

        SoftGaussians gaussians = assignment.checks(Checks.LENIENT).gaussians();
        double[][] without = {{0.4, 0.6}, {0.5, 0.5}, {0.1, 0.9}, {0.5, 0.5}};
        SoftGaussians two = SoftAssignment.of(Rows.of(points), Rows.of(without)).gaussians();
        assertThat(gaussians.emptyComponents()).containsExactly(1);
        assertThat(two.emptyComponents()).isEmpty();
        assertThat(gaussians.weights()).containsExactly(two.weights()[0], 0, two.weights()[1]);
        assertThat(gaussians.means().row(1)).containsOnly(Double.NaN);
        assertThat(gaussians.logDeterminants()[1]).isNaN();
        assertThat(gaussians.inverseVariances()).isEqualTo(two.inverseVariances());
        assertThat(gaussians.flatDirections()).isEmpty();
        assertThat(gaussians.energy().scores(Rows.of(points)))
                .containsExactly(two.energy().scores(Rows.of(points)));
        assertThat(gaussians.mixture()).isEqualTo(two.mixture());
    }

    @Test
    void aComponentOfWeightZeroHasNoPartInTheEnergy() {
        Matrix means = Matrix.of(new double[][] {{0}, {1}});
        List<Matrix> covariances = List.of(Matrix.identity(1), Matrix.of(new double[][] {{4}}));
        SoftGaussians gaussians = SoftGaussians.of(new double[] {1, 0}, means, covariances, Ridge.absolute(0));
        assertThat(gaussians.energy().scores(Rows.of(new double[] {3}))[0])
                .isCloseTo(0.5 * (LOG_TWO_PI + 9), within(1e-14));
        assertThat(gaussians.inverseVariances()).isEqualTo(1.25);
    }

    @Test
    void refusesRowsThatDoNotFit() {
        Rows two = Rows.of(new double[][] {{1}, {2}});
        Rows three = Rows.of(new double[][] {{1}, {1}, {1}});
        assertThatThrownBy(() -> SoftAssignment.of(two, three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 rows of memberships for 2 points");
        Rows none = new NoRows();
        assertThatThrownBy(() -> SoftAssignment.of(none, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no points; the parameters need at least one");
    }

    /** As a filter may leave a table. */
    private static final class NoRows implements Rows {
        @Override
        public long count() {
            return 0;
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public List<String> columns() {
            return List.of("x");
        }

        @Override
        public boolean weighted() {
            return false;
        }

        @Override
        public Reader reader() {
            throw new AssertionError("nothing to read");
        }
    }

    @Test
    void refusesBadNumbers() {
        double[][] points = {{1, 2}, {3, 4}, {5, 1}};
        Rows good = Rows.of(points);
        assertMessage(
                good,
                new double[][] {{0.5, 0.5}, {0.5, 0.6}, {1, 1}},
                "row 1: memberships sum to 1.1; they must sum to 1 within 1.0E-6: divide them by their sum, "
                        + "or make the checks lenient");
        assertMessage(
                good,
                new double[][] {{0.5, 0.5}, {0.5, 0.5}, {1.5, -0.5}},
                "row 2: membership \"x1\" is -0.5; a membership is finite and not negative");
        assertMessage(
                good,
                new double[][] {{Double.NaN, 0.5}, {0.5, 0.5}, {0.5, 0.5}},
                "row 0: membership \"x0\" is NaN; a membership is finite and not negative");
        assertMessage(
                Rows.of(new double[] {1, 2}, new double[] {3, Double.POSITIVE_INFINITY}),
                new double[][] {{1}, {1}},
                "row 1, column \"x1\" is Infinity; every value must be a finite number: drop the row or fill the gap");
        assertThatThrownBy(() -> SoftAssignment.of(good, Rows.of(new double[3][2]))
                        .checks(Checks.LENIENT)
                        .gaussians())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("all 2 components are empty: every membership is 0");
    }

    private static void assertMessage(Rows points, double[][] memberships, String message) {
        assertThatThrownBy(() -> SoftAssignment.of(points, Rows.of(memberships)).gaussians())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void acceptsSumsWithinTheTolerance() {
        double[][] memberships = {{0.5, 0.5 + 0.9e-6}, {0.5 - 0.9e-6, 0.5}};
        SoftGaussians gaussians = SoftAssignment.of(Rows.of(new double[] {1}, new double[] {2}), Rows.of(memberships))
                .gaussians();
        assertThat(Arrays.stream(gaussians.weights()).sum()).isCloseTo(1, within(1e-15));
    }

    @Test
    void refusesParametersThatDoNotFit() {
        Matrix means = Matrix.of(new double[][] {{0, 0}});
        assertParameters(
                new double[] {0.5, 0.5},
                means,
                Matrix.identity(2),
                "2 weights, means of 1 × 2 and 1 covariances; there must be one of each for every component");
        assertParameters(
                new double[] {-1},
                means,
                Matrix.identity(2),
                "component 0 of 1: weight is -1.0; a weight is finite and not negative");
        assertParameters(
                new double[] {1},
                means,
                Matrix.identity(3),
                "component 0 of 1: covariance of 3 × 3 for means of 2 columns");
        assertParameters(
                new double[] {1},
                Matrix.of(new double[][] {{0, Double.NaN}}),
                Matrix.identity(2),
                "component 0 of 1: mean or covariance is not finite");
        assertParameters(new double[] {0}, means, Matrix.identity(2), "all 1 weights are zero");
    }

    private static void assertParameters(double[] weights, Matrix means, Matrix covariance, String message) {
        assertThatThrownBy(() -> SoftGaussians.of(weights, means, List.of(covariance), Ridge.absolute(1e-6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesABadRidge() {
        assertThatThrownBy(() -> Ridge.absolute(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ridge is -1.0; a ridge is finite and not negative");
        assertThatThrownBy(() -> Ridge.relative(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ridge is NaN; a ridge is finite and not negative");
    }
}
