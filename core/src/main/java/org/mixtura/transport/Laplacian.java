package org.mixtura.transport;

/** Linear systems whose matrix is the Laplacian of a weighted graph, plus a diagonal that is not negative. */
final class Laplacian {
    private Laplacian() {}

    /**
     * Solves (e_i + Σ_k w_ik) x_i − Σ_k w_ik x_k = y_i for weights w ≥ 0 and a diagonal e ≥ 0, by an elimination that only
     * adds, multiplies and divides numbers that are not negative: its pivots keep their digits however different the weights
     * are. A pivot of zero, where nothing ties x_i down, gives x_i = 0. Grassmann, Taksar and Heyman 1985, <a
     * href="https://doi.org/10.1287/opre.33.5.1107">doi:10.1287/opre.33.5.1107</a>.
     *
     * @param w the weights between i and k < i, at [i][k]; overwritten
     * @param e the diagonal; overwritten
     * @param y the right-hand side; overwritten
     * @return x
     */
    static double[] solve(double[][] w, double[] e, double[] y) {
        int n = y.length;
        double[] pivots = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double pivot = e[i];
            for (int k = 0; k < i; k++) {
                pivot += w[i][k];
            }
            pivots[i] = pivot;
            for (int k = 0; k < i && pivot > 0; k++) {
                double factor = w[i][k] / pivot;
                e[k] += factor * e[i];
                y[k] += factor * y[i];
                for (int l = 0; l < k; l++) {
                    w[k][l] += factor * w[i][l];
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = y[i];
            for (int k = 0; k < i; k++) {
                sum += w[i][k] * x[k];
            }
            x[i] = pivots[i] > 0 ? sum / pivots[i] : 0;
        }
        return x;
    }
}
