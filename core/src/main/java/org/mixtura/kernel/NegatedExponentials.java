package org.mixtura.kernel;

import static org.mixtura.kernel.ExponentialSeries.LIFT;
import static org.mixtura.kernel.ExponentialSeries.LN2_HIGH;
import static org.mixtura.kernel.ExponentialSeries.LN2_LOW;
import static org.mixtura.kernel.ExponentialSeries.LOG2_E;
import static org.mixtura.kernel.ExponentialSeries.Q0;
import static org.mixtura.kernel.ExponentialSeries.Q1;
import static org.mixtura.kernel.ExponentialSeries.Q2;
import static org.mixtura.kernel.ExponentialSeries.Q3;
import static org.mixtura.kernel.ExponentialSeries.Q4;
import static org.mixtura.kernel.ExponentialSeries.Q5;
import static org.mixtura.kernel.ExponentialSeries.Q6;
import static org.mixtura.kernel.ExponentialSeries.Q7;
import static org.mixtura.kernel.ExponentialSeries.Q8;
import static org.mixtura.kernel.ExponentialSeries.Q9;
import static org.mixtura.kernel.ExponentialSeries.ROUND;
import static org.mixtura.kernel.ExponentialSeries.UNLIFT;

/**
 * e⁻ᵘ of many u ≥ 0, in loops that the JIT compiler turns into vector instructions: within 1.1 units in the last place, or within
 * the least positive number where the result is subnormal; 0 from u = 746 on.
 *
 * <p>By the {@link ExponentialSeries}; n goes into the exponent. Terms are added in pairs, pairs of pairs and so on, so that few wait for others. No
 * {@link Math#fma}: where the processor has none, it is a thousand times slower than a multiplication and an addition.
 *
 * <p>One loop would be too long: C2 makes vectors only of loops whose body it may repeat often enough. Between the bits of
 * doubles and longs it makes none, so that the loop over exponents stands alone.
 */
final class NegatedExponentials {
    /** Added to a double of moderate size, leaves its nearest integer and the lift in the low bits of the significand. */
    private static final double SHIFT = ROUND + LIFT;
    /** Where the exponential has become less than half the least positive number. */
    private static final double FARTHEST = 746;

    /**
     * 2⁵¹² e⁻ᵘ there, to the bit. Without it all that is too far would be multiplied down to nothing, which is slow on many
     * processors; what it takes from anything nearer is less than half the least positive number.
     */
    private static final double LEAST = scaled(expanded(rest(FARTHEST, shifted(FARTHEST))), shifted(FARTHEST));

    /** u, and {@link #FARTHEST} for all beyond. */
    private final double[] exponents;
    /** n in the low bits. */
    private final double[] rounded;
    /** r, then e⁻ʳ, then 2⁵¹² e⁻ᵘ. */
    private final double[] powers;

    /**
     * Room for exponentials.
     *
     * @param most the most to take at once
     */
    NegatedExponentials(int most) {
        this.exponents = new double[most];
        this.rounded = new double[most];
        this.powers = new double[most];
    }

    /**
     * Replaces numbers by the exponentials of their differences from others, and adds those up.
     *
     * @param largest a
     * @param values b ≤ a; become e⁻ᵘ, u = a − b
     * @param sums to which e⁻ᵘ is added
     * @param products to which u e⁻ᵘ is added
     * @param count how many, from the start of the arrays
     */
    void take(double[] largest, double[] values, double[] sums, double[] products, int count) {
        reduce(largest, values, count);
        expand(count);
        scale(count);
        addUp(values, sums, products, count);
    }

    private void reduce(double[] largest, double[] values, int count) {
        for (int i = 0; i < count; i++) {
            double u = Math.min(FARTHEST, largest[i] - values[i]);
            double shifted = shifted(u);
            exponents[i] = u;
            rounded[i] = shifted;
            powers[i] = rest(u, shifted);
        }
    }

    /** n in the low bits. */
    private static double shifted(double u) {
        return SHIFT - u * LOG2_E;
    }

    /** r. */
    private static double rest(double u, double shifted) {
        double n = shifted - SHIFT;
        return u + n * LN2_HIGH + n * LN2_LOW;
    }

    private void expand(int count) {
        for (int i = 0; i < count; i++) {
            powers[i] = expanded(powers[i]);
        }
    }

    /** e⁻ʳ. */
    private static double expanded(double r) {
        double r2 = r * r;
        double r4 = r2 * r2;
        double q01 = Q1 * r + Q0;
        double q23 = Q3 * r + Q2;
        double q45 = Q5 * r + Q4;
        double q67 = Q7 * r + Q6;
        double q89 = Q9 * r + Q8;
        double q = (q89 * r4 + (q67 * r2 + q45)) * r4 + (q23 * r2 + q01);
        return 1 - (r2 * q + r);
    }

    private void scale(int count) {
        for (int i = 0; i < count; i++) {
            powers[i] = scaled(powers[i], rounded[i]);
        }
    }

    /** Adds n to an exponent field. */
    private static double scaled(double power, double shifted) {
        long exponent = Double.doubleToRawLongBits(shifted) << 52;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(power) + exponent);
    }

    private void addUp(double[] values, double[] sums, double[] products, int count) {
        for (int i = 0; i < count; i++) {
            double power = (powers[i] - LEAST) * UNLIFT;
            values[i] = power;
            sums[i] += power;
            products[i] += power * exponents[i];
        }
    }
}
