package org.mixtura.kernel;

import org.jspecify.annotations.Nullable;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;

/**
 * Forms for rows that were measured with Gaussian errors of covariance S: what is seen is a true row v and an error, so a score is
 * ln ∫ exp s_k(v) N(x; v, S) dv, and the moments are those expected of v (Bovy, Hogg &amp; Roweis 2011, <a
 * href="https://doi.org/10.1214/10-AOAS439">doi:10.1214/10-AOAS439</a>). With Σ_k = (A_kᵀ A_k)⁻¹ and T_k = Σ_k + S = L Lᵀ,
 *
 * <pre>
 *   s_k(x) = c_k − ln |det A_k| − ln det L − ½ ‖L⁻¹ δ‖²
 *   v given x, k:   v − o − m_k ~ N(B δ, B S),   B = Σ_k T_k⁻¹
 * </pre>
 *
 * <p>so moments N, f, F of what is seen become N, B f, B F Bᵀ + N B S. The product B S keeps its digits whether S is small next to Σ_k
 * or large. A form that is flat (A_k = 0, noise) stays as it is.
 */
final class ErrorForms implements AtomForms {
    private final TrueComponents components;
    private final double[] errors;
    private final Widened[] widened;

    /**
     * Forms.
     *
     * @param errors S, d variances or the lower triangle
     */
    ErrorForms(TrueComponents components, double[] errors) {
        this.components = components;
        this.errors = errors;
        this.widened = new Widened[components.points().components()];
    }

    /** One component as it is seen through the errors. */
    private static final class Widened {
        /** L, packed, or its diagonal. */
        private final double[] lower;

        private final double constant;
        /** B, d × d, row by row, or its diagonal. */
        private double @Nullable [] slope;
        /** B S, packed, or its diagonal. */
        private double[] spread = new double[0];

        Widened(double[] lower, double constant) {
            this.lower = lower;
            this.constant = constant;
        }
    }

    private int d() {
        return components.points().dimension();
    }

    private boolean correlated() {
        return components.points().factor() == QuadraticForms.Factor.TRIANGULAR || errors.length > d();
    }

    private Widened widened(int k) {
        Widened known = widened[k];
        if (known == null) {
            known = widen(k);
            widened[k] = known;
        }
        return known;
    }

