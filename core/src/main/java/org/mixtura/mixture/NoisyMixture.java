package org.mixtura.mixture;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.Scan;

/**
 * A Gaussian mixture among noise that is spread evenly over a box of volume V, p(x) = ε/V + (1 − ε) Σ_k π_k N(x; μ_k, Σ_k): the
 * noise takes the rows that belong to no cluster, so that they pull at no component (Banfield &amp; Raftery 1993, <a
 * href="https://doi.org/10.2307/2532201">doi:10.2307/2532201</a>).
 *
 * <p>The density of the noise is ε/V everywhere, as in mclust: a row outside the box is noise and none of the clusters, though ln
 * p(x) is a log-density on the box alone. Samples are drawn from the box. Of a row with gaps the density of the noise is ε/V_o,
 * with the volume of the box in the columns that are there ({@link Box#logVolume(int...)}).
 *
 * <p>Questions of other packages are asked of {@link #gaussians()}, the mixture without its noise.
 */
public final class NoisyMixture {
    /** What stands for the noise where the components are numbered from 0. */
    public static final int NOISE = -1;

    private final GaussianMixture gaussians;
    private final double share;
    private final Box box;

    private NoisyMixture(GaussianMixture gaussians, double share, Box box) {
        this.gaussians = gaussians;
        this.share = share;
        this.box = box;
    }

