package org.mixtura.mixture;

import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.Scan;

/** What a mixture says of rows: the kernels' scores, gathered. */
final class MixtureScores {
    private MixtureScores() {}

    /**
     * The forms with which the kernels score rows: c_k = ln π_k − ½ ln det Σ_k − (d/2) ln 2π, A_k = L_k⁻¹.
     *
     * @param origin what the means of the mixture are relative to, d values
     */
    static QuadraticForms forms(GaussianMixture mixture, double[] origin) {
        int d = mixture.dimension();
        int size = mixture.size();
        double[] centres = new double[size * d];
        double[] constants = new double[size];
        double[][] factors = new double[size][];
        for (int k = 0; k < size; k++) {
            Gaussian component = mixture.component(k);
            Covariance covariance = component.covariance();
            System.arraycopy(component.mean(), 0, centres, k * d, d);
            constants[k] = Math.log(mixture.weight(k)) - 0.5 * (d * Gaussian.LOG_TWO_PI + covariance.logDeterminant());
            factors[k] = covariance.precisionFactor();
        }
        return QuadraticForms.of(mixture.component(0).covariance().factor(), origin, centres, constants, factors);
    }

    static void score(QuadraticForms forms, Rows rows, int threads, Mixture.ScoreSink sink) {
        Scan.scores(rows, fitting(forms, rows), threads, sink::accept);
    }

    static double[] logDensity(QuadraticForms forms, Rows rows) {
        double[] result = new double[Math.toIntExact(rows.count())];
        Scan.logDensities(
                rows,
                fitting(forms, rows),
                processors(),
                (first, count, logDensity, r) -> System.arraycopy(logDensity, 0, result, (int) first, count));
        return result;
    }

    static Matrix responsibilities(QuadraticForms forms, Rows rows) {
        int n = Math.toIntExact(rows.count());
        int size = forms.components();
        double[] result = new double[Math.multiplyExact(n, size)];
        score(
                forms,
                rows,
                processors(),
                (first, count, logDensity, r) -> System.arraycopy(r, 0, result, (int) first * size, count * size));
        return Matrix.owning(n, size, result);
    }

    static int[] labels(QuadraticForms forms, Rows rows) {
        int[] result = new int[Math.toIntExact(rows.count())];
        int size = forms.components();
        score(forms, rows, processors(), (first, count, logDensity, r) -> {
            for (int i = 0; i < count; i++) {
                result[(int) first + i] = GaussianMixture.largest(r, i * size, size);
            }
        });
        return result;
    }

    static double logLikelihood(QuadraticForms forms, Rows rows) {
        return Scan.logLikelihood(rows, fitting(forms, rows), processors());
    }

    private static QuadraticForms fitting(QuadraticForms forms, Rows rows) {
        if (rows.dimension() != forms.dimension()) {
            throw new IllegalArgumentException(
                    "rows of " + rows.dimension() + " columns for a mixture of " + forms.dimension() + " columns");
        }
        return forms;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
