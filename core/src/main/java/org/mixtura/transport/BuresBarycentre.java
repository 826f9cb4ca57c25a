package org.mixtura.transport;

import java.util.List;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * The Gaussian nearest on average to some Gaussians: it minimises Σ_k λ_k W₂²(N(μ_k, Σ_k), ·).
 *
 * <p>Its mean is Σ_k λ_k μ_k; its covariance Σ is the fixed point of
 *
 * <pre>  Σ ← Σ^-½ (Σ_k λ_k (Σ^½ Σ_k Σ^½)^½)² Σ^-½,</pre>
 *
 * computed as F ← Σ_k λ_k F_k with F Fᵀ = Σ, where F_k is the square root of Σ_k that lies nearest to F: the mean of the
 * square roots once they are all turned the same way. Each step lowers the objective.
 *
 * <ul>
 *   <li>Some twenty steps reach 1e-15 for ordinary covariances, one for covariances without correlations.
 *   <li>Very thin Gaussians that point in different directions may take more steps than are allowed; {@link #converged} then
 *       says so.
 * </ul>
 *
 * <p>Álvarez-Esteban, del Barrio, Cuesta-Albertos and Matrán 2016, <a
 * href="https://doi.org/10.1016/j.jmaa.2016.04.045">doi:10.1016/j.jmaa.2016.04.045</a>.
 */
public final class BuresBarycentre {
    /** The largest change of an element of F, relative to the largest element, that counts as none. */
    private static final double TOLERANCE = 1e-15;

    private static final int MOST_ITERATIONS = 1000;

    private final Gaussian gaussian;
    private final double spread;
    private final int iterations;
    private final boolean converged;

    private BuresBarycentre(Gaussian gaussian, double spread, int iterations, boolean converged) {
        this.gaussian = gaussian;
        this.spread = spread;
        this.iterations = iterations;
        this.converged = converged;
    }

    /**
     * The barycentre of a mixture's components under its weights. It is not the mixture's own mean and covariance, which
     * count the distances between the components as variance.
     *
     * @param mixture the Gaussians and their weights
     * @return the barycentre
     */
    public static BuresBarycentre of(GaussianMixture mixture) {
        return of(mixture.weights(), mixture.components());
    }

    /**
     * The barycentre of some Gaussians.
     *
     * @param weights λ, K numbers that are not negative and sum to one within 1e-9
     * @param gaussians K Gaussians of one dimension
     * @return the barycentre
     * @throws IllegalArgumentException if the weights break their rule, or the numbers of weights and Gaussians or the
     *     dimensions of the Gaussians differ
     */
    public static BuresBarycentre of(double[] weights, List<Gaussian> gaussians) {
        double[] shares = Weights.normalised(weights, gaussians.size(), "weights of Gaussians");
        double[] mean = new double[gaussians.get(0).dimension()];
        for (int k = 0; k < shares.length; k++) {
            BuresWasserstein.requireSameDimension(mean.length, gaussians.get(k).dimension());
            for (int j = 0; j < mean.length; j++) {
                mean[j] += shares[k] * gaussians.get(k).mean(j);
            }
        }
        List<SquareRoot> roots =
                gaussians.stream().map(g -> SquareRoot.of(g.covariance())).toList();
        SquareRoot root = average(shares, roots);
        int iterations = 0;
        boolean converged = false;
        while (!converged && iterations < MOST_ITERATIONS) {
            SquareRoot old = root;
            root = average(shares, roots.stream().map(f -> f.nearestTo(old)).toList());
            converged = root.relativeDifference(old) <= TOLERANCE;
            iterations++;
        }
        Gaussian gaussian = Gaussian.of(mean, root.covariance());
        double spread = 0;
        for (int k = 0; k < shares.length; k++) {
            spread += shares[k] * BuresWasserstein.squaredDistance(gaussians.get(k), gaussian);
        }
        return new BuresBarycentre(gaussian, spread, iterations, converged);
    }

    /** Σ_k λ_k F_k. */
    private static SquareRoot average(double[] weights, List<SquareRoot> roots) {
        SquareRoot sum = roots.get(0).combined(weights[0], roots.get(0), 0);
        for (int k = 1; k < weights.length; k++) {
            sum = sum.combined(1, roots.get(k), weights[k]);
        }
        return sum;
    }

    /** {@return the barycentre, with a full covariance} */
    public Gaussian gaussian() {
        return gaussian;
    }

    /** {@return the objective at the barycentre, Σ_k λ_k W₂², in squared units of the columns} */
    public double spread() {
        return spread;
    }

    /** {@return how many steps were taken} */
    public int iterations() {
        return iterations;
    }

    /** {@return whether the last step changed nothing beyond 1e-15} */
    public boolean converged() {
        return converged;
    }
}
