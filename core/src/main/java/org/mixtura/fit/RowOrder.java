package org.mixtura.fit;

import org.jspecify.annotations.Nullable;
import org.mixtura.data.NeighbouringRows;
import org.mixtura.data.ReorderedRows;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.Nearness;
import org.mixtura.kernel.OwnerOrder;
import org.mixtura.kernel.Pass;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.Scan;

/**
 * The order in which the passes of a fit take some rows. With many components, a fit that goes on for some passes takes rows together
 * to which the same components matter: neighbours in few columns, else those of the same most probable component. Where most components then
 * do not matter to any row of a tile, they are left out ({@link Nearness}).
 *
 * <p>Rows are put in order before the fourth pass under so many components, and again when four times as many have gone by. All is a
 * matter of the passes, their forms and their results alone, as the bits of a fit must be; sums over the rows differ from those in
 * the rows' own order by rounding.
 */
final class RowOrder {
    /** Sorting the rows takes as long as it saves in some passes; a fit that made them is likely to make as many again. */
    private static final int FIRST_ORDER = 4;

    private static final int LATER_ORDERS = 4;

    /** With no more columns, neighbours in space are rows of the same components as well, whatever these become. */
    private static final int FEW_COLUMNS = 4;

    /** From so many columns on, scores of one component after the other are as quick as those of all together. */
    private static final int MANY_COLUMNS = 17;

    private final Rows rows;
    /** The pass before which they are first put in order. */
    private final int firstOrder;

    private int components;
    private int passes;
    private int nextOrder;
    /** Whether they were put in order, or are due to be, under so many components. */
    private boolean inOrder;

    /** By which forms the rows are to be put in order; null if that is done, or there is nothing to order by. */
    private @Nullable QuadraticForms due;

    private Rows ordered;
    /** What is known of distances in that order; null if it does not pay. */
    private @Nullable Nearness near;

    private double share = 1;
    /** Whether nothing is to be left out until the rows are put in order again. */
    private boolean nothingLess;

    private RowOrder(Rows rows, int firstOrder) {
        this.rows = rows;
        this.firstOrder = firstOrder;
        this.ordered = rows;
    }

    /** Rows for the passes of a fit, one after the other. */
    static RowOrder of(Rows rows) {
        return new RowOrder(rows, FIRST_ORDER);
    }

    /** Rows for passes side by side: it is chance which of them comes first, so all take the rows in their own order. */
    static RowOrder own(Rows rows) {
        return new RowOrder(rows, Integer.MAX_VALUE);
    }

    /** Takes note of a pass to be made. */
    synchronized void begin(QuadraticForms forms) {
        if (forms.components() != components) {
            components = forms.components();
            passes = 0;
            nextOrder = firstOrder;
            inOrder = false;
            due = null;
            near = null;
            nothingLess = false;
        }
        passes++;
        if (passes == nextOrder && mayPay(rows, forms)) {
            nextOrder *= LATER_ORDERS;
            inOrder = true;
            due = forms;
            nothingLess = false;
        }
    }

    /** Whether there are rows and components enough, of a kind for which an order may pay. */
    static boolean mayPay(Rows rows, QuadraticForms forms) {
        return forms.components() >= manyComponents(forms)
                && !forms.tailed()
                && ReorderedRows.serves(rows)
                && !Pass.isSmall(rows, forms.costPerRow());
    }

    /** The rows in the order at hand. */
    synchronized Rows rows(int threads) {
        QuadraticForms by = due;
        if (by != null) {
            due = null;
            order(by, threads);
        }
        return inOrder && (rows.dimension() <= FEW_COLUMNS || leavesOut() != null) ? ordered : rows;
    }

    private @Nullable Nearness leavesOut() {
        return nothingLess ? null : near;
    }

    private void order(QuadraticForms by, int threads) {
        near = null;
        if (rows.dimension() > FEW_COLUMNS) {
            // A look at some rows costs little beside what it may save.
            if (OwnerOrder.share(rows, by) > most(by)) {
                return;
            }
            ordered = ReorderedRows.of(rows, OwnerOrder.of(rows, by, threads));
        } else if (ordered == rows) {
            ordered = NeighbouringRows.of(rows);
        }
        share = Nearness.share(ordered, by);
        near = share <= most(by) ? Nearness.of(ordered, by.components()) : null;
    }

    private static int manyComponents(QuadraticForms forms) {
        if (forms.dimension() <= FEW_COLUMNS || !triangular(forms)) {
            return 128;
        }
        return forms.dimension() < MANY_COLUMNS ? 64 : 16;
    }

    /** Up to what share of the components that matter to tiles it pays to leave out the others: less where scores cost next to nothing. */
    private static double most(QuadraticForms forms) {
        return forms.dimension() <= FEW_COLUMNS || !triangular(forms) ? 0.25 : 0.6;
    }

    private static boolean triangular(QuadraticForms forms) {
        return forms.factor() == QuadraticForms.Factor.TRIANGULAR;
    }

    /** Scores rows in the order at hand, and adds up their moments. */
    Moments moments(Rows inOrder, QuadraticForms forms, Moments.Scatter scatter, int threads, long likeRows) {
        Nearness known = leavesOut();
        if (known == null) {
            return Scan.moments(inOrder, forms, scatter, threads, likeRows);
        }
        Moments moments = Scan.moments(inOrder, forms, scatter, threads, likeRows, known, share);
        return vanishes(moments, forms) ? Scan.moments(inOrder, forms, scatter, threads, likeRows) : moments;
    }

    /** Takes note of what came of a pass: of a component that hardly any row belongs to, even the least shares are its moments. */
    synchronized void end(Moments moments, QuadraticForms forms) {
        // Asked after every pass, also one that was remembered: whether the rows are in order by then must not matter.
        nothingLess |= vanishes(moments, forms);
    }

    private boolean vanishes(Moments moments, QuadraticForms forms) {
        double[] weights = moments.weights();
        double[] constants = forms.constants();
        double oneRow = moments.totalWeight() / rows.count();
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] < oneRow && constants[k] > Double.NEGATIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }
}
