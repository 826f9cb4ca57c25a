package org.mixtura.kernel;

import org.mixtura.data.Block;

/**
 * An implementation of the two loops over rows and components: scoring, and scoring followed by accumulation.
 *
 * <p>The plain implementation is {@link PlainKernels}; others may be loaded as services. All give the same results to
 * rounding; one implementation gives the same bits for the same rows in the same order.
 */
public interface Kernels {
    /** {@return which implementation this is and why it was chosen, for people} */
    String description();

    /**
     * Prepares for passes over rows with some forms.
     *
     * @param forms the forms
     * @return a worker, for one thread
     */
    Worker worker(QuadraticForms forms);

    /** The loops for one thread and one set of forms. */
    interface Worker {
        /**
         * Scores rows.
         *
         * <p>A finite row so far from every component that all its scores overflow to −∞ has log-density −∞ and belongs to
         * the component whose quadratic form is smallest. A row that is not finite has NaN scores.
         *
         * @param block the rows
         * @param logDensity receives ln Σ_k exp s_k(x), one value per row
         * @param responsibilities receives r, count × K, row by row; of length 0 if not wanted
         */
        void score(Block block, double[] logDensity, double[] responsibilities);

        /**
         * Scores rows and adds their moments.
         *
         * @param block the rows
         * @param into moments about the centres of this worker's forms
         */
        void accumulate(Block block, Moments into);

        /**
         * Scores rows and adds their moments, but for components that matter to none of some rows ({@link Nearness}); kernels that
         * leave nothing out take all of them.
         *
         * @param block the rows
         * @param into moments about the centres of this worker's forms
         * @param near what is known of the rows' distances, and is to be told what is seen of them
         */
        default void accumulate(Block block, Moments into, Nearness.Chunk near) {
            accumulate(block, into);
        }
    }
}
