package org.mixtura.divergence;

/**
 * A number that approximates a divergence without any claim on its error: not a bound, not an estimate.
 *
 * @param value nats
 * @param kind the formula it comes from
 */
public record Approximation(double value, Kind kind) {
    /** Closed-form approximations of the Kullback–Leibler divergence KL(f‖g) of mixtures. */
    public enum Kind {
        /**
         * Σ_a π_a ln(Σ_a' π_a' exp(−KL(f_a‖f_a')) / Σ_b ω_b exp(−KL(f_a‖g_b))): the variational formula of Hershey and Olsen
         * 2007, <a href="https://doi.org/10.1109/ICASSP.2007.366913">doi:10.1109/ICASSP.2007.366913</a>. Good for ordering
         * pairs; off by up to a nat in either direction on small examples.
         */
        HERSHEY_OLSEN,
        /**
         * Σ_a π_a min_b (KL(f_a‖g_b) + ln(π_a/ω_b)): each component matched with one of the other mixture, Goldberger et al.
         * 2003, <a href="https://doi.org/10.1109/ICCV.2003.1238387">doi:10.1109/ICCV.2003.1238387</a>. May be negative.
         */
        GOLDBERGER,
        /**
         * Σ_a π_a (1/2d) Σ ln(f/g) over the 2d points μ_a ± √d L_a e_j: exact where ln(f/g) is quadratic about each component.
         * Julier and Uhlmann 1996, as used by Goldberger et al. 2003.
         */
        UNSCENTED
    }
}
