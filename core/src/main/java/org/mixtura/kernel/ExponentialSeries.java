package org.mixtura.kernel;

/**
 * The numbers of e⁻ᵘ for u ≥ 0, for all who take it in loops of their own: with u = r − n ln 2, n whole and |r| ≤ ½ ln 2, e⁻ᵘ = 2ⁿ e⁻ʳ and e⁻ʳ =
 * 1 − r − r² q(r), q(r) = Σ_i q_i rⁱ the Chebyshev fit of degree 9 (relative error 1.3e-17).
 */
public final class ExponentialSeries {
    /** 1 / ln 2. */
    public static final double LOG2_E = 0x1.71547652b82fep0;

    /** ln 2 with its last bits zero: n of up to 11 bits times this is exact. */
    public static final double LN2_HIGH = 0x1.62e42fefa3000p-1;

    /** What {@link #LN2_HIGH} lacks of ln 2. */
    public static final double LN2_LOW = 0x1.3de6af278ece6p-42;

    /** Added to a double of moderate size, leaves its nearest integer in the low bits of the significand. */
    public static final double ROUND = 0x1.8p52;

    /** Powers of two are kept 2⁵¹² times larger until the end, so that no exponent field runs below its range. */
    public static final int LIFT = 512;

    /** 2⁻⁵¹². */
    public static final double UNLIFT = 0x1p-512;

    /** q_0. */
    public static final double Q0 = -0.5000000000000001;
    /** q_1. */
    public static final double Q1 = 0.16666666666666669;
    /** q_2. */
    public static final double Q2 = -0.041666666666624164;
    /** q_3. */
    public static final double Q3 = 0.008333333333330065;
    /** q_4. */
    public static final double Q4 = -0.0013888888917196719;
    /** q_5. */
    public static final double Q5 = 0.00019841269863040545;
    /** q_6. */
    public static final double Q6 = -2.4801521322368692e-05;
    /** q_7. */
    public static final double Q7 = 2.7557268480310024e-06;
    /** q_8. */
    public static final double Q8 = -2.7620075879983367e-07;
    /** q_9. */
    public static final double Q9 = 2.5100375832561234e-08;

    private ExponentialSeries() {}
}
