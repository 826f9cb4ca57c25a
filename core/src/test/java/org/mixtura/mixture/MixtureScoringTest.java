package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.testing.ComputedRows;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Golden;
import org.mixtura.testing.TextbookMixture;

/** Densities, responsibilities and labels of points and rows. */
class MixtureScoringTest {
    static Stream<Arguments> shapes() {
        return Arrays.stream(CovarianceStructure.values())
                .flatMap(structure -> IntStream.of(1, 2, 5, 9)
                        .boxed()
                        .flatMap(d -> IntStream.of(1, 2, 7).mapToObj(k -> Arguments.of(structure, d, k))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isTheTextbooks(CovarianceStructure structure, int d, int k) {
        int n = 150;
        Generator generator = Generator.seeded(100L * d + k);
        GaussianMixture mixture = generator.mixture(structure, k, d);
        TextbookMixture textbook = TextbookMixture.of(mixture);
        double[][] points = generator.points(n, d, 3);
        double[] logDensity = mixture.logDensity(Rows.of(points));
        double[][] responsibilities = mixture.responsibilities(Rows.of(points)).toRows();
        int[] labels = mixture.labels(Rows.of(points));
        for (int i = 0; i < n; i++) {
            double[] x = points[i];
            double expected = textbook.logDensity(x);
            double[] shares = textbook.responsibilities(x);
            assertClose(logDensity[i], expected, 1e-12);
            assertClose(mixture.logDensity(x), expected, 1e-12);
            assertClose(mixture.density(x), Math.exp(expected), 1e-12);
            assertClose(responsibilities[i], shares, 1e-12);
            assertClose(mixture.responsibilities(x), shares, 1e-12);
            assertThat(shares[labels[i]]).isEqualTo(Arrays.stream(shares).max().orElseThrow());
            assertThat(mixture.label(x)).isEqualTo(labels[i]);
        }
    }

    private static GaussianMixture stored(Golden parameters) {
        double[][] means = parameters.get("means").matrix();
        double[][][] covariances = parameters.get("covariances").matrices();
        List<Gaussian> components = new ArrayList<>();
        for (int k = 0; k < means.length; k++) {
            components.add(Gaussian.of(means[k], Covariance.full(covariances[k])));
        }
        return GaussianMixture.of(parameters.get("weights").vector(), components);
    }

    private static void assertScores(
            GaussianMixture mixture,
            double[][] x,
            Golden conditional,
            Golden logDensity,
            Golden logPosterior,
            double tolerance) {
        for (int i = 0; i < x.length; i++) {
            double[] point = x[i];
            assertClose(
                    mixture.components().stream()
                            .mapToDouble(g -> g.logDensity(point))
                            .toArray(),
                    conditional.get(i).vector(),
                    tolerance);
        }
        assertClose(mixture.logDensity(Rows.of(x)), logDensity.vector(), tolerance);
        double[][] responsibilities = mixture.responsibilities(Rows.of(x)).toRows();
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < mixture.size(); k++) {
                double expected = logPosterior.get(i).get(k).number();
                assertClose(responsibilities[i][k], Math.exp(expected), tolerance);
                // Below this a share has few digits, or none.
                if (expected > -700) {
                    assertClose(Math.log(responsibilities[i][k]), expected, tolerance);
                }
            }
        }
    }

    static Stream<Golden> fits() {
        return Golden.read("em/em.json").get("cases").elements().stream();
    }

    @ParameterizedTest
    @MethodSource("fits")
    void reproducesTheReferencesScoresFromItsParameters(Golden fit) {
        Golden at = fit.get("at_50");
        assertScores(
                stored(fit.get("snapshots").get("50")),
                at.get("x").matrix(),
                at.get("conditional_log_prob"),
                at.get("log_prob"),
                at.get("log_component_posterior"),
                1e-12);
    }

    static Stream<Golden> pairs() {
        return Golden.read("transport/transport.json").get("cases").elements().stream();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void reproducesTheReferencesScoresAndMoments(Golden pair) {
        GaussianMixture mixture = stored(pair.get("input").get("gmm0"));
        Golden scoring = pair.get("scoring");
        assertScores(
                mixture,
                scoring.get("x").matrix(),
                scoring.get("gmm0_conditional_log_prob"),
                scoring.get("gmm0_log_prob"),
                scoring.get("gmm0_log_component_posterior"),
                1e-10);
        assertClose(mixture.mean(), pair.get("gmm0_mean").vector(), 1e-12);
        assertClose(mixture.covariance().toMatrix(), pair.get("gmm0_covariance").matrix(), 1e-12);
    }

    /** Means far from zero, and points on a grid so that the offset itself costs nothing: not one bit may change. */
    @ParameterizedTest
    @EnumSource
    void anOffsetCostsNoBit(CovarianceStructure structure) {
        int d = 3;
        for (double offset : new double[] {1e8, 1e12, -1e15}) {
            Generator generator = Generator.seeded(19);
            double grid = 4 * Math.ulp(offset);
            double[][] means = onAGrid(generator.points(4, d, 20), grid, 0);
            double[][] points = onAGrid(generator.points(200, d, 20), grid, 0);
            double[] weights = generator.weights(4);
            List<Covariance> covariances = structure.tied()
                    ? java.util.Collections.nCopies(4, generator.covariance(structure, d))
                    : Stream.generate(() -> generator.covariance(structure, d))
                            .limit(4)
                            .toList();
            GaussianMixture near = mixture(weights, means, covariances);
            GaussianMixture far = mixture(weights, onAGrid(means, grid, offset), covariances);
            double[][] moved = onAGrid(points, grid, offset);
            assertThat(far.logDensity(Rows.of(moved))).containsExactly(near.logDensity(Rows.of(points)));
            assertThat(far.responsibilities(Rows.of(moved))).isEqualTo(near.responsibilities(Rows.of(points)));
            assertThat(far.logDensity(moved[0])).isEqualTo(near.logDensity(points[0]));
            assertClose(far.covariance().lowerTriangle(), near.covariance().lowerTriangle(), 1e-14);
        }
    }

    /** Columns in other units: the same labels, and the densities divided by the change of volume. */
    @ParameterizedTest
    @MethodSource("shapes")
    void unitsDoNotMatter(CovarianceStructure structure, int d, int k) {
        Generator generator = Generator.seeded(71);
        GaussianMixture mixture = generator.mixture(structure, k, d);
        double[][] points = generator.points(100, d, 3);
        double[] units = new double[d];
        Arrays.setAll(units, j -> j % 2 == 0 ? 1e8 : 1e-8);
        Matrix map = Matrix.of(IntStream.range(0, d)
                .mapToObj(i -> IntStream.range(0, d)
                        .mapToDouble(j -> i == j ? units[i] : 0)
                        .toArray())
                .toArray(double[][]::new));
        GaussianMixture scaled = mixture.image(map, new double[d]);
        double[][] moved = Arrays.stream(points).map(map::times).toArray(double[][]::new);
        assertThat(scaled.labels(Rows.of(moved))).containsExactly(mixture.labels(Rows.of(points)));
        double volume = Arrays.stream(units).map(Math::log).sum();
        double[] expected = Arrays.stream(mixture.logDensity(Rows.of(points)))
                .map(l -> l - volume)
                .toArray();
        assertClose(scaled.logDensity(Rows.of(moved)), expected, 1e-12);
    }

    private static double[][] onAGrid(double[][] points, double grid, double offset) {
        return Arrays.stream(points)
                .map(x -> Arrays.stream(x)
                        .map(v -> Math.rint(v / grid) * grid + offset)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static GaussianMixture mixture(double[] weights, double[][] means, List<Covariance> covariances) {
        return GaussianMixture.of(
                weights,
                IntStream.range(0, weights.length)
                        .mapToObj(k -> Gaussian.of(means[k], covariances.get(k)))
                        .toList());
    }

    /** A component far away takes no digit from the others: there is no common origin that would suit both. */
    @ParameterizedTest
    @ValueSource(doubles = {1e8, 1e12, 1e30, 1e150})
    void aDistantComponentCostsTheOthersNothing(double distance) {
        Covariance narrow = Covariance.spherical(1, 0.01);
        Covariance wide = Covariance.spherical(1, distance * distance / 4);
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.3, 0.3, 0.4},
                List.of(
                        Gaussian.of(new double[] {0}, narrow),
                        Gaussian.of(new double[] {0.3}, narrow),
                        Gaussian.of(new double[] {distance}, wide)));
        TextbookMixture textbook = TextbookMixture.of(mixture);
        double[][] points = {{-0.1}, {0.12}, {0.14}, {0.3}, {0.55}};
        double[] logDensity = mixture.logDensity(Rows.of(points));
        for (int i = 0; i < points.length; i++) {
            assertClose(logDensity[i], textbook.logDensity(points[i]), 1e-13);
            assertClose(mixture.logDensity(points[i]), textbook.logDensity(points[i]), 1e-13);
        }
        assertThat(mixture.labels(Rows.of(points))).containsExactly(0, 0, 0, 1, 1);
    }

    @ParameterizedTest
    @EnumSource
    void componentsOfWeightZeroOwnNothing(CovarianceStructure structure) {
        GaussianMixture two = Generator.seeded(23).mixture(structure, 2, 2);
        double[][] points = Generator.seeded(29).points(50, 2, 3);
        points[0] = new double[] {1e200, 1e200};
        for (int zero = 0; zero < 3; zero++) {
            List<double[]> means = new ArrayList<>(
                    two.components().stream().map(Gaussian::mean).toList());
            List<Covariance> covariances = new ArrayList<>(
                    two.components().stream().map(Gaussian::covariance).toList());
            List<Double> weights =
                    new ArrayList<>(Arrays.stream(two.weights()).boxed().toList());
            means.add(zero, new double[] {1e9, 1e9});
            covariances.add(zero, covariances.get(0));
            weights.add(zero, 0.0);
            GaussianMixture three = mixture(
                    weights.stream().mapToDouble(w -> w).toArray(), means.toArray(double[][]::new), covariances);
            assertThat(three.logDensity(Rows.of(points))).containsExactly(two.logDensity(Rows.of(points)));
            for (double[] x : points) {
                assertThat(three.logDensity(x)).isEqualTo(two.logDensity(x));
                assertThat(three.responsibilities(x)[zero]).isZero();
                assertThat(three.label(x)).isNotEqualTo(zero);
            }
            assertThat(three.responsibilities(Rows.of(points)).column(zero)).containsOnly(0);
            assertClose(three.mean(), two.mean(), 1e-14);
            assertClose(
                    three.covariance().toMatrix(), two.covariance().toMatrix().toRows(), 1e-14);
        }
    }

    static Stream<Arguments> farPoints() {
        return Arrays.stream(CovarianceStructure.values())
                .flatMap(structure ->
                        Stream.of(1e160, 1e200, 1e300, Double.MAX_VALUE).map(size -> Arguments.of(structure, size)));
    }

    @ParameterizedTest
    @MethodSource("farPoints")
    void farPointsHaveDensityZeroAndOneComponent(CovarianceStructure structure, double size) {
        GaussianMixture mixture = Generator.seeded(31).mixture(structure, 4, 3);
        double[][] points = new double[20][3];
        Generator generator = Generator.seeded(37);
        for (double[] point : points) {
            for (int j = 0; j < 3; j++) {
                point[j] = generator.random().nextBoolean() ? size : -size;
            }
        }
        double[] logDensity = mixture.logDensity(Rows.of(points));
        int[] labels = mixture.labels(Rows.of(points));
        for (int i = 0; i < points.length; i++) {
            double[] r = new double[4];
            r[labels[i]] = 1;
            assertThat(logDensity[i]).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(mixture.logDensity(points[i])).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(mixture.density(points[i])).isZero();
            assertThat(mixture.responsibilities(points[i])).containsExactly(r);
            assertThat(mixture.label(points[i])).isEqualTo(labels[i]);
        }
    }

    @Test
    void densitiesThatUnderflowHaveLogarithms() {
        GaussianMixture mixture = Generator.seeded(41).mixture(CovarianceStructure.FULL, 3, 2);
        double[] x = {300, -300};
        assertThat(mixture.density(x)).isZero();
        assertClose(mixture.logDensity(x), TextbookMixture.of(mixture).logDensity(x), 1e-13);
    }

    @Test
    void theLogLikelihoodIsTheWeightedSum() {
        int n = 30_000;
        Generator generator = Generator.seeded(43);
        GaussianMixture mixture = generator.mixture(CovarianceStructure.FULL, 5, 3);
        double[][] points = generator.points(n, 3, 2);
        double[] weights = generator.rowWeights(n);
        double expected = 0;
        double unweighted = 0;
        for (int i = 0; i < n; i++) {
            expected += weights[i] * mixture.logDensity(points[i]);
            unweighted += mixture.logDensity(points[i]);
        }
        assertClose(mixture.logLikelihood(Rows.of(points)), unweighted, 1e-12);
        Rows rows = Rows.of(points).weighted(weights);
        assertClose(mixture.logLikelihood(rows), expected, 1e-12);
        int zero =
                IntStream.range(0, n).filter(i -> weights[i] == 0).findFirst().orElseThrow();
        double before = mixture.logLikelihood(rows);
        points[zero][1] = Double.NaN;
        assertThat(mixture.logLikelihood(Rows.of(points).weighted(weights))).isEqualTo(before);
        points[zero + 1][0] = Double.POSITIVE_INFINITY;
        weights[zero + 1] = 1;
        assertThatThrownBy(() -> mixture.logLikelihood(Rows.of(points).weighted(weights)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("row " + (zero + 1) + ", column \"x0\" is Infinity");
    }

    @Test
    void scoresAreTheSameBitsForAnyThreads() {
        int n = 40_000;
        GaussianMixture mixture = Generator.seeded(47).mixture(CovarianceStructure.FULL, 6, 4);
        Rows rows = Rows.of(Generator.seeded(53).points(n, 4, 2));
        double[] expected = mixture.logDensity(rows);
        for (int threads : new int[] {1, 2, 3, 8}) {
            double[] actual = new double[n];
            mixture.score(
                    rows,
                    threads,
                    (first, count, logDensity, r) -> System.arraycopy(logDensity, 0, actual, (int) first, count));
            assertThat(Arrays.mismatch(actual, expected)).isEqualTo(-1);
        }
    }

    /** Streams of rows are scored without holding them, and their readers are closed. */
    @Test
    void scoresRowsThatAreComputed() {
        GaussianMixture mixture = Generator.seeded(59).mixture(CovarianceStructure.DIAGONAL, 3, 2);
        ComputedRows rows = new ComputedRows(10_000, 2, n -> new double[] {Math.sin((double) n), Math.cos(3.0 * n)});
        double[] logDensity = mixture.logDensity(rows);
        assertClose(logDensity[7777], mixture.logDensity(new double[] {Math.sin(7777), Math.cos(3.0 * 7777)}), 1e-13);
        assertClose(mixture.logLikelihood(rows), Arrays.stream(logDensity).sum(), 1e-12);
        assertThat(rows.openReaders()).isZero();
    }

    @Test
    void refusesWhatDoesNotFit() {
        GaussianMixture mixture =
                Generator.seeded(61).mixture(CovarianceStructure.FULL, 2, 2).named(List.of("fare", "tip"));
        for (double[] wrong : new double[][] {{1}, {1, 2, 3}, {}}) {
            String message = "a point of " + wrong.length + " values for a mixture of 2 columns";
            assertThatThrownBy(() -> mixture.logDensity(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> mixture.responsibilities(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> mixture.label(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] point = {1, wrong};
            String message = "column \"tip\" is " + wrong + "; every value must be a finite number";
            assertThatThrownBy(() -> mixture.density(point)).hasMessage(message);
            assertThatThrownBy(() -> mixture.responsibilities(point)).hasMessage(message);
            assertThatThrownBy(() -> mixture.label(point)).hasMessage(message);
        }
        Rows three = Rows.of(new double[] {1, 2, 3});
        for (Runnable question : List.<Runnable>of(
                () -> mixture.logDensity(three),
                () -> mixture.responsibilities(three),
                () -> mixture.labels(three),
                () -> mixture.logLikelihood(three))) {
            assertThatThrownBy(question::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rows of 3 columns for a mixture of 2 columns");
        }
        assertThatThrownBy(() -> mixture.score(Rows.of(new double[] {1, 2}), 0, (first, count, l, r) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 threads; at least 1 must work");
        Rows missing =
                Rows.of(new double[] {1, 2}, new double[] {3, Double.NaN}).named(List.of("a", "b"));
        assertThatThrownBy(() -> mixture.labels(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "row 1, column \"b\" is NaN; every value must be a finite number: drop the row or fill the gap");
    }

    @ParameterizedTest
    @EnumSource
    void theDensityOfAPointAllocatesNothing(CovarianceStructure structure) {
        GaussianMixture mixture = Generator.seeded(67).mixture(structure, 5, 4);
        double[] near = {1, 2, 3, 4};
        double[] far = {1e200, -1e200, 1e200, 1e200};
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        double sum = 0;
        // The least of several measurements: class loading and the compiler's own work may show in the first.
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1000; i++) {
                sum += mixture.logDensity(near) + mixture.density(far);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(sum).isNegative();
        // Asking for the count itself may take some bytes; one double a call would be 32,000.
        assertThat(least).isLessThan(1000);
    }
}
