package org.mixtura.entropy;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number as the unevaluated sum of two doubles, hi + lo with |lo| at most half an ulp of hi: 106 bits of significand.
 *
 * <p>Sums, products, quotients and roots are right to a few 2^−104 relative; {@link #exp} to about 2^−94. Infinities and
 * NaN are not supported.
 *
 * <p>T. J. Dekker, A floating-point technique for extending the available precision, 1971, <a
 * href="https://doi.org/10.1007/BF01397083">doi:10.1007/BF01397083</a>.
 *
 * @param hi the number rounded to a double
 * @param lo what hi misses
 */
record DoubleDouble(double hi, double lo) {
    static final DoubleDouble ZERO = new DoubleDouble(0, 0);
    static final DoubleDouble ONE = new DoubleDouble(1, 0);

    /** ln 2. */
    private static final DoubleDouble LOG_TWO = new DoubleDouble(0.6931471805599453, 2.3190468138462996e-17);

    /** exp takes the argument's part below ln 2 / 2, halved this often. */
    private static final int HALVINGS = 9;

    /** Terms of the series of expm1 for arguments up to ln 2 / 2^10: the next one is below 2^−110 of the first. */
    private static final int TERMS = 9;

    static DoubleDouble of(double value) {
        return new DoubleDouble(value, 0);
    }

    /** An integer, rounded if it has more than 106 bits. */
    static DoubleDouble of(BigInteger value) {
        double hi = value.doubleValue();
        return new DoubleDouble(
                hi, value.subtract(new BigDecimal(hi).toBigIntegerExact()).doubleValue());
    }

    /** a + b exactly. */
    private static DoubleDouble sum(double a, double b) {
        double sum = a + b;
        double part = sum - a;
        return new DoubleDouble(sum, (a - (sum - part)) + (b - part));
    }

    /** a + b exactly if |a| ≥ |b|. */
    private static DoubleDouble orderedSum(double a, double b) {
        double sum = a + b;
        return new DoubleDouble(sum, b - (sum - a));
    }

    DoubleDouble plus(DoubleDouble other) {
        DoubleDouble high = sum(hi, other.hi);
        DoubleDouble low = sum(lo, other.lo);
        DoubleDouble partial = orderedSum(high.hi, high.lo + low.hi);
        return orderedSum(partial.hi, partial.lo + low.lo);
    }

    DoubleDouble minus(DoubleDouble other) {
        return plus(other.negated());
    }

    DoubleDouble negated() {
        return new DoubleDouble(-hi, -lo);
    }

    DoubleDouble times(DoubleDouble other) {
        double product = hi * other.hi;
        double error = Math.fma(hi, other.hi, -product);
        return orderedSum(product, error + (hi * other.lo + lo * other.hi));
    }

    DoubleDouble times(double other) {
        double product = hi * other;
        return orderedSum(product, Math.fma(hi, other, -product) + lo * other);
    }

    /** Exact unless it underflows. */
    private DoubleDouble scaled(double powerOfTwo) {
        return new DoubleDouble(hi * powerOfTwo, lo * powerOfTwo);
    }

    DoubleDouble dividedBy(DoubleDouble other) {
        double first = hi / other.hi;
        DoubleDouble rest = minus(other.times(first));
        double second = rest.hi / other.hi;
        rest = rest.minus(other.times(second));
        return orderedSum(first, second).plus(of(rest.hi / other.hi));
    }

    /** The square root of a number that is not negative. */
    DoubleDouble squareRoot() {
        if (hi <= 0) {
            return ZERO;
        }
        double first = Math.sqrt(hi);
        DoubleDouble rest = minus(of(first).times(first));
        return orderedSum(first, rest.hi / (2 * first));
    }

    /** The exponential; 0 below e^−600 = 3e-261, where the low part would lose its digits. */
    DoubleDouble exp() {
        if (hi < -600) {
            return ZERO;
        }
        // x = k ln 2 + r; expm1 of r/512 by its series, then nine times expm1(2y) = e(2 + e) with e = expm1(y).
        double k = Math.rint(hi / LOG_TWO.hi);
        DoubleDouble y = minus(LOG_TWO.times(k)).scaled(1.0 / (1 << HALVINGS));
        DoubleDouble e = ZERO;
        for (int n = TERMS; n >= 1; n--) {
            e = e.plus(ONE).times(y).dividedBy(of(n));
        }
        for (int i = 0; i < HALVINGS; i++) {
            e = e.times(e.plus(of(2)));
        }
        return e.plus(ONE).scaled(Math.scalb(1.0, (int) k));
    }

    double toDouble() {
        return hi + lo;
    }
}
