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
     * The matrix Σ_j b_j v_j v_jᵀ.
     *
     * @param rows v_j, d rows of d values
     * @param factors b_j, d values
     * @return the symmetric sum, packed
     */
    public static double[] sumOfSquares(double[][] rows, double[] factors) {
        int d = rows.length;
        double[] sum = new double[size(d)];
        for (int i = 0; i < d; i++) {
            int at = index(i, 0);
            int j = 0;
            for (; j + 4 <= d; j += 4) {
                double[] a = rows[j];
                double[] b = rows[j + 1];
                double[] c = rows[j + 2];
                double[] e = rows[j + 3];
                double ofA = factors[j] * a[i];
                double ofB = factors[j + 1] * b[i];
                double ofC = factors[j + 2] * c[i];
                double ofE = factors[j + 3] * e[i];
                for (int l = 0; l <= i; l++) {
                    sum[at + l] = sum[at + l] + ofA * a[l] + ofB * b[l] + ofC * c[l] + ofE * e[l];
                }
            }
            for (; j < d; j++) {
                double[] a = rows[j];
                double ofA = factors[j] * a[i];
                for (int l = 0; l <= i; l++) {
                    sum[at + l] += ofA * a[l];
                }
            }
        }
        return sum;
    }

    /**
     * The scalar product of two vectors, as four sums, since each waits for its last addition.
     *
     * @param x d values
     * @param y d values
     * @return x · y
     */
    public static double product(double[] x, double[] y) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 4 <= x.length; j += 4) {
            a += x[j] * y[j];
            b += x[j + 1] * y[j + 1];
            c += x[j + 2] * y[j + 2];
            d += x[j + 3] * y[j + 3];
        }
        for (; j < x.length; j++) {
            a += x[j] * y[j];
        }
        return (a + b) + (c + d);
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
     * The squared length of a lower triangular matrix's image of a deviation, ‖L (x − m)‖². Four rows at a time, since each sum
     * waits for its last addition.
     *
     * @param lower L, packed
     * @param x d values
     * @param m d values
     * @return the sum of squares
     */
    public static double imageSquared(double[] lower, double[] x, double[] m) {
        double square = 0;
        int i = 0;
        for (; i + 4 <= x.length; i += 4) {
            int a = index(i, 0);
            int b = index(i + 1, 0);
            int c = index(i + 2, 0);
            int d = index(i + 3, 0);
            double ya = 0;
            double yb = 0;
            double yc = 0;
            double yd = 0;
            for (int j = 0; j <= i; j++) {
                double v = x[j] - m[j];
                ya += lower[a + j] * v;
                yb += lower[b + j] * v;
                yc += lower[c + j] * v;
                yd += lower[d + j] * v;
            }
            double v1 = x[i + 1] - m[i + 1];
            double v2 = x[i + 2] - m[i + 2];
            double v3 = x[i + 3] - m[i + 3];
            yb += lower[b + i + 1] * v1;
            yc += lower[c + i + 1] * v1 + lower[c + i + 2] * v2;
            yd += lower[d + i + 1] * v1 + (lower[d + i + 2] * v2 + lower[d + i + 3] * v3);
            square += (ya * ya + yb * yb) + (yc * yc + yd * yd);
        }
        for (; i < x.length; i++) {
            double y = 0;
            for (int j = 0; j <= i; j++) {
                y += lower[index(i, j)] * (x[j] - m[j]);
            }
            square += y * y;
        }
        return square;
    }

    /**
     * The trace of B S Bᵀ for a lower triangular matrix B, Σ_i b_iᵀ (S b_i) over its rows b_i: where B is the inverse of a
     * Cholesky factor and S as thin as what was factored, what is large cancels within S b_i already.
     *
     * @param b B, packed
     * @param symmetric S, packed
     * @param d the dimension
     * @return the trace
     */
    public static double traceOfCongruence(double[] b, double[] symmetric, int d) {
        double sum = 0;
        double[] image = new double[d];
        for (int i = 0; i < d; i++) {
            int row = index(i, 0);
            for (int m = 0; m <= i; m++) {
                int rowM = index(m, 0);
                double own = b[row + m];
                double along = symmetric[rowM + m] * own;
                for (int j = 0; j < m; j++) {
                    along += symmetric[rowM + j] * b[row + j];
                    image[j] += symmetric[rowM + j] * own;
                }
                image[m] = along;
            }
            for (int m = 0; m <= i; m++) {
                sum += image[m] * b[row + m];
            }
        }
        return sum;
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
