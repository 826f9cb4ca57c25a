package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.LogGamma;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.bayes.Dirichlet;
import org.mixtura.bayes.GaussianPosterior;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.bayes.Wishart;
import org.mixtura.data.Rows;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;

/**
 * The bound against its definition, E_q[ln p(x, z, π, μ, Λ) − ln q(z, π, μ, Λ)], by draws from q and densities written out
 * from their definitions.
 */
class EvidenceMonteCarloTest {
    private static final int DRAWS = 5_000;
    private static final int D = 2;

    /** Some combination of priors. */
    record Case(WeightPrior weights, GaussianPrior gaussians) {}

    static List<Case> cases() {
        Covariance known = Covariance.full(new double[] {1.5, 0.4}, new double[] {0.4, 0.8});
        return List.of(
                new Case(WeightPrior.fixed(), GaussianPrior.normal().meanPrecision(0.2)),
                new Case(WeightPrior.dirichlet(0.7), GaussianPrior.normal(known).meanPrecision(0.2)),
                new Case(WeightPrior.stickBreaking(1.3), GaussianPrior.normal(known)),
                new Case(WeightPrior.dirichlet(2), GaussianPrior.normalWishart()),
                new Case(
                        WeightPrior.stickBreaking(0.6),
                        GaussianPrior.normalWishart().degreesOfFreedom(4.5)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTheMeanOfItsDefinition(Case priors) {
        SplittableRandom random = new SplittableRandom(4);
        Rows rows = VariationalCases.blobs(random, 12, D, 2, 0.5);
        double[][] x = new double[12][];
        try (Rows.Reader reader = rows.reader()) {
            var block = reader.read(0, 12);
            for (int i = 0; i < 12; i++) {
                x[i] = new double[] {block.get(i, 0), block.get(i, 1)};
            }
        }
        Fit<MixturePosterior> fit = VariationalBayes.components(3)
                .weights(priors.weights)
                .gaussians(priors.gaussians)
                .maxIterations(3)
                .fit(rows);
        MixturePosterior q = fit.model();
        double[][] r = q.responsibilities(rows).toRows();
        double sum = 0;
        double squares = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double term = draw(q, x, r, random);
            sum += term;
            squares += term * term;
        }
        double mean = sum / DRAWS;
        double error = Math.sqrt((squares / DRAWS - mean * mean) / DRAWS);
        assertThat(Math.abs(fit.totalObjective() - mean))
                .as("bound %s, mean %s ± %s", fit.totalObjective(), mean, error)
                .isLessThanOrEqualTo(4 * error);
        assertThat(error).isLessThan(0.1);
    }

    /** ln p(x, z, θ) − ln q(z, θ) for one draw of z and θ from q. */
    private static double draw(MixturePosterior q, double[][] x, double[][] r, RandomGenerator random) {
        int k = q.size();
        double sum = 0;
        double[] logWeights = q.weights().expectedLog();
        List<Dirichlet> after = q.weights().distributions();
        List<Dirichlet> before = q.prior().withoutRows().weights().distributions();
        double left = 0;
        for (int i = 0; i < after.size(); i++) {
            double[] drawn = dirichlet(after.get(i), random);
            sum += logDensity(before.get(i), drawn) - logDensity(after.get(i), drawn);
            if (after.size() == 1) {
                logWeights = Arrays.stream(drawn).map(Math::log).toArray();
            } else {
                logWeights[i] = left + Math.log(drawn[0]);
                left += Math.log(drawn[1]);
            }
        }
        Gaussian[] gaussians = new Gaussian[k];
        for (int i = 0; i < k; i++) {
            GaussianPosterior own = q.component(i);
            GaussianPosterior prior = q.prior().component();
            Covariance covariance = own.precision().covariance();
            if (own.precision() instanceof Wishart wishart && prior.precision() instanceof Wishart first) {
                double[] precision = wishart(wishart, random);
                sum += logDensity(first, precision) - logDensity(wishart, precision);
                covariance = inverse(precision);
            }
            Gaussian meanAfter = Gaussian.of(own.mean(), covariance.times(1 / own.meanPrecision()));
            double[] mean = meanAfter.sample(random);
            Gaussian meanBefore = Gaussian.of(prior.mean(), covariance.times(1 / prior.meanPrecision()));
            sum += meanBefore.logDensity(mean) - meanAfter.logDensity(mean);
            gaussians[i] = Gaussian.of(mean, covariance);
        }
        for (int n = 0; n < x.length; n++) {
            double u = random.nextDouble();
            int z = 0;
            while (z < k - 1 && u >= r[n][z]) {
                u -= r[n][z];
                z++;
            }
            sum += logWeights[z] + gaussians[z].logDensity(x[n]) - Math.log(r[n][z]);
        }
        return sum;
    }

    private static double[] dirichlet(Dirichlet dirichlet, RandomGenerator random) {
        double[] drawn = Arrays.stream(dirichlet.concentration())
                .map(a -> gamma(a, random))
                .toArray();
        double total = Arrays.stream(drawn).sum();
        return Arrays.stream(drawn).map(g -> g / total).toArray();
    }

    private static double logDensity(Dirichlet dirichlet, double[] p) {
        double[] a = dirichlet.concentration();
        double sum = LogGamma.value(Arrays.stream(a).sum());
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - 1) * Math.log(p[k]) - LogGamma.value(a[k]);
        }
        return sum;
    }

