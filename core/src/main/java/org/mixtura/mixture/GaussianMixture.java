package org.mixtura.mixture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.PointForms;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.linalg.Packed;

/**
 * A mixture of K Gaussians over d named columns, p(x) = Σ_k π_k N(x; μ_k, Σ_k).
 *
 * <p>Log-densities are in nats and computed by log-sum-exp, so no density underflows. A component of weight 0 is kept and
 * never owns a row. Components that share one covariance <em>object</em> make a tied mixture ({@link #tied}), which counts
 * its parameters once.
 *
 * <p>Methods over {@link Rows} use all processors; their results have the same bits for any number of them.
 *
 * <p>The file is long because this is the one type that its users hold; each method is a few lines, and what takes more is
 * in {@code MixtureScores} and {@code MixtureWeights}.
 */
public final class GaussianMixture implements Mixture {
    private final double[] weights;
    private final List<Gaussian> components;
    private final List<String> columns;
    private final CovarianceStructure structure;

    /** What scores one point, made when first asked for. */
    private volatile @Nullable PointForms pointForms;

    private GaussianMixture(
            double[] weights, List<Gaussian> components, List<String> columns, CovarianceStructure structure) {
        this.weights = weights;
        this.components = components;
        this.columns = columns;
        this.structure = structure;
    }

    /**
     * A mixture; its columns are called x0, x1, ….
     *
     * @param weights π, K numbers that are not negative and sum to one within 1e-9; copied, and divided by
     *     their sum if that is off by more than rounding
     * @param components K Gaussians of one dimension
     * @return the mixture
     * @throws IllegalArgumentException if the weights break their rule, the numbers of weights and components differ, or the
     *     components' dimensions or kinds of covariance do
     */
    public static GaussianMixture of(double[] weights, List<Gaussian> components) {
        if (components.isEmpty()) {
            throw new IllegalArgumentException("a mixture needs at least one component");
        }
        if (weights.length != components.size()) {
            throw new IllegalArgumentException(weights.length + " weights for " + components.size() + " components");
        }
        int d = components.get(0).dimension();
        for (int k = 1; k < components.size(); k++) {
            if (components.get(k).dimension() != d) {
                throw new IllegalArgumentException(
                        "component " + k + " has " + components.get(k).dimension() + " columns, component 0 has " + d);
            }
            if (components.get(k).covariance().factor()
                    != components.get(0).covariance().factor()) {
                throw new IllegalArgumentException("component " + k + " has a "
                        + components.get(k).covariance().structure().label() + " covariance, component 0 a "
                        + components.get(0).covariance().structure().label()
                        + " one; make all of them full, with Covariance.full(covariance.toMatrix())");
            }
        }
        List<String> columns = IntStream.range(0, d).mapToObj(j -> "x" + j).toList();
        return new GaussianMixture(
                MixtureWeights.normalised(weights), List.copyOf(components), columns, structure(components));
    }

    /**
     * A mixture whose components share one covariance; its columns are called x0, x1, ….
     *
     * @param weights π, K numbers that are not negative and sum to one within 1e-9
     * @param means μ_k, K rows of d values
     * @param covariance Σ of all components
     * @return the mixture
     * @throws IllegalArgumentException as {@link #of}
     */
    public static GaussianMixture tied(double[] weights, List<double[]> means, Covariance covariance) {
        return of(
                weights,
                means.stream().map(mean -> Gaussian.of(mean, covariance)).toList());
    }

    private static CovarianceStructure structure(List<Gaussian> components) {
        Covariance first = components.get(0).covariance();
        boolean shared =
                components.size() > 1 && components.stream().allMatch(component -> component.covariance() == first);
        if (!shared) {
            return first.structure();
        }
        return switch (first.structure()) {
            case DIAGONAL -> CovarianceStructure.TIED_DIAGONAL;
            case SPHERICAL -> CovarianceStructure.TIED_SPHERICAL;
            default -> CovarianceStructure.TIED;
        };
    }

    /**
     * The same mixture under other column names.
     *
     * @param names d different names
     * @return the renamed mixture
     * @throws IllegalArgumentException if there are not d names or two are the same
     */
    @Override
    public GaussianMixture named(List<String> names) {
        return new GaussianMixture(weights, components, Rows.checkColumns(names, dimension()), structure);
    }

