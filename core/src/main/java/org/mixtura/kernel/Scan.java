package org.mixtura.kernel;

import java.util.Arrays;
import java.util.function.Supplier;
import org.mixtura.data.Block;
import org.mixtura.data.RowCovariance;
import org.mixtura.data.Rows;

/** The passes over rows that algorithms ask for: moments under forms, scores, moments under given responsibilities. */
public final class Scan {
    private static final double[] NOT_WANTED = new double[0];

    private Scan() {}

    /** Receives the scores of consecutive rows. */
    public interface ScoreSink {
        /**
         * Takes the scores of some rows; the arrays are lent for the call.
         *
         * @param first the number of the first row
         * @param count how many rows
         * @param logDensity ln Σ_k exp s_k(x), nats, one per row
         * @param responsibilities count × K, row by row
         */
        void accept(long first, int count, double[] logDensity, double[] responsibilities);
    }

    /** Gives the responsibilities of rows from elsewhere than forms: labels, nearest centres, a table. */
    public interface Assignment {
        /**
         * Writes the responsibilities of some rows.
         *
         * @param block the rows
         * @param first the number of the block's first row
         * @param responsibilities receives count × K values, row by row
         */
        void assign(Block block, long first, double[] responsibilities);
    }

    /**
     * Scores all rows and adds up their moments.
     *
     * @param rows the rows
     * @param forms the forms
     * @param scatter which second moments to keep
     * @param threads how many threads may work
     * @return the moments about the forms' centres
     * @throws IllegalArgumentException if a value with positive weight is NaN or infinite
     */
    public static Moments moments(Rows rows, QuadraticForms forms, Moments.Scatter scatter, int threads) {
        return moments(rows, forms, scatter, threads, rows.count());
    }

    /**
     * Scores all rows and adds up their moments, as part of work on more rows: a sample of them, say.
     *
     * @param rows the rows
     * @param forms the forms
     * @param scatter which second moments to keep
     * @param threads how many threads may work
     * @param ofRows how many rows the whole work is about; chooses the kernels
     * @return the moments about the forms' centres
     * @throws IllegalArgumentException if a value with positive weight is NaN or infinite
     */
    public static Moments moments(Rows rows, QuadraticForms forms, Moments.Scatter scatter, int threads, long ofRows) {
        long costPerRow = costOfScoresAndMoments(forms, scatter);
        Kernels kernels = KernelChoice.forWork(Math.max(rows.count(), ofRows), costPerRow);
        return moments(
                rows,
                forms,
                scatter,
                threads,
                costPerRow,
                () -> CodeWorker.of(kernels, forms, rows),
                (worker, block, first, into) -> worker.accumulate(block, into));
    }

    /** How a worker adds the moments of a block to others. */
    private interface Accumulation {
        void add(Kernels.Worker worker, Block block, long first, Moments into);
    }

    private static Moments moments(
            Rows rows,
            QuadraticForms forms,
            Moments.Scatter scatter,
            int threads,
            long costPerRow,
            Supplier<Kernels.Worker> workers,
            Accumulation accumulation) {
        Moments total = Moments.about(forms, scatter);
        Pass.run(
                rows,
                threads,
                costPerRow,
                () -> {
                    Kernels.Worker worker = workers.get();
                    return (block, first, into) -> {
                        accumulation.add(worker, block, first, into);
                        if (Double.isNaN(into.logLikelihood())) {
                            checkFinite(block, first, rows);
                        }
                    };
                },
                total::emptyCopy,
                total::combine);
        return total;
    }

    /**
     * The same, but for components that matter to none of some rows, as far as the best kernels leave them out.
     *
     * @param rows the rows: points without gaps or codes, in the order that the distances are of
     * @param forms the forms, without tails
     * @param scatter which second moments to keep
     * @param threads how many threads may work
     * @param ofRows how many rows the whole work is about; chooses the kernels
     * @param near what is known of distances, and learns what this pass sees
     * @param share about what share of the components matters to a tile of rows; chooses the size of chunks
     * @return the moments about the forms' centres
     * @throws IllegalArgumentException if a value with positive weight is NaN or infinite
     */
    public static Moments moments(
            Rows rows,
            QuadraticForms forms,
            Moments.Scatter scatter,
            int threads,
            long ofRows,
            Nearness near,
            double share) {
        long costPerRow = costOfScoresAndMoments(forms, scatter);
        Kernels kernels = KernelChoice.forWork(Math.max(rows.count(), ofRows), costPerRow);
        long scoredCost = (long) (costPerRow * share);
        near.begin(forms, kernels, Pass.chunkRows(scoredCost));
        Moments total = moments(
                rows,
                forms,
                scatter,
                threads,
                scoredCost,
                () -> kernels.worker(forms),
                (worker, block, first, into) -> worker.accumulate(block, into, near.chunk(first)));
        near.end(forms);
        total.leaveOut(total.totalWeight() * Nearness.LEFT_OUT);
        return total;
    }