    /** Marsaglia and Tsang's gamma variates, doi:10.1145/358407.358414. */
    private static double gamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double v = Math.pow(1 + c * z, 3);
            if (v > 0 && Math.log(random.nextDouble()) < z * z / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    /** Bartlett's decomposition: Λ = (LA)(LA)ᵀ with W = LLᵀ; packed. */
    private static double[] wishart(Wishart wishart, RandomGenerator random) {
        double[] scale =
                Cholesky.factor(inverse(wishart.inverseScale().lowerTriangle()).lowerTriangle(), D);
        double[] a = new double[Packed.size(D)];
        for (int i = 0; i < D; i++) {
            for (int j = 0; j < i; j++) {
                a[Packed.index(i, j)] = random.nextGaussian();
            }
            a[Packed.index(i, i)] = Math.sqrt(2 * gamma((wishart.degreesOfFreedom() - i) / 2, random));
        }
        double[][] product = new double[D][D];
        for (int i = 0; i < D; i++) {
            for (int j = 0; j <= i; j++) {
                for (int m = j; m <= i; m++) {
                    product[i][j] += scale[Packed.index(i, m)] * a[Packed.index(m, j)];
                }
            }
        }
        return Packed.timesOwnTranspose(Packed.of(product), D);
    }

    /** ln W(Λ; ν, W) for two columns, Γ_2(x) = √π Γ(x) Γ(x − ½). */
    private static double logDensity(Wishart wishart, double[] precision) {
        double freedom = wishart.degreesOfFreedom();
        Covariance inverseScale = wishart.inverseScale();
        double trace = precision[0] * inverseScale.get(0, 0)
                + 2 * precision[1] * inverseScale.get(1, 0)
                + precision[2] * inverseScale.get(1, 1);
        double logGamma = Math.log(Math.PI) / 2 + LogGamma.value(freedom / 2) + LogGamma.value(freedom / 2 - 0.5);
        double determinant = precision[0] * precision[2] - precision[1] * precision[1];
        return (freedom - 3) / 2 * Math.log(determinant)
                - trace / 2
                - freedom * Math.log(2)
                + freedom / 2 * inverseScale.logDeterminant()
                - logGamma;
    }

    private static Covariance inverse(double[] packed) {
        double determinant = packed[0] * packed[2] - packed[1] * packed[1];
        return Covariance.full(
                new double[] {packed[2] / determinant, -packed[1] / determinant, packed[0] / determinant}, D);
    }
}
