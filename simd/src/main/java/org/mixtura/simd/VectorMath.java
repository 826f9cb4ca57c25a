package org.mixtura.simd;

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
import static org.mixtura.simd.Lanes.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Exponential and logarithm of vectors, for the ranges that a log-sum-exp needs. Built from additions, multiplications and
 * fused multiplications, so that the bits are the same in the interpreter, compiled, and on every machine.
 */
final class VectorMath {
    /** Where the exponential has long been zero. */
    private static final double LOWEST = -750;

    /** The most that {@link #expOfNegated} tells apart: there e⁻ᵘ is less than half a unit in the last place of 1e-60. */
    private static final double FARTHEST = 176;

    private static final long FARTHEST_BITS = Double.doubleToRawLongBits(FARTHEST);

    /** e⁻ᵘ for the farthest u, to the bit. */
    private static final double LEAST =
            exponentiated(DoubleVector.broadcast(DOUBLES, FARTHEST), ROUND).lane(0);

    private VectorMath() {}

    /**
     * e^x for x ≤ 0, in each lane within 1.1 units in the last place, and within one least number where the result is
     * subnormal.
     *
     * <p>By the {@link org.mixtura.kernel.ExponentialSeries} of −x; n goes into the exponent. Terms are added in pairs, pairs of pairs and so on: one after the other they would
     * make a chain of additions that each wait for the last, and leave the processor idle.
     *
     * @param x at most 0; below −750, −∞ included, the result is 0. Of a NaN the result is undefined
     */
    static DoubleVector expOfNegative(DoubleVector x) {
        return exponentiated(x.neg(), ROUND + LIFT).mul(UNLIFT).blend(0, x.compare(VectorOperators.LT, LOWEST));
    }

    /**
     * The lesser of u and 176, in each lane. The bits of numbers from zero up are ordered as integers are, and the lesser of those
     * is one instruction, where comparing and choosing are four. A NaN becomes 176 or stays a NaN.
     *
     * @param u at least 0, and not −0
     */
    static DoubleVector nearest(DoubleVector u) {
        return u.reinterpretAsLongs().min(FARTHEST_BITS).reinterpretAsDoubles();
    }

    /**
     * e⁻ᵘ for u from 0 to 176 less e⁻¹⁷⁶ ≈ 4e-77: the bits of {@link #expOfNegative} down to 1e-60, as far as anything counts next to a
     * one; for u = 176 exactly 0. A choice between a number and zero, of which this needs none, is four instructions.
     *
     * @param u what {@link #nearest} gives
     */
    static DoubleVector expOfNegated(DoubleVector u) {
        return exponentiated(u, ROUND).sub(LEAST);
    }

    /**
     * 2ˡ e⁻ᵘ for u ≥ 0, where the exponent field holds that.
     *
     * @param round {@link #ROUND} + l
     */
    private static DoubleVector exponentiated(DoubleVector u, double round) {
        DoubleVector shifted = DoubleVector.broadcast(DOUBLES, -LOG2_E).fma(u, DoubleVector.broadcast(DOUBLES, round));
        DoubleVector n = shifted.sub(round);
        DoubleVector r =
                n.fma(DoubleVector.broadcast(DOUBLES, LN2_LOW), n.fma(DoubleVector.broadcast(DOUBLES, LN2_HIGH), u));
        DoubleVector r2 = r.mul(r);
        DoubleVector q89 = DoubleVector.broadcast(DOUBLES, Q9).fma(r, DoubleVector.broadcast(DOUBLES, Q8));
        DoubleVector q67 = DoubleVector.broadcast(DOUBLES, Q7).fma(r, DoubleVector.broadcast(DOUBLES, Q6));
        DoubleVector q45 = DoubleVector.broadcast(DOUBLES, Q5).fma(r, DoubleVector.broadcast(DOUBLES, Q4));
        DoubleVector q23 = DoubleVector.broadcast(DOUBLES, Q3).fma(r, DoubleVector.broadcast(DOUBLES, Q2));
        DoubleVector q01 = DoubleVector.broadcast(DOUBLES, Q1).fma(r, DoubleVector.broadcast(DOUBLES, Q0));
        DoubleVector r4 = r2.mul(r2);
        DoubleVector q47 = q67.fma(r2, q45);
        DoubleVector q03 = q23.fma(r2, q01);
        DoubleVector q = q89.fma(r4, q47).fma(r4, q03);
        DoubleVector power = DoubleVector.broadcast(DOUBLES, 1).sub(r2.fma(q, r));
        LongVector exponent = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        return power.reinterpretAsLongs().add(exponent).reinterpretAsDoubles();
    }

    /**
     * ln x for finite x ≥ 1, in each lane within 0.9 units in the last place.
     *
     * <p>x = 2ᵏ (1 + f) with √½ ≤ 1 + f &lt; √2, and with s = f/(2 + f) and z = s²: ln(1 + f) = f − f²/2 + s (f²/2 + R(z)),
     * R(z) = 2 atanh(s)/s − 2, a Chebyshev fit of degree 7 in z (error 5e-18 of the logarithm).
     *
     * @param x at least 1; of other arguments the result is undefined
     */
    static DoubleVector logFromOne(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        LongVector k = bits.sub(Double.doubleToRawLongBits(Math.sqrt(0.5))).lanewise(VectorOperators.LSHR, 52);
        DoubleVector m = bits.sub(k.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles();
        DoubleVector n =
                k.add(Double.doubleToRawLongBits(ROUND)).reinterpretAsDoubles().sub(ROUND);
        DoubleVector f = m.sub(1);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector series = DoubleVector.broadcast(DOUBLES, 0.14616449685043406)
                .fma(z, DoubleVector.broadcast(DOUBLES, 0.15331721600556042))
                .fma(z, DoubleVector.broadcast(DOUBLES, 0.18182889125261723))
                .fma(z, DoubleVector.broadcast(DOUBLES, 0.2222221113479508))
                .fma(z, DoubleVector.broadcast(DOUBLES, 0.28571428625975487))
                .fma(z, DoubleVector.broadcast(DOUBLES, 0.39999999999899505))
                .fma(z, DoubleVector.broadcast(DOUBLES, 0.666666666666667))
                .mul(z);
        DoubleVector half = f.mul(f).mul(0.5);
        DoubleVector tail = s.fma(half.add(series), n.mul(LN2_LOW));
        return n.fma(DoubleVector.broadcast(DOUBLES, LN2_HIGH), f.sub(half.sub(tail)));
    }
}
