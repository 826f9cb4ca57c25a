package org.mixtura.entropy;

import java.util.Arrays;
import java.util.Locale;
import org.mixtura.mixture.GaussianMixture;

/**
 * The entropy of a mixture by a series in the moments E[pᵏ]: its value at an order, what it was computed with, and how far
 * rounding may have moved it. How far truncation may is not known, except that the Taylor series is a lower bound.
 */
public final class Series {
    /** Beyond, double-double arithmetic has no digit left, and a Legendre series of one Gaussian none to gain. */
    private static final int MAXIMUM_ORDER = 64;

    /** Which series. */
    public enum Kind {
        /** Shifted Legendre polynomials of p/a: the reference program's. */
        LEGENDRE,
        /** Powers of 1 − p/a: rises towards the entropy. */
        TAYLOR,
        /** The Taylor series accelerated by Levin's u-transform. */
        LEVIN;

        private PartialSums sums(double logCutoff, DoubleDouble[] u) {
            return switch (this) {
                case LEGENDRE -> LegendreSeries.of(logCutoff, u);
                case TAYLOR -> TaylorSeries.of(logCutoff, u);
                case LEVIN -> LevinSeries.of(logCutoff, u);
            };
        }
    }

    private final Kind kind;
    private final double[] values;
    private final double logCutoff;
    private final double roundingBound;
    private final PowerMoments moments;

    private Series(Kind kind, double[] values, double logCutoff, double roundingBound, PowerMoments moments) {
        this.kind = kind;
        this.values = values;
        this.logCutoff = logCutoff;
        this.roundingBound = roundingBound;
        this.moments = moments;
    }

    /**
     * A series in double arithmetic if rounding stays below a tolerance, else in double-double arithmetic.
     *
     * @throws IllegalArgumentException if the order is not between 0 and 64, the series takes too many terms or cannot be
     *     computed to the tolerance
     */
    static Series of(GaussianMixture distinct, Kind kind, int order, Cutoff cutoff, double tolerance) {
        if (!(order >= 0 && order <= MAXIMUM_ORDER)) {
            throw new IllegalArgumentException("order is " + order + "; an order is between 0 and " + MAXIMUM_ORDER);
        }
        Series plain = of(kind, cutoff, PowerMoments.of(distinct, order, Arithmetic.DOUBLE));
        if (plain.roundingBound <= tolerance) {
            return plain;
        }
        double terms = PowerMoments.terms(distinct.size(), order);
        long most = PowerMoments.mostTerms(Arithmetic.DOUBLE_DOUBLE);
        if (!(terms <= most)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "order %d of %d different components may be off by %.1e nats in double arithmetic, above the tolerance"
                            + " of %.1e, and takes %.0f terms, more than the %d possible in double-double arithmetic;"
                            + " lower the order, or estimate the entropy without a series",
                    order,
                    distinct.size(),
                    plain.roundingBound,
                    tolerance,
                    terms,
                    most));
        }
        Series precise = of(kind, cutoff, PowerMoments.of(distinct, order, Arithmetic.DOUBLE_DOUBLE));
        if (!(precise.roundingBound <= tolerance)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "order %d may be off by %.1e nats even in double-double arithmetic, above the tolerance of %.1e;"
                            + " lower the order, or raise the tolerance",
                    order,
                    precise.roundingBound,
                    tolerance));
        }
        return precise;
    }

    private static Series of(Kind kind, Cutoff cutoff, PowerMoments moments) {
        double logBound = moments.logBound();
        double logCutoff = cutoff.log(logBound);
        PartialSums sums = kind.sums(logCutoff, moments.over(Math.exp(logBound - logCutoff)));
        double[] values =
                Arrays.stream(sums.values()).mapToDouble(DoubleDouble::toDouble).toArray();
        double rounding = sums.amplification() * moments.relativeError()
                + 4 * 0x1p-53 * (1 + Math.abs(logCutoff) + Math.abs(values[values.length - 1]));
        return new Series(kind, values, logCutoff, rounding, moments);
    }

    /** {@return which series} */
    public Kind kind() {
        return kind;
    }

    /** {@return the value at the order, nats} */
    public double value() {
        return values[values.length - 1];
    }

    /** {@return the values at orders 0, …, N, nats, a copy} */
    public double[] values() {
        return values.clone();
    }

    /** {@return N} */
    public int order() {
        return values.length - 1;
    }

    /** {@return a, a density; 0 or infinite where a double cannot hold it} */
    public double cutoff() {
        return Math.exp(logCutoff);
    }

    /** {@return an estimate, from above, of how far rounding has moved the value, nats} */
    public double roundingBound() {
        return roundingBound;
    }

    /** {@return how many terms the moments took} */
    public long terms() {
        return moments.terms();
    }

    /** {@return the moments E[pᵏ], k = 0, …, N, and the numbers they were computed in} */
    public PowerMoments moments() {
        return moments;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " series of order " + order() + ": " + value()
                + " nats, rounding " + roundingBound;
    }
}
