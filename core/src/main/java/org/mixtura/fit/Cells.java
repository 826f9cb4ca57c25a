package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mixtura.data.Block;
import org.mixtura.data.RowCovariance;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.Pass;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.GaussianMixture;

/**
 * A large table of few columns as some thousand cells, each with its weight, mean and covariance: what many fits on one table need to
 * look at in place of the rows (Verbeek, Nunnink &amp; Vlassis 2006, <a
 * href="https://doi.org/10.1007/s10618-005-0033-3">doi:10.1007/s10618-005-0033-3</a>).
 *
 * <p>The cells are boxes: again and again the one of largest n · v is cut at the mean of the column of largest variance v, columns
 * in units of their standard deviations. Of very many rows a sample decides where to cut; all rows decide what is in the cells. No
 * choice is random, so the same rows give the same cells.
 *
 * <p>A fit on {@link #rows()} raises a lower bound of the log-likelihood of all rows ({@link Rows#withSpread}), which is the tighter
 * the smaller cells are next to components. Cells shrink slowly where there are many columns: up to 4 they are worth it.
 */
public final class Cells {
    /** How many columns cells are recommended for, at most. */
    public static final int MOST_COLUMNS = 4;

    private final Rows all;
    private final Rows rows;
    private final int threads;

    private Cells(Rows all, Rows rows, int threads) {
        this.all = all;
        this.rows = rows;
        this.threads = threads;
    }

    /**
     * Cuts a table into cells: a summary, a look at it in memory, and a pass over all rows.
     *
     * @param rows the table: points, or rows with a spread, which cells then have in them
     * @param count how many cells, at least 1; fewer if the rows do not differ so much
     * @param threads how many threads may work; the cells do not depend on it
     * @return the cells
     * @throws IllegalArgumentException if no cell is asked for, a value is not finite, or rows may have gaps or have errors
     */
    public static Cells of(Rows rows, int count, int threads) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " cells; ask for at least 1");
        }
        Scan.refuseGaps(rows, "a division into cells");
        if (rows.rowCovariance() == RowCovariance.ERROR) {
            Scan.refuseCovariances(rows, "a division into cells");
        }
        RowSummary summary = RowSummary.of(rows, threads);
        CellTree tree = CellTree.of(rows, count, summary);
        Moments moments = Moments.about(summary.origin(), tree.centres(), Moments.Scatter.FULL);
        Pass.run(
                rows,
                threads,
                4L * rows.dimension() * rows.dimension() + 32,
                () -> (block, first, into) -> accept(block, tree, into),
                moments::emptyCopy,
                moments::combine);
        return new Cells(rows, atoms(moments, rows.columns()), threads);
    }

    private static void accept(Block block, CellTree tree, Moments into) {
        int d = block.dimension();
        double[] x = new double[d];
        boolean variances = block.covarianceSize() == d;
        for (int i = 0; i < block.count(); i++) {
            double weight = block.weight(i);
            if (!(weight > 0)) {
                continue;
            }
            for (int j = 0; j < d; j++) {
                x[j] = block.get(i, j) - into.origin()[j];
            }
            int cell = tree.cell(x);
            into.acceptScores(weight, 0, 0);
            into.weights()[cell] += weight;
            double[] second = into.second(cell);
            for (int a = 0, at = 0; a < d; a++) {
                double deviation = x[a] - into.centres()[cell * d + a];
                into.firsts()[cell * d + a] += weight * deviation;
                for (int b = 0; b <= a; b++, at++) {
                    double own = !variances || a == b ? block.covariance(i, variances ? a : at) : 0;
                    second[at] += weight * (deviation * (x[b] - into.centres()[cell * d + b]) + own);
                }
            }
        }
    }

    private static Rows atoms(Moments moments, List<String> columns) {
        int d = moments.dimension();
        List<double[]> means = new ArrayList<>();
        List<double[]> covariances = new ArrayList<>();
        for (int c = 0; c < moments.components(); c++) {
            if (moments.weights()[c] > 0) {
                double[] mean = moments.mean(c);
                for (int j = 0; j < d; j++) {
                    mean[j] += moments.origin()[j];
                }
                means.add(mean);
                covariances.add(covariance(moments.scatter(c), moments.weights()[c], d));
            }
        }
        return Rows.of(means.toArray(double[][]::new))
                .named(columns)
                .weighted(Arrays.stream(moments.weights()).filter(w -> w > 0).toArray())
                .withSpread(RowCovariances.triangles(Rows.of(covariances.toArray(double[][]::new))));
    }

    /** The scatter per unit of weight; of a cell with hardly any, rounding must not leave columns more than correlated. */
    private static double[] covariance(double[] scatter, double weight, int d) {
        for (int i = 0; i < d; i++) {
            scatter[Packed.index(i, i)] /= weight;
            for (int j = 0; j < i; j++) {
                double most = Math.sqrt(scatter[Packed.index(i, i)] * scatter[Packed.index(j, j)]);
                double element = scatter[Packed.index(i, j)] / weight;
                scatter[Packed.index(i, j)] = Math.max(-most, Math.min(most, element));
            }
        }
        return scatter;
    }

    /** {@return a row for each cell: its mean, its weight, and the covariance within it as its spread} */
    public Rows rows() {
        return rows;
    }

    /**
     * A fit on the cells, judged by all rows, in one pass over them: log-likelihood, entropy and criteria are theirs, the objective
     * and its history stay those of the cells.
     *
     * @param fit a fit on {@link #rows()}
     * @return the same model with the figures of all rows
     */
    public Fit<GaussianMixture> judged(Fit<GaussianMixture> fit) {
        Moments moments = Scan.moments(all, fit.model().forms(), Moments.Scatter.DIAGONAL, threads);
        Map<String, String> options = new LinkedHashMap<>(fit.options());
        options.put("cells", Long.toString(rows.count()));
        return fit.judged(all.count(), moments, options);
    }
}
