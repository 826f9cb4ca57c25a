package org.mixtura.fit;

/**
 * Axes that several symmetric matrices are seen along, and the matrices as they look from there: Dᵀ M_k D, turned one plane at a
 * time.
 */
final class Orientation {
    /** Columns from which on it takes too long to find axes by turning all planes: a sweep takes 4 d³ multiplications a matrix. */
    static final int MANY = 64;

    /** Sweeps to make matrices diagonal; those that can be need about six. */
    private static final int MOST_SWEEPS = 50;

    /** Among several matrices, what a sweep gains next to the best one when it is the last: one more gains its square if they can be. */
    private static final double SETTLED = 1e-8;

    /** The sine of an angle too small to count, and what is rounding beside a diagonal. */
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
        double[][] across = transposed(axes);
        double[][][] seen = new double[matrices.length][][];
        for (int k = 0; k < matrices.length; k++) {
            seen[k] = product(product(axes, matrices[k]), across);
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < a; b++) {
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

    private static double[][] transposed(double[][] matrix) {
        int d = matrix.length;
        double[][] transposed = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    /** The product of two d × d matrices; each row of the result is a sum of rows, which stream through the cache. */
    private static double[][] product(double[][] left, double[][] right) {
        int d = left.length;
        double[][] product = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int i = 0; i < d; i++) {
                addMultiple(left[a][i], right[i], product[a]);
            }
        }
        return product;
    }

    private static void addMultiple(double factor, double[] from, double[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * from[j];
        }
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
        double[][][] copies = new double[matrices.length][d][];
        for (int k = 0; k < copies.length; k++) {
            for (int i = 0; i < d; i++) {
                copies[k][i] = matrices[k][i].clone();
            }
        }
        Orientation orientation = new Orientation(identity, copies);
        double enough = matrices.length == 1 ? 0 : SETTLED;
        double most = 0;
        double fall = Double.POSITIVE_INFINITY;
        for (int sweep = 0; fall > enough * most && sweep < MOST_SWEEPS; sweep++) {
            fall = 0;
            for (int a = 0; a < d; a++) {
                for (int b = a + 1; b < d; b++) {
                    fall += orientation.diagonalise(a, b);
                }
            }
            most = Math.max(most, fall);
        }
        return orientation;
    }

    /**
     * Turns two axes to the angle in their plane that leaves the least sum of squares beside the diagonals; answers by how much it
     * fell, 0 if that is rounding.
     */
    private double diagonalise(int a, int b) {
        double on = 0;
        double off = 0;
        double scale = 0;
        for (double[][] matrix : seen) {
            double apart = matrix[a][a] - matrix[b][b];
            double beside = 2 * matrix[a][b];
            on += (apart - beside) * (apart + beside);
            off += 2 * apart * beside;
            scale += matrix[a][a] * matrix[a][a] + matrix[b][b] * matrix[b][b];
        }
        double angle = Math.atan2(off, on) / 4;
        double sine = Math.sin(angle);
        double length = Math.hypot(on, off);
        double fall = on > 0 ? off * (off / (length + on)) : length - on;
        if (!(Math.abs(sine) > NOTHING && fall > NOTHING * NOTHING * scale)) {
            return 0;
        }
        turn(a, b, Math.cos(angle), sine);
        return fall;
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

    /** Turns two axes in their plane: a into a cos θ + b sin θ, b into b cos θ − a sin θ. */
    void turn(int a, int b, double cosine, double sine) {
        turn(axes[a], axes[b], cosine, sine);
        for (double[][] matrix : seen) {
            turn(matrix, a, b, cosine, sine);
        }
    }

    /** Turns two rows, and the columns, which are the same by symmetry, but for where they cross. */
    private static void turn(double[][] matrix, int a, int b, double cosine, double sine) {
        double[] first = matrix[a];
        double[] second = matrix[b];
        turn(first, second, cosine, sine);
        double ownFirst = cosine * first[a] + sine * first[b];
        double beside = cosine * first[b] - sine * first[a];
        double ownSecond = cosine * second[b] - sine * second[a];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i][a] = first[i];
            matrix[i][b] = second[i];
        }
        first[a] = ownFirst;
        first[b] = beside;
        second[a] = beside;
        second[b] = ownSecond;
    }

    private static void turn(double[] first, double[] second, double cosine, double sine) {
        for (int i = 0; i < first.length; i++) {
            double x = first[i];
            first[i] = cosine * x + sine * second[i];
            second[i] = cosine * second[i] - sine * x;
        }
    }
}
