package org.mixtura.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mixtura.bayes.GaussianPosterior;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.MixturePrior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.data.Rows;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;

/**
 * The published mean-field program for a mixture with fixed equal weights, with its own start and stop rule: μ_k ~ N(0, σ²I), c
 * ~ Uniform{1..K}, x ~ N(μ_c, I) (Blei, Kucukelbir &amp; McAuliffe 2017, <a
 * href="https://doi.org/10.1080/01621459.2017.1285773">doi:10.1080/01621459.2017.1285773</a>).
 *
 * <p>From means m_k and variances s²_k it updates responsibilities, then s²_k = 1/(1/σ² + Σ_n r_nk) and m_k = s²_k Σ_n r_nk
 * x_n, until the bound changes by less than the tolerance. For everything else use {@link VariationalBayes}.
 */
public final class MeanField {
    /** How the variances of the means enter the responsibilities. */
    public enum Variant {
        /** With D s²_k for D columns, as theory says; the bound never falls. */
        EXACT("exact"),
        /** With s²_k alone, as the published program has it. Right for one column; with more the bound may fall. */
        SEED_LITERAL("seed_literal");

        private final String label;

        Variant(String label) {
            this.label = label;
        }

        /** {@return the name on the command line} */
        public String label() {
            return label;
        }
    }

    /** The options; changed only before a program is made from them. */
    private static final class Settings extends FitSettings {
        private double sigma = 1;
        private Variant variant = Variant.EXACT;
        private MeanFieldStart start = MeanFieldStart.random();
        private double tolerance = 1e-10;
        private double absoluteTolerance;
        private int maxIterations = 1000;
    }

    private final Settings settings;

    private MeanField(Settings settings) {
        this.settings = settings;
    }

    private MeanField with(Consumer<Settings> change) {
        Settings changed = (Settings) settings.copy();
        change.accept(changed);
        return new MeanField(changed);
    }

