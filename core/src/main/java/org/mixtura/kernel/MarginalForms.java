package org.mixtura.kernel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.linalg.Ql;

/**
 * Quadratic forms with the missing columns m of a row integrated out, and what the observed columns o say of the missing ones.
 *
 * <p>With the columns in the order (o, m) and the factor turned to a lower triangle, A_k = Q ((R, 0), (S, T)), the score falls
 * apart into ‖R δ_o‖² and ‖S δ_o + T δ_m‖². So, for every algorithm whose scores are quadratic forms,
 *
 * <pre>
 *   ln ∫ exp s_k(x) dx_m = c_k + (|m|/2) ln 2π − ln |det T| − ½ ‖R δ_o‖²      the marginal form
 *   x_m given x_o, k:   δ_m ~ N(B δ_o, C),   B = −T⁻¹ S,   C = T⁻¹ T⁻ᵀ
 * </pre>
 *
 * <p>Rows with these gaps are then scored by an ordinary pass over fewer columns, and the moments that it gives, N, f and F, become
 * those of whole rows, expected over the missing values, by the linear map f_m = B f, F_mo = B F, F_mm = B F Bᵀ + N C.
 *
 * <p>Tails stay: a marginal of Student's distribution has as many degrees of freedom. Given a row's factor u of the precision, the
 * missing values have covariance C/u, which counts u times; so with tails it is still N C that comes in addition.
 */
public final class MarginalForms {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final QuadraticForms whole;
    private final int[] observed;
    private final int[] missing;
    private final boolean correlated;
    private final double[] centres;
    private final double[] constants;
    private final double[][] factors;
    /** B_k, |m| × |o|, row by row; empty where columns are not correlated. */
    private final double[][] slopes;
    /** T_k⁻¹, packed, or its diagonal. */
    private final double[][] spreads;

    private final double[] origin;
    private final QuadraticForms.Factor shape;

    /**
     * Integrates columns out.
     *
     * @param forms the forms of whole rows, their factors regular but that of a flat component
     * @param gaps the missing columns; at least one
     */
    public MarginalForms(QuadraticForms forms, BitSet gaps) {
        int d = forms.dimension();
        int components = forms.components();
        this.whole = forms;
        this.observed = IntStream.range(0, d).filter(j -> !gaps.get(j)).toArray();
        this.missing = IntStream.range(0, d).filter(gaps::get).toArray();
        this.shape = forms.factor();
        this.correlated = shape == QuadraticForms.Factor.TRIANGULAR;
        this.origin = part(forms.origin(), 0, observed);
        this.centres = new double[components * observed.length];
        this.constants = new double[components];
        this.factors = new double[components][];
        this.slopes = new double[components][];
        this.spreads = new double[components][];
        for (int k = 0; k < components; k++) {
            System.arraycopy(part(forms.centres(), k * d, observed), 0, centres, k * observed.length, observed.length);
            if (forms.isFlat(k)) {
                flatten(forms, k);
                continue;
            }
            if (k > 0 && !forms.isFlat(k - 1) && forms.factor(k) == forms.factor(k - 1)) {
                factors[k] = factors[k - 1];
                slopes[k] = slopes[k - 1];
                spreads[k] = spreads[k - 1];
            } else if (correlated) {
                turn(forms.factor(k), k);
            } else {
                cut(forms.factor(k), k);
            }
            constants[k] = forms.constants()[k] + missing.length * LOG_TWO_PI / 2 + logVolume(spreads[k]);
        }
    }

    private static double[] part(double[] values, int from, int[] places) {
        return IntStream.of(places).mapToDouble(j -> values[from + j]).toArray();
    }

    /** A component of even density says nothing of missing values; of its rows only their number is used. */
    private void flatten(QuadraticForms forms, int k) {
        int all = observed.length + missing.length;
        factors[k] = new double[QuadraticForms.size(shape, observed.length)];
        slopes[k] = new double[correlated ? missing.length * observed.length : 0];
        spreads[k] = new double[correlated ? Packed.size(missing.length) : missing.length];
        constants[k] = forms.constants()[k]
                + forms.extent().logVolume(IntStream.range(0, all).toArray())
                - forms.extent().logVolume(observed);
    }

