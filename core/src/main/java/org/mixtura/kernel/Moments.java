package org.mixtura.kernel;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;

/**
 * Responsibility-weighted moments of rows about given centres: all that an algorithm learns from a pass.
 *
 * <p>With w_n the weight of row n, r_nk its responsibility for component k and δ_nk = x_n − o − m_k:
 *
 * <ul>
 *   <li>{@link #weights()}: N_k = Σ_n w_n r_nk;
 *   <li>{@link #firsts()}: Σ_n w_n r_nk δ_nk, d values per component;
 *   <li>{@link #second(int)}: Σ_n w_n r_nk δ_nk δ_nkᵀ, its lower triangle, or its diagonal alone;
 *   <li>{@link #logLikelihood()}: L = Σ_n w_n ln Σ_k exp s_k(x_n);
 *   <li>{@link #assignmentEntropy()}: −Σ_n w_n Σ_k r_nk ln r_nk;
 *   <li>{@link #totalWeight()}: Σ_n w_n.
 * </ul>
 *
 * <p>Under forms with tails a row is worth the less to a component the farther it is out, by u_nk = (ν_k + d) / (ν_k + q_nk) with q
 * the squared distance and d the number of values that the row has: the expectation of the factor of its precision. Then
 *
 * <ul>
 *   <li>{@link #firsts()} and {@link #second(int)} have w_n r_nk u_nk in place of w_n r_nk;
 *   <li>{@link #pulls()}: U_k = Σ_n w_n r_nk u_nk, without tails the same as N_k;
 *   <li>{@link #tails()}: Σ_n w_n r_nk (1 + E ln u − E u), what is learnt of ν_k; none without tails.
 * </ul>
 *
 * <p>Moments about the current centres, rather than about zero, lose no digits to an offset of the data: the scatter about
 * the new mean is the second moment minus N_k times the square of a short shift. An accumulator: mutable, for one thread;
 * two accumulators over the same centres are added by {@link #combine}.
 */
public final class Moments implements Pass.Part {
    /** Which second moments are kept. */
    public enum Scatter {
        /** The lower triangle, d(d+1)/2 values per component, packed row by row. */
        FULL,
        /** The diagonal, d values per component. */
        DIAGONAL
    }

    /**
     * Responsibilities below this add nothing that a double can hold next to any other row's, and are skipped. Far below
     * the rounding unit, so that even a component that owns no row at all keeps its moments.
     */
    public static final double NEGLIGIBLE = 1e-60;

    private final Scatter scatter;
    private final double[] origin;
    private final double[] centres;
    private final int dimension;
    private final double[] weights;
    private final double[] firsts;
    private final double[][] seconds;
    /** U_k; without tails the weights themselves. */
    private final double[] pulls;

    private final double[] tails;
    private double logLikelihood;
    private double logLikelihoodLost;
    private double assignmentEntropy;
    private double totalWeight;
    private double leftOut;

    /** Made when the first rows come: moments that are only added up need none. */
    private @Nullable WeightedTile tile;

    private Moments(Scatter scatter, double[] origin, double[] centres, boolean tailed) {
        this.scatter = scatter;
        this.origin = origin;
        this.centres = centres;
        this.dimension = origin.length;
        int k = centres.length / dimension;
        int size = scatter == Scatter.FULL ? dimension * (dimension + 1) / 2 : dimension;
        this.weights = new double[k];
        this.firsts = new double[k * dimension];
        this.seconds = new double[k][size];
        this.pulls = tailed ? new double[k] : weights;
        this.tails = tailed ? new double[k] : new double[0];
    }

    /**
     * Empty moments about the centres of some forms.
     *
     * @param forms the forms that will score the rows
     * @param scatter which second moments to keep
     * @return moments of no rows
     */
    public static Moments about(QuadraticForms forms, Scatter scatter) {
        return new Moments(scatter, forms.origin(), forms.centres(), forms.tailed());
    }

