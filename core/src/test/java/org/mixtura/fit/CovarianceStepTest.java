package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Golden;

/** The M-steps of the fourteen structures against mclust's (goldens/mclust), and against what they claim to maximise. */
class CovarianceStepTest {
    private static final int[] SPECIES =
            IntStream.range(0, 150).map(i -> i / 50).toArray();

    static List<Golden> steps() {
        return Golden.read("mclust/steps.json").get("steps").elements();
    }

    private static Em fromSpecies(CovarianceStructure structure) {
        return Em.components(3)
                .covariance(structure)
                .regularization(Regularization.none())
                .initialization(Initialization.labels(SPECIES));
    }

    /** VVE has several maxima over the common axes. mclust looks for one from the columns' own, and ends lower. */
    private static boolean endsElsewhere(CovarianceStructure structure) {
        return structure == CovarianceStructure.VVE;
    }

    @ParameterizedTest
    @MethodSource("steps")
    void isMclustsFromTheTrueSpecies(Golden golden) {
        CovarianceStructure structure =
                CovarianceStructure.of(golden.get("structure").text());
        double[][][] expected = golden.get("covariances").matrices();
        Problem problem = Problem.iris();
        List<Covariance> theirs =
                Arrays.stream(expected).map(CovarianceStepTest::symmetric).toList();
        double highest = problem.q(theirs);
        List<Covariance> found = problem.step(structure, List.of());
        assertThat(problem.q(found)).isGreaterThanOrEqualTo(highest - 1e-10);
        if (endsElsewhere(structure)) {
            assertThat(problem.q(found)).isGreaterThan(highest + 0.1);
        } else {
            for (int k = 0; k < 3; k++) {
                assertClose(found.get(k).toMatrix().toRows(), expected[k], 1e-8, "covariance " + k);
            }
        }
        GaussianMixture fitted =
                fromSpecies(structure).maxIterations(0).fit(Examples.iris()).model();
        assertThat(fitted.structure()).isEqualTo(structure);
        for (int k = 0; k < 3; k++) {
            assertClose(
                    fitted.component(k).covariance().toMatrix().toRows(),
                    found.get(k).toMatrix().toRows(),
                    1e-12,
                    "covariance " + k);
        }
    }

