package org.mixtura.kernel;

import java.util.Arrays;
import java.util.stream.IntStream;

/** By what the codes of rows multiply the densities of components: l, a factor between 0 and 1 for each code and component. */
public final class CodeFactors {
    private static final CodeFactors NONE = new CodeFactors(new double[0][]);

    private final double[][] factors;

    private CodeFactors(double[][] factors) {
        this.factors = factors;
    }

    /**
     * Factors of codes.
     *
     * @param factors l, one array of K values for each code from 0, handed over; 0 keeps a row from a component. Those of code 0,
     *     which rows without codes have, are all 1
     * @return the factors
     * @throws IllegalArgumentException if one is not between 0 and 1
     */
    public static CodeFactors of(double[][] factors) {
        for (double[] some : factors) {
            if (!Arrays.stream(some).allMatch(l -> l >= 0 && l <= 1)) {
                throw new IllegalArgumentException(
                        "factors of a code are " + Arrays.toString(some) + "; each is between 0 and 1");
            }
        }
        return new CodeFactors(factors);
    }

    /** Where codes mean nothing. */
    static CodeFactors none() {
        return NONE;
    }

    /** Whether codes mean nothing. */
    boolean areNone() {
        return factors.length == 0;
    }

    /** The factors of a code, K values; not to be changed. */
    double[] of(int code) {
        return factors[code];
    }

    /** The components that a code does not rule out. */
    int[] allowed(int code) {
        double[] some = factors[code];
        return IntStream.range(0, some.length).filter(k -> some[k] > 0).toArray();
    }

    /** Whether all codes are about so many components. */
    boolean fit(int components) {
        return Arrays.stream(factors).allMatch(some -> some.length == components);
    }
}