    /**
     * Empty moments about given centres.
     *
     * @param origin o, d values, kept by reference
     * @param centres m_k relative to the origin, K × d, row by row, kept by reference
     * @param scatter which second moments to keep
     * @return moments of no rows
     */
    public static Moments about(double[] origin, double[] centres, Scatter scatter) {
        return new Moments(scatter, origin, centres, false);
    }

    /** {@return empty moments about the same centres} */
    public Moments emptyCopy() {
        return new Moments(scatter, origin, centres, tailed());
    }

    /**
     * Empty moments of the same rows and kind about other centres.
     *
     * @param others m_k relative to the origin, as many as wanted, row by row, kept by reference
     * @param kept which second moments to keep
     * @return moments of no rows
     */
    public Moments emptyAbout(double[] others, Scatter kept) {
        return new Moments(kept, origin, others, tailed());
    }

    /** {@return the number of components, K} */
    public int components() {
        return weights.length;
    }

    /** {@return the number of columns, d} */
    public int dimension() {
        return dimension;
    }

    /** {@return which second moments are kept} */
    public Scatter scatter() {
        return scatter;
    }

    /** {@return o, d values} */
    public double[] origin() {
        return origin;
    }

    /** {@return m_k relative to the origin, K × d, row by row} */
    public double[] centres() {
        return centres;
    }

    /** {@return N_k, K values; the accumulator's own array} */
    public double[] weights() {
        return weights;
    }

    /** {@return Σ w r δ, K × d, row by row; the accumulator's own array} */
    public double[] firsts() {
        return firsts;
    }

    /**
     * The second moment of one component.
     *
     * @param component k, from 0
     * @return Σ w r δ δᵀ, packed lower triangle or diagonal; the accumulator's own array
     */
    public double[] second(int component) {
        return seconds[component];
    }

    /** {@return whether rows count by tails as well} */
    public boolean tailed() {
        return tails.length > 0;
    }

    /** {@return U_k, K values: Σ w r u, or without tails N_k; the accumulator's own array} */
    public double[] pulls() {
        return pulls;
    }

    /** {@return Σ w r (1 + E ln u − E u), K values, or none without tails; the accumulator's own array} */
    public double[] tails() {
        return tails;
    }

    /** {@return L, in nats} */
    public double logLikelihood() {
        return logLikelihood + logLikelihoodLost;
    }

    /** {@return −Σ w Σ r ln r, in nats} */
    public double assignmentEntropy() {
        return assignmentEntropy;
    }

    /** {@return Σ w} */
    public double totalWeight() {
        return totalWeight;
    }

    /**
     * {@return by how much L would be larger at most if no component had been left out where it does not matter, in nats; 0 if none was
     * ({@link Nearness})}
     */
    public double leftOut() {
        return leftOut;
    }

    /**
     * The mean of one component relative to the origin, m_k + first/U_k; the old centre if U_k is zero.
     *
     * @param component k, from 0
     * @return d values
     */
    public double[] mean(int component) {
        double[] mean = Arrays.copyOfRange(centres, component * dimension, (component + 1) * dimension);
        double weight = pulls[component];
        for (int j = 0; j < dimension; j++) {
            if (weight > 0) {
                mean[j] += firsts[component * dimension + j] / weight;
            }
        }
        return mean;
    }

    /**
     * The scatter of one component about its own mean, Σ w r u δ δᵀ − (Σ w r u δ)(Σ w r u δ)ᵀ / U_k; its diagonal is never
     * negative.
     *
     * @param component k, from 0
     * @return packed lower triangle or diagonal, a new array
     */
    public double[] scatter(int component) {
        double[] result = seconds[component].clone();
        double weight = pulls[component];
        if (!(weight > 0)) {
            return result;
        }
        int start = component * dimension;
        if (scatter == Scatter.DIAGONAL) {
            for (int j = 0; j < dimension; j++) {
                result[j] = Math.max(0, result[j] - firsts[start + j] * (firsts[start + j] / weight));
            }
            return result;
        }
        int at = 0;
        for (int i = 0; i < dimension; i++) {
            double shift = firsts[start + i] / weight;
            for (int j = 0; j <= i; j++) {
                result[at] -= shift * firsts[start + j];
                at++;
            }
            result[at - 1] = Math.max(0, result[at - 1]);
        }
        return result;
    }

