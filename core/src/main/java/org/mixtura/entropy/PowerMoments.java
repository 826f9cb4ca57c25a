package org.mixtura.entropy;

import java.util.Arrays;
import java.util.Locale;
import org.mixtura.integration.DistinctComponents;
import org.mixtura.mixture.GaussianMixture;

/**
 * The moments of a mixture's density under the mixture itself, E[pᵏ] = ∫ pᵏ⁺¹ for k = 0, …, N.
 *
 * <p>All orders come from one walk over the C(N + 1 + K, K) − 1 multisets of at most N + 1 components (equal components
 * count once), each with a closed-form integral. E[p⁰] is 1; E[pᵏ⁺¹] ≤ a₀ E[pᵏ] with a₀ = Σ_k π_k N(μ_k; μ_k, Σ_k) the
 * {@link Cutoff#bound bound} of the density.
 *
 * <p>In double arithmetic the relative error of a moment is estimated as 2^−53 (8 + 2 N + I), I the largest {@linkplain
 * org.mixtura.integration.Rounding#inflation inflation} of the components: d without correlations, a few times the condition
 * number of a needle. Double-double arithmetic has 2^−104 in its place.
 *
 * <p>M. F. Huber, T. Bailey, H. Durrant-Whyte, U. D. Hanebeck, On entropy approximation for Gaussian mixture random vectors,
 * 2008, <a href="https://doi.org/10.1109/MFI.2008.4648062">doi:10.1109/MFI.2008.4648062</a>, for the context.
 */
public final class PowerMoments {
    /** At 50 ns a term this is about ten seconds. */
    private static final long MAXIMUM_TERMS = 200_000_000;

    /** At 1–2 µs a term this is about twenty seconds. */
    private static final long MAXIMUM_DOUBLE_DOUBLE_TERMS = 10_000_000;

    private final DoubleDouble[] scaled;
    private final double logBound;
    private final double relativeError;
    private final long terms;
    private final Arithmetic arithmetic;

    private PowerMoments(
            DoubleDouble[] scaled, double logBound, double relativeError, long terms, Arithmetic arithmetic) {
        this.scaled = scaled;
        this.logBound = logBound;
        this.relativeError = relativeError;
        this.terms = terms;
        this.arithmetic = arithmetic;
    }

    /**
     * The moments of a mixture.
     *
     * @param mixture the mixture; components of weight 0 are left out, equal ones merged
     * @param order N, at least 0
     * @param arithmetic the numbers to compute in
     * @return the moments of orders 0 to N
     * @throws IllegalArgumentException if the order is negative, there would be too many terms, or scales differ so much
     *     that determinants overflow
     */
    public static PowerMoments of(GaussianMixture mixture, int order, Arithmetic arithmetic) {
        GaussianMixture distinct = DistinctComponents.of(mixture);
        requireFeasible(distinct.size(), order, arithmetic);
        MomentInput input = MomentInput.of(distinct);
        double unit = arithmetic == Arithmetic.DOUBLE ? 0x1p-53 : 0x1p-104;
        double relativeError = unit * (8 + 2.0 * order + input.inflation());
        double logBound = Cutoff.logBound(distinct);
        if (arithmetic == Arithmetic.DOUBLE_DOUBLE) {
            DoubleDoubleMomentWalk walk = new DoubleDoubleMomentWalk(input, order);
            return new PowerMoments(walk.moments(), logBound, relativeError, walk.terms(), arithmetic);
        }
        double[] moments;
        long terms;
        if (input.tied()) {
            TiedMomentWalk walk = new TiedMomentWalk(input, order);
            moments = walk.moments();
            terms = walk.terms();
        } else {
            MomentWalk walk = new MomentWalk(input, order);
            moments = walk.moments();
            terms = walk.terms();
        }
        if (!Arrays.stream(moments).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("the scales of the components differ too much for moments of "
                    + input.dimension() + " columns in double arithmetic; estimate the entropy without a series");
        }
        DoubleDouble[] scaled =
                Arrays.stream(moments).mapToObj(DoubleDouble::of).toArray(DoubleDouble[]::new);
        return new PowerMoments(scaled, logBound, relativeError, terms, arithmetic);
    }

    private static void requireFeasible(int components, int order, Arithmetic arithmetic) {
        if (!(order >= 0)) {
            throw new IllegalArgumentException("order is " + order + "; an order is at least 0");
        }
        double terms = terms(components, order);
        long most = mostTerms(arithmetic);
        if (!(terms <= most)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "order %d of %d different components takes %.0f terms, more than the %d possible in %s arithmetic;"
                            + " lower the order, or estimate the entropy without a series",
                    order,
                    components,
                    terms,
                    most,
                    arithmetic == Arithmetic.DOUBLE ? "double" : "double-double"));
        }
    }

    static long mostTerms(Arithmetic arithmetic) {
        return arithmetic == Arithmetic.DOUBLE ? MAXIMUM_TERMS : MAXIMUM_DOUBLE_DOUBLE_TERMS;
    }

    /** C(N + 1 + K, K) − 1. */
    static double terms(int components, int order) {
        double binomial = 1;
        for (int i = 1; i <= components; i++) {
            binomial = binomial * (order + 1.0 + i) / i;
        }
        return Math.rint(binomial) - 1;
    }

    /** {@return the highest order, N} */
    public int order() {
        return scaled.length - 1;
    }

    /**
     * One moment.
     *
     * @param k its order, from 0 to N
     * @return E[pᵏ]; 0 or infinite where a double cannot hold it, see {@link #logValue}
     */
    public double value(int k) {
        return scaled[k].toDouble() * Math.exp(k * logBound);
    }

    /**
     * The logarithm of a moment.
     *
     * @param k its order, from 0 to N
     * @return ln E[pᵏ]
     */
    public double logValue(int k) {
        return Math.log(scaled[k].toDouble()) + k * logBound;
    }

    /** {@return E[pᵏ] for k = 0, …, N} */
    public double[] values() {
        double[] values = new double[scaled.length];
        Arrays.setAll(values, this::value);
        return values;
    }

    /** {@return an estimate of the relative error of each moment} */
    public double relativeError() {
        return relativeError;
    }

    /** {@return how many terms were added; fewer than C(N + 1 + K, K) − 1 where components are far apart} */
    public long terms() {
        return terms;
    }

    /** {@return the numbers they were computed in} */
    public Arithmetic arithmetic() {
        return arithmetic;
    }

    /** ln a₀. */
    double logBound() {
        return logBound;
    }

    /** u_k = E[pᵏ]/aᵏ for a cut-off a = a₀/ratio. */
    DoubleDouble[] over(double ratio) {
        DoubleDouble[] result = new DoubleDouble[scaled.length];
        DoubleDouble power = DoubleDouble.ONE;
        for (int k = 0; k < scaled.length; k++) {
            result[k] = scaled[k].times(power);
            power = power.times(ratio);
        }
        return result;
    }
}
