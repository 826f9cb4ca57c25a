package org.mixtura.simd;

import org.mixtura.kernel.QuadraticForms;

/** One component's form ½ ‖A (x − o − m)‖² written out about another centre z: ½ yᵀQy − lᵀy + c, with y = x − o − z. */
final class Expansion {
    /** Q = AᵀA, its lower triangle row by row. */
    private final double[] quadratic;
    /** l = Qμ with μ = m − z. */
    private final double[] linear;

    private final double constant;

    private Expansion(double[] quadratic, double[] linear, double constant) {
        this.quadratic = quadratic;
        this.linear = linear;
        this.constant = constant;
    }

    static Expansion of(QuadraticForms forms, int component, double[] centre) {
        int d = centre.length;
        double[] shift = new double[d];
        for (int j = 0; j < d; j++) {
            shift[j] = forms.centres()[component * d + j] - centre[j];
        }
        double[] factor = forms.factor(component);
        double[] quadratic = new double[d * (d + 1) / 2];
        double[] linear = new double[d];
        double square = 0;
        double[] row = new double[d];
        for (int i = 0; i < d; i++) {
            int from = forms.factor() == QuadraticForms.Factor.TRIANGULAR ? 0 : i;
            switch (forms.factor()) {
                case TRIANGULAR -> System.arraycopy(factor, i * (i + 1) / 2, row, 0, i + 1);
                case DIAGONAL -> row[i] = factor[i];
                case SCALAR -> row[i] = factor[0];
            }
            double image = 0;
            for (int j = from; j <= i; j++) {
                image += row[j] * shift[j];
            }
            square += image * image;
            for (int j = from; j <= i; j++) {
                linear[j] += row[j] * image;
                addMultiple(row, from, j, row[j], quadratic, j * (j + 1) / 2);
            }
        }
        return new Expansion(quadratic, linear, square / 2);
    }

    /** Adds a multiple of the elements first to last of a row, at the same places from {@code at} on. */
    private static void addMultiple(double[] row, int first, int last, double factor, double[] to, int at) {
        for (int i = first; i <= last; i++) {
            to[at + i] += factor * row[i];
        }
    }

    /** {@return Q_ij} */
    double quadratic(int i, int j) {
        return quadratic[Math.max(i, j) * (Math.max(i, j) + 1) / 2 + Math.min(i, j)];
    }

    /** {@return l_i} */
    double linear(int i) {
        return linear[i];
    }

    /** {@return c = ½ μᵀQμ, never negative} */
    double constant() {
        return constant;
    }

    /** {@return the square root of the sum of the squares of Q's elements} */
    double quadraticNorm() {
        double sum = 0;
        for (int i = 0; i < linear.length; i++) {
            for (int j = 0; j <= i; j++) {
                sum += (i == j ? 1 : 2) * quadratic(i, j) * quadratic(i, j);
            }
        }
        return Math.sqrt(sum);
    }

    /** {@return the length of l} */
    double linearNorm() {
        double sum = 0;
        for (double element : linear) {
            sum += element * element;
        }
        return Math.sqrt(sum);
    }
}
