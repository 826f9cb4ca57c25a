package org.mixtura.kernel;

import java.util.Arrays;

/**
 * The scores of one row under many components, s_k(x) = c_k − ½ ‖A_k (x − o − m_k)‖², for callers that have one row at a time.
 *
 * <p>Images y_ik = Σ_j (A_k)_ij (x_j − o_j − m_kj) of all components are taken at once, column by column of the factors, in loops
 * over all i and k together. These are long enough for the JIT compiler to vectorise them, where the loops of one component are
 * not; the price is that each m_kj is stored once for every i that needs it. Deviations are taken from each component's own
 * centre, so nothing is lost to an offset of the data, as in the passes over many rows; scores agree with theirs to rounding.
 *
 * <p>Immutable. A call allocates nothing, but for the room for images that a thread is given when it first needs as much.
 */
public final class PointForms {
    /** e to minus this is less than half a unit in the last place of 1. */
    private static final double NO_DIGIT = 38;

    private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(Room::new);

    private final int dimension;
    private final int components;
    private final boolean triangular;
    private final double[] origin;
    private final double[] constants;
    /** How far below the largest a score is left out of a sum: K of them change no digit. */
    private final double negligible;

    /**
     * For each column j the elements (A_k)_ij that are not zero by the shape of the factors, component by component for each i,
     * the last row first. Where two columns are taken together, the second has zeros in the place of the first's diagonal.
     */
    private final double[][] factors;

    /** For each element of {@link #factors} the m_kj that belongs to it. */
    private final double[][] centres;

    /** Where a thread works. */
    private static final class Room {
        private double[] images = new double[0];
        private double[] scores = new double[0];

        double[] images(int length) {
            if (images.length < length) {
                images = new double[length];
            }
            return images;
        }

        double[] scores(int length) {
            if (scores.length < length) {
                scores = new double[length];
            }
            return scores;
        }
    }

    /**
     * Prepares forms, which takes about as long as scoring a few rows.
     *
     * @param forms the forms
     */
    public PointForms(QuadraticForms forms) {
        this.dimension = forms.dimension();
        this.components = forms.components();
        this.triangular = forms.factor() == QuadraticForms.Factor.TRIANGULAR;
        this.origin = forms.origin();
        this.constants = forms.constants();
        this.negligible = NO_DIGIT + Math.log(components);
        this.factors = new double[dimension][];
        this.centres = new double[dimension][];
        for (int j = 0; j < dimension; j++) {
            int rows = triangular ? dimension - j / 2 * 2 : 1;
            factors[j] = new double[rows * components];
            centres[j] = new double[rows * components];
            for (int at = 0; at < rows * components; at++) {
                int k = at % components;
                factors[j][at] = element(forms, k, dimension - 1 - at / components, j);
                centres[j][at] = forms.centres()[k * dimension + j];
            }
        }
    }

    private static double element(QuadraticForms forms, int k, int i, int j) {
        double[] factor = forms.factor(k);
        return switch (forms.factor()) {
            case TRIANGULAR -> j <= i ? factor[i * (i + 1) / 2 + j] : 0;
            case DIAGONAL -> factor[j];
            case SCALAR -> factor[0];
        };
    }

    /**
     * Scores a row.
     *
     * @param x d finite values
     * @param scores receives s_k(x), K values; −∞ where a form overflows
     */
    public void score(double[] x, double[] scores) {
        score(x, scores, ROOM.get());
    }

    /**
     * The logarithm of the sum over the components.
     *
     * @param x d finite values
     * @return ln Σ_k exp s_k(x), nats; −∞ where all forms overflow
     */
    public double logDensity(double[] x) {
        Room room = ROOM.get();
        double[] scores = room.scores(components);
        score(x, scores, room);
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < components; k++) {
            largest = Math.max(largest, scores[k]);
        }
        double sum = 0;
        for (int k = 0; k < components; k++) {
            double below = scores[k] - largest;
            if (below > -negligible) {
                sum += Math.exp(below);
            }
        }
        return largest + Math.log(sum);
    }

    private void score(double[] x, double[] scores, Room room) {
        Arrays.fill(scores, 0, components, 0);
        if (triangular) {
            addTriangularSquares(x, scores, room.images(dimension * components));
        } else {
            for (int j = 0; j < dimension; j++) {
                addSquares(factors[j], x[j] - origin[j], centres[j], scores, components);
            }
        }
        for (int k = 0; k < components; k++) {
            double score = constants[k] - 0.5 * scores[k];
            // Where products overflow, infinities of both signs may have met.
            scores[k] = score >= Double.NEGATIVE_INFINITY ? score : Double.NEGATIVE_INFINITY;
        }
    }

    private void addTriangularSquares(double[] x, double[] squares, double[] images) {
        Arrays.fill(images, 0, dimension * components, 0);
        int j = 0;
        for (; j + 1 < dimension; j += 2) {
            addTwoColumns(
                    factors[j],
                    x[j] - origin[j],
                    centres[j],
                    factors[j + 1],
                    x[j + 1] - origin[j + 1],
                    centres[j + 1],
                    images,
                    factors[j].length);
        }
        if (j < dimension) {
            addColumn(factors[j], x[j] - origin[j], centres[j], images, factors[j].length);
        }
        for (int i = 0; i < dimension; i++) {
            addSquares(images, i * components, squares, components);
        }
    }

    private static void addTwoColumns(
            double[] a, double x, double[] m, double[] b, double y, double[] n, double[] images, int count) {
        for (int t = 0; t < count; t++) {
            images[t] += a[t] * (x - m[t]) + b[t] * (y - n[t]);
        }
    }

    private static void addColumn(double[] a, double x, double[] m, double[] images, int count) {
        for (int t = 0; t < count; t++) {
            images[t] += a[t] * (x - m[t]);
        }
    }

    private static void addSquares(double[] images, int at, double[] squares, int count) {
        for (int k = 0; k < count; k++) {
            squares[k] += images[at + k] * images[at + k];
        }
    }

    private static void addSquares(double[] a, double x, double[] m, double[] squares, int count) {
        for (int k = 0; k < count; k++) {
            double image = a[k] * (x - m[k]);
            squares[k] += image * image;
        }
    }
}
