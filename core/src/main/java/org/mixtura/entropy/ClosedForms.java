package org.mixtura.entropy;

import org.mixtura.integration.GaussianPair;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.special.LogSumExp;

/** The parts and bounds of a mixture's entropy that have closed forms; {@link Entropy.Bounds} names their sources. */
final class ClosedForms {
    private static final double LOG_TWO_PI_E = Math.log(2 * Math.PI) + 1;

    private ClosedForms() {}

    /** H_c, the mean entropy of the components. */
    static double ofComponents(GaussianMixture mixture) {
        double sum = 0;
        for (int k = 0; k < mixture.size(); k++) {
            double logDeterminant = mixture.component(k).covariance().logDeterminant();
            sum += mixture.weight(k) * 0.5 * (mixture.dimension() * LOG_TWO_PI_E + logDeterminant);
        }
        return sum;
    }

    /** H(π). */
    static double ofWeights(GaussianMixture mixture) {
        double sum = 0;
        for (int k = 0; k < mixture.size(); k++) {
            sum -= mixture.weight(k) * Math.log(mixture.weight(k));
        }
        return sum;
    }

    /** The bounds, from all pairs of components. */
    static Entropy.Bounds bounds(GaussianMixture mixture) {
        int size = mixture.size();
        double huber = 0;
        double lower = ofComponents(mixture);
        double upper = lower;
        for (int i = 0; i < size; i++) {
            double[] inner = new double[size];
            double[] nearness = new double[size];
            double[] divergence = new double[size];
            Gaussian at = mixture.component(i);
            for (int j = 0; j < size; j++) {
                double logWeight = Math.log(mixture.weight(j));
                Gaussian other = mixture.component(j);
                inner[j] = logWeight + GaussianPair.logInnerProduct(at, other);
                nearness[j] = logWeight - GaussianPair.bhattacharyya(at, other);
                divergence[j] = logWeight - GaussianPair.kullbackLeibler(at, other);
            }
            huber -= mixture.weight(i) * LogSumExp.of(inner);
            lower -= mixture.weight(i) * LogSumExp.of(nearness);
            upper -= mixture.weight(i) * LogSumExp.of(divergence);
        }
        double gaussian =
                0.5 * (mixture.dimension() * LOG_TWO_PI_E + mixture.covariance().logDeterminant());
        return new Entropy.Bounds(
                ofComponents(mixture), huber, lower, ofComponents(mixture) + ofWeights(mixture), gaussian, upper);
    }
}
