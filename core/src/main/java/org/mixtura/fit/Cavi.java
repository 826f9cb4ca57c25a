package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mixtura.bayes.GaussianPosterior;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.MixturePrior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;

/**
 * The published coordinate-ascent program for a Bayesian mixture of Gaussians with covariance I, with its own start, order of
 * updates and stop rule: π ~ Dirichlet(α), μ_k ~ N(φ/ν, I/ν), x ~ N(μ_k, I).
 *
 * <p>It starts from hard clusters, μ_k ~ N(cluster mean, I), and updates assignments, weights and means in this order until an
 * iteration gains less than the tolerance. For everything else use {@link VariationalBayes}, which has the same model among
 * others.
 *
 * <ul>
 *   <li>φ is the natural parameter: the prior mean is φ/ν.
 *   <li>Without given clusters every row is drawn one at random; a cluster that stays empty is given a random row of a
 *       cluster that has several.
 *   <li>A gain below −1e-4 is an error. Both thresholds grow with the bound, to 1e-12 of it, where sums of many rows cannot be
 *       more exact.
 * </ul>
 */
public final class Cavi {
    /** By how much the bound may fall, as in the published program. */
    private static final double FALL = 1e-4;
    /** The rounding of a bound relative to its size. */
    private static final double RELATIVE = 1e-12;

    /** The options; changed only before a program is made from them. */
    private static final class Settings extends FitSettings {
        private WeightPrior weights = WeightPrior.dirichlet(1);
        private double nu = 1;
        /** One value per column, or one for all. */
        private double[] phi = {0};

        private boolean sharedPhi = true;
        private int @Nullable [] clusters;
        private double tolerance = 1e-5;
        private int maxIterations = 100;
    }

    private final Settings settings;

    private Cavi(Settings settings) {
        this.settings = settings;
    }

    private Cavi with(Consumer<Settings> change) {
        Settings changed = (Settings) settings.copy();
        change.accept(changed);
        return new Cavi(changed);
    }