    /**
     * A mixture with noise.
     *
     * @param gaussians the clusters, of d columns
     * @param share ε, from 0 to less than 1
     * @param box where the noise is, of d columns
     * @return the mixture
     * @throws IllegalArgumentException if the share is out of its range or the dimensions differ
     */
    public static NoisyMixture of(GaussianMixture gaussians, double share, Box box) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("the share of the noise is " + share + "; it is from 0 to less than 1");
        }
        if (box.dimension() != gaussians.dimension()) {
            throw new IllegalArgumentException("noise in " + box.dimension() + " columns does not fit a mixture of "
                    + gaussians.dimension() + " columns");
        }
        return new NoisyMixture(gaussians, share, box);
    }

    /** {@return the clusters, their weights π summing to one} */
    public GaussianMixture gaussians() {
        return gaussians;
    }

    /** {@return ε, the share of the noise} */
    public double share() {
        return share;
    }

    /** {@return where the noise is} */
    public Box box() {
        return box;
    }

    /** {@return the number of Gaussians, K; the noise is not counted} */
    public int size() {
        return gaussians.size();
    }

    /** {@return the number of columns, d} */
    public int dimension() {
        return gaussians.dimension();
    }

    /** {@return the names of the columns, d of them} */
    public List<String> columns() {
        return gaussians.columns();
    }

    /** {@return the number of free parameters: the Gaussians', the share and the volume of the noise, as mclust counts} */
    public long freeParameters() {
        return gaussians.freeParameters() + 2;
    }

    /** {@return ln(ε/V), the log-density of the noise, nats; −∞ if there is none} */
    public double logNoise() {
        return Math.log(share) - box.logVolume();
    }

    /**
     * The log-density of each row.
     *
     * @param rows n rows of d columns
     * @return ln p(x), nats, n values
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite and no gap
     */
    public double[] logDensity(Rows rows) {
        double[] result = new double[Math.toIntExact(rows.count())];
        score(
                rows,
                processors(),
                (first, count, logDensity, r) -> System.arraycopy(logDensity, 0, result, (int) first, count));
        return result;
    }

    /**
     * The responsibilities of each row.
     *
     * @param rows n rows of d columns
     * @return n × (K + 1) probabilities, each row summing to one, those of the noise last
     * @throws IllegalArgumentException as {@link #logDensity}
     */
    public Matrix responsibilities(Rows rows) {
        int n = Math.toIntExact(rows.count());
        int width = size() + 1;
        double[] result = new double[Math.multiplyExact(n, width)];
        score(
                rows,
                processors(),
                (first, count, logDensity, r) -> System.arraycopy(r, 0, result, (int) first * width, count * width));
        return Matrix.owning(n, width, result);
    }

    /**
     * The most probable component of each row.
     *
     * @param rows n rows of d columns
     * @return n numbers from 0 to K − 1, or {@link #NOISE}
     * @throws IllegalArgumentException as {@link #logDensity}
     */
    public int[] labels(Rows rows) {
        int[] result = new int[Math.toIntExact(rows.count())];
        score(rows, processors(), (first, count, logDensity, r) -> {
            for (int i = 0; i < count; i++) {
                result[(int) first + i] = label(r, i);
            }
        });
        return result;
    }

    /**
     * The most probable component of a row of scores.
     *
     * @param responsibilities those of some rows, K + 1 a row, the noise last
     * @param row which row, from 0
     * @return its number from 0, or {@link #NOISE}
     */
    public int label(double[] responsibilities, int row) {
        int label = GaussianMixture.largest(responsibilities, row * (size() + 1), size() + 1);
        return label == size() ? NOISE : label;
    }

    /**
     * Scores rows of any number, without holding the result.
     *
     * @param rows n rows of d columns
     * @param threads how many threads may work, at least 1
     * @param sink receives the scores in the order of the rows; the responsibilities are count × (K + 1), those of the noise last
     * @throws IllegalArgumentException if the dimensions differ, a value is not finite and no gap, or there is no thread
     */
    public void score(Rows rows, int threads, Mixture.ScoreSink sink) {
        if (rows.dimension() != dimension()) {
            throw new IllegalArgumentException(
                    "rows of " + rows.dimension() + " columns for a mixture of " + dimension() + " columns");
        }
        Scan.scores(rows, formsAbout(new double[dimension()]), threads, sink::accept);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Draws rows: noise by its share, else from the Gaussians.
     *
     * @param count n
     * @param random the source of randomness; the same source in the same state gives the same rows
     * @return n × d
     * @throws IllegalArgumentException if the count is negative
     */
    public Matrix sample(int count, RandomGenerator random) {
        if (!(count >= 0)) {
            throw new IllegalArgumentException("cannot draw " + count + " rows; the number must not be negative");
        }
        int d = dimension();
        double[] values = new double[Math.multiplyExact(count, d)];
        for (int i = 0; i < count; i++) {
            double[] row = random.nextDouble() < share
                    ? box.sample(random)
                    : gaussians.sample(1, random).row(0);
            System.arraycopy(row, 0, values, i * d, d);
        }
        return Matrix.owning(count, d, values);
    }

    /**
     * The same mixture under other column names.
     *
     * @param names d different names
     * @return the renamed mixture
     * @throws IllegalArgumentException if there are not d names or two are the same
     */
    public NoisyMixture named(List<String> names) {
        return new NoisyMixture(gaussians.named(names), share, box);
    }

    /**
     * The same mixture moved.
     *
     * @param shift d values
     * @return the mixture of x + shift
     */
    public NoisyMixture translated(double[] shift) {
        return new NoisyMixture(gaussians.translated(shift), share, box.translated(shift));
    }

    /** {@return the same mixture with its Gaussians in their canonical order} */
    public NoisyMixture canonical() {
        return canonical(0);
    }

    /**
     * The same mixture, its Gaussians behind some in their canonical order.
     *
     * @param kept how many Gaussians, the first ones, keep their places
     * @return the ordered mixture
     */
    public NoisyMixture canonical(int kept) {
        return new NoisyMixture(gaussians.canonical(kept), share, box);
    }

    /**
     * The forms with which the kernels score rows when means are relative to an origin; internal. The noise is a form that is
     * the same everywhere, A = 0 and c = ln(ε/V), behind the K others.
     *
     * @param origin d values
     * @return K + 1 forms
     */
    public QuadraticForms formsAbout(double[] origin) {
        QuadraticForms forms = gaussians.formsAbout(origin);
        int k = size();
        double[] constants = Arrays.copyOf(forms.constants(), k + 1);
        double[][] factors = new double[k + 1][];
        for (int i = 0; i < k; i++) {
            constants[i] += Math.log1p(-share);
            factors[i] = forms.factor(i);
        }
        constants[k] = logNoise();
        factors[k] = new double[QuadraticForms.size(forms.factor(), dimension())];
        double[] centres = Arrays.copyOf(forms.centres(), (k + 1) * dimension());
        return QuadraticForms.of(forms.factor(), origin, centres, constants, factors)
                .flat(k, box::logVolume);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoisyMixture mixture
                && Double.compare(share, mixture.share) == 0
                && gaussians.equals(mixture.gaussians)
                && box.equals(mixture.box);
    }

    @Override
    public int hashCode() {
        return 31 * gaussians.hashCode() + Double.hashCode(share);
    }

    @Override
    public String toString() {
        return gaussians + System.lineSeparator() + share + " of noise in a " + box;
    }
}