    /**
     * The program with its defaults: σ = 1, a random start, relative tolerance 1e-10, at most 1,000 iterations.
     *
     * @param count K
     * @return the program
     * @throws IllegalArgumentException if K is less than 1
     */
    public static MeanField components(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("components is " + count + "; a mixture has at least one");
        }
        Settings settings = new Settings();
        settings.components = count;
        return new MeanField(settings);
    }

    /**
     * With another prior width of the means.
     *
     * @param value σ, a standard deviation, positive and finite
     * @return the program
     * @throws IllegalArgumentException if σ is not positive, or its square is not finite and positive
     */
    public MeanField sigma(double value) {
        double precision = 1 / (value * value);
        if (!(value > 0 && precision > 0 && precision < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "prior standard deviation sigma is " + value + "; it is positive, with a finite square");
        }
        return with(s -> s.sigma = value);
    }

    /**
     * With another variant of the responsibilities.
     *
     * @param value the variant
     * @return the program
     */
    public MeanField variant(Variant value) {
        return with(s -> s.variant = value);
    }

    /**
     * With another start.
     *
     * @param value where to start
     * @return the program
     */
    public MeanField start(MeanFieldStart value) {
        return with(s -> s.start = value);
    }

    /**
     * With another tolerance.
     *
     * @param value stop when the bound changes by no more than this times max(1, |bound|) in an iteration
     * @return the program
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public MeanField tolerance(double value) {
        return with(s -> s.tolerance = requireTolerance(value));
    }

    /**
     * With a tolerance in nats besides the relative one; the published program has 1e-10, and no relative one.
     *
     * @param value stop when the bound changes by no more than this in an iteration
     * @return the program
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public MeanField absoluteTolerance(double value) {
        return with(s -> s.absoluteTolerance = requireTolerance(value));
    }

    private static double requireTolerance(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tol is " + value + "; it is finite and not negative");
        }
        return value;
    }

    /**
     * With another iteration limit.
     *
     * @param value at least 0
     * @return the program
     * @throws IllegalArgumentException if it is negative
     */
    public MeanField maxIterations(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("max_iter is " + value + "; it is at least 0");
        }
        return with(s -> s.maxIterations = value);
    }

    /**
     * With another seed.
     *
     * @param value the seed of the start
     * @return the program
     */
    public MeanField seed(long value) {
        return with(s -> s.seed = value);
    }

    /**
     * With another number of threads; the result does not depend on it.
     *
     * @param value at least 1
     * @return the program
     * @throws IllegalArgumentException if it is less than 1
     */
    public MeanField threads(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("threads is " + value + "; it is at least 1");
        }
        return with(s -> s.threads = value);
    }

    /**
     * Runs the program.
     *
     * @param rows n rows of d columns
     * @return the posterior and the bound of every iteration; m_k is the mean of component k and s²_k = 1 / its mean
     *     precision
     * @throws IllegalArgumentException if a value is not finite, the start does not fit the rows, or there are fewer
     *     different rows than components for a start from clusters
     * @throws IllegalStateException if the bound of the exact variant falls, which would be a defect
     */
    public Trajectory run(Rows rows) {
        Scan.refuseGaps(rows, "mean-field");
        Scan.refuseCovariances(rows, "mean-field");
        RowSummary summary = RowSummary.of(rows, settings.threads);
        GaussianPosterior component = GaussianPrior.normal()
                .meanPrecision(1 / (settings.sigma * settings.sigma))
                .mean(new double[rows.dimension()])
                .about(summary);
        MixturePrior prior = MixturePrior.of(settings.components, WeightPrior.fixed(), component, true);
        VariationalInference algorithm = new VariationalInference(prior, summary, false);
        boolean exact = settings.variant == Variant.EXACT;
        return new CoordinateAscent(
                        rows, summary, algorithm, exact ? forms -> forms : MeanField::literal, settings.threads)
                .run(
                        start(rows, summary, prior),
                        stopRule(settings.tolerance, settings.absoluteTolerance, exact),
                        settings.maxIterations,
                        settings.seed,
                        options());
    }

    /** The forms with ½ s² in place of ½ D s²: c_k = ln 1/K − (D/2) ln 2π − ½ D s² tells s². */
    private static QuadraticForms literal(QuadraticForms forms) {
        int d = forms.dimension();
        double greatest = -Math.log(forms.components()) - d / 2.0 * Math.log(2 * Math.PI);
        double[] constants = forms.constants().clone();
        for (int k = 0; k < constants.length; k++) {
            constants[k] = greatest + (constants[k] - greatest) / d;
        }
        return forms.withConstants(constants);
    }

    private MixturePosterior start(Rows rows, RowSummary summary, MixturePrior prior) {
        int k = settings.components;
        MeanFieldStart.Values values = settings.start.values(rows, summary, k, settings.seed, settings.threads);
        List<GaussianPosterior> components = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            components.add(GaussianPosterior.of(
                    values.means()[i],
                    1 / values.variances()[i],
                    prior.component().precision()));
        }
        return MixturePosterior.of(prior, prior.weights().posterior(new double[k]), components);
    }

    /** Stops when the bound changes by no more than a tolerance; the exact variant's must not fall. */
    static CoordinateAscent.StopRule stopRule(double relative, double absolute, boolean exact) {
        return (previous, bound, iteration) -> {
            double rounding = 1e-12 * Math.max(1, Math.abs(bound));
            if (exact && !(bound >= previous - rounding)) {
                throw new IllegalStateException("the bound fell from " + previous + " to " + bound + " in iteration "
                        + iteration + "; please report this");
            }
            return Math.abs(bound - previous) <= Math.max(absolute, relative * Math.max(1, Math.abs(bound)));
        };
    }

    /**
     * E ln p(μ) under a posterior of this program, −(KD/2) ln 2πσ² − Σ_k (‖m_k‖² + D s²_k)/(2σ²).
     *
     * @param posterior a posterior of {@link #run}
     * @return nats; with {@link #entropyOfMeans} it makes up minus the Gaussian divergence of the bound
     */
    public double expectedLogPriorOfMeans(MixturePosterior posterior) {
        double square = settings.sigma * settings.sigma;
        int d = posterior.dimension();
        double sum = 0;
        for (GaussianPosterior component : posterior.components()) {
            double norm = IntStream.range(0, d)
                    .mapToDouble(j -> component.mean()[j] * component.mean()[j])
                    .sum();
            sum -= d * Math.log(2 * Math.PI * square) / 2 + (norm + d / component.meanPrecision()) / (2 * square);
        }
        return sum;
    }

    /**
     * The entropy of q(μ) under a posterior of this program, (D/2) Σ_k ln 2πe s²_k.
     *
     * @param posterior a posterior of {@link #run}
     * @return nats
     */
    public double entropyOfMeans(MixturePosterior posterior) {
        double sum = 0;
        for (GaussianPosterior component : posterior.components()) {
            sum += posterior.dimension() * Math.log(2 * Math.PI * Math.E / component.meanPrecision()) / 2;
        }
        return sum;
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("method", "mean-field");
        options.put("components", Integer.toString(settings.components));
        options.put("sigma", Double.toString(settings.sigma));
        options.put("variant", settings.variant.label());
        options.put("init", settings.start.toString());
        options.put("max_iter", Integer.toString(settings.maxIterations));
        options.put("tol", Double.toString(settings.tolerance));
        options.put("absolute_tol", Double.toString(settings.absoluteTolerance));
        options.put("seed", Long.toString(settings.seed));
        return options;
    }

    @Override
    public String toString() {
        return options().toString();
    }
}
