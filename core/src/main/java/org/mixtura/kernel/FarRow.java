package org.mixtura.kernel;

import org.mixtura.data.Block;

/**
 * The component of a finite row whose squared distance from every component overflows: the one with the smallest quadratic
 * form, to which the exact responsibilities tend.
 */
public final class FarRow {
    /** Brings any finite double into a range where products with any factor stay finite or underflow harmlessly. */
    private static final double SCALE = 0x1p-600;

    private FarRow() {}

    /**
     * Whether all values of a row are finite.
     *
     * @param block the block that holds the row
     * @param row the row within the block
     * @return false if one is infinite or NaN
     */
    public static boolean isFinite(Block block, int row) {
        for (int j = 0; j < block.dimension(); j++) {
            if (!Double.isFinite(block.get(row, j))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The component with the smallest quadratic form at a row.
     *
     * @param forms the forms
     * @param block the block that holds the row
     * @param row the row within the block; finite
     * @return the component, from 0, among those that are not switched off; of equals, to rounding, the first
     */
    public static int nearest(QuadraticForms forms, Block block, int row) {
        int nearest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < forms.components(); k++) {
            if (forms.constants()[k] > Double.NEGATIVE_INFINITY) {
                double norm = logNorm(forms, block, row, k);
                if (norm < smallest) {
                    smallest = norm;
                    nearest = k;
                }
            }
        }
        return nearest;
    }

    /** ln ‖A_k (x − o − m_k)‖ of a finite row, however far it is. */
    static double logDistance(QuadraticForms forms, Block block, int row, int component) {
        return logNorm(forms, block, row, component) - Math.log(SCALE);
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