    private void turn(double[] factor, int k) {
        int o = observed.length;
        int m = missing.length;
        double[][] columns = new double[o + m][o + m];
        for (int c = 0; c < o + m; c++) {
            int column = c < o ? observed[c] : missing[c - o];
            for (int i = column; i < o + m; i++) {
                columns[i][c] = factor[Packed.index(i, column)];
            }
        }
        double[] lower = Ql.lower(columns);
        factors[k] = Arrays.copyOf(lower, Packed.size(o));
        double[] last = new double[Packed.size(m)];
        for (int i = 0; i < m; i++) {
            System.arraycopy(lower, Packed.index(o + i, o), last, Packed.index(i, 0), i + 1);
        }
        spreads[k] = Cholesky.invert(last, m);
        slopes[k] = new double[m * o];
        double[] right = new double[m];
        for (int j = 0; j < o; j++) {
            for (int i = 0; i < m; i++) {
                right[i] = -lower[Packed.index(o + i, j)];
            }
            double[] slope = Cholesky.solveLower(last, right);
            for (int i = 0; i < m; i++) {
                slopes[k][i * o + j] = slope[i];
            }
        }
    }

    private void cut(double[] factor, int k) {
        boolean scalar = shape == QuadraticForms.Factor.SCALAR;
        factors[k] = scalar ? factor : part(factor, 0, observed);
        slopes[k] = new double[0];
        spreads[k] = IntStream.of(missing)
                .mapToDouble(j -> 1 / factor[scalar ? 0 : j])
                .toArray();
    }

    /** ln |det T⁻¹|. */
    private double logVolume(double[] spread) {
        double sum = 0;
        for (int i = 0; i < missing.length; i++) {
            sum += Math.log(Math.abs(spread[correlated ? Packed.index(i, i) : i]));
        }
        return sum;
    }

    /** {@return the observed columns, ascending; not to be changed} */
    public int[] observed() {
        return observed;
    }

    /** {@return the missing columns, ascending; not to be changed} */
    public int[] missing() {
        return missing;
    }

    /** {@return ln ∫ exp s_k over the missing columns at the centre of the observed ones, K values; not to be changed} */
    public double[] constants() {
        return constants;
    }

    /**
     * The forms of the observed columns.
     *
     * @return the marginal forms; there must be an observed column
     */
    public QuadraticForms forms() {
        QuadraticForms forms =
                QuadraticForms.of(shape, origin, centres, constants, factors).withTailsOf(whole);
        for (int k = 0; k < constants.length; k++) {
            if (whole.isFlat(k)) {
                QuadraticForms.Extent room = whole.extent();
                return forms.flat(
                        k,
                        columns -> room.logVolume(
                                IntStream.of(columns).map(j -> observed[j]).toArray()));
            }
        }
        return forms;
    }

    /**
     * The second moments of the observed columns that are needed for those of whole rows.
     *
     * @param wanted which second moments of whole rows are wanted
     * @return the diagonal only if that is wanted and columns are not correlated
     */
    public Moments.Scatter scatter(Moments.Scatter wanted) {
        return correlated ? Moments.Scatter.FULL : wanted;
    }

    /**
     * What the observed columns say of the missing ones: E δ_m = B_k δ_o.
     *
     * @param k the component
     * @param deviation δ_o = x_o − o − m_k, |o| values
     * @param expected receives δ_m, |m| values
     */
    public void regress(int k, double[] deviation, double[] expected) {
        int o = observed.length;
        double[] slope = slopes[k];
        for (int i = 0; i < missing.length; i++) {
            double sum = 0;
            for (int j = 0; correlated && j < o; j++) {
                sum += slope[i * o + j] * deviation[j];
            }
            expected[i] = sum;
        }
    }

    /**
     * Gives standard normal numbers the covariance C_k of the missing columns, T⁻¹ z.
     *
     * @param k the component
     * @param z |m| values
     * @return |m| values
     */
    public double[] unwhiten(int k, double[] z) {
        if (correlated) {
            return Packed.times(spreads[k], z);
        }
        return IntStream.range(0, z.length)
                .mapToDouble(i -> spreads[k][i] * z[i])
                .toArray();
    }

