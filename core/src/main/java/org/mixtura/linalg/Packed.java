package org.mixtura.linalg;

/**
 * Lower triangles of d × d matrices in one array, row by row: element (i, j), j ≤ i, stands at {@code i(i+1)/2 + j}. A
 * symmetric matrix is stored as its lower triangle.
 */
public final class Packed {
    private Packed() {}

    /**
     * The number of elements in a lower triangle.
     *
     * @param d the dimension
     * @return d(d+1)/2
     */
    public static int size(int d) {
        return Math.multiplyExact(d, d + 1) / 2;
    }

    /**
     * Where an element stands.
     *
     * @param i the row
     * @param j the column, at most i
     * @return the index in the packed array
     */
    public static int index(int i, int j) {
        return i * (i + 1) / 2 + j;
    }

    /**
     * An element of a packed symmetric matrix.
     *
     * @param symmetric the lower triangle
     * @param i the row
     * @param j the column
     * @return the element (i, j) = (j, i)
     */
    public static double get(double[] symmetric, int i, int j) {
        return i >= j ? symmetric[index(i, j)] : symmetric[index(j, i)];
    }

    /**
     * Packs the lower triangle of a full matrix.
     *
     * @param rows d rows of d values
     * @return the lower triangle
     */
    public static double[] of(double[][] rows) {
        double[] packed = new double[size(rows.length)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, packed, index(i, 0), i + 1);
        }
        return packed;
    }

    /**
     * Unpacks a symmetric matrix.
     *
     * @param symmetric the lower triangle
     * @param d the dimension
     * @return d rows of d values
     */
    public static double[][] toSymmetricRows(double[] symmetric, int d) {
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = symmetric[index(i, j)];
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    /**
     * The product of a lower triangular matrix with its own transpose, L Lᵀ.
     *
     * @param lower L, packed
     * @param d the dimension
     * @return the symmetric product, packed
     */
    public static double[] timesOwnTranspose(double[] lower, int d) {
        double[] product = new double[size(d)];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int m = 0; m <= j; m++) {
                    sum += lower[index(i, m)] * lower[index(j, m)];
                }
                product[index(i, j)] = sum;
            }
        }
        return product;
    }

    /**
     * The product of a lower triangular matrix with a vector, L x.
     *
     * @param lower L, packed
     * @param x d values
     * @return d values
     */
    public static double[] times(double[] lower, double[] x) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += lower[index(i, j)] * x[j];
            }
            product[i] = sum;
        }
        return product;
    }

    /**
     * The transform B S Bᵀ of a symmetric matrix.
     *
     * @param b m rows of d values
     * @param symmetric S, packed, of dimension d
     * @return the m × m transform, packed
     */
    public static double[] congruence(double[][] b, double[] symmetric) {
        int m = b.length;
        double[] product = new double[size(m)];
        for (int i = 0; i < m; i++) {
            int d = b[i].length;
            double[] row = new double[d];
            for (int j = 0; j < d; j++) {
                for (int l = 0; l < d; l++) {
                    row[j] += b[i][l] * get(symmetric, l, j);
                }
            }
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int l = 0; l < d; l++) {
                    sum += row[l] * b[j][l];
                }
                product[index(i, j)] = sum;
            }
        }
        return product;
    }
}
