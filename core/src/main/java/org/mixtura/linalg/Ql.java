package org.mixtura.linalg;

/**
 * The lower triangle L of A = Q L, Q orthogonal: the square root Lᵀ L = Aᵀ A of a matrix that is known by another square root,
 * without forming the product, so that nothing cancels. By Householder reflections from the last column to the first.
 */
public final class Ql {
    private Ql() {}

    /**
     * The factor L of A = Q L.
     *
     * @param rows A, d rows of d values; overwritten
     * @return L, packed, its diagonal not negative
     */
    public static double[] lower(double[][] rows) {
        int d = rows.length;
        double[] normal = new double[d];
        for (int j = d - 1; j > 0; j--) {
            reflect(rows, j, normal);
        }
        double[] lower = new double[Packed.size(d)];
        for (int i = 0; i < d; i++) {
            double sign = rows[i][i] < 0 ? -1 : 1;
            for (int j = 0; j <= i; j++) {
                lower[Packed.index(i, j)] = sign * rows[i][j];
            }
        }
        return lower;
    }

    /** Makes all elements of column j above the diagonal zero. The mirror is of length one: no product leaves the range. */
    private static void reflect(double[][] rows, int j, double[] normal) {
        double largest = 0;
        for (int i = 0; i < j; i++) {
            largest = Math.max(largest, Math.abs(rows[i][j]));
        }
        if (!(largest > 0)) {
            return;
        }
        largest = Math.max(largest, Math.abs(rows[j][j]));
        double sum = 0;
        for (int i = 0; i <= j; i++) {
            normal[i] = rows[i][j] / largest;
            sum += normal[i] * normal[i];
        }
        double above = sum - normal[j] * normal[j];
        normal[j] += Math.copySign(Math.sqrt(sum), normal[j]);
        double length = Math.sqrt(above + normal[j] * normal[j]);
        for (int i = 0; i <= j; i++) {
            normal[i] /= length;
        }
        for (int c = 0; c <= j; c++) {
            double along = 0;
            for (int i = 0; i <= j; i++) {
                along += normal[i] * rows[i][c];
            }
            for (int i = 0; i <= j; i++) {
                rows[i][c] -= 2 * along * normal[i];
            }
        }
    }
}
