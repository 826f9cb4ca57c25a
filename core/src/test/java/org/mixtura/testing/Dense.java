package org.mixtura.testing;

/** Algebra of full matrices by the definitions, for comparison: nothing clever, nothing fast. */
public final class Dense {
    private Dense() {}

    public static double[][] identity(int d) {
        double[][] identity = new double[d][d];
        for (int i = 0; i < d; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    public static double[][] transpose(double[][] a) {
        double[][] turned = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                turned[j][i] = a[i][j];
            }
        }
        return turned;
    }

    public static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int m = 0; m < b.length; m++) {
                    product[i][j] += a[i][m] * b[m][j];
                }
            }
        }
        return product;
    }

    public static double[][] times(double factor, double[][] a) {
        double[][] product = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                product[i][j] = factor * a[i][j];
            }
        }
        return product;
    }

    public static double[] times(double[][] a, double[] v) {
        double[] product = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = dot(a[i], v);
        }
        return product;
    }

    public static double[] times(double factor, double[] v) {
        double[] product = v.clone();
        for (int i = 0; i < v.length; i++) {
            product[i] *= factor;
        }
        return product;
    }

    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    public static double[][] plus(double[][] a, double[][] b) {
        double[][] sum = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            sum[i] = plus(a[i], b[i]);
        }
        return sum;
    }

    /** a bᵀ. */
    public static double[][] outer(double[] a, double[] b) {
        double[][] product = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            product[i] = times(a[i], b);
        }
        return product;
    }

    public static double[] plus(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < a.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    public static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    public static double[][] minus(double[][] a, double[][] b) {
        double[][] difference = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            difference[i] = minus(a[i], b[i]);
        }
        return difference;
    }

    /** The elements in some rows and columns. */
    public static double[][] part(double[][] a, int[] rows, int[] columns) {
        double[][] part = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            part[i] = part(a[rows[i]], columns);
        }
        return part;
    }

    /** Some elements. */
    public static double[] part(double[] v, int[] which) {
        double[] part = new double[which.length];
        for (int i = 0; i < which.length; i++) {
            part[i] = v[which[i]];
        }
        return part;
    }

    /** The inverse, by Gauss–Jordan elimination with partial pivoting. */
    public static double[][] inverse(double[][] a) {
        int d = a.length;
        double[][] left = copy(a);
        double[][] right = identity(d);
        for (int c = 0; c < d; c++) {
            int pivot = pivotRow(left, c);
            swap(left, c, pivot);
            swap(right, c, pivot);
            double scale = left[c][c];
            for (int j = 0; j < d; j++) {
                left[c][j] /= scale;
                right[c][j] /= scale;
            }
            for (int i = 0; i < d; i++) {
                double factor = left[i][c];
                for (int j = 0; j < d && i != c; j++) {
                    left[i][j] -= factor * left[c][j];
                    right[i][j] -= factor * right[c][j];
                }
            }
        }
        return right;
    }

    /** ln |det a|, by Gaussian elimination with partial pivoting. */
    public static double logAbsDeterminant(double[][] a) {
        double[][] left = copy(a);
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            swap(left, c, pivotRow(left, c));
            sum += Math.log(Math.abs(left[c][c]));
            for (int i = c + 1; i < a.length; i++) {
                double factor = left[i][c] / left[c][c];
                for (int j = c; j < a.length; j++) {
                    left[i][j] -= factor * left[c][j];
                }
            }
        }
        return sum;
    }

    private static double[][] copy(double[][] a) {
        double[][] copy = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            copy[i] = a[i].clone();
        }
        return copy;
    }

    private static int pivotRow(double[][] a, int column) {
        int best = column;
        for (int i = column + 1; i < a.length; i++) {
            best = Math.abs(a[i][column]) > Math.abs(a[best][column]) ? i : best;
        }
        return best;
    }

    private static void swap(double[][] a, int i, int j) {
        double[] row = a[i];
        a[i] = a[j];
        a[j] = row;
    }
}