    /**
     * The same mixture, said to have a structure, which its parameters are then counted by and its file tells. How much the
     * covariances really have in common is not checked, since they hold it to rounding only; that they are of the right kind is.
     *
     * @param value the structure
     * @return the mixture; itself if there is one component, of which nothing can be common
     * @throws IllegalArgumentException if the components' covariances are of another kind, or do not share one object where
     *     the structure is a tied one
     */
    public GaussianMixture structured(CovarianceStructure value) {
        CovarianceStructure own = components.get(0).covariance().structure();
        String refused = "a mixture of " + structure.label() + " covariances cannot be of structure " + value.label();
        if (value.unconstrained() != own) {
            throw new IllegalArgumentException(
                    refused + ", which takes " + value.unconstrained().label() + " ones");
        }
        if (value.tied() && value != structure && size() > 1) {
            throw new IllegalArgumentException(refused + ", whose components share one; use GaussianMixture.tied");
        }
        return size() == 1 || value == structure ? this : new GaussianMixture(weights, components, columns, value);
    }

    /** {@return the number of components, K} */
    @Override
    public int size() {
        return weights.length;
    }

    /** {@return the number of columns, d} */
    @Override
    public int dimension() {
        return components.get(0).dimension();
    }

    /** {@return the names of the columns, d of them} */
    @Override
    public List<String> columns() {
        return columns;
    }

    /** {@return π, K values that sum to one, a copy} */
    @Override
    public double[] weights() {
        return weights.clone();
    }

    /**
     * The weight of one component.
     *
     * @param component k, from 0
     * @return π_k
     */
    public double weight(int component) {
        return weights[component];
    }

    /** {@return the components, K of them} */
    public List<Gaussian> components() {
        return components;
    }

    /**
     * One component.
     *
     * @param component k, from 0
     * @return its Gaussian
     */
    public Gaussian component(int component) {
        return components.get(component);
    }

    /** {@return this mixture} */
    @Override
    public GaussianMixture gaussians() {
        return this;
    }

    /** {@return what the covariances have in common} */
    public CovarianceStructure structure() {
        return structure;
    }

    /** {@return the number of free parameters: covariances as the structure counts them, K · d means, K − 1 weights} */
    public long freeParameters() {
        return structure.parameters(size(), dimension());
    }

    /**
     * The density at a point. Allocates nothing after a thread's first call.
     *
     * @param x d values
     * @return p(x); 0 where it underflows, see {@link #logDensity(double[])}
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    public double density(double[] x) {
        return Math.exp(logDensity(x));
    }

    /**
     * The logarithm of the density at a point. Allocates nothing after a thread's first call.
     *
     * @param x d values
     * @return ln p(x), in nats; −∞ where the distance from every component overflows
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    @Override
    public double logDensity(double[] x) {
        requirePoint(x);
        return pointForms().logDensity(x);
    }

    private PointForms pointForms() {
        PointForms known = pointForms;
        if (known == null) {
            known = new PointForms(forms());
            pointForms = known;
        }
        return known;
    }

    /** Checks that a point has d finite values. */
    void requirePoint(double[] x) {
        if (x.length != dimension()) {
            throw new IllegalArgumentException(
                    "a point of " + x.length + " values for a mixture of " + dimension() + " columns");
        }
        for (int j = 0; j < x.length; j++) {
            if (!Double.isFinite(x[j])) {
                throw new IllegalArgumentException(
                        "column \"" + columns.get(j) + "\" is " + x[j] + "; every value must be a finite number");
            }
        }
    }

    /**
     * The probabilities of the components given a point, r_k = π_k N(x; μ_k, Σ_k) / p(x).
     *
     * @param x d values
     * @return K values that sum to one; if p(x) is too small even for its logarithm, 1 for the component whose Mahalanobis
     *     distance is least
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    @Override
    public double[] responsibilities(double[] x) {
        requirePoint(x);
        double[] shares = new double[weights.length];
        pointForms().score(x, shares);
        double largest = shares[largest(shares, 0, shares.length)];
        if (largest == Double.NEGATIVE_INFINITY) {
            // Too far for densities: the kernels know which component is nearest.
            return responsibilities(Rows.of(x)).row(0);
        }
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = Math.exp(shares[k] - largest);
            sum += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= sum;
        }
        return shares;
    }

    /**
     * The most probable component of a point.
     *
     * @param x d values
     * @return its number, from 0; of equals the first
     * @throws IllegalArgumentException if there are not d values or one is not finite
     */
    public int label(double[] x) {
        return largest(responsibilities(x), 0, weights.length);
    }

    /**
     * The place of the largest of some responsibilities.
     *
     * @param responsibilities an array that holds them
     * @param from where they start
     * @param count how many they are
     * @return the first largest one, from 0
     */
    public static int largest(double[] responsibilities, int from, int count) {
        int best = 0;
        for (int k = 1; k < count; k++) {
            if (responsibilities[from + k] > responsibilities[from + best]) {
                best = k;
            }
        }
        return best;
    }

