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
    private final RecentPatterns<Pattern> patterns;
    private final Block part = new Block();
    private double[] values = new double[0];
    private double[] weights = new double[0];
    private double[] logDensity = new double[0];
    private double[] responsibilities = new double[0];

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
        long size = forms.components() * (2L * forms.dimension() + 128) * (forms.dimension() + 8L);
        this.patterns = new RecentPatterns<>(size, gaps -> new Pattern(kernels, forms, gaps));
    }

    /** A worker of some kernels that takes NaN for a gap where rows say so. */
    static Kernels.Worker of(Kernels kernels, QuadraticForms forms, Rows rows) {
        return rows.gapped() ? new GapWorker(kernels, forms) : TailWorker.of(kernels, forms);
    }

    @Override
    public void accumulate(Block block, Moments into) {
        GapPatterns found = GapPatterns.of(block);
        if (found.none()) {
            whole.accumulate(block, into);
            return;
        }
        if (found.complete().length > 0) {
            whole.accumulate(gather(block, found.complete(), found.all()), into);
        }
        found.gaps().forEach((gaps, places) -> {
            if (gaps.cardinality() < block.dimension()) {
                Pattern pattern = patterns.get(gaps);
                Moments moments = Moments.about(pattern.observed, pattern.marginal.scatter(into.scatter()));
                pattern.worker.accumulate(gather(block, places, pattern.marginal.observed()), moments);
                pattern.marginal.lift(moments, into);
            }
        });
    }

    @Override
    public void score(Block block, double[] densities, double[] shares) {
        GapPatterns found = GapPatterns.of(block);
        if (found.none()) {
            whole.score(block, densities, shares);
            return;
        }
        if (found.complete().length > 0) {
            score(whole, block, found.complete(), found.all(), densities, shares);
        }
        found.gaps().forEach((gaps, places) -> {
            if (gaps.cardinality() < block.dimension()) {
                Pattern pattern = patterns.get(gaps);
                score(pattern.worker, block, places, pattern.marginal.observed(), densities, shares);
            } else {
                scoreBlanks(new MarginalForms(forms, gaps).constants(), places, densities, shares);
            }
        });
    }

    /** Some rows and columns of a block, in an array of their own. */
    private Block gather(Block block, int[] places, int[] columns) {
        int d = columns.length;
        if (values.length < places.length * d) {
            values = new double[places.length * d];
        }
        if (weights.length < places.length) {
            weights = new double[places.length];
        }
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < d; j++) {
                values[i * d + j] = block.get(places[i], columns[j]);
            }
            weights[i] = block.weight(places[i]);
        }
        part.show(values, 0, places.length, d, block.weighted() ? weights : null, 0);
        return part;
    }

    private void score(
            Kernels.Worker worker, Block block, int[] places, int[] columns, double[] densities, double[] shares) {
        int components = forms.components();
        int wanted = shares.length > 0 ? places.length * components : 0;
        if (logDensity.length < places.length) {
            logDensity = new double[places.length];
        }
        if (responsibilities.length < wanted || wanted == 0) {
            responsibilities = new double[wanted];
        }
        worker.score(gather(block, places, columns), logDensity, responsibilities);
        for (int i = 0; i < places.length; i++) {
            densities[places[i]] = logDensity[i];
            if (wanted > 0) {
                System.arraycopy(responsibilities, i * components, shares, places[i] * components, components);
            }
        }
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