    /**
     * Adds rows whose responsibilities are known: weights, first and second moments. Likelihood, entropy and total weight
     * are added by {@link #acceptScores}. Rows of weight zero are not looked at.
     *
     * @param block the rows
     * @param first the first row of the block to add, from 0
     * @param count how many rows
     * @param responsibilities r, count × K, row by row, the first row at 0
     */
    public void accept(Block block, int first, int count, double[] responsibilities) {
        int components = weights.length;
        TurnedRows rows = new TurnedRows(origin, Math.min(WeightedTile.ROWS, count));
        for (int start = 0; start < count; start += WeightedTile.ROWS) {
            rows.take(block, first + start, Math.min(WeightedTile.ROWS, count - start));
            for (int k = 0; k < components; k++) {
                accept(rows, responsibilities, start * components + k, components, k);
            }
        }
    }

    /**
     * The same of rows whose responsibilities lie component by component.
     *
     * @param rows less the origin of these moments, at most {@link WeightedTile#ROWS}
     * @param responsibilities r_k
     */
    void accept(TurnedRows rows, double[][] responsibilities) {
        requireSameOrigin(rows);
        for (int k = 0; k < responsibilities.length; k++) {
            accept(rows, responsibilities[k], 0, 1, k);
        }
    }

    /**
     * The same of some components; to the others the rows do not matter.
     *
     * @param rows less the origin of these moments, at most {@link WeightedTile#ROWS}
     * @param some the components
     * @param responsibilities of each of them
     */
    void accept(TurnedRows rows, int[] some, double[][] responsibilities) {
        requireSameOrigin(rows);
        for (int i = 0; i < some.length; i++) {
            accept(rows, responsibilities[i], 0, 1, some[i]);
        }
    }

    private void requireSameOrigin(TurnedRows rows) {
        if (!same(origin, rows.origin())) {
            throw new IllegalArgumentException("rows less another origin than that of the moments cannot be added");
        }
    }

    private void accept(TurnedRows rows, double[] responsibilities, int at, int step, int k) {
        WeightedTile selected = tile == null ? new WeightedTile(dimension) : tile;
        tile = selected;
        if (selected.select(rows, responsibilities, at, step)) {
            int centre = k * dimension;
            selected.centre(rows, centres, centre);
            switch (scatter) {
                case FULL -> selected.addProducts(seconds[k], firsts, centre, weights, k);
                case DIAGONAL -> selected.addSquares(seconds[k], firsts, centre, weights, k);
            }
        }
    }

    /**
     * Adds the score of one row.
     *
     * @param weight w
     * @param logDensity ln Σ_k exp s_k(x)
     * @param entropy −Σ_k r_k ln r_k
     */
    public void acceptScores(double weight, double logDensity, double entropy) {
        totalWeight += weight;
        if (weight > 0) {
            logLikelihood += weight * logDensity;
            assignmentEntropy += weight * entropy;
        }
    }

    /**
     * Adds the scores of some rows at once.
     *
     * @param weight Σ w
     * @param weightedLogDensity Σ w ln Σ_k exp s_k(x), over rows of positive weight
     * @param weightedEntropy −Σ w Σ_k r_k ln r_k, over rows of positive weight
     */
    public void acceptTotals(double weight, double weightedLogDensity, double weightedEntropy) {
        totalWeight += weight;
        logLikelihood += weightedLogDensity;
        assignmentEntropy += weightedEntropy;
    }

    /** Takes note of what components that were left out might add to L at most. */
    void leaveOut(double nats) {
        leftOut += nats;
    }

