package org.mixtura.kernel;

import java.util.BitSet;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.data.RowsView;

/**
 * Rows whose gaps are filled by what the single Gaussian of all rows expects there, given the values that the row has: whole rows
 * to look for a start in, none of which needs to have been complete. Rows without gaps are as they were; rows without any value,
 * which would all lie on one point, get weight 0.
 */
public final class FilledRows extends RowsView {
    private final QuadraticForms gaussian;

    private FilledRows(Rows rows, QuadraticForms gaussian) {
        super(rows);
        this.gaussian = gaussian;
    }

    /**
     * Fills gaps.
     *
     * @param rows rows, with gaps or without
     * @param summary of these rows, or of others of which they are a sample
     * @return rows without gaps
     */
    public static Rows of(Rows rows, RowSummary summary) {
        if (!rows.gapped() || summary.gaps() == 0) {
            return rows;
        }
        return new FilledRows(rows, OneGaussian.forms(summary.origin(), summary.mean(), summary.covariance()));
    }

    /**
     * Adds what filling leaves out: the covariance that the missing values have given those that are there, Σ w r C.
     *
     * @param into moments of these rows
     * @param assignment the responsibilities behind them
     * @param threads how many threads may work
     */
    public void addSpread(Moments into, Scan.Assignment assignment, int threads) {
        int components = into.components();
        Pass.run(
                rows,
                threads,
                (long) components * dimension() * dimension(),
                () -> {
                    Filler filler = new Filler();
                    return (block, first, part) -> {
                        double[] r = new double[block.count() * components];
                        assignment.assign(filler.fill(block), first, r);
                        for (int i = 0; i < block.count(); i++) {
                            filler.addSpread(block, i, r, part);
                        }
                    };
                },
                into::emptyCopy,
                into::combine);
    }

    @Override
    public boolean gapped() {
        return false;
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public Reader reader() {
        Reader inner = rows.reader();
        Filler filler = new Filler();
        return new Reader() {
            @Override
            public Block read(long first, int count) {
                return filler.fill(inner.read(first, count));
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    /** Fills the gaps of blocks; for one thread. */
    private final class Filler {
        private final RecentPatterns<BitSet, MarginalForms> patterns =
                new RecentPatterns<>(2L * dimension() * dimension(), gaps -> new MarginalForms(gaussian, gaps));
        private final Block filled = new Block();
        private double[] values = new double[0];
        private double[] weights = new double[0];

        Block fill(Block block) {
            int d = block.dimension();
            int count = block.count();
            if (weights.length < count) {
                values = new double[count * d];
                weights = new double[count];
            }
            System.arraycopy(block.values(), block.offset(), values, 0, count * d);
            for (int i = 0; i < count; i++) {
                weights[i] = block.weight(i);
                BitSet gaps = GapPatterns.missing(block, i);
                if (!gaps.isEmpty()) {
                    fill(patterns.get(gaps), i * d);
                    weights[i] = gaps.cardinality() == d ? 0 : weights[i];
                }
            }
            filled.show(values, 0, count, d, weights, 0);
            filled.showCovariancesOf(block);
            filled.showCodesOf(block);
            return filled;
        }

        private void fill(MarginalForms marginal, int at) {
            int[] observed = marginal.observed();
            int[] missing = marginal.missing();
            double[] origin = gaussian.origin();
            double[] centre = gaussian.centres();
            double[] deviation = new double[observed.length];
            for (int j = 0; j < observed.length; j++) {
                deviation[j] = values[at + observed[j]] - origin[observed[j]] - centre[observed[j]];
            }
            double[] expected = new double[missing.length];
            marginal.regress(0, deviation, expected);
            for (int i = 0; i < missing.length; i++) {
                values[at + missing[i]] = origin[missing[i]] + (centre[missing[i]] + expected[i]);
            }
        }

        /** Adds w r C of one row of the block last filled. */
        void addSpread(Block block, int row, double[] responsibilities, Moments into) {
            BitSet gaps = GapPatterns.missing(block, row);
            if (!gaps.isEmpty() && weights[row] > 0) {
                int components = into.components();
                for (int k = 0; k < components; k++) {
                    double share = weights[row] * responsibilities[row * components + k];
                    if (share > 0) {
                        patterns.get(gaps).addSpread(0, share, into, k);
                    }
                }
            }
        }
    }
}