    private static long costOfScoresAndMoments(QuadraticForms forms, Moments.Scatter scatter) {
        return forms.costPerRow() + costOfMoments(forms.components(), forms.dimension(), scatter);
    }

    private static long costOfMoments(int components, int dimension, Moments.Scatter scatter) {
        long size = scatter == Moments.Scatter.FULL ? dimension * (dimension + 1L) / 2 : dimension;
        return components * size;
    }

    /**
     * Adds up the moments of all rows under given responsibilities. The log-likelihood and the entropy stay zero. Rows that stand
     * for others add their spread; of rows with errors the moments are of what is seen.
     *
     * @param rows the rows
     * @param origin o, d values
     * @param centres m_k relative to the origin, K × d, row by row
     * @param scatter which second moments to keep
     * @param assignment the responsibilities
     * @param threads how many threads may work
     * @return the moments about the centres
     */
    public static Moments moments(
            Rows rows, double[] origin, double[] centres, Moments.Scatter scatter, Assignment assignment, int threads) {
        Moments total = Moments.about(origin, centres, scatter);
        int components = total.components();
        Pass.run(
                rows,
                threads,
                costOfMoments(components, origin.length, scatter),
                () -> {
                    Buffer buffer = new Buffer();
                    return (block, first, into) -> {
                        int count = block.count();
                        double[] responsibilities = buffer.ofLength(count * components);
                        assignment.assign(block, first, responsibilities);
                        into.accept(block, 0, count, responsibilities);
                        if (rows.rowCovariance() == RowCovariance.SPREAD) {
                            SpreadForms.addSpread(
                                    block, 0, count, (i, k) -> responsibilities[i * components + k], into);
                        }
                        for (int i = 0; i < count; i++) {
                            into.acceptScores(block.weight(i), 0, 0);
                        }
                    };
                },
                total::emptyCopy,
                total::combine);
        return total;
    }

    /**
     * Scores all rows, in order, whatever their weights. All scores of a row of weight 0 that holds a value that is no finite
     * number are NaN.
     *
     * @param rows the rows
     * @param forms the forms
     * @param threads how many threads may work
     * @param sink receives the scores, block after block in the order of the rows, one call at a time
     * @throws IllegalArgumentException if a value of a row of positive weight is NaN or infinite
     */
    public static void scores(Rows rows, QuadraticForms forms, int threads, ScoreSink sink) {
        scores(rows, forms, threads, forms.components(), sink);
    }

    /**
     * The log-densities of all rows, in order, whatever their weights, without the work of writing out responsibilities.
     *
     * @param rows the rows
     * @param forms the forms
     * @param threads how many threads may work
     * @param sink receives the log-densities as {@link #scores} gives them, and responsibilities of length 0
     * @throws IllegalArgumentException if a value of a row of positive weight is NaN or infinite
     */
    public static void logDensities(Rows rows, QuadraticForms forms, int threads, ScoreSink sink) {
        scores(rows, forms, threads, 0, sink);
    }

    private static void scores(Rows rows, QuadraticForms forms, int threads, int components, ScoreSink sink) {
        Kernels kernels = KernelChoice.forWork(rows.count(), forms.costPerRow());
        Pass.run(
                rows,
                threads,
                forms.costPerRow(),
                () -> {
                    Kernels.Worker worker = CodeWorker.of(kernels, forms, rows);
                    return (block, first, into) -> {
                        into.reserve(first, block.count(), components);
                        worker.score(block, into.logDensity, into.responsibilities);
                        for (int i = 0; i < block.count(); i++) {
                            if (!(into.logDensity[i] > Double.NEGATIVE_INFINITY)) {
                                if (block.weight(i) > 0) {
                                    checkFinite(block, i, first, rows);
                                } else if (!isFinite(block, i)) {
                                    into.setUnknown(i, components);
                                }
                            }
                        }
                    };
                },
                Scores::new,
                part -> sink.accept(part.first, part.count, part.logDensity, part.responsibilities));
    }