    /**
     * Draws rows: a component by weight, then a point of it.
     *
     * @param count n
     * @param random the source of randomness; the same source in the same state gives the same rows
     * @return n × d
     * @throws IllegalArgumentException if the count is negative
     */
    @Override
    public Matrix sample(int count, RandomGenerator random) {
        if (!(count >= 0)) {
            throw new IllegalArgumentException("cannot draw " + count + " rows; the number must not be negative");
        }
        int d = dimension();
        double[] values = new double[Math.multiplyExact(count, d)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(component(MixtureWeights.draw(weights, random)).sample(random), 0, values, i * d, d);
        }
        return Matrix.owning(count, d, values);
    }

    /** {@return the mean of the whole mixture, Σ_k π_k μ_k, d values} */
    public double[] mean() {
        double[] mean = component(MixtureWeights.heaviest(weights)).mean();
        double[] away = meanAway();
        for (int j = 0; j < mean.length; j++) {
            mean[j] += away[j];
        }
        return mean;
    }

    /** m − μ_h with h the heaviest component: far from zero it keeps digits that m itself cannot hold. */
    private double[] meanAway() {
        Gaussian heaviest = component(MixtureWeights.heaviest(weights));
        double[] away = new double[dimension()];
        for (int k = 0; k < weights.length; k++) {
            for (int j = 0; j < away.length && weights[k] > 0; j++) {
                away[j] += weights[k] * (component(k).mean(j) - heaviest.mean(j));
            }
        }
        return away;
    }

