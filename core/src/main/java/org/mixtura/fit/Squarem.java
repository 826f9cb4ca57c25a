package org.mixtura.fit;

import java.util.Optional;

/**
 * Squared extrapolation of a fixed-point iteration: from v₀ and its next two iterates v₁, v₂, with r = v₁ − v₀ and q = (v₂ − v₁)
 * − r, a step of length a = |r| / |q| leads to v₀ + 2 a r + a² q. With a = 1 that is v₂; where iterates creep along a valley a is
 * large. The climb tries what is proposed and takes it only if the objective is no lower than at v₁, which the pass there tells,
 * so the guarantees of the plain iteration hold. (Varadhan &amp; Roland 2008, scheme S3, <a
 * href="https://doi.org/10.1111/j.1467-9469.2007.00585.x">doi:10.1111/j.1467-9469.2007.00585.x</a>.)
 *
 * @param <P> the parameters
 */
final class Squarem<P> {
    private static final double FIRST_LIMIT = 4;
    private static final double LIMIT_GROWTH = 4;

    /**
     * Parameters as a point of a space in which every point is valid, and steps in different directions compare.
     *
     * @param <P> the parameters
     */
    interface Coordinates<P> {
        /** The point of some parameters; empty if they lie on the border of the space. */
        Optional<double[]> of(P parameters);

        /**
         * The parameters of a point.
         *
         * @param like parameters of the same shape
         * @throws IllegalArgumentException if there are none in double precision
         */
        P at(double[] point, P like);
    }

    private final Coordinates<P> coordinates;
    private double limit = FIRST_LIMIT;
    private boolean limited;
    private double rate = Double.NaN;

    Squarem(Coordinates<P> coordinates) {
        this.coordinates = coordinates;
    }

    /** What to try after three iterates; empty if there is nothing better than the third. */
    Optional<P> propose(P first, P second, P third) {
        rate = Double.NaN;
        Optional<double[]> at0 = coordinates.of(first);
        Optional<double[]> at1 = coordinates.of(second);
        Optional<double[]> at2 = coordinates.of(third);
        if (at0.isEmpty() || at1.isEmpty() || at2.isEmpty()) {
            return Optional.empty();
        }
        double[] v0 = at0.get();
        double[] v1 = at1.get();
        double[] v2 = at2.get();
        double rr = 0;
        double qq = 0;
        double next = 0;
        for (int i = 0; i < v0.length; i++) {
            double r = v1[i] - v0[i];
            double s = v2[i] - v1[i];
            rr += r * r;
            next += s * s;
            qq += (s - r) * (s - r);
        }
        rate = next / rr;
        double length = Math.sqrt(rr / qq);
        limited = !(length < limit);
        double a = Math.max(1, limited ? limit : length);
        if (!(a > 1)) {
            return Optional.empty();
        }
        double[] point = new double[v0.length];
        for (int i = 0; i < point.length; i++) {
            double r = v1[i] - v0[i];
            double q = v2[i] - v1[i] - r;
            point[i] = v0[i] + 2 * a * r + a * a * q;
        }
        try {
            return Optional.of(coordinates.at(point, second));
        } catch (IllegalArgumentException e) {
            judged(false);
            return Optional.empty();
        }
    }

    /** Whether what was proposed last was taken; steps grow with success and shrink without. */
    void judged(boolean taken) {
        if (!taken) {
            limit = Math.max(FIRST_LIMIT, limit / LIMIT_GROWTH);
        } else if (limited) {
            limit *= LIMIT_GROWTH;
        }
    }

    /**
     * The factor by which gains shrink in the iterates last given, |v₂ − v₁|² / |v₁ − v₀|²: near a maximum the objective is
     * quadratic. NaN if unknown.
     */
    double rate() {
        return rate;
    }
}
