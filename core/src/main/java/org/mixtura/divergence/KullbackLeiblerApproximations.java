package org.mixtura.divergence;

import java.util.Arrays;
import org.mixtura.integration.GaussianPair;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** The formulas of {@link Approximation.Kind}. */
final class KullbackLeiblerApproximations {
    private KullbackLeiblerApproximations() {}

    static double hersheyOlsen(GaussianMixture f, GaussianMixture g) {
        double sum = 0;
        for (int a = 0; a < f.size(); a++) {
            sum += f.weight(a) * (logNearness(f.component(a), f) - logNearness(f.component(a), g));
        }
        return sum;
    }

    /** ln Σ_b ω_b exp(−KL(p‖g_b)). */
    private static double logNearness(Gaussian p, GaussianMixture g) {
        double[] logs = new double[g.size()];
        Arrays.setAll(logs, b -> Math.log(g.weight(b)) - GaussianPair.kullbackLeibler(p, g.component(b)));
        double largest = Arrays.stream(logs).max().orElseThrow();
        return largest
                + Math.log(Arrays.stream(logs).map(v -> Math.exp(v - largest)).sum());
    }

    static double goldberger(GaussianMixture f, GaussianMixture g) {
        return Matching.of(f, g).divergence();
    }

    static double unscented(GaussianMixture f, GaussianMixture g) {
        int d = f.dimension();
        double sum = 0;
        for (int a = 0; a < f.size(); a++) {
            Gaussian component = f.component(a);
            double atComponent = 0;
            for (int j = 0; j < d; j++) {
                for (double sign : new double[] {-1, 1}) {
                    double[] z = new double[d];
                    z[j] = sign * Math.sqrt(d);
                    double[] x = component.covariance().unwhiten(z);
                    for (int i = 0; i < d; i++) {
                        x[i] += component.mean(i);
                    }
                    atComponent += f.logDensity(x) - g.logDensity(x);
                }
            }
            sum += f.weight(a) * atComponent / (2.0 * d);
        }
        return sum;
    }
}