    /** {@return the covariance of the whole mixture, Σ_k π_k (Σ_k + (μ_k − m)(μ_k − m)ᵀ) with m its mean} */
    public Covariance covariance() {
        int d = dimension();
        Gaussian heaviest = component(MixtureWeights.heaviest(weights));
        double[] meanAway = meanAway();
        double[] sum = new double[Packed.size(d)];
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] > 0) {
                Gaussian component = component(k);
                double[] away = new double[d];
                for (int i = 0; i < d; i++) {
                    away[i] = component.mean(i) - heaviest.mean(i) - meanAway[i];
                    for (int j = 0; j <= i; j++) {
                        sum[Packed.index(i, j)] +=
                                weights[k] * (component.covariance().get(i, j) + away[i] * away[j]);
                    }
                }
            }
        }
        return Covariance.full(sum, d);
    }

    /**
     * The mixture of some of the columns.
     *
     * @param names which columns, in the order wanted
     * @return their mixture
     * @throws IllegalArgumentException if there is no such column or one is named twice
     */
    public GaussianMixture marginal(String... names) {
        int[] wanted = Arrays.stream(names).mapToInt(this::column).toArray();
        if (Arrays.stream(wanted).distinct().count() != wanted.length || wanted.length == 0) {
            throw new IllegalArgumentException("a marginal needs different columns, got " + Arrays.toString(names));
        }
        GaussianMixture marginal = rebuilt(
                        weights,
                        IntStream.range(0, size())
                                .mapToObj(k -> component(k).marginal(wanted))
                                .toList())
                .named(List.of(names));
        // No structure depends on the order of the columns.
        return wanted.length == dimension() ? marginal.structured(structure) : marginal;
    }

    /**
     * The mixture of the other columns when one is known.
     *
     * @param name the known column
     * @param value its value
     * @return the mixture of the columns that are left, in their order
     * @throws IllegalArgumentException if there is no such column, or no other, or the value is not finite
     */
    public GaussianMixture given(String name, double value) {
        return given(Map.of(name, value));
    }

    /**
     * The mixture of the other columns when some are known: each component's conditional, weighted by π_k N(x_B; μ_kB,
     * Σ_kBB); if x_B is too far from all of them for densities, that of the nearest alone.
     *
     * @param known the known columns and their values, x_B
     * @return the mixture of the columns that are left, in their order
     * @throws IllegalArgumentException if there is no such column, or none is left, or a value is not finite
     */
    public GaussianMixture given(Map<String, Double> known) {
        if (known.isEmpty()) {
            return this;
        }
        known.forEach((name, value) -> {
            if (value == null) {
                throw new IllegalArgumentException("column \"" + name + "\" has no value");
            }
        });
        int[] which = known.keySet().stream().mapToInt(this::column).sorted().toArray();
        String[] names = Arrays.stream(which).mapToObj(columns::get).toArray(String[]::new);
        double[] values = Arrays.stream(names).mapToDouble(known::get).toArray();
        int[] left = Gaussian.others(which, dimension());
        double[] posterior = marginal(names).responsibilities(values);
        List<Gaussian> conditionals = IntStream.range(0, size())
                .mapToObj(k -> component(k).given(which, values))
                .toList();
        return rebuilt(posterior, conditionals)
                .named(Arrays.stream(left).mapToObj(columns::get).toList());
    }

    private int column(String name) {
        int at = columns.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("no column \"" + name + "\"; the columns are " + columns);
        }
        return at;
    }

    /**
     * The same components in other form, by a map that takes multiples of a covariance to multiples: those of a tied mixture go
     * on sharing one covariance, those of one shape and orientation go on being multiples. Other structures are lost.
     */
    private GaussianMixture rebuilt(double[] newWeights, List<Gaussian> newComponents) {
        if (!structure.tied()) {
            GaussianMixture mixture = of(newWeights, newComponents);
            boolean multiples = structure == CovarianceStructure.VEI || structure == CovarianceStructure.VEE;
            boolean full = mixture.structure == CovarianceStructure.FULL;
            return multiples ? mixture.structured(full ? CovarianceStructure.VEE : CovarianceStructure.VEI) : mixture;
        }
        Covariance shared = newComponents.get(0).covariance();
        return tied(newWeights, newComponents.stream().map(Gaussian::mean).toList(), shared);
    }

    /**
     * The mixture of B x + c; its columns are called x0, x1, … unless B is square.
     *
     * @param b B, m × d, of full row rank
     * @param c m values
     * @return the mixture of the m images; its covariances are full
     * @throws IllegalArgumentException if the shapes do not fit or the rank is not full
     */
    public GaussianMixture image(Matrix b, double[] c) {
        GaussianMixture image =
                rebuilt(weights, components.stream().map(g -> g.image(b, c)).toList());
        return b.rows() == dimension() ? image.named(columns) : image;
    }

    /**
     * The same mixture moved.
     *
     * @param shift d values
     * @return the mixture of x + shift
     */
    public GaussianMixture translated(double[] shift) {
        return new GaussianMixture(
                weights, components.stream().map(g -> g.translated(shift)).toList(), columns, structure);
    }

    /**
     * The same mixture with its components in a canonical order: heaviest first; of equals the one with the smaller mean in
     * the first column that differs; of equals again the one with the smaller element of the covariance, row by row.
     *
     * @return the ordered mixture
     */
    public GaussianMixture canonical() {
        return canonical(0);
    }

    /**
     * The same mixture, its components behind some in the order of {@link #canonical()}.
     *
     * @param kept how many components, the first ones, keep their places
     * @return the ordered mixture
     */
    public GaussianMixture canonical(int kept) {
        return permuted(canonicalOrder(kept));
    }

    /** The present number of each component in its canonical place, some of the first kept in theirs. */
    List<Integer> canonicalOrder(int kept) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
        Comparator<Integer> heaviest = Comparator.comparingDouble(k -> -weights[k]);
        Comparator<Integer> nearest =
                (a, b) -> Arrays.compare(component(a).mean(), component(b).mean());
        Comparator<Integer> narrowest = (a, b) -> Arrays.compare(
                component(a).covariance().lowerTriangle(),
                component(b).covariance().lowerTriangle());
        order.subList(kept, order.size()).sort(heaviest.thenComparing(nearest).thenComparing(narrowest));
        return order;
    }

    /**
     * The same mixture with its components in another order.
     *
     * @param order the present number of each component in its new place, K different numbers from 0
     * @return the permuted mixture
     * @throws IllegalArgumentException if the order is not a permutation
     */
    public GaussianMixture permuted(List<Integer> order) {
        List<Integer> sorted = new ArrayList<>(order);
        Collections.sort(sorted);
        if (!sorted.equals(IntStream.range(0, size()).boxed().toList())) {
            throw new IllegalArgumentException(order + " is not an order of " + size() + " components");
        }
        double[] permuted = order.stream().mapToDouble(k -> weights[k]).toArray();
        return new GaussianMixture(permuted, order.stream().map(components::get).toList(), columns, structure);
    }

    /** {@return the forms with which the kernels score rows; internal} */
    public QuadraticForms forms() {
        // No origin other than zero: x − μ_k is rounded once, and any other origin costs digits near some component.
        return formsAbout(new double[dimension()]);
    }

    /**
     * The forms with which the kernels score rows when this mixture's means are relative to an origin; internal.
     *
     * @param origin d values
     * @return s_k(x) = ln π_k + ln N(x − origin; μ_k, Σ_k)
     */
    @Override
    public QuadraticForms formsAbout(double[] origin) {
        return MixtureScores.forms(this, origin);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GaussianMixture mixture
                && Arrays.equals(weights, mixture.weights)
                && components.equals(mixture.components)
                && columns.equals(mixture.columns)
                && structure == mixture.structure;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + components.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                "mixture of " + size() + " " + structure.label() + " Gaussians in " + dimension() + " columns");
        for (int k = 0; k < size(); k++) {
            text.append(System.lineSeparator()).append(weights[k]).append(" × ").append(component(k));
        }
        return text.toString();
    }
}
