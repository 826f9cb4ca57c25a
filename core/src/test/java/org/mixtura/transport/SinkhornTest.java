package org.mixtura.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.GaussianMixture;

class SinkhornTest {
    private static final Sinkhorn STANDARD = Sinkhorn.standard();

    /** A problem with its data. */
    private static final class Problem {
        private final double[] a;
        private final double[] b;
        private final Matrix costs;

        Problem(double[] a, double[] b, Matrix costs) {
            this.a = a;
            this.b = b;
            this.costs = costs;
        }

        static Problem of(int m, int n, long seed) {
            RandomGenerator random = RandomMixtures.random(seed);
            return new Problem(
                    RandomMixtures.weights(m, random),
                    RandomMixtures.weights(n, random),
                    RandomMixtures.costs(m, n, random));
        }

        EntropicPlan solve(Sinkhorn sinkhorn) {
            return sinkhorn.between(a, b, costs);
        }

        /** The objective written out, with the product as reference. */
        double objective(Matrix p, double epsilon, double rho) {
            double sum = 0;
            double[][] product = new double[a.length][b.length];
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < b.length; j++) {
                    sum += p.get(i, j) * costs.get(i, j);
                    product[i][j] = a[i] * b[j];
                }
            }
            double entropy = divergence(p.toRowMajor(), Matrix.of(product).toRowMajor());
            return sum + epsilon * entropy + marginals(p, rho);
        }

        double marginals(Matrix p, double rho) {
            return rho == 0
                    ? 0
                    : rho * divergence(RandomMixtures.rowSums(p), a)
                            + rho * divergence(RandomMixtures.rowSums(p.transpose()), b);
        }

        private static double divergence(double[] p, double[] q) {
            double sum = 0;
            for (int i = 0; i < p.length; i++) {
                sum += (p[i] > 0 ? p[i] * Math.log(p[i] / q[i]) : 0) - p[i] + q[i];
            }
            return sum;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 4, 1", "5, 1, 1", "3, 4, 1", "3, 4, 0.01", "20, 12, 0.1", "12, 20, 0.001", "60, 50, 0.01"
    })
    void solvesTheBalancedProblem(int m, int n, double epsilon) {
        for (int seed = 0; seed < 5; seed++) {
            Problem problem = Problem.of(m, n, 100L * m + n + seed);
            EntropicPlan plan = problem.solve(STANDARD.epsilon(epsilon));

            assertThat(plan.converged()).isTrue();
            assertThat(plan.marginalError()).isLessThan(1e-10);
            assertThat(RandomMixtures.rowSums(plan.coupling())).containsExactly(problem.a, within(1e-10));
            assertThat(RandomMixtures.rowSums(plan.coupling().transpose())).containsExactly(problem.b, within(1e-10));
            assertThat(plan.normalisedCoupling().toRowMajor())
                    .containsExactly(plan.coupling().toRowMajor(), within(1e-10));
            assertThat(plan.value()).isCloseTo(problem.objective(plan.coupling(), epsilon, 0), within(1e-9));
            assertThat(plan.dualValue()).isCloseTo(plan.value(), within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "1, 0.9", "0.1, 0.99", "0.01, 0.999", "0.001, 0.9", "10, 0.1", "0.1, 0.999999"})
    void solvesTheUnbalancedProblem(double epsilon, double tau) {
        double rho = epsilon * tau / (1 - tau);
        for (int seed = 0; seed < 5; seed++) {
            Problem problem = Problem.of(7, 5, seed);
            EntropicPlan plan = problem.solve(STANDARD.epsilon(epsilon).tau(tau));

            assertThat(plan.converged()).isTrue();
            // the terms of ρ KL written out leave an error of ρ 1e-16
            assertThat(plan.value())
                    .isCloseTo(problem.objective(plan.coupling(), epsilon, rho), within(1e-9 + 1e-15 * rho));
            assertThat(plan.dualValue()).isCloseTo(plan.value(), within(1e-9));
            // lower than what it is compared with: the balanced plan, and nothing at all
            assertThat(plan.value())
                    .isLessThan(problem.solve(STANDARD.epsilon(epsilon)).value());
            assertThat(plan.value()).isLessThan(problem.objective(Matrix.of(7, 5, new double[35]), epsilon, rho));
        }
    }

    @Test
    void tendsToTheBalancedProblemAsTauTendsToOne() {
        Problem problem = Problem.of(4, 6, 1);
        double balanced = problem.solve(STANDARD.epsilon(0.5)).value();

        double before = Double.POSITIVE_INFINITY;
        for (double tau : new double[] {0.9, 0.99, 0.999, 0.9999, 0.99999999}) {
            double difference =
                    balanced - problem.solve(STANDARD.epsilon(0.5).tau(tau)).value();
            assertThat(difference).isBetween(0.0, before);
            before = difference;
        }
        assertThat(before).isLessThan(1e-6);
    }

    /** The scaling as textbooks have it, until nothing moves. */
    private static double[][] textbook(Problem problem, double epsilon, double tau, Sinkhorn.Reference reference) {
        int m = problem.a.length;
        int n = problem.b.length;
        boolean product = reference == Sinkhorn.Reference.PRODUCT;
        double[] u = new double[m];
        double[] v = new double[n];
        Arrays.fill(v, 1);
        double[][] kernel = new double[m][n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double weight = product ? problem.a[i] * problem.b[j] : 1;
                kernel[i][j] = weight * Math.exp(-problem.costs.get(i, j) / epsilon);
            }
        }
        for (int iteration = 0; iteration < 20_000; iteration++) {
            for (int i = 0; i < m; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += kernel[i][j] * v[j];
                }
                u[i] = Math.pow(problem.a[i] / sum, tau);
            }
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int i = 0; i < m; i++) {
                    sum += kernel[i][j] * u[i];
                }
                v[j] = Math.pow(problem.b[j] / sum, tau);
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                kernel[i][j] *= u[i] * v[j];
            }
        }
        return kernel;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.3, 1", "1, 0.9", "0.3, 0.5"})
    void agreesWithTheTextbookScaling(double epsilon, double tau) {
        Problem problem = Problem.of(4, 3, 2);
        for (Sinkhorn.Reference reference : Sinkhorn.Reference.values()) {
            EntropicPlan plan = problem.solve(STANDARD.epsilon(epsilon).tau(tau).reference(reference));
            double[][] expected = textbook(problem, epsilon, tau, reference);

            assertThat(plan.coupling().toRowMajor())
                    .containsExactly(Matrix.of(expected).toRowMajor(), within(1e-12));
        }
    }

    @Test
    void countsCellsOnRequest() {
        Problem problem = Problem.of(4, 3, 3);
        for (double tau : new double[] {1, 0.8}) {
            double rho = tau < 1 ? 0.5 * tau / (1 - tau) : 0;
            EntropicPlan plan = problem.solve(STANDARD.epsilon(0.5).tau(tau).reference(Sinkhorn.Reference.COUNTING));
            double entropy = Arrays.stream(plan.coupling().toRowMajor())
                    .map(p -> p * (Math.log(p) - 1))
                    .sum();

            assertThat(plan.value())
                    .isCloseTo(
                            plan.transportCost() + 0.5 * entropy + problem.marginals(plan.coupling(), rho),
                            within(1e-12));
            assertThat(plan.dualValue()).isCloseTo(plan.value(), within(1e-9));
        }
        assertThat(problem.solve(STANDARD.epsilon(0.5).reference(Sinkhorn.Reference.COUNTING))
                        .coupling()
                        .toRowMajor())
                .containsExactly(problem.solve(STANDARD.epsilon(0.5)).coupling().toRowMajor(), within(1e-12));
    }

    /** MW₂² ≤ value and transport cost, both tend to it as ε falls, and no ε is too small to say how it went. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void tendsToTheExactPlanAsEpsilonFalls(int d) {
        RandomGenerator random = RandomMixtures.random(d);
        for (int i = 0; i < 5; i++) {
            GaussianMixture a = RandomMixtures.mixture(6, d, random);
            GaussianMixture b = RandomMixtures.mixture(8, d, random);
            double exact = Transport.between(a, b).squaredDistance();

            double before = Double.POSITIVE_INFINITY;
            for (double part : new double[] {1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6}) {
                EntropicPlan plan = STANDARD.relativeEpsilon(part).between(a, b);
                assertThat(plan.converged()).isTrue();
                assertThat(plan.value()).isBetween(exact * (1 - 1e-9), before);
                assertThat(plan.transportCost()).isBetween(exact * (1 - 1e-9), plan.value());
                before = plan.value();
            }
            assertThat(before).isCloseTo(exact, withinPercentage(1e-3));
        }
    }

    @Test
    void tendsToTheProductAsEpsilonGrows() {
        Problem problem = Problem.of(3, 4, 5);
        double[][] coupling = problem.solve(STANDARD.epsilon(1e9)).coupling().toRows();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(coupling[i][j]).isCloseTo(problem.a[i] * problem.b[j], within(1e-8));
            }
        }
    }

    /** Ties, repeated points and weights of all sizes leave parts of the plan almost unconnected. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-2, 1e-4, 1e-6, 1e-7})
    void copesWithAwkwardProblems(double part) {
        RandomGenerator random = RandomMixtures.random(6);
        for (int i = 0; i < 10; i++) {
            double[] ties = IntStream.range(0, 144)
                    .mapToDouble(cell -> random.nextInt(4))
                    .toArray();
            double[] light = IntStream.range(0, 12)
                    .mapToDouble(k -> Math.pow(10, -20 * random.nextDouble()))
                    .toArray();
            double sum = Arrays.stream(light).sum();
            double[] normalised = Arrays.stream(light).map(w -> w / sum).toArray();
            double[] equal = new double[12];
            Arrays.fill(equal, 1.0 / 12);
            for (double[] weights : List.of(equal, normalised)) {
                EntropicPlan plan = STANDARD.relativeEpsilon(part).between(weights, equal, Matrix.of(12, 12, ties));
                assertThat(plan.converged()).isTrue();
                assertThat(plan.iterations()).isLessThan(150);
                assertThat(plan.value()).isCloseTo(plan.dualValue(), within(1e-7));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-100, 1e-3, 1e100})
    void relativeEpsilonDoesNotDependOnUnits(double unit) {
        Problem problem = Problem.of(5, 4, 7);
        double[] scaled =
                Arrays.stream(problem.costs.toRowMajor()).map(c -> c * unit).toArray();
        Problem other = new Problem(problem.a, problem.b, Matrix.of(5, 4, scaled));
        Sinkhorn sinkhorn = STANDARD.relativeEpsilon(0.05);

        EntropicPlan plan = problem.solve(sinkhorn);

        double product = 0;
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 4; j++) {
                product += problem.a[i] * problem.b[j] * problem.costs.get(i, j);
            }
        }
        assertThat(plan.epsilon()).isCloseTo(0.05 * product, withinPercentage(1e-12));
        assertThat(other.solve(sinkhorn).coupling().toRowMajor())
                .containsExactly(plan.coupling().toRowMajor(), within(1e-12));
        assertThat(other.solve(sinkhorn).value()).isCloseTo(unit * plan.value(), withinPercentage(1e-10));
    }

    @Test
    void keepsPointsOfWeightZero() {
        double[] a = {0, 0.25, 0.75};
        double[] b = {0.5, 0.5, 0};
        Matrix costs = RandomMixtures.costs(3, 3, RandomMixtures.random(8));
        for (double tau : new double[] {1, 0.9}) {
            EntropicPlan plan = STANDARD.epsilon(1).tau(tau).between(a, b, costs);

            assertThat(plan.converged()).isTrue();
            assertThat(plan.coupling().row(0)).containsExactly(0, 0, 0);
            assertThat(plan.coupling().column(2)).containsExactly(0, 0, 0);
            assertThat(plan.normalisedCoupling().row(0)).containsExactly(0, 0, 0);
        }
    }

    @Test
    void normalisesCouplingsThatHaveAlmostNoMass() {
        double[] half = {0.5, 0.5};
        Matrix costs = Matrix.of(new double[] {2000, 2001}, new double[] {2001, 2002});
        EntropicPlan plan = STANDARD.epsilon(1).tau(0.1).between(half, half, costs);

        assertThat(plan.converged()).isTrue();
        double mass = Arrays.stream(plan.normalisedCoupling().toRowMajor()).sum();
        assertThat(mass).isCloseTo(1, within(1e-15));
        // separable costs: both the coupling and its sums are products
        assertThat(plan.normalisedCoupling().get(0, 0)
                        * plan.normalisedCoupling().get(1, 1))
                .isCloseTo(
                        plan.normalisedCoupling().get(0, 1)
                                * plan.normalisedCoupling().get(1, 0),
                        withinPercentage(1e-8));
    }

    @Test
    void saysWhenItDidNotConverge() {
        Problem problem = Problem.of(10, 10, 9);
        EntropicPlan plan = problem.solve(STANDARD.epsilon(0.001).maxIterations(5));

        assertThat(plan.converged()).isFalse();
        assertThat(plan.iterations()).isEqualTo(5);
        assertThat(plan.marginalError()).isGreaterThan(1e-10);
        assertThat(plan.dualValue())
                .isLessThan(problem.solve(STANDARD.epsilon(0.001)).value());
        assertThat(problem.solve(STANDARD.epsilon(0.001).maxIterations(5).tolerance(10))
                        .converged())
                .isTrue();
        assertThat(problem.solve(STANDARD.maxIterations(1)).iterations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.8})
    void divergenceHasNoBias(double tau) {
        RandomGenerator random = RandomMixtures.random(10);
        GaussianMixture a = RandomMixtures.mixture(4, 2, random);
        GaussianMixture b = RandomMixtures.mixture(3, 2, random);
        Sinkhorn sinkhorn = STANDARD.relativeEpsilon(0.3).tau(tau);

        assertThat(sinkhorn.divergence(a, a).value()).isEqualTo(0);
        Sinkhorn.Divergence divergence = sinkhorn.divergence(a, b);
        assertThat(divergence.converged()).isTrue();
        assertThat(divergence.value()).isPositive();
        assertThat(divergence.source().epsilon())
                .isEqualTo(divergence.between().epsilon())
                .isEqualTo(divergence.target().epsilon());
        assertThat(sinkhorn.divergence(b, a).value()).isCloseTo(divergence.value(), withinPercentage(1e-9));
    }

    @Test
    void divergenceOfTranslatesIsTheirShift() {
        GaussianMixture mixture = RandomMixtures.mixture(4, 2, RandomMixtures.random(11));
        GaussianMixture moved = mixture.translated(new double[] {3, -4});

        for (double part : new double[] {1, 0.1, 0.01}) {
            assertThat(STANDARD.relativeEpsilon(part).divergence(mixture, moved).value())
                    .isCloseTo(25, within(1e-9));
        }
    }

    @Test
    void refusesOptionsOutsideTheirRange() {
        assertThatThrownBy(() -> STANDARD.epsilon(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epsilon is 0.0; it is positive and finite (for no penalty at all use Transport.between)");
        assertThatThrownBy(() -> STANDARD.relativeEpsilon(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epsilon is NaN; it is positive and finite (for no penalty at all use Transport.between)");
        for (double tau : new double[] {0, -1, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> STANDARD.tau(tau))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("tau is " + tau + "; it is greater than 0 and at most 1, which means balanced");
        }
        assertThatThrownBy(() -> STANDARD.tolerance(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tolerance is 0.0; it is positive");
        assertThatThrownBy(() -> STANDARD.maxIterations(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at most 0 iterations; allow at least 1");
    }

    @Test
    void refusesWhatIsNoProblem() {
        double[] half = {0.5, 0.5};
        GaussianMixture a = RandomMixtures.mixture(2, 2, RandomMixtures.random(12));
        Matrix unknown = Matrix.of(new double[] {0, 1}, new double[] {Double.NaN, 0});

        assertThatThrownBy(() -> STANDARD.between(half, new double[] {0.5, 0.25}, Matrix.identity(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target weights sum to 0.75; they must sum to 1 within 1.0E-9");
        assertThatThrownBy(() -> STANDARD.between(half, half, Matrix.identity(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 source weights for 3; give one each, and at least one");
        assertThatThrownBy(() -> STANDARD.between(half, half, unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the cost from source 1 to target 0 is NaN; a cost is finite");
        assertThatThrownBy(() -> STANDARD.between(a, RandomMixtures.mixture(2, 1, RandomMixtures.random(13))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("one mixture has the columns [x0, x1], the other [x0]");
        assertThatThrownBy(() -> STANDARD.reference(Sinkhorn.Reference.COUNTING).divergence(a, a))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the debiased divergence with reference COUNTING; it exists for the reference PRODUCT");
    }
}