    /**
     * The program with its defaults: α = 1, ν = 1, φ = 0, tolerance 1e-5, at most 100 iterations.
     *
     * @param count K
     * @return the program
     * @throws IllegalArgumentException if K is less than 1
     */
    public static Cavi components(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("components is " + count + "; a mixture has at least one");
        }
        Settings settings = new Settings();
        settings.components = count;
        return new Cavi(settings);
    }

    /**
     * With another concentration of the weights.
     *
     * @param value α of each component, positive and finite
     * @return the program
     * @throws IllegalArgumentException if α is not positive and finite
     */
    public Cavi alpha(double value) {
        return with(s -> s.weights = WeightPrior.dirichlet(value));
    }

    /**
     * With a concentration for each component.
     *
     * @param value α, K values, positive and finite
     * @return the program
     * @throws IllegalArgumentException if a value is not positive and finite
     */
    public Cavi alpha(double[] value) {
        return with(s -> s.weights = WeightPrior.dirichlet(value));
    }

    /**
     * With another prior precision of the means.
     *
     * @param value ν, positive and finite
     * @return the program
     * @throws IllegalArgumentException if ν is not positive and finite
     */
    public Cavi nu(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("prior precision nu is " + value + "; it is positive and finite");
        }
        return with(s -> s.nu = value);
    }

    /**
     * With another natural parameter of the means' prior, the same in every column.
     *
     * @param value φ, finite; the prior mean is φ/ν
     * @return the program
     * @throws IllegalArgumentException if φ is not finite
     */
    public Cavi phi(double value) {
        return phi(new double[] {value}, true);
    }

    /**
     * With another natural parameter of the means' prior.
     *
     * @param value φ, d finite values; the prior mean is φ/ν
     * @return the program
     * @throws IllegalArgumentException if a value is not finite
     */
    public Cavi phi(double[] value) {
        return phi(value.clone(), false);
    }

    private Cavi phi(double[] value, boolean shared) {
        for (double v : value) {
            if (!Double.isFinite(v)) {
                throw new IllegalArgumentException("prior parameter phi is " + v + "; it is finite");
            }
        }
        return with(s -> {
            s.phi = value;
            s.sharedPhi = shared;
        });
    }

    /**
     * With given clusters to start from.
     *
     * @param labels a number from 0 to K − 1 per row, each of them used; copied
     * @return the program
     */
    public Cavi startClusters(int[] labels) {
        return with(s -> s.clusters = labels.clone());
    }

    /**
     * With another tolerance.
     *
     * @param value the least gain of the total bound in an iteration, nats
     * @return the program
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Cavi tolerance(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tol is " + value + "; it is finite and not negative");
        }
        return with(s -> s.tolerance = value);
    }

    /**
     * With another iteration limit.
     *
     * @param value at least 0
     * @return the program
     * @throws IllegalArgumentException if it is negative
     */
    public Cavi maxIterations(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("max_iter is " + value + "; it is at least 0");
        }
        return with(s -> s.maxIterations = value);
    }

    /**
     * With another seed.
     *
     * @param value the seed of random start clusters
     * @return the program
     */
    public Cavi seed(long value) {
        return with(s -> s.seed = value);
    }

    /**
     * With another number of threads; the result does not depend on it.
     *
     * @param value at least 1
     * @return the program
     * @throws IllegalArgumentException if it is less than 1
     */
    public Cavi threads(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("threads is " + value + "; it is at least 1");
        }
        return with(s -> s.threads = value);
    }

    /**
     * Runs the program.
     *
     * @param rows n rows of d columns
     * @return the posterior and the bound of every iteration; α̃ is the concentration of the weights, ν̃_k the mean
     *     precision of component k, 1/ν̃_k its variance, and φ̃_k = ν̃_k m_k
     * @throws IllegalArgumentException if a value is not finite, there are fewer rows than components, an option does not fit
     *     the rows, or a start cluster has no row with weight
     * @throws IllegalStateException if the bound falls, which would be a defect
     */
    public Trajectory run(Rows rows) {
        Scan.refuseGaps(rows, "cavi");
        Scan.refuseCovariances(rows, "cavi");
        int k = settings.components;
        if (k > rows.count()) {
            throw new IllegalArgumentException(
                    k + " components for " + rows.count() + " rows; ask for at most as many as there are rows");
        }
        int[] clusters = settings.clusters == null ? randomClusters(rows) : settings.clusters;
        Initialization initialization = Initialization.labels(clusters);
        initialization.check(rows, k);
        RowSummary summary = RowSummary.of(rows, settings.threads);
        GaussianPosterior component = GaussianPrior.normal()
                .meanPrecision(settings.nu)
                .mean(priorMean(rows.dimension()))
                .about(summary);
        MixturePrior prior = MixturePrior.of(k, settings.weights, component, true);
        VariationalInference algorithm = new VariationalInference(prior, summary, false);
        Moments moments = initialization.moments(
                Initialization.Start.plain(rows, summary, k, algorithm.scatter(), settings.seed, settings.threads));
        List<GaussianPosterior> starts = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            if (!(moments.weights()[i] > 0)) {
                throw new IllegalArgumentException("start cluster " + i + " of " + k
                        + " has no row with weight, so it has no mean; give it a row or ask for fewer components");
            }
            starts.add(GaussianPosterior.of(moments.mean(i), 1, component.precision()));
        }
        MixturePosterior start = MixturePosterior.of(prior, settings.weights.posterior(new double[k]), starts);
        return new CoordinateAscent(rows, summary, algorithm, UnaryOperator.identity(), settings.threads)
                .run(start, stopRule(settings.tolerance), settings.maxIterations, settings.seed, options());
    }

    private double[] priorMean(int d) {
        double[] phi = settings.phi;
        if (settings.sharedPhi) {
            phi = new double[d];
            Arrays.fill(phi, settings.phi[0]);
        }
        if (phi.length != d) {
            throw new IllegalArgumentException(
                    "prior parameter phi has " + phi.length + " values, the rows have " + d + " columns");
        }
        return Arrays.stream(phi).map(p -> p / settings.nu).toArray();
    }

    private int[] randomClusters(Rows rows) {
        SplittableRandom random = new SplittableRandom(Restarts.seed(settings.seed, 0, 0));
        int[] labels = new int[Math.toIntExact(rows.count())];
        int[] sizes = new int[settings.components];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(sizes.length);
            sizes[labels[i]]++;
        }
        for (int k = 0; k < sizes.length; k++) {
            while (sizes[k] == 0) {
                int row = random.nextInt(labels.length);
                if (sizes[labels[row]] > 1) {
                    sizes[labels[row]]--;
                    labels[row] = k;
                    sizes[k]++;
                }
            }
        }
        return labels;
    }

    /** Stops at a gain below the tolerance; a fall by more than 1e-4 is an error. */
    static CoordinateAscent.StopRule stopRule(double tolerance) {
        return (previous, bound, iteration) -> {
            double floor = RELATIVE * Math.abs(bound);
            double gain = bound - previous;
            if (!(gain >= -Math.max(FALL, floor))) {
                throw new IllegalStateException("ELBO is going down! It fell from " + previous + " to " + bound
                        + " in iteration " + iteration + "; please report this");
            }
            return gain < Math.max(tolerance, floor);
        };
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("method", "cavi");
        options.put("components", Integer.toString(settings.components));
        options.put("weights", settings.weights.toString());
        options.put("nu", Double.toString(settings.nu));
        options.put("phi", settings.sharedPhi ? Double.toString(settings.phi[0]) : Arrays.toString(settings.phi));
        options.put("init", settings.clusters == null ? "random clusters" : "labels");
        options.put("max_iter", Integer.toString(settings.maxIterations));
        options.put("tol", Double.toString(settings.tolerance));
        options.put("seed", Long.toString(settings.seed));
        return options;
    }

    @Override
    public String toString() {
        return options().toString();
    }
}