    private static Covariance symmetric(double[][] rows) {
        return Covariance.full(Packed.of(rows), rows.length);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void endsWhereMclustEndsFromTheTrueSpecies(Golden golden) {
        CovarianceStructure structure =
                CovarianceStructure.of(golden.get("structure").text());
        Fit<GaussianMixture> fit =
                fromSpecies(structure).tolerance(1e-12).maxIterations(5000).fit(Examples.iris());
        double theirs = golden.get("logLikelihood").number();
        if (endsElsewhere(structure)) {
            assertThat(fit.logLikelihood()).isGreaterThan(theirs + 1);
        } else {
            assertThat(fit.logLikelihood()).isCloseTo(theirs, within(1e-5));
        }
        assertThat(fit.freeParameters()).isEqualTo(golden.get("df").integer());
    }

    /** A random M-step: scatters of some components, and counts. */
    private record Problem(Scatters scatters, SoundCovariances sound) {
        static Problem iris() {
            return of(Examples.values("iris", 4), SPECIES, 3, Regularization.none());
        }

        static Problem of(double[][] values, int[] labels, int components, Regularization regularization) {
            Rows rows = Rows.of(values);
            RowSummary summary = RowSummary.of(rows, 1);
            int d = values[0].length;
            List<Partition.Share> shares = new ArrayList<>();
            for (int k = 0; k < components; k++) {
                int own = k;
                double[][] mine = IntStream.range(0, values.length)
                        .filter(i -> labels[i] == own)
                        .mapToObj(i -> values[i])
                        .toArray(double[][]::new);
                double[] mean = new double[d];
                for (double[] row : mine) {
                    for (int j = 0; j < d; j++) {
                        mean[j] += row[j] / mine.length;
                    }
                }
                double[] scatter = new double[Packed.size(d)];
                for (double[] row : mine) {
                    for (int i = 0; i < d; i++) {
                        for (int j = 0; j <= i; j++) {
                            scatter[Packed.index(i, j)] += (row[i] - mean[i]) * (row[j] - mean[j]);
                        }
                    }
                }
                shares.add(new Partition.Share(mine.length, mean, scatter));
            }
            double[] pseudoScatter = regularization.pseudoScatter(summary, components);
            List<String> names = IntStream.range(0, components)
                    .mapToObj(k -> "component " + k)
                    .toList();
            return new Problem(
                    Scatters.each(
                            shares,
                            names,
                            new Scatters.Prior(pseudoScatter, regularization.pseudoRows(), regularization.ridge())),
                    new SoundCovariances(summary, rows.columns()));
        }

        /** One with 2 to 5 components in 1 to 5 columns. */
        static Problem seeded(long seed) {
            Generator generator = Generator.seeded(seed);
            int d = 1 + generator.random().nextInt(5);
            int k = 2 + generator.random().nextInt(4);
            int n = k * (2 * d + 2) + generator.random().nextInt(40);
            double[][] values = generator.points(n, d, 1);
            int[] labels = IntStream.range(0, n).map(i -> i % k).toArray();
            double[][][] maps = new double[k][][];
            for (int i = 0; i < k; i++) {
                maps[i] = generator.map(d);
            }
            for (int i = 0; i < n; i++) {
                values[i] = Dense.times(maps[labels[i]], values[i]);
            }
            return of(values, labels, k, Regularization.none());
        }

        List<Covariance> step(CovarianceStructure structure, List<Covariance> previous) {
            CovarianceStep step = CovarianceStep.of(structure);
            Scatters own = structure.unconstrained() == CovarianceStructure.FULL ? scatters : diagonals(scatters);
            if (!structure.tied()) {
                return step.covariances(own, previous, sound);
            }
            double[] sum = new double[own.each().get(0).length];
            for (double[] scatter : own.each()) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += scatter[i];
                }
            }
            double[] count = {Arrays.stream(scatters.counts()).sum()};
            Scatters pooled = new Scatters(List.of(sum), count, List.of("all"), scatters.dimension());
            return Collections.nCopies(
                    scatters.size(), step.covariances(pooled, List.of(), sound).get(0));
        }

        /** The end of steps from the same scatters: one, unless it is cut short. */
        List<Covariance> settled(CovarianceStructure structure, List<Covariance> previous) {
            List<Covariance> now = step(structure, previous);
            for (int i = 0; i < 500; i++) {
                List<Covariance> next = step(structure, now);
                double gain = q(next) - q(now);
                assertThat(gain).isGreaterThanOrEqualTo(-1e-10 * Math.abs(q(now)));
                now = next;
                if (gain < 1e-13 * Math.abs(q(now))) {
                    break;
                }
            }
            return now;
        }

        private static Scatters diagonals(Scatters full) {
            int d = full.dimension();
            List<double[]> each = full.each().stream()
                    .map(w -> IntStream.range(0, d)
                            .mapToDouble(j -> w[Packed.index(j, j)])
                            .toArray())
                    .toList();
            return new Scatters(each, full.counts(), full.names(), d);
        }