    private Widened widen(int k) {
        int d = d();
        double[] covariance = components.covariance(k);
        double constant = components.points().constants()[k] - components.logDeterminant(k);
        if (correlated()) {
            double[] sum = new double[Packed.size(d)];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    sum[Packed.index(i, j)] =
                            AtomForms.element(covariance, d, i, j) + AtomForms.element(errors, d, i, j);
                }
            }
            double[] lower = factor(sum, k);
            return new Widened(lower, constant - 0.5 * Cholesky.logDeterminant(lower, d));
        }
        double[] lower = new double[d];
        for (int j = 0; j < d; j++) {
            lower[j] = Math.sqrt(covariance[j] + errors[j]);
            constant -= Math.log(lower[j]);
        }
        return new Widened(lower, constant);
    }

    private double[] factor(double[] sum, int k) {
        try {
            return Cholesky.factor(sum, d());
        } catch (NotPositiveDefiniteException e) {
            throw new IllegalArgumentException(
                    "component " + (k + 1) + " of " + widened.length + " seen through a row's errors: " + e.getMessage()
                            + "; the covariance of errors must be positive semidefinite",
                    e);
        }
    }

    /** B and B S, made when moments are first asked for. */
    private double[] slope(int k) {
        Widened component = widened(k);
        double[] known = component.slope;
        if (known != null) {
            return known;
        }
        int d = d();
        double[] covariance = components.covariance(k);
        double[] slope;
        if (correlated()) {
            slope = new double[d * d];
            double[] row = new double[d];
            component.spread = new double[Packed.size(d)];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    row[j] = AtomForms.element(covariance, d, i, j);
                }
                double[] solved = Cholesky.solve(component.lower, row);
                System.arraycopy(solved, 0, slope, i * d, d);
                for (int j = 0; j <= i; j++) {
                    double sum = 0;
                    for (int l = 0; l < d; l++) {
                        sum += solved[l] * AtomForms.element(errors, d, l, j);
                    }
                    component.spread[Packed.index(i, j)] = sum;
                }
            }
        } else {
            slope = new double[d];
            component.spread = new double[d];
            for (int j = 0; j < d; j++) {
                slope[j] = covariance[j] / (covariance[j] + errors[j]);
                component.spread[j] = slope[j] * errors[j];
            }
        }
        component.slope = slope;
        return slope;
    }

    /**
     * The score of a row.
     *
     * @param k the component
     * @param deviation δ = x − o − m_k, d values
     * @return s_k
     */
    double score(int k, double[] deviation) {
        if (components.flat(k)) {
            return components.points().constants()[k];
        }
        Widened component = widened(k);
        double square = 0;
        if (correlated()) {
            for (double y : Cholesky.solveLower(component.lower, deviation)) {
                square += y * y;
            }
        } else {
            for (int j = 0; j < deviation.length; j++) {
                double y = deviation[j] / component.lower[j];
                square += y * y;
            }
        }
        return component.constant - 0.5 * square;
    }

    /**
     * Adds a row to moments.
     *
     * @param k the component
     * @param share w r
     * @param deviation δ, d values
     * @param into moments about the centres of the forms of points
     */
    void add(int k, double share, double[] deviation, Moments into) {
        int d = d();
        into.weights()[k] += share;
        if (components.flat(k)) {
            return;
        }
        double[] slope = slope(k);
        double[] spread = widened(k).spread;
        boolean whole = correlated();
        double[] expected = new double[d];
        for (int i = 0; i < d; i++) {
            double sum = whole ? 0 : slope[i] * deviation[i];
            for (int j = 0; j < d && whole; j++) {
                sum += slope[i * d + j] * deviation[j];
            }
            expected[i] = sum;
        }
        double[] second = into.second(k);
        boolean full = into.scatter() == Moments.Scatter.FULL;
        for (int i = 0, at = 0; i < d; i++) {
            double weighted = share * expected[i];
            into.firsts()[k * d + i] += weighted;
            for (int j = full ? 0 : i; j <= i; j++, at++) {
                second[at] += weighted * expected[j] + share * AtomForms.element(spread, d, i, j);
            }
        }
    }

    @Override
    public QuadraticForms forms() {
        int d = d();
        QuadraticForms points = components.points();
        QuadraticForms.Factor shape = correlated() ? QuadraticForms.Factor.TRIANGULAR : QuadraticForms.Factor.DIAGONAL;
        double[] constants = new double[widened.length];
        double[][] factors = new double[widened.length][];
        for (int k = 0; k < constants.length; k++) {
            if (components.flat(k)) {
                constants[k] = points.constants()[k];
                factors[k] = new double[QuadraticForms.size(shape, d)];
                continue;
            }
            double[] lower = widened(k).lower;
            constants[k] = widened(k).constant;
            if (correlated()) {
                factors[k] = Cholesky.invert(lower, d);
            } else {
                factors[k] = new double[d];
                for (int j = 0; j < d; j++) {
                    factors[k][j] = 1 / lower[j];
                }
            }
        }
        return QuadraticForms.of(shape, points.origin(), points.centres(), constants, factors);
    }

    @Override
    public Moments.Scatter scatter(Moments.Scatter wanted) {
        return correlated() ? Moments.Scatter.FULL : wanted;
    }

    @Override
    public void lift(Moments part, Moments into) {
        for (int k = 0; k < widened.length; k++) {
            if (part.weights()[k] > 0) {
                into.weights()[k] += part.weights()[k];
                if (!components.flat(k)) {
                    lift(k, part, into);
                }
            }
        }
        into.acceptTotals(part.totalWeight(), part.logLikelihood(), part.assignmentEntropy());
    }

    /** Adds B f and B F Bᵀ + N B S. */
    private void lift(int k, Moments part, Moments into) {
        int d = d();
        double[] second = part.second(k);
        double[] slope = slope(k);
        double[] spread = widened(k).spread;
        boolean whole = correlated();
        double[] row = new double[d];
        for (int i = 0; i < d; i++) {
            double first = 0;
            for (int j = 0; j < d; j++) {
                row[j] = 0;
                if (!whole) {
                    row[j] = slope[i] * AtomForms.element(second, d, i, j);
                    continue;
                }
                first += slope[i * d + j] * part.firsts()[k * d + j];
                for (int l = 0; l < d; l++) {
                    row[j] += slope[i * d + l] * Packed.get(second, l, j);
                }
            }
            into.firsts()[k * d + i] += whole ? first : slope[i] * part.firsts()[k * d + i];
            for (int h = into.scatter() == Moments.Scatter.FULL ? 0 : i; h <= i; h++) {
                double sum = 0;
                for (int j = 0; j < d && whole; j++) {
                    sum += row[j] * slope[h * d + j];
                }
                sum = whole ? sum : row[h] * slope[h];
                MarginalForms.add(into, k, i, h, sum + part.weights()[k] * AtomForms.element(spread, d, i, h));
            }
        }
    }
}
