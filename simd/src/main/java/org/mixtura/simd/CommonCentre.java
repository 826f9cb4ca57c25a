package org.mixtura.simd;

import static org.mixtura.simd.Lanes.DOUBLES;
import static org.mixtura.simd.Lanes.WIDTH;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.mixtura.kernel.QuadraticForms;

/**
 * A centre z common to all components, and the rule that says when products of features about it keep their digits.
 *
 * <p>With y = x − o − z, μ_k = m_k − z and Q_k = A_kᵀA_k a score is linear in the features y_i and y_i y_j,
 *
 * <pre>    s_k = c_k − ½ μ_kᵀQ_kμ_k + (Q_kμ_k)ᵀy − ½ yᵀQ_ky,</pre>
 *
 * <p>so that the features of a row serve all components, in one plain matrix product; and the moments about m_k follow from
 * weighted sums of the same features. It costs digits where terms are much larger than their sum:
 *
 * <ul>
 *   <li>The error of a score is a small multiple of 2⁻⁵³ times the sum of its terms' absolute values, which is at most b_k(y) = ½
 *       ‖Q_k‖ ‖y‖² + ‖Q_kμ_k‖ ‖y‖ + ½ μ_kᵀQ_kμ_k, with Frobenius' norm. Rows count as near if b_k is at most {@link #MOST} for
 *       all k. The errors seen then are below 1e-13 where the component matters, 3e-13 elsewhere.
 *   <li>The second moment (i, i) has an error of about 2⁻⁵³ N_k μ_ki², where the form k itself expects at least N_k / Q_kii.
 *       Moments are taken from features if μ_ki² Q_kii is at most {@link #MOST_SHIFT} for all k and i.
 * </ul>
 *
 * <p>Everything else goes about each component's own centre. The rule reads rows and parameters alone. z is the mean of the
 * centres.
 */
final class CommonCentre {
    /** The largest sum of absolute values of the terms of a score. */
    static final double MOST = 768;

    /** The largest square of the distance of a centre from the common one, in units of what the form expects. */
    static final double MOST_SHIFT = 256;

    private static final Map<QuadraticForms, CommonCentre> SHARED = Collections.synchronizedMap(new WeakHashMap<>());

    private final double[] centre;
    /** The largest ‖y‖² that the scores of all components allow; negative if there is none. */
    private final double farthest;

    private final boolean momentsToo;

    private CommonCentre(QuadraticForms forms) {
        int d = forms.dimension();
        this.centre = meanCentre(forms);
        double least = Double.POSITIVE_INFINITY;
        boolean near = true;
        for (int k = 0; k < forms.components(); k++) {
            if (forms.constants()[k] > Double.NEGATIVE_INFINITY) {
                Expansion form = Expansion.of(forms, k, centre);
                least = Math.min(least, farthest(form));
                for (int i = 0; i < d; i++) {
                    double shift = forms.centres()[k * d + i] - centre[i];
                    near &= shift * shift * form.quadratic(i, i) <= MOST_SHIFT;
                }
            }
        }
        this.farthest = least < Double.POSITIVE_INFINITY ? least : -1;
        this.momentsToo = near;
    }

    /** {@return the centre of some forms, made once for all threads} */
    static CommonCentre of(QuadraticForms forms) {
        return SHARED.computeIfAbsent(forms, CommonCentre::new);
    }

    private static double[] meanCentre(QuadraticForms forms) {
        int d = forms.dimension();
        double[] mean = new double[d];
        int count = 0;
        for (int k = 0; k < forms.components(); k++) {
            if (forms.constants()[k] > Double.NEGATIVE_INFINITY) {
                count++;
                for (int j = 0; j < d; j++) {
                    mean[j] += (forms.centres()[k * d + j] - mean[j]) / count;
                }
            }
        }
        return mean;
    }

    /** The largest ‖y‖² with ½ q ‖y‖² + l ‖y‖ + c ≤ MOST; −1 if there is none. */
    private static double farthest(Expansion form) {
        double q = form.quadraticNorm();
        double l = form.linearNorm();
        double left = MOST - form.constant();
        // The root in the form that does not cancel; what is not a number or below zero fails.
        double distance = 2 * left / (l + Math.sqrt(l * l + 2 * q * left));
        return left >= 0 && distance >= 0 ? distance * distance : -1;
    }

    /** {@return z relative to the origin} */
    double[] values() {
        return centre;
    }

    /** {@return whether moments may be taken from the features of rows that are near} */
    boolean servesMoments() {
        return momentsToo;
    }

    /**
     * Takes the rows of a tile about the common centre.
     *
     * @param tile the rows
     * @param about receives y = x − o − z, columns × {@link Tile#STRIDE}; zeros beyond the last row
     * @return whether all rows are near
     */
    boolean take(Tile tile, double[] about) {
        if (!(farthest >= 0)) {
            return false;
        }
        for (int j = 0; j < centre.length; j++) {
            int at = j * Tile.STRIDE;
            subtract(tile.columns, at, centre[j], tile.padded(), about);
            Arrays.fill(about, at + tile.count(), at + tile.padded(), 0);
        }
        return allWithin(about, centre.length, tile.padded(), farthest);
    }

    private static void subtract(double[] columns, int at, double centre, int points, double[] about) {
        DoubleVector z = DoubleVector.broadcast(DOUBLES, centre);
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector.fromArray(DOUBLES, columns, at + i).sub(z).intoArray(about, at + i);
        }
    }

    private static boolean allWithin(double[] about, int d, int points, double farthest) {
        boolean within = true;
        for (int i = 0; i < points; i += WIDTH) {
            DoubleVector square = DoubleVector.zero(DOUBLES);
            for (int j = 0; j < d; j++) {
                DoubleVector y = DoubleVector.fromArray(DOUBLES, about, j * Tile.STRIDE + i);
                square = y.fma(y, square);
            }
            within &= square.compare(VectorOperators.LE, farthest).allTrue();
        }
        return within;
    }
}
