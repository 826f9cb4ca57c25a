package org.mixtura.integration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * What n draws from a component may have missed of an average: an estimate of E_k[|φ_k|] over events rarer than one in n.
 *
 * <p>Two kinds of events are looked up rather than waited for, by a few evaluations of φ_k. The first is another component's
 * core: a needle inside a wide component is hardly ever drawn, but its mean is known. The second is the tail: φ_k at distances z
 * and z + 1, where z is exceeded by one draw in n, along the columns of the component's factor and towards the other means,
 * times the probability of going farther. It matters where φ_k grows, as logarithms of a second mixture do once another of its
 * components comes nearest.
 */
final class UnseenTail {
    /** A mean within five deviations lies inside a component. */
    private static final double INSIDE = 25;

    private final Gaussian component;
    private final int index;
    private final Supplier<Integrand> integrands;
    private final GaussianMixture mixture;
    /** Unit vectors in the component's standard coordinates. */
    private final List<double[]> directions = new ArrayList<>();

    private final double atMeans;

    UnseenTail(GaussianMixture mixture, int index, List<Gaussian> features, Supplier<Integrand> integrands) {
        this.mixture = mixture;
        this.component = mixture.component(index);
        this.index = index;
        this.integrands = integrands;
        Integrand integrand = integrands.get();
        Posterior posterior = new Posterior(mixture);
        double largest = 1;
        int d = component.dimension();
        for (int j = 0; j < d; j++) {
            double[] unit = new double[d];
            unit[j] = 1;
            directions.add(unit);
        }
        for (Gaussian feature : features) {
            double[] difference = feature.mean();
            for (int j = 0; j < d; j++) {
                difference[j] -= component.mean(j);
            }
            double[] standard = component.covariance().whiten(difference);
            double square = 0;
            for (double z : standard) {
                square += z * z;
            }
            if (square < INSIDE) {
                posterior.at(feature.mean());
                largest = Math.max(largest, Math.abs(integrand.given(index, posterior)));
            }
            if (square > 0) {
                for (int j = 0; j < d; j++) {
                    standard[j] /= Math.sqrt(square);
                }
                directions.add(standard);
            }
        }
        this.atMeans = largest;
    }

    /**
     * The estimate.
     *
     * @param draws n, how many points were drawn from the component
     * @param largest the largest |φ_k| among them
     */
    double after(long draws, double largest) {
        double reach = -Math.sqrt(2) * InverseErfc.value(2 - 2.0 / draws);
        return Math.max(Math.max(largest, atMeans) / draws, Math.max(beyond(reach), beyond(reach + 1)));
    }

    /** The largest |φ_k| at a distance of z deviations, times the probability of the two tails beyond. */
    private double beyond(double z) {
        Integrand integrand = integrands.get();
        Posterior posterior = new Posterior(mixture);
        double largest = 0;
        for (double[] direction : directions) {
            for (double sign : new double[] {-z, z}) {
                double[] point = direction.clone();
                for (int j = 0; j < point.length; j++) {
                    point[j] *= sign;
                }
                double[] x = component.covariance().unwhiten(point);
                for (int j = 0; j < x.length; j++) {
                    x[j] += component.mean(j);
                }
                posterior.at(x);
                largest = Math.max(largest, Math.abs(integrand.given(index, posterior)));
            }
        }
        return largest * Erfc.value(z / Math.sqrt(2));
    }
}
