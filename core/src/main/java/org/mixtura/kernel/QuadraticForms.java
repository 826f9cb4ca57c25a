package org.mixtura.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a pass needs to know of K components: s_k(x) = c_k − ½ ‖A_k (x − o − m_k)‖², the score of row x under component k.
 *
 * <p>The origin o is common to all components; the centres m_k are relative to it. For a fit it lies near the data, so that
 * x − o is exact and the centres keep digits that o + m_k could not hold, however far the data are from zero. For a mixture
 * whose means are given as they are it is zero: x − m_k is then rounded once. A_k is lower triangular, diagonal, or a
 * multiple of the identity. EM takes A_k = L_k⁻¹ with Σ_k = L_k L_kᵀ and c_k = ln π_k − ½ ln det Σ_k − (d/2) ln 2π; the
 * variational fits take other constants (see the architecture page).
 *
 * <p>Where rows carry codes ({@link org.mixtura.data.CodedRows}), each code may have factors of its own ({@link #coded}).
 *
 * <p>Forms may have tails ({@link #withTails}): with ν_k degrees of freedom a component is Student's distribution, and with q =
 * ‖A_k (x − o − m_k)‖²
 *
 * <pre>  s_k(x) = c_k + ln Γ((ν_k + d)/2) − ln Γ(ν_k/2) − (d/2) ln(ν_k/2) − ½ (ν_k + d) ln(1 + q/ν_k),</pre>
 *
 * <p>which goes to c_k − ½ q as ν_k grows. So c_k and A_k are those of the Gaussian, and so are their marginals.
 *
 * <p>Immutable by contract: the arrays that the accessors hand out are the object's own, for speed, and must not be
 * changed.
 */
public final class QuadraticForms {
    /** The shape of the factors A_k, which fixes how many numbers each takes. */
    public enum Factor {
        /** Lower triangular: d(d+1)/2 numbers, packed row by row. */
        TRIANGULAR,
        /** Diagonal: d numbers. */
        DIAGONAL,
        /** A multiple of the identity: one number. */
        SCALAR
    }

    /** The room that a component of even density fills, for rows of which some columns are not known. */
    @FunctionalInterface
    public interface Extent {
        /**
         * The volume in some columns.
         *
         * @param columns from 0, ascending
         * @return ln V_o; the component's density there is 1/V_o
         */
        double logVolume(int[] columns);
    }

    private static final int NONE = -1;

    /** About how many multiplications the logarithms of a tail cost. */
    private static final int TAIL_COST = 64;

    private final Factor factor;
    private final double[] origin;
    private final double[] centres;
    private final double[] constants;
    private final double[][] factors;
    private final int flat;
    private final Extent extent;
    private final CodeFactors codes;
    /** ν_k; null if there are no tails. */
    private final double @Nullable [] degreesOfFreedom;

    private QuadraticForms(
            Factor factor,
            double[] origin,
            double[] centres,
            double[] constants,
            double[][] factors,
            int flat,
            Extent extent,
            CodeFactors codes,
            double @Nullable [] degreesOfFreedom) {
        this.flat = flat;
        this.extent = extent;
        this.factor = factor;
        this.origin = origin;
        this.centres = centres;
        this.constants = constants;
        this.factors = factors;
        this.codes = codes;
        this.degreesOfFreedom = degreesOfFreedom;
    }

    /**
     * Forms from their parts, which are handed over and must not be changed again.
     *
     * @param factor the shape of the factors
     * @param origin o, d values
     * @param centres m_k relative to the origin, K × d, row by row
     * @param constants c_k, K values; −∞ switches a component off
     * @param factors A_k, K arrays (the same array may stand for several components)
     * @return the forms
     * @throws IllegalArgumentException if the lengths do not fit or a number is not finite
     */
    public static QuadraticForms of(
            Factor factor, double[] origin, double[] centres, double[] constants, double[][] factors) {
        int d = origin.length;
        int k = constants.length;
        int size = size(factor, d);
        if (k < 1
                || centres.length != k * d
                || factors.length != k
                || Arrays.stream(factors).anyMatch(a -> a.length != size)) {
            throw new IllegalArgumentException(
                    "parts of quadratic forms do not fit: " + d + " columns, " + k + " components, " + centres.length
                            + " centre values, " + factors.length + " factors of " + size + " values expected");
        }
        QuadraticForms forms = new QuadraticForms(
                factor, origin, centres, constants, factors, NONE, columns -> 0, CodeFactors.none(), null);
        forms.requireFinite();
        return forms;
    }

    /**
     * The same forms, one of them of even density: its factor is zero, its score the constant everywhere.
     *
     * @param component which, from 0
     * @param room the room that it fills
     * @return the forms
     * @throws IllegalArgumentException if the component's factor is not zero
     */
    public QuadraticForms flat(int component, Extent room) {
        if (!Arrays.stream(factors[component]).allMatch(element -> element == 0)) {
            throw new IllegalArgumentException("factor of quadratic form " + component + " of " + components() + " is "
                    + Arrays.toString(factors[component]) + "; of an even density it is zero");
        }
        return with(component, room, codes, degreesOfFreedom);
    }

    private QuadraticForms with(int even, Extent room, CodeFactors ofCodes, double @Nullable [] tails) {
        return new QuadraticForms(factor, origin, centres, constants, factors, even, room, ofCodes, tails);
    }

    /**
     * Whether a component has the same density everywhere.
     *
     * @param component k, from 0
     * @return true if it was said to be {@link #flat(int, Extent)}
     */
    public boolean isFlat(int component) {
        return component == flat;
    }

    /** {@return the room that the flat component fills} */
    public Extent extent() {
        return extent;
    }

    /** A form that is not finite would pass for one that no row comes near. */
    private void requireFinite() {
        if (!allFinite(origin)) {
            throw new IllegalArgumentException(
                    "origin of quadratic forms is " + Arrays.toString(origin) + "; it must be finite");
        }
        int d = origin.length;
        for (int k = 0; k < constants.length; k++) {
            String which = " of quadratic form " + k + " of " + constants.length;
            if (!(constants[k] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "constant" + which + " is " + constants[k] + "; it must be finite, or -Infinity");
            }
            double[] centre = Arrays.copyOfRange(centres, k * d, (k + 1) * d);
            if (!allFinite(centre)) {
                throw new IllegalArgumentException(
                        "centre" + which + " is " + Arrays.toString(centre) + "; it must be finite");
            }
            for (double element : factors[k]) {
                if (!Double.isFinite(element)) {
                    throw new IllegalArgumentException(
                            "factor" + which + " has an element " + element + "; it must be finite");
                }
            }
        }
    }

    private static boolean allFinite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }

    /**
     * How many numbers a factor takes.
     *
     * @param factor its shape
     * @param d the dimension
     * @return d(d+1)/2, d or 1
     */
    public static int size(Factor factor, int d) {
        return switch (factor) {
            case TRIANGULAR -> d * (d + 1) / 2;
            case DIAGONAL -> d;
            case SCALAR -> 1;
        };
    }

    /** {@return the number of components, K} */
    public int components() {
        return constants.length;
    }

    /** {@return the number of columns, d} */
    public int dimension() {
        return origin.length;
    }

    /** {@return the shape of the factors} */
    public Factor factor() {
        return factor;
    }

    /** {@return o, d values} */
    public double[] origin() {
        return origin;
    }

    /** {@return m_k relative to the origin, K × d, row by row} */
    public double[] centres() {
        return centres;
    }

    /** {@return c_k, K values} */
    public double[] constants() {
        return constants;
    }

    /**
     * The factor of one component.
     *
     * @param component k, from 0
     * @return A_k in the packing of {@link #factor()}
     */
    public double[] factor(int component) {
        return factors[component];
    }

    /**
     * The same forms with other constants.
     *
     * @param values c_k, K values, handed over
     * @return the forms
     * @throws IllegalArgumentException if there are not K values
     */
    public QuadraticForms withConstants(double[] values) {
        return of(factor, origin, centres, values, factors).with(flat, extent, codes, degreesOfFreedom);
    }

    /**
     * The same forms where rows carry codes: of a row with code q, s_k(x) = c_k + ln l_qk − ½ ‖A_k (x − o − m_k)‖².
     *
     * @param values l
     * @return the forms
     * @throws IllegalArgumentException if there are not K values for each code
     */
    public QuadraticForms coded(CodeFactors values) {
        if (!values.fit(components())) {
            throw new IllegalArgumentException(
                    "codes have factors for another number than " + components() + " of quadratic forms");
        }
        return with(flat, extent, values, degreesOfFreedom);
    }

    /** {@return the factors of rows' codes} */
    public CodeFactors codes() {
        return codes;
    }

    /** The same forms where codes mean nothing. */
    QuadraticForms uncoded() {
        return with(flat, extent, CodeFactors.none(), degreesOfFreedom);
    }

    /**
     * Some of the forms, for rows without codes.
     *
     * @param places which, at least one
     * @param times by what to multiply their densities, K values; above 0 for those taken
     */
    QuadraticForms only(int[] places, double[] times) {
        int d = dimension();
        double[] some = new double[places.length * d];
        double[] raised = new double[places.length];
        double[][] taken = new double[places.length][];
        int even = NONE;
        double[] tails = new double[degreesOfFreedom == null ? 0 : places.length];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(centres, places[i] * d, some, i * d, d);
            raised[i] = constants[places[i]] + Math.log(times[places[i]]);
            taken[i] = factors[places[i]];
            even = places[i] == flat ? i : even;
            if (degreesOfFreedom != null) {
                tails[i] = degreesOfFreedom[places[i]];
            }
        }
        return of(factor, origin, some, raised, taken)
                .with(even, extent, CodeFactors.none(), degreesOfFreedom == null ? null : tails);
    }

    /**
     * The same forms with tails.
     *
     * @param values ν_k, K positive values, handed over; +∞ for a component without tails
     * @return the forms
     * @throws IllegalArgumentException if there are not K values or one is not positive
     */
    public QuadraticForms withTails(double[] values) {
        if (values.length != constants.length || !Arrays.stream(values).allMatch(v -> v > 0)) {
            throw new IllegalArgumentException("degrees of freedom of " + constants.length + " components are "
                    + Arrays.toString(values) + "; each is positive");
        }
        return with(flat, extent, codes, values);
    }

    /** {@return the same forms with the tails of others, if those have any} */
    QuadraticForms withTailsOf(QuadraticForms others) {
        return others.degreesOfFreedom == null ? this : withTails(others.degreesOfFreedom);
    }

    /** {@return whether a component may have tails} */
    public boolean tailed() {
        return degreesOfFreedom != null;
    }

    /** {@return ν_k, K values, or none if there are no tails} */
    public double[] degreesOfFreedom() {
        return degreesOfFreedom == null ? new double[0] : degreesOfFreedom;
    }

    /** {@return about how many multiplications one row costs, for choosing chunk sizes} */
    public long costPerRow() {
        return (long) components() * (factors[0].length + origin.length + 8L + (tailed() ? TAIL_COST : 0));
    }
}
