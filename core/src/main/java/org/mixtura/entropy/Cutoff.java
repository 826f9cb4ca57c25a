package org.mixtura.entropy;

import org.mixtura.mixture.GaussianMixture;
import org.mixtura.special.LogSumExp;

/**
 * The density a that the series divide by; they expand the logarithm of p/a between 0 and 1.
 *
 * <p>They need a ≥ max p: the Legendre series diverges below, the Taylor series is no lower bound there. The default is the
 * closed-form bound a₀ = Σ_k π_k (2π)^{−d/2} |Σ_k|^{−½} ≥ max p, which does not depend on the columns' units.
 */
public final class Cutoff {
    /** What the reference program adds to the bound, in units of the density. */
    private static final double REFERENCE_MARGIN = 1e-3;

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private static final Cutoff BOUND = new Cutoff(Kind.BOUND, Double.NaN);
    private static final Cutoff REFERENCE = new Cutoff(Kind.REFERENCE, Double.NaN);

    private enum Kind {
        BOUND,
        REFERENCE,
        CHECKED,
        UNCHECKED
    }

    private final Kind kind;
    private final double value;

    private Cutoff(Kind kind, double value) {
        this.kind = kind;
        this.value = value;
    }

    /** {@return the bound a₀: the default} */
    public static Cutoff bound() {
        return BOUND;
    }

    /**
     * {@return a₀ + 0.001, as in the reference program; its results depend on the columns' units}
     */
    public static Cutoff reference() {
        return REFERENCE;
    }

    /**
     * A given cut-off, which a series accepts only if it is at least a₀.
     *
     * @param value a, positive and finite
     * @return the cut-off
     * @throws IllegalArgumentException if the value is not positive and finite
     */
    public static Cutoff of(double value) {
        return new Cutoff(Kind.CHECKED, requirePositive(value));
    }

    /**
     * A given cut-off, accepted below a₀ too: for one who knows a tighter bound of the density. If it is below max p, the
     * Legendre series diverges and the Taylor series is no bound.
     *
     * @param value a, positive and finite
     * @return the cut-off
     * @throws IllegalArgumentException if the value is not positive and finite
     */
    public static Cutoff unchecked(double value) {
        return new Cutoff(Kind.UNCHECKED, requirePositive(value));
    }

    private static double requirePositive(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("cut-off is " + value + "; a cut-off is positive and finite");
        }
        return value;
    }

    /**
     * The logarithm of the bound a₀ ≥ max p.
     *
     * @param mixture any mixture
     * @return ln Σ_k π_k (2π)^{−d/2} |Σ_k|^{−½}
     */
    public static double logBound(GaussianMixture mixture) {
        double[] logs = new double[mixture.size()];
        for (int k = 0; k < logs.length; k++) {
            double logDeterminant = mixture.component(k).covariance().logDeterminant();
            logs[k] = Math.log(mixture.weight(k)) - 0.5 * (mixture.dimension() * LOG_TWO_PI + logDeterminant);
        }
        return LogSumExp.of(logs);
    }

    /** ln a for a mixture of log-bound ln a₀. */
    double log(double logBound) {
        return switch (kind) {
            case BOUND -> logBound;
            case REFERENCE -> Math.log(Math.exp(logBound) + REFERENCE_MARGIN);
            case UNCHECKED -> Math.log(value);
            case CHECKED -> checked(logBound);
        };
    }

    private double checked(double logBound) {
        // A value that the caller computed as the bound may be off by rounding.
        if (!(Math.log(value) >= logBound - 1e-12)) {
            throw new IllegalArgumentException("cut-off is " + value + ", below the bound " + Math.exp(logBound)
                    + " of the density, so the series may diverge; raise it, or use Cutoff.unchecked if the density is"
                    + " known to stay below it");
        }
        return Math.log(value);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case BOUND -> "bound";
            case REFERENCE -> "reference";
            case CHECKED, UNCHECKED -> Double.toString(value);
        };
    }
}
