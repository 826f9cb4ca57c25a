package org.mixtura.kernel;

import org.mixtura.data.Rows;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.NotPositiveDefiniteException;
import org.mixtura.linalg.Packed;

/**
 * The mean and covariance of rows with gaps or errors: the single Gaussian of greatest likelihood, by EM from independent columns.
 * It is what mean and covariance are without gaps, and less the errors' covariance, always positive semidefinite as covariances of pairs of columns are not, and follows
 * shifts and scales of the columns.
 */
final class OneGaussian {
    private static final int MOST_ITERATIONS = 100;
    /** Nats per unit of weight that the last iteration gained: far below what a summary is used for. */
    private static final double ENOUGH = 1e-7;
    /** A share of its variance added to each column, so that collinear ones have a factor. */
    private static final double COLLINEAR_SHARE = 1e-9;

    private OneGaussian() {}

    /**
     * The expected moments of the rows, gaps included, as one component.
     *
     * @param rows rows with gaps
     * @param origin o, d values
     * @param mean of the values that each column has, relative to the origin, d values
     * @param variances of these values; 0 for a constant column, whose gaps then hold that constant
     * @return full moments about a centre near their mean; rows without any value weigh nothing
     */
    static Moments moments(Rows rows, double[] origin, double[] mean, double[] variances, int threads) {
        int d = origin.length;
        double[] covariance = new double[Packed.size(d)];
        for (int j = 0; j < d; j++) {
            covariance[Packed.index(j, j)] = variances[j];
        }
        double[] centre = mean;
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; ; i++) {
            Moments moments =
                    Scan.moments(rows, forms(origin, centre, covariance), Moments.Scatter.FULL, threads, rows.count());
            clearConstants(moments, variances);
            double objective = moments.logLikelihood() / moments.totalWeight();
            if (!(objective - before > ENOUGH) || i == MOST_ITERATIONS) {
                return moments;
            }
            before = objective;
            centre = moments.mean(0);
            covariance = moments.scatter(0);
            for (int at = 0; at < covariance.length; at++) {
                covariance[at] /= moments.totalWeight();
            }
        }
    }

    /**
     * The form of a Gaussian whose covariance may be singular: constant columns get variance one, collinear ones a little more.
     *
     * @param covariance packed
     */
    static QuadraticForms forms(double[] origin, double[] mean, double[] covariance) {
        int d = origin.length;
        double[] variances = new double[d];
        for (int j = 0; j < d; j++) {
            double variance = covariance[Packed.index(j, j)];
            variances[j] = variance > 0 ? variance * (1 + COLLINEAR_SHARE) : 1;
        }
        double[] lower;
        try {
            double[] raised = covariance.clone();
            for (int j = 0; j < d; j++) {
                raised[Packed.index(j, j)] = variances[j];
            }
            lower = Cholesky.factor(raised, d);
        } catch (NotPositiveDefiniteException e) {
            lower = new double[covariance.length];
            for (int j = 0; j < d; j++) {
                lower[Packed.index(j, j)] = Math.sqrt(variances[j]);
            }
        }
        double constant = -0.5 * (d * Math.log(2 * Math.PI) + Cholesky.logDeterminant(lower, d));
        return QuadraticForms.of(
                QuadraticForms.Factor.TRIANGULAR, origin, mean, new double[] {constant}, new double[][] {
                    Cholesky.invert(lower, d)
                });
    }

    private static void clearConstants(Moments moments, double[] variances) {
        for (int j = 0; j < variances.length; j++) {
            if (!(variances[j] > 0)) {
                moments.firsts()[j] = 0;
                for (int i = 0; i < variances.length; i++) {
                    moments.second(0)[i >= j ? Packed.index(i, j) : Packed.index(j, i)] = 0;
                }
            }
        }
    }
}