    /**
     * The total log-likelihood of all rows, Σ_n w_n ln Σ_k exp s_k(x_n).
     *
     * @param rows the rows
     * @param forms the forms
     * @param threads how many threads may work
     * @return nats
     * @throws IllegalArgumentException if a value with positive weight is NaN or infinite
     */
    public static double logLikelihood(Rows rows, QuadraticForms forms, int threads) {
        Moments total = Moments.about(forms, Moments.Scatter.DIAGONAL);
        Kernels kernels = KernelChoice.forWork(rows.count(), forms.costPerRow());
        Pass.run(
                rows,
                threads,
                forms.costPerRow(),
                () -> {
                    Kernels.Worker worker = CodeWorker.of(kernels, forms, rows);
                    Buffer logDensity = new Buffer();
                    return (block, first, into) -> {
                        double[] scores = logDensity.ofLength(block.count());
                        worker.score(block, scores, NOT_WANTED);
                        for (int i = 0; i < block.count(); i++) {
                            into.acceptScores(block.weight(i), scores[i], 0);
                        }
                        if (Double.isNaN(into.logLikelihood())) {
                            checkFinite(block, first, rows);
                        }
                    };
                },
                total::emptyCopy,
                total::combine);
        return total.logLikelihood();
    }

    /**
     * Refuses rows with gaps, for what has no answer to them.
     *
     * @param rows the rows
     * @param who needs every value
     * @throws IllegalArgumentException if the rows may have gaps
     */
    public static void refuseGaps(Rows rows, String who) {
        if (rows.gapped()) {
            throw new IllegalArgumentException(
                    who + " needs every value and takes no rows with gaps; drop such rows or fill the gaps");
        }
    }

    /**
     * Refuses rows with a covariance of their own, for what would take them for points.
     *
     * @param rows the rows
     * @param who takes points only
     * @throws IllegalArgumentException if the rows have one
     */
    public static void refuseCovariances(Rows rows, String who) {
        if (rows.rowCovariance() != RowCovariance.NONE) {
            throw new IllegalArgumentException(who + " takes rows that are points, and none with "
                    + (rows.rowCovariance() == RowCovariance.SPREAD ? "a spread" : "errors")
                    + " of their own; give the rows without");
        }
    }

    /**
     * Checks that all values of a block's rows with positive weight are finite, or gaps where the rows may have any.
     *
     * @param block some of the rows
     * @param first the number of the block's first row
     * @param rows the rows
     * @throws IllegalArgumentException if one is not
     */
    public static void checkFinite(Block block, long first, Rows rows) {
        for (int i = 0; i < block.count(); i++) {
            if (block.weight(i) > 0) {
                checkFinite(block, i, first, rows);
            }
        }
    }

    private static boolean isFinite(Block block, int row) {
        for (int j = 0; j < block.dimension(); j++) {
            if (!Double.isFinite(block.get(row, j))) {
                return false;
            }
        }
        return true;
    }

    private static void checkFinite(Block block, int row, long first, Rows rows) {
        for (int j = 0; j < block.dimension(); j++) {
            double value = block.get(row, j);
            if (!Double.isFinite(value) && !(rows.gapped() && Double.isNaN(value))) {
                throw new IllegalArgumentException("row " + (first + row) + ", column \""
                        + rows.columns().get(j) + "\" is " + value
                        + "; every value must be a finite number: drop the row or fill the gap");
            }
        }
    }

    /** The scores of one chunk. */
    private static final class Scores implements Pass.Part {
        private long first;
        private int count;
        private double[] logDensity = new double[0];
        private double[] responsibilities = new double[0];

        void reserve(long firstRow, int rowCount, int components) {
            first = firstRow;
            count = rowCount;
            if (logDensity.length < rowCount || responsibilities.length < rowCount * components) {
                logDensity = new double[rowCount];
                responsibilities = new double[rowCount * components];
            }
        }

        void setUnknown(int row, int components) {
            logDensity[row] = Double.NaN;
            Arrays.fill(responsibilities, row * components, (row + 1) * components, Double.NaN);
        }

        @Override
        public void clear() {
            count = 0;
        }
    }

    /** A scratch array that grows. */
    private static final class Buffer {
        private double[] values = new double[0];

        double[] ofLength(int length) {
            if (values.length < length) {
                values = new double[length];
            }
            Arrays.fill(values, 0, length, 0);
            return values;
        }
    }
}
