package org.mixtura.kernel;

import org.mixtura.data.Block;
import org.mixtura.linalg.Packed;

/**
 * Forms for rows that stand for many, spread about them with covariance C: in the mean over these a score is s_k(x) − ½ tr(A_k C
 * A_kᵀ), so only the constants change; the second moments gain r C.
 *
 * <p>The trace is taken as ‖A_k G‖² with C = G Gᵀ, a sum of squares: it keeps its digits where a component is much thinner than C is
 * wide in other directions.
 */
final class SpreadForms implements AtomForms {
    /** What is left of a variance by rounding alone, per column. */
    private static final double ROUNDING = 4 * Math.ulp(1.0);

    private final QuadraticForms points;
    private final int d;
    private final double[] covariance;
    /** G, packed, or the variances. */
    private final double[] root;

    private final double[] constants;

    /**
     * Forms.
     *
     * @param points the forms that score points
     * @param covariance C, d variances or the lower triangle
     */
    SpreadForms(QuadraticForms points, double[] covariance) {
        this.points = points;
        this.d = points.dimension();
        this.covariance = covariance;
        boolean whole = covariance.length > d && points.factor() == QuadraticForms.Factor.TRIANGULAR;
        this.root = whole ? root(covariance, d) : variances(covariance, d);
        this.constants = points.constants().clone();
        double trace = 0;
        for (int k = 0; k < constants.length; k++) {
            if (k == 0 || points.factor(k) != points.factor(k - 1)) {
                trace = whole ? trace(points.factor(k)) : traceOfVariances(points.factor(k));
            }
            constants[k] -= 0.5 * trace;
        }
    }

    /** G of a semidefinite matrix; a column that depends on those before it is 0. */
    static double[] root(double[] covariance, int d) {
        double[] root = new double[covariance.length];
        for (int j = 0; j < d; j++) {
            double variance = covariance[Packed.index(j, j)];
            double left = variance;
            for (int m = 0; m < j; m++) {
                left -= root[Packed.index(j, m)] * root[Packed.index(j, m)];
            }
            if (!(left > d * ROUNDING * variance)) {
                continue;
            }
            double pivot = Math.sqrt(left);
            for (int i = j; i < d; i++) {
                double sum = covariance[Packed.index(i, j)];
                for (int m = 0; m < j; m++) {
                    sum -= root[Packed.index(i, m)] * root[Packed.index(j, m)];
                }
                root[Packed.index(i, j)] = sum / pivot;
            }
        }
        return root;
    }

    /** The diagonal. */
    static double[] variances(double[] covariance, int d) {
        if (covariance.length == d) {
            return covariance;
        }
        double[] variances = new double[d];
        for (int j = 0; j < d; j++) {
            variances[j] = covariance[Packed.index(j, j)];
        }
        return variances;
    }

    /** ‖A G‖² of triangles. */
    private double trace(double[] factor) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double element = 0;
                for (int m = j; m <= i; m++) {
                    element += factor[Packed.index(i, m)] * root[Packed.index(m, j)];
                }
                sum += element * element;
            }
        }
        return sum;
    }

    /** tr(A C Aᵀ) where C is diagonal, or A is. */
    private double traceOfVariances(double[] factor) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double square = 0;
            switch (points.factor()) {
                case TRIANGULAR -> {
                    for (int i = j; i < d; i++) {
                        square += factor[Packed.index(i, j)] * factor[Packed.index(i, j)];
                    }
                }
                case DIAGONAL -> square = factor[j] * factor[j];
                case SCALAR -> square = factor[0] * factor[0];
            }
            sum += square * root[j];
        }
        return sum;
    }

    @Override
    public QuadraticForms forms() {
        return points.withConstants(constants.clone());
    }

    @Override
    public Moments.Scatter scatter(Moments.Scatter wanted) {
        return wanted;
    }

    @Override
    public void lift(Moments part, Moments into) {
        double[] spread = laidOut(covariance, d, into.scatter());
        for (int k = 0; k < part.components(); k++) {
            addMultiple(part.weights()[k], spread, part.second(k));
        }
        into.combine(part);
    }

    private static void addMultiple(double factor, double[] spread, double[] second) {
        for (int e = 0; e < second.length; e++) {
            second[e] += factor * spread[e];
        }
    }

    /** A covariance in the packing of second moments. */
    static double[] laidOut(double[] covariance, int d, Moments.Scatter scatter) {
        if (scatter == Moments.Scatter.DIAGONAL) {
            return variances(covariance, d);
        }
        if (covariance.length > d) {
            return covariance;
        }
        double[] triangle = new double[Packed.size(d)];
        for (int j = 0; j < d; j++) {
            triangle[Packed.index(j, j)] = covariance[j];
        }
        return triangle;
    }

    /** Responsibilities, however they are laid out. */
    interface Shares {
        /** r of a row for a component. */
        double of(int row, int component);
    }

    /**
     * Adds Σ w r C of some rows to moments that have all else of them.
     *
     * @param first the first row within the block
     * @param responsibilities gives r of a row, the first being 0, and a component
     */
    static void addSpread(Block block, int first, int count, Shares responsibilities, Moments into) {
        int components = into.components();
        for (int i = 0; i < count && block.covarianceSize() > 0; i++) {
            double weight = block.weight(first + i);
            if (!(weight > 0)) {
                continue;
            }
            double[] spread =
                    laidOut(AtomGroups.Key.of(block, first + i).elements(), block.dimension(), into.scatter());
            for (int k = 0; k < components; k++) {
                double r = responsibilities.of(i, k);
                if (r > Moments.NEGLIGIBLE) {
                    addMultiple(weight * r, spread, into.second(k));
                }
            }
        }
    }
}
