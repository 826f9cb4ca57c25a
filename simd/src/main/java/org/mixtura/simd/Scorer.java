package org.mixtura.simd;

import org.mixtura.kernel.QuadraticForms;

/** Scores s_k(x) = c_k − ½ ‖A_k (x − o − m_k)‖² of a tile; one kind for each shape of the factors. */
interface Scorer {
    /**
     * The scorer for some forms.
     *
     * @param forms the forms
     * @return a scorer, for one thread
     */
    static Scorer of(QuadraticForms forms) {
        boolean full = forms.factor() == QuadraticForms.Factor.TRIANGULAR;
        Scorer about = full && forms.dimension() <= 2 ? new TwoColumnsScorer(forms) : byComponents(forms);
        return FeatureScorer.pays(forms) ? new FeatureScorer(forms, about) : about;
    }

    /**
     * The fastest scorer that takes one component after the other.
     *
     * @param forms the forms
     * @return a scorer, for one thread
     */
    static ComponentScorer byComponents(QuadraticForms forms) {
        if (forms.factor() != QuadraticForms.Factor.TRIANGULAR) {
            return new DiagonalScorer(forms);
        }
        return forms.dimension() <= FewColumnsScorer.COLUMNS
                ? new FewColumnsScorer(forms)
                : new TriangularScorer(forms);
    }

    /** {@return the number of components, rounded up to the blocks of four that some scorers and sums work on} */
    static int wholeBlocks(int components) {
        return (components + 3) / 4 * 4;
    }

    /**
     * Scores a tile.
     *
     * @param tile the rows
     * @param scores receives s_k, component by component, {@link Tile#STRIDE} apart; has room for {@link #wholeBlocks}
     * @param largest receives the largest score of each row; −∞ if none is a number above it
     */
    void score(Tile tile, double[] scores, double[] largest);
}
