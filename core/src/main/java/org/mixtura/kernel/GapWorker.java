package org.mixtura.kernel;

import java.util.Arrays;
import java.util.BitSet;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.special.LogSumExp;

/**
 * Kernels for rows with gaps, which are NaN: rows without gaps go to other kernels as they are; the others are taken together by
 * which columns they miss, scored by those kernels under {@link MarginalForms}, and their moments lifted to those of whole rows.
 *
 * <p>A row without any value has the log-density of nothing, 0 for a mixture, and the weights as responsibilities. It adds nothing
 * to moments, not even its weight.
 */
final class GapWorker implements Kernels.Worker {
    private final QuadraticForms forms;
    private final Kernels.Worker whole;
    private final RecentPatterns<BitSet, Pattern> patterns;
    private final SomeRows some = new SomeRows();

    /** What is prepared for one pattern of gaps. */
    private static final class Pattern {
        private final MarginalForms marginal;
        private final Kernels.Worker worker;
        private final QuadraticForms observed;

        Pattern(Kernels kernels, QuadraticForms forms, BitSet gaps) {
            marginal = new MarginalForms(forms, gaps);
            observed = marginal.forms();
            worker = TailWorker.of(kernels, observed);
        }
    }

    private GapWorker(Kernels kernels, QuadraticForms forms) {
        this.forms = forms;
        this.whole = TailWorker.of(kernels, forms);
        this.patterns = RecentPatterns.like(forms, gaps -> new Pattern(kernels, forms, gaps));
    }

    /** A worker of some kernels that takes NaN for a gap, and heeds the covariances of rows, where rows say so. */
    static Kernels.Worker of(Kernels kernels, QuadraticForms forms, Rows rows) {
        Kernels inner = AtomWorker.kernels(kernels, rows);
        return rows.gapped() ? new GapWorker(inner, forms) : TailWorker.of(inner, forms);
    }

    @Override
    public void accumulate(Block block, Moments into) {
        RowGroups<BitSet> found = GapPatterns.of(block);
        if (found.none()) {
            whole.accumulate(block, into);
            return;
        }
        if (found.plain().length > 0) {
            whole.accumulate(some.gather(block, found.plain(), SomeRows.columns(block)), into);
        }
        found.groups().forEach((gaps, places) -> {
            if (gaps.cardinality() < block.dimension()) {
                Pattern pattern = patterns.get(gaps);
                Moments moments = Moments.about(pattern.observed, pattern.marginal.scatter(into.scatter()));
                pattern.worker.accumulate(some.gather(block, places, pattern.marginal.observed()), moments);
                pattern.marginal.lift(moments, into);
            }
        });
    }

    @Override
    public void score(Block block, double[] densities, double[] shares) {
        RowGroups<BitSet> found = GapPatterns.of(block);
        if (found.none()) {
            whole.score(block, densities, shares);
            return;
        }
        if (found.plain().length > 0) {
            some.score(whole, block, found.plain(), SomeRows.columns(block), forms.components(), densities, shares);
        }
        found.groups().forEach((gaps, places) -> {
            if (gaps.cardinality() < block.dimension()) {
                Pattern pattern = patterns.get(gaps);
                int[] observed = pattern.marginal.observed();
                some.score(pattern.worker, block, places, observed, forms.components(), densities, shares);
            } else {
                scoreBlanks(new MarginalForms(forms, gaps).constants(), places, densities, shares);
            }
        });
    }

    private static void scoreBlanks(double[] constants, int[] places, double[] densities, double[] shares) {
        double sum = LogSumExp.of(constants);
        double[] prior = Arrays.stream(constants).map(c -> Math.exp(c - sum)).toArray();
        for (int place : places) {
            densities[place] = sum;
            if (shares.length > 0) {
                System.arraycopy(prior, 0, shares, place * prior.length, prior.length);
            }
        }
    }
}