    /**
     * An element of the covariance of the missing columns.
     *
     * @param k the component
     * @param i the row, from 0
     * @param j the column, from 0
     * @return the element (i, j) of C_k = T⁻¹ T⁻ᵀ
     */
    public double covariance(int k, int i, int j) {
        double[] spread = spreads[k];
        if (!correlated) {
            return i == j ? spread[i] * spread[i] : 0;
        }
        double sum = 0;
        for (int l = 0; l <= Math.min(i, j); l++) {
            sum += spread[Packed.index(i, l)] * spread[Packed.index(j, l)];
        }
        return sum;
    }

    /**
     * Adds rows that were scored by the marginal forms to moments of whole rows.
     *
     * @param part moments of the observed columns about the marginal forms' centres, with the second moments of {@link #scatter}
     * @param into moments about the centres of the whole forms
     */
    public void lift(Moments part, Moments into) {
        int d = into.dimension();
        int o = observed.length;
        for (int k = 0; k < constants.length; k++) {
            double weight = part.weights()[k];
            if (!(weight > 0)) {
                continue;
            }
            into.weights()[k] += weight;
            if (part.tailed()) {
                into.pulls()[k] += part.pulls()[k];
                into.tails()[k] += part.tails()[k];
            }
            for (int j = 0; j < o; j++) {
                into.firsts()[k * d + observed[j]] += part.firsts()[k * o + j];
            }
            addObserved(part, into, k);
            if (correlated) {
                addExpected(part, into, k);
            }
            addSpread(k, weight, into, k);
        }
        into.acceptTotals(part.totalWeight(), part.logLikelihood(), part.assignmentEntropy());
    }

    /**
     * Adds the covariance of the missing columns to second moments.
     *
     * @param k the component of these forms
     * @param weight how many times
     * @param into moments of whole rows
     * @param component the component of the moments
     */
    void addSpread(int k, double weight, Moments into, int component) {
        for (int i = 0; i < missing.length; i++) {
            for (int j = correlated ? 0 : i; j <= i; j++) {
                add(into, component, missing[i], missing[j], weight * covariance(k, i, j));
            }
        }
    }

    private void addObserved(Moments part, Moments into, int k) {
        double[] second = part.second(k);
        if (part.scatter() == Moments.Scatter.DIAGONAL) {
            for (int j = 0; j < observed.length; j++) {
                add(into, k, observed[j], observed[j], second[j]);
            }
            return;
        }
        for (int i = 0; i < observed.length; i++) {
            for (int j = 0; j <= i; j++) {
                add(into, k, observed[i], observed[j], second[Packed.index(i, j)]);
            }
        }
    }

    /** f_m = B f, F_mo = B F, and B F Bᵀ of F_mm. */
    private void addExpected(Moments part, Moments into, int k) {
        int d = into.dimension();
        int o = observed.length;
        double[] second = part.second(k);
        double[] slope = slopes[k];
        double[] row = new double[o];
        for (int i = 0; i < missing.length; i++) {
            double first = 0;
            for (int j = 0; j < o; j++) {
                first += slope[i * o + j] * part.firsts()[k * o + j];
                double sum = 0;
                for (int l = 0; l < o; l++) {
                    sum += slope[i * o + l] * Packed.get(second, l, j);
                }
                row[j] = sum;
                add(into, k, missing[i], observed[j], sum);
            }
            into.firsts()[k * d + missing[i]] += first;
            for (int h = 0; h <= i; h++) {
                double sum = 0;
                for (int j = 0; j < o; j++) {
                    sum += row[j] * slope[h * o + j];
                }
                add(into, k, missing[i], missing[h], sum);
            }
        }
    }

    /** Adds to the second moment of two columns, if it is kept. */
    static void add(Moments into, int k, int i, int j, double value) {
        double[] second = into.second(k);
        if (into.scatter() == Moments.Scatter.FULL) {
            second[i >= j ? Packed.index(i, j) : Packed.index(j, i)] += value;
        } else if (i == j) {
            second[i] += value;
        }
    }
}