    /**
     * Adds the moments of other rows about the same centres. The log-likelihood is summed with compensation, so that a
     * billion rows lose no more digits than a thousand.
     *
     * @param other the moments to add
     * @throws IllegalArgumentException if they are about other centres or keep other second moments
     */
    public void combine(Moments other) {
        if (scatter != other.scatter
                || tailed() != other.tailed()
                || !same(origin, other.origin)
                || !same(centres, other.centres)) {
            throw new IllegalArgumentException("moments about other centres, or of another scatter, cannot be added");
        }
        add(weights, other.weights);
        add(firsts, other.firsts);
        if (tailed()) {
            add(pulls, other.pulls);
            add(tails, other.tails);
        }
        for (int k = 0; k < seconds.length; k++) {
            add(seconds[k], other.seconds[k]);
        }
        double term = other.logLikelihood;
        double sum = logLikelihood + term;
        double lost =
                Math.abs(logLikelihood) >= Math.abs(term) ? logLikelihood - sum + term : term - sum + logLikelihood;
        logLikelihood = sum;
        logLikelihoodLost += other.logLikelihoodLost + (Double.isFinite(lost) ? lost : 0);
        assignmentEntropy += other.assignmentEntropy;
        totalWeight += other.totalWeight;
        leftOut += other.leftOut;
    }

    /**
     * Adds the moments of other rows that were scored under some of the components only.
     *
     * @param part about the same centres of these components, with the same second moments
     * @param places which component each of theirs is
     */
    void add(Moments part, int[] places) {
        addSums(part, places);
        acceptTotals(part.totalWeight, part.logLikelihood(), part.assignmentEntropy);
    }

    /** The same without the log-likelihood, the entropy and the total weight. */
    void addSums(Moments part, int[] places) {
        for (int i = 0; i < places.length; i++) {
            int k = places[i];
            weights[k] += part.weights[i];
            if (tailed()) {
                pulls[k] += part.pulls[i];
                tails[k] += part.tails[i];
            }
            for (int j = 0; j < dimension; j++) {
                firsts[k * dimension + j] += part.firsts[i * dimension + j];
            }
            add(seconds[k], part.seconds[i]);
        }
    }

    private static boolean same(double[] a, double[] b) {
        return a == b || Arrays.equals(a, b);
    }

    private static void add(double[] sum, double[] terms) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += terms[i];
        }
    }

    /**
     * All that was added up, to the bit: what {@link #restored} takes.
     *
     * @return weights, first moments, second moments, pulls and tails if there are any, then the sums over all components
     */
    public double[] toArray() {
        DoubleBuffer values = DoubleBuffer.allocate(length());
        values.put(weights).put(firsts);
        for (double[] second : seconds) {
            values.put(second);
        }
        if (tailed()) {
            values.put(pulls).put(tails);
        }
        values.put(logLikelihood)
                .put(logLikelihoodLost)
                .put(assignmentEntropy)
                .put(totalWeight)
                .put(leftOut);
        return values.array();
    }

    private int length() {
        return weights.length + firsts.length + seconds.length * seconds[0].length + 2 * tails.length + 5;
    }

    /**
     * Takes what moments about the same centres had added up, in place of what these have.
     *
     * @param array what {@link #toArray} gave
     * @return this
     * @throws IllegalArgumentException if it is of another length
     */
    public Moments restored(double[] array) {
        if (array.length != length()) {
            throw new IllegalArgumentException(array.length + " numbers for moments that take " + length());
        }
        DoubleBuffer values = DoubleBuffer.wrap(array);
        values.get(weights).get(firsts);
        for (double[] second : seconds) {
            values.get(second);
        }
        if (tailed()) {
            values.get(pulls).get(tails);
        }
        logLikelihood = values.get();
        logLikelihoodLost = values.get();
        assignmentEntropy = values.get();
        totalWeight = values.get();
        leftOut = values.get();
        return this;
    }

    @Override
    public void clear() {
        Arrays.fill(weights, 0);
        Arrays.fill(firsts, 0);
        for (double[] second : seconds) {
            Arrays.fill(second, 0);
        }
        Arrays.fill(pulls, 0);
        Arrays.fill(tails, 0);
        logLikelihood = 0;
        logLikelihoodLost = 0;
        assignmentEntropy = 0;
        totalWeight = 0;
        leftOut = 0;
    }
}
