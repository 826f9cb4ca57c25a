package org.mixtura.kernel;

import org.mixtura.data.Block;

/**
 * Responsibilities of a finite row whose squared distance from every component overflows: all to the component with the
 * smallest quadratic form, which is the limit of the exact responsibilities.
 */
public final class FarRow {
    /** Brings any finite double into a range where products with any factor stay finite or underflow harmlessly. */
    private static final double SCALE = 0x1p-600;

    private FarRow() {}

    /**
     * Writes the responsibilities of one row.
     *
     * @param forms the forms
     * @param block the block that holds the row
     * @param row the row within the block
     * @param responsibilities receives K values, one of them 1; all NaN if the row is not finite
     * @param at where the first of them goes
     */
    public static void assign(QuadraticForms forms, Block block, int row, double[] responsibilities, int at) {
        int d = forms.dimension();
        boolean finite = true;
        for (int j = 0; j < d; j++) {
            finite &= Double.isFinite(block.get(row, j));
        }
        int nearest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < forms.components(); k++) {
            responsibilities[at + k] = finite ? 0 : Double.NaN;
            double norm = forms.constants()[k] == Double.NEGATIVE_INFINITY
                    ? Double.POSITIVE_INFINITY
                    : logNorm(forms, block, row, k);
            if (norm < smallest) {
                smallest = norm;
                nearest = k;
            }
        }
        if (finite) {
            responsibilities[at + nearest] = 1;
        }
    }

    /** ln ‖A_k (x − o − m_k)‖ up to a constant. */
    private static double logNorm(QuadraticForms forms, Block block, int row, int k) {
        int d = forms.dimension();
        double[] factor = forms.factor(k);
        double[] image = new double[d];
        double largest = 0;
        for (int i = 0; i < d; i++) {
            switch (forms.factor()) {
                case TRIANGULAR -> {
                    for (int j = 0; j <= i; j++) {
                        image[i] += factor[i * (i + 1) / 2 + j] * deviation(forms, block, row, k, j);
                    }
                }
                case DIAGONAL -> image[i] = factor[i] * deviation(forms, block, row, k, i);
                case SCALAR -> image[i] = factor[0] * deviation(forms, block, row, k, i);
            }
            largest = Math.max(largest, Math.abs(image[i]));
        }
        if (!(largest > 0)) {
            return Double.NEGATIVE_INFINITY;
        }
        double sum = 0;
        for (double y : image) {
            sum += (y / largest) * (y / largest);
        }
        return Math.log(largest) + 0.5 * Math.log(sum);
    }

    private static double deviation(QuadraticForms forms, Block block, int row, int k, int j) {
        return block.get(row, j) * SCALE
                - forms.origin()[j] * SCALE
                - forms.centres()[k * forms.dimension() + j] * SCALE;
    }
}
