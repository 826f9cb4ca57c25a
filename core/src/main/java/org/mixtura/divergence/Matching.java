package org.mixtura.divergence;

import org.mixtura.integration.GaussianPair;
import org.mixtura.integration.Integrand;
import org.mixtura.integration.Posterior;
import org.mixtura.mixture.GaussianMixture;

/**
 * Each component a of a mixture f matched with the component b(a) of a mixture g that gives the smallest KL(f_a‖g_b) − ln ω_b,
 * and what the matching leaves of KL(f‖g) to be integrated.
 *
 * <p>With r the responsibilities of f and s those of g, ln(f/g) = ln(π_a/ω_b) + ln(f_a/g_b) − ln r_a + ln s_b for any a and
 * b, hence exactly
 *
 * <p>KL(f‖g) = Σ_a π_a [KL(f_a‖g_b(a)) + ln(π_a/ω_b(a))] + Σ_a π_a E_a[ln s_b(a) − ln r_a].
 *
 * <p>The sum is Goldberger's approximation. The average is small where components do not overlap, and vanishes at every
 * point if f = g.
 */
final class Matching {
    private final GaussianMixture g;
    private final int[] partner;
    private final double divergence;

    private Matching(GaussianMixture g, int[] partner, double divergence) {
        this.g = g;
        this.partner = partner;
        this.divergence = divergence;
    }

    static Matching of(GaussianMixture f, GaussianMixture g) {
        int[] partner = new int[f.size()];
        double sum = 0;
        for (int a = 0; a < f.size(); a++) {
            double best = Double.POSITIVE_INFINITY;
            for (int b = 0; b < g.size(); b++) {
                double cost = GaussianPair.kullbackLeibler(f.component(a), g.component(b)) - Math.log(g.weight(b));
                if (cost < best) {
                    best = cost;
                    partner[a] = b;
                }
            }
            sum += f.weight(a) * (best + Math.log(f.weight(a)));
        }
        return new Matching(g, partner, sum);
    }

    /** Σ_a π_a [KL(f_a‖g_b(a)) + ln(π_a/ω_b(a))], nats. */
    double divergence() {
        return divergence;
    }

    /** ln s_b(a) − ln r_a; its average over f is what is left. */
    Integrand rest() {
        Posterior other = new Posterior(g);
        return new Integrand() {
            @Override
            public double given(int component, Posterior posterior) {
                other.at(posterior.point());
                return other.logResponsibility(partner[component]) - posterior.logResponsibility(component);
            }

            @Override
            public double mean(Posterior posterior) {
                other.at(posterior.point());
                double sum = posterior.entropy();
                for (int a = 0; a < partner.length; a++) {
                    double r = posterior.responsibility(a);
                    sum += r > 0 ? r * other.logResponsibility(partner[a]) : 0;
                }
                return sum;
            }
        };
    }
}
