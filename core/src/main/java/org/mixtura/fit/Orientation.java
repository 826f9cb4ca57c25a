package org.mixtura.fit;

/**
 * Axes that several symmetric matrices are seen along, and the matrices as they look from there: Dᵀ M_k D, turned one plane at a
 * time.
 */
final class Orientation {
    /** Sweeps to make matrices diagonal; those that can be need about six. */
    private static final int MOST_SWEEPS = 50;

    /** The sine of an angle too small to count. */
    private static final double NOTHING = 1e-15;

    private final double[][] axes;
    private final double[][][] seen;

    private Orientation(double[][] axes, double[][][] seen) {
        this.axes = axes;
        this.seen = seen;
    }

    /**
     * Matrices along given axes.
     *
     * @param axes d orthonormal vectors, the columns of D, one per row
     * @param matrices M_k, d × d
     */
    static Orientation along(double[][] axes, double[][][] matrices) {
        int d = axes.length;
        double[][][] seen = new double[matrices.length][d][d];
        for (int k = 0; k < matrices.length; k++) {
            double[][] half = new double[d][d];
            for (int a = 0; a < d; a++) {
                for (int i = 0; i < d; i++) {
                    half[a][i] = product(matrices[k][i], axes[a]);
                }
            }
            for (int a = 0; a < d; a++) {
                for (int b = 0; b <= a; b++) {
                    seen[k][a][b] = product(half[a], axes[b]);
                    seen[k][b][a] = seen[k][a][b];
                }
            }
        }
        double[][] own = new double[d][];
        for (int a = 0; a < d; a++) {
            own[a] = axes[a].clone();
        }
        return new Orientation(own, seen);
    }

    private static double product(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /**
     * Axes along which matrices are diagonal, if there are such; else as near to that as plane rotations come (Cardoso &amp;
     * Souloumiac 1996, <a href="https://doi.org/10.1137/S0895479893259546">doi:10.1137/S0895479893259546</a>). Of one matrix these are
     * its eigenvectors, by Jacobi's method, which finds small eigenvalues beside large ones where they come from columns of
     * different units, as other methods do not.
     *
     * @param matrices d × d, of comparable size
     */
    static Orientation diagonalising(double[][][] matrices) {
        int d = matrices[0].length;
        double[][] identity = new double[d][d];
        for (int j = 0; j < d; j++) {
            identity[j][j] = 1;
        }
        Orientation orientation = along(identity, matrices);
        boolean turned = true;
        for (int sweep = 0; turned && sweep < MOST_SWEEPS; sweep++) {
            turned = false;
            for (int a = 0; a < d; a++) {
                for (int b = a + 1; b < d; b++) {
                    turned |= orientation.turn(a, b, orientation.diagonalisingAngle(a, b));
                }
            }
        }
        return orientation;
    }

    /** The angle in the plane of two axes that leaves the least sum of squares beside the diagonals. */
    private double diagonalisingAngle(int a, int b) {
        double on = 0;
        double off = 0;
        for (double[][] matrix : seen) {
            double apart = matrix[a][a] - matrix[b][b];
            double beside = 2 * matrix[a][b];
            on += (apart - beside) * (apart + beside);
            off += 2 * apart * beside;
        }
        return Math.atan2(off, on) / 4;
    }

    /** How many matrices there are. */
    int size() {
        return seen.length;
    }

    /** The axes, one per row; not to be changed. */
    double[][] axes() {
        return axes;
    }

    /** Element (a, b) of Dᵀ M_k D. */
    double get(int k, int a, int b) {
        return seen[k][a][b];
    }

    /** The diagonal of each Dᵀ M_k D, never negative. */
    double[][] diagonals() {
        double[][] diagonals = new double[seen.length][axes.length];
        for (int k = 0; k < seen.length; k++) {
            for (int j = 0; j < axes.length; j++) {
                diagonals[k][j] = Math.max(0, seen[k][j][j]);
            }
        }
        return diagonals;
    }

    /**
     * Turns two axes in their plane: a into a cos θ + b sin θ, b into b cos θ − a sin θ.
     *
     * @return whether the angle was large enough to turn at all
     */
    boolean turn(int a, int b, double angle) {
        double sine = Math.sin(angle);
        double cosine = Math.cos(angle);
        if (!(Math.abs(sine) > NOTHING)) {
            return false;
        }
        turn(axes[a], axes[b], cosine, sine);
        for (double[][] matrix : seen) {
            turn(matrix[a], matrix[b], cosine, sine);
            for (double[] row : matrix) {
                double first = row[a];
                row[a] = cosine * first + sine * row[b];
                row[b] = cosine * row[b] - sine * first;
            }
        }
        return true;
    }

    private static void turn(double[] first, double[] second, double cosine, double sine) {
        for (int i = 0; i < first.length; i++) {
            double x = first[i];
            first[i] = cosine * x + sine * second[i];
            second[i] = cosine * second[i] - sine * x;
        }
    }
}
