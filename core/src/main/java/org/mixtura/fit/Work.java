package org.mixtura.fit;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.Pass;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.Scan;
import org.mixtura.linalg.Packed;

/**
 * The work of a fit: who does it, how large it is, and how much was done, in pairs of a row and a component that were scored.
 * The count is of whole numbers, so it does not depend on the order in which threads add to it.
 */
final class Work {
    private final int threads;
    private final AllRows all;
    private final long components;
    private final LongAdder pairs;
    /** In which order passes take the rows of samples; null for their own. */
    private final @Nullable Map<Rows, RowOrder> ofSamples;

    private Work(int threads, AllRows all, long components, LongAdder pairs, @Nullable Map<Rows, RowOrder> ofSamples) {
        this.ofSamples = ofSamples;
        this.threads = threads;
        this.all = all;
        this.components = components;
        this.pairs = pairs;
    }

    /**
     * Work not begun.
     *
     * @param threads how many threads may share it
     * @param all the rows that it is about, of which passes may see a sample
     * @param components K; of several fits that are done as one, the sum
     */
    static Work of(int threads, AllRows all, long components) {
        return new Work(threads, all, components, new LongAdder(), new IdentityHashMap<>());
    }

    /** Work not begun, on rows whose passes nobody watches or remembers. */
    static Work of(int threads, Rows rows, long components) {
        return of(threads, new AllRows(rows, PassJournal.NONE, FitObserver.NONE), components);
    }

    /**
     * Does the same with several items: side by side where the rows are too few to share out a single pass, else one after the
     * other, each with all threads. What a task is given depends on the rows alone, or its bits would depend on the threads.
     *
     * @param passComponents K, of the passes
     * @param task works on an item with its part of the work
     * @return the results in the order of the items
     */
    <S, T> List<T> each(List<S> items, Rows passRows, int passComponents, BiFunction<S, Work, T> task) {
        long costPerRow = (long) passComponents * (Packed.size(passRows.dimension()) + 8L);
        if (items.size() < 2 || !Pass.isSmall(passRows, costPerRow)) {
            return items.stream().map(item -> task.apply(item, this)).toList();
        }
        Work alone = inOwnOrder(1);
        return threads > 1
                ? Restarts.sideBySide(items.size(), threads, i -> task.apply(items.get(i), alone))
                : items.stream().map(item -> task.apply(item, alone)).toList();
    }

    private Work inOwnOrder(int itsThreads) {
        return new Work(itsThreads, all.inOwnOrder(), components, pairs, null);
    }

    /** The same work for passes that follow no common way, which gain nothing from an order of the rows. */
    Work inOwnOrder() {
        return inOwnOrder(threads);
    }

    int threads() {
        return threads;
    }

    /** Scores some rows, or all of them, and adds up their moments. */
    Moments moments(Rows passRows, QuadraticForms forms, Moments.Scatter scatter) {
        scored(passRows.count(), forms.components());
        long likeRows = rowsUnder(forms.components());
        if (all.are(passRows)) {
            return all.moments(forms, scatter, threads, likeRows);
        }
        if (ofSamples == null || !RowOrder.mayPay(passRows, forms)) {
            return Scan.moments(passRows, forms, scatter, threads, likeRows);
        }
        RowOrder order = ofSamples.computeIfAbsent(passRows, RowOrder::of);
        order.begin(forms);
        Moments moments = order.moments(order.rows(threads), forms, scatter, threads, likeRows);
        order.end(moments, forms);
        return moments;
    }

    /** How many rows a pass under some components would read if it were as large as the work is, for the choice of kernels. */
    private long rowsUnder(int passComponents) {
        return all.count() * Math.max(components, passComponents) / passComponents;
    }

    /** Takes note of a pass. */
    void scored(long passRows, int components) {
        pairs.add(passRows * components);
    }

    /** How many passes over all rows and K components the work so far amounts to. */
    double passes(int components) {
        return (double) pairs.sum() / components / all.count();
    }
}