        /** −½ Σ_k (n_k ln det Σ_k + tr W_k Σ_k⁻¹). */
        double q(List<Covariance> covariances) {
            double q = 0;
            for (int k = 0; k < covariances.size(); k++) {
                Covariance covariance = covariances.get(k);
                q -= scatters.counts()[k] * covariance.logDeterminant() / 2;
                q -= covariance.traceOfInverseTimes(scatters.each().get(k)) / 2;
            }
            return q;
        }
    }

    /** Each structure, and those that it contains. */
    private static final List<List<String>> NESTED = List.of(
            List.of("EII", "VII", "EEI"),
            List.of("VII", "VEI"),
            List.of("EEI", "VEI", "EVI", "EEE"),
            List.of("VEI", "VVI", "VEE"),
            List.of("EVI", "VVI", "EVE"),
            List.of("VVI", "VVE"),
            List.of("EEE", "VEE", "EVE", "EEV"),
            List.of("VEE", "VVE", "VEV"),
            List.of("EVE", "VVE", "EVV"),
            List.of("VVE", "VVV"),
            List.of("EEV", "VEV", "EVV"),
            List.of("VEV", "VVV"),
            List.of("EVV", "VVV"));

    @Test
    void aRicherStructureReachesAtLeastAsHigh() {
        for (long seed = 0; seed < 1000; seed++) {
            Problem problem = Problem.seeded(seed);
            Map<CovarianceStructure, List<Covariance>> steps = new EnumMap<>(CovarianceStructure.class);
            for (CovarianceStructure structure : CovarianceStructure.values()) {
                steps.put(structure, problem.step(structure, List.of()));
            }
            for (List<String> nested : NESTED) {
                List<Covariance> poor = Objects.requireNonNull(steps.get(CovarianceStructure.of(nested.get(0))));
                double least = problem.q(poor);
                for (String name : nested.subList(1, nested.size())) {
                    CovarianceStructure rich = CovarianceStructure.of(name);
                    double allowed = 1e-11 * Math.abs(least) + 1e-9;
                    // Of a common orientation there are several maxima, of which the one near the poorer solution is
                    // higher.
                    boolean local = name.equals("EVE") || name.equals("VVE");
                    List<Covariance> richer =
                            local ? problem.step(rich, poor) : Objects.requireNonNull(steps.get(rich));
                    assertThat(problem.q(richer))
                            .as("seed %d: %s contains %s", seed, name, nested.get(0))
                            .isGreaterThanOrEqualTo(least - allowed);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverFallsFromWhereItWas(CovarianceStructure structure) {
        for (long seed = 0; seed < 200; seed++) {
            Problem before = Problem.seeded(seed);
            Problem after = new Problem(
                    new Scatters(
                            mixed(before.scatters, seed),
                            before.scatters.counts(),
                            before.scatters.names(),
                            before.scatters.dimension()),
                    before.sound);
            List<Covariance> previous = before.step(structure, List.of());
            double q = after.q(previous);
            List<Covariance> next = after.step(structure, previous);
            assertThat(after.q(next)).as("seed %d", seed).isGreaterThanOrEqualTo(q - 1e-10 * Math.abs(q));
            // Only what is iterated over matrices may be cut short.
            CovarianceStep step = CovarianceStep.of(structure);
            boolean exact = !(step instanceof CommonOrientation || step instanceof CommonMatrix);
            assertThat(after.q(after.step(structure, next)) - after.q(next))
                    .as("seed %d", seed)
                    .isBetween(-1e-10 * Math.abs(q), exact ? 1e-10 * Math.abs(q) : Double.MAX_VALUE);
        }
    }

    /** In many columns axes are found in another way, and what gains little waits; here with fewer rows than columns. */
    @Test
    void keepsItsPromisesInManyColumns() {
        int d = Orientation.MANY + 2;
        Generator generator = Generator.seeded(4);
        double[][] values = generator.points(90, d, 1);
        int[] labels = IntStream.range(0, 90).map(i -> i % 3).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = Dense.times(1 + labels[i], values[i]);
            values[i][labels[i]] *= 1e3;
        }
        Problem problem = Problem.of(values, labels, 3, Regularization.penalty(1));
        Problem after = new Problem(
                new Scatters(mixed(problem.scatters, 1), problem.scatters.counts(), problem.scatters.names(), d),
                problem.sound);
        Map<CovarianceStructure, List<Covariance>> steps = new EnumMap<>(CovarianceStructure.class);
        for (CovarianceStructure structure : CovarianceStructure.values()) {
            List<Covariance> step = problem.step(structure, List.of());
            steps.put(structure, step);
            double q = after.q(step);
            assertThat(after.q(after.step(structure, step)))
                    .as(structure.identifier())
                    .isGreaterThanOrEqualTo(q - 1e-10 * Math.abs(q));
            List<Covariance> forgotten = step.stream()
                    .map(c -> structure.unconstrained() == CovarianceStructure.FULL
                            ? Covariance.full(c.lowerTriangle(), d)
                            : c)
                    .toList();
            assertThat(after.q(after.step(structure, forgotten)))
                    .as(structure.identifier())
                    .isGreaterThanOrEqualTo(q - 1e-10 * Math.abs(q));
        }
        for (List<String> nested : NESTED) {
            List<Covariance> poor = Objects.requireNonNull(steps.get(CovarianceStructure.of(nested.get(0))));
            double least = problem.q(poor);
            for (String name : nested.subList(1, nested.size())) {
                CovarianceStructure rich = CovarianceStructure.of(name);
                boolean local = name.equals("EVE") || name.equals("VVE");
                List<Covariance> richer = local ? problem.step(rich, poor) : Objects.requireNonNull(steps.get(rich));
                assertThat(problem.q(richer))
                        .as("%s contains %s", name, nested.get(0))
                        .isGreaterThanOrEqualTo(least - 1e-10 * Math.abs(least));
            }
        }
    }

    /** No mixture of the same structure nearby is better: each step is compared with steps for disturbed scatters. */
    @ParameterizedTest
    @EnumSource
    void isHigherThanItsNeighbours(CovarianceStructure structure) {
        for (long seed = 0; seed < 50; seed++) {
            Problem problem = Problem.seeded(seed);
            List<Covariance> best = problem.settled(structure, List.of());
            double q = problem.q(best);
            for (double size : new double[] {1e-1, 1e-3, 1e-5}) {
                Generator generator = Generator.seeded(seed);
                List<double[]> disturbed = problem.scatters.each().stream()
                        .map(w -> {
                            double[] other = Packed.of(generator.positiveDefinite(problem.scatters.dimension()));
                            double[] sum = w.clone();
                            for (int i = 0; i < sum.length; i++) {
                                sum[i] += size * w[0] * other[i];
                            }
                            return sum;
                        })
                        .toList();
                Scatters near = new Scatters(
                        disturbed, problem.scatters.counts(), problem.scatters.names(), problem.scatters.dimension());
                List<Covariance> neighbour = new Problem(near, problem.sound).step(structure, best);
                assertThat(problem.q(neighbour)).as("seed %d", seed).isLessThanOrEqualTo(q + 1e-9 * Math.abs(q));
            }
        }
    }

    /** Other scatters of the same size, as after rows have changed components. */
    private static List<double[]> mixed(Scatters scatters, long seed) {
        Generator generator = Generator.seeded(seed);
        List<double[]> mixed = new ArrayList<>();
        for (double[] scatter : scatters.each()) {
            double[] other = Packed.of(generator.positiveDefinite(scatters.dimension()));
            double share = generator.between(0.1, 2);
            mixed.add(IntStream.range(0, scatter.length)
                    .mapToDouble(i -> scatter[i] + 10 * share * other[i])
                    .toArray());
        }
        return mixed;
    }

    /** What the components of a structure have in common, to rounding. */
    @ParameterizedTest
    @EnumSource
    void keepsWhatTheNameSays(CovarianceStructure structure) {
        for (long seed = 0; seed < 100; seed++) {
            Problem problem = Problem.seeded(seed);
            List<Covariance> step = problem.step(structure, List.of());
            int d = step.get(0).dimension();
            double[] volumes = Spectra.volumes(step);
            for (int k = 1; k < step.size(); k++) {
                if (structure.identifier().charAt(0) == 'E') {
                    assertClose(volumes[k] / volumes[0], 1, 1e-10, "volume");
                }
                double[][] first =
                        Dense.times(1 / volumes[0], step.get(0).toMatrix().toRows());
                double[][] other =
                        Dense.times(1 / volumes[k], step.get(k).toMatrix().toRows());
                if (structure.identifier().charAt(1) == 'E') {
                    // Matrices of one spectrum have the same traces of all powers.
                    double[][] a = first;
                    double[][] b = other;
                    for (int power = 1; power <= d; power++) {
                        assertClose(trace(b) / trace(a), 1, 1e-8, "shape");
                        a = Dense.times(a, first);
                        b = Dense.times(b, other);
                    }
                }
                if (structure.identifier().charAt(2) == 'E') {
                    double[][] ab = Dense.times(first, other);
                    assertClose(ab, Dense.transpose(ab), 1e-9 * trace(ab), "orientation");
                }
            }
        }
    }

    private static double trace(double[][] matrix) {
        return IntStream.range(0, matrix.length).mapToDouble(j -> matrix[j][j]).sum();
    }
}
