package org.mixtura.mixture;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/** The standard Student distribution of one number, or the standard normal one: its tail, with all its digits, and its density. */
final class StandardTail {
    private static final double ROOT_TWO = Math.sqrt(2);
    private static final double LOG_ROOT_TWO_PI = Math.log(2 * Math.PI) / 2;
    /** Beyond this the tail is a power to all digits, and squares would soon overflow. */
    private static final double FAR = 1e100;

    static final StandardTail NORMAL = new StandardTail(Double.POSITIVE_INFINITY);

    private final double degreesOfFreedom;
    private final double logBeta;

    private StandardTail(double degreesOfFreedom) {
        this.degreesOfFreedom = degreesOfFreedom;
        this.logBeta = isNormal() ? LOG_ROOT_TWO_PI : LogBeta.value(degreesOfFreedom / 2, 0.5);
    }

    /** That of ν degrees of freedom; the normal one if ν is infinite. */
    static StandardTail of(double degreesOfFreedom) {
        return degreesOfFreedom == Double.POSITIVE_INFINITY ? NORMAL : new StandardTail(degreesOfFreedom);
    }

    private boolean isNormal() {
        return degreesOfFreedom == Double.POSITIVE_INFINITY;
    }

    /** The probability of more than z: ½ erfc(z/√2), or ½ I_x(ν/2, ½) with x = ν/(ν + z²) where z is positive. */
    double above(double z) {
        if (isNormal()) {
            return Erfc.value(z / ROOT_TWO) / 2;
        }
        if (z < 0) {
            return 1 - above(-z);
        }
        double scaled = z / Math.sqrt(degreesOfFreedom);
        if (scaled > FAR) {
            return Math.exp(-degreesOfFreedom * Math.log(scaled) - logBeta) / degreesOfFreedom;
        }
        double square = scaled * scaled;
        return square < 1
                ? (1 - RegularizedBeta.value(square / (1 + square), 0.5, degreesOfFreedom / 2)) / 2
                : RegularizedBeta.value(1 / (1 + square), degreesOfFreedom / 2, 0.5) / 2;
    }

    /** The variance; infinite with two degrees of freedom or fewer. */
    double variance() {
        return StudentT.variance(degreesOfFreedom);
    }

    /** The density at z. */
    double density(double z) {
        if (isNormal()) {
            return Math.exp(-z * z / 2 - logBeta);
        }
        double scaled = Math.abs(z) / Math.sqrt(degreesOfFreedom);
        double logDecay = scaled > FAR ? 2 * Math.log(scaled) : Math.log1p(scaled * scaled);
        return Math.exp(-(degreesOfFreedom + 1) / 2 * logDecay - logBeta) / Math.sqrt(degreesOfFreedom);
    }

    /**
     * A number that is exceeded with no more than some probability: the normal quantile, or, heavier tails reaching farther, that doubled
     * often enough.
     *
     * @param probability at most one half
     * @param normal the normal distribution's quantile, at least 0
     */
    double reach(double probability, double normal) {
        double reach = normal;
        while (!isNormal() && above(reach) > probability) {
            reach *= 2;
        }
        return reach;
    }
}
