package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.mixtura.data.Block;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/**
 * EM as the mixture fit of OTT-JAX runs it (its {@code fit_gmm}), step for step, for comparison with that program.
 *
 * <ul>
 *   <li>The start: k-means++ over the unweighted rows, chosen rows removed; then each row fully to its nearest centre, and to
 *       <em>each</em> of several that are equally near; then an M-step with the rows' weights.
 *   <li>The steps: plain E and M, full biased covariances, no regularisation, no convergence test, exactly as many as asked for.
 *   <li>Its two errors: a start without a valid attempt ends with "Failed to initialize.", a step to invalid parameters with
 *       "NaNs in fit.". Unlike the reference program, an attempt whose parameters are not valid counts as failed, as its
 *       documentation promises.
 * </ul>
 */
public final class ReferenceEm {
    private ReferenceEm() {}

    /**
     * The probabilities with which k-means++ chooses its next centre.
     *
     * @param points n rows of d values
     * @param chosen the rows chosen so far; none for the first choice
     * @return one probability per row, 0 for those chosen already: equal at first, then proportional to the squared distance to
     *     the nearest chosen row; NaN if all of these are zero
     */
    public static double[] choiceProbabilities(double[][] points, int... chosen) {
        double[] probabilities = new double[points.length];
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            double nearest = chosen.length == 0 ? 1 : Double.POSITIVE_INFINITY;
            for (int c : chosen) {
                nearest = c == i ? 0 : Math.min(nearest, squaredDistance(points[i], points[c]));
            }
            probabilities[i] = nearest;
            sum += nearest;
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }

    /**
     * The mixture that follows from assigning each row fully to its nearest centre, and to each of several equally near ones.
     *
     * @param rows n rows of d columns
     * @param centres K rows of d values
     * @return the M-step's mixture
     * @throws IllegalArgumentException if a component's covariance is not positive definite
     */
    public static GaussianMixture fromCentres(Rows rows, double[][] centres) {
        int k = centres.length;
        return mStep(rows, k, (block, first, responsibilities) -> {
            double[] distances = new double[k];
            for (int i = 0; i < block.count(); i++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int c = 0; c < k; c++) {
                    distances[c] = squaredDistance(row(block, i), centres[c]);
                    nearest = Math.min(nearest, distances[c]);
                }
                for (int c = 0; c < k; c++) {
                    responsibilities[i * k + c] = distances[c] == nearest ? 1 : 0;
                }
            }
        });
    }

    private static double[] row(Block block, int i) {
        int start = block.offset() + i * block.dimension();
        return Arrays.copyOfRange(block.values(), start, start + block.dimension());
    }

    /**
     * The mixture that follows from given responsibilities: weights Σ_n w_n R_nk normalised over k, weighted means, biased
     * covariances.
     *
     * @param rows n rows of d columns
     * @param responsibilities R, n × K; rows need not sum to one
     * @return the M-step's mixture
     * @throws IllegalArgumentException if a component's covariance is not positive definite
     */
    public static GaussianMixture fromResponsibilities(Rows rows, Matrix responsibilities) {
        int k = responsibilities.columns();
        return mStep(rows, k, (block, first, into) -> {
            for (int i = 0; i < block.count(); i++) {
                System.arraycopy(responsibilities.row((int) first + i), 0, into, i * k, k);
            }
        });
    }

    private static GaussianMixture mStep(Rows rows, int components, Scan.Assignment assignment) {
        Scan.refuseGaps(rows, "the reference program's EM");
        Scan.refuseCovariances(rows, "the reference program's EM");
        RowSummary summary = RowSummary.of(rows, 1);
        Moments moments = Initialization.Start.plain(rows, summary, components, Moments.Scatter.FULL, 0, 1)
                .moments(assignment);
        try {
            return plain(rows, summary, components).first(moments).translated(summary.origin());
        } catch (CollapseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static MaximumLikelihood plain(Rows rows, RowSummary summary, int components) {
        return new MaximumLikelihood(
                Freedom.of(CovarianceStructure.FULL), Regularization.none(), summary, rows.columns(), components);
    }

    /**
     * Finds a start by k-means++.
     *
     * @param rows n rows of d columns, in memory
     * @param components K
     * @param attempts how often to try, 50 in the reference program
     * @param random the source of randomness
     * @param verbose receives the line "Failed to initialize, attempt i." for each failed attempt, i from 0
     * @return the start
     * @throws IllegalArgumentException if K &lt; 1, K is greater than the number of different rows, or every attempt failed:
     *     "Failed to initialize."
     */
    public static GaussianMixture initialize(
            Rows rows, int components, int attempts, RandomGenerator random, Consumer<String> verbose) {
        Scan.refuseGaps(rows, "the reference program's EM");
        Scan.refuseCovariances(rows, "the reference program's EM");
        if (components < 1) {
            throw new IllegalArgumentException("components is " + components + "; a mixture has at least one");
        }
        double[][] points = points(rows);
        String failure = "no attempt was made";
        for (int attempt = 0; attempt < attempts; attempt++) {
            try {
                return fromCentres(rows, choose(points, components, random));
            } catch (IllegalArgumentException e) {
                failure = String.valueOf(e.getMessage());
                verbose.accept("Failed to initialize, attempt " + attempt + ".");
            }
        }
        throw new IllegalArgumentException("Failed to initialize. The last of " + attempts + " attempts: " + failure);
    }

    private static double[][] points(Rows rows) {
        double[][] points = new double[Math.toIntExact(rows.count())][];
        try (Rows.Reader reader = rows.reader()) {
            for (int i = 0; i < points.length; i++) {
                points[i] = row(reader.read(i, 1), 0);
            }
        }
        return points;
    }

    private static double[][] choose(double[][] points, int components, RandomGenerator random) {
        if (components > points.length) {
            throw new IllegalArgumentException(components + " centres from " + points.length + " rows");
        }
        int[] chosen = new int[0];
        while (chosen.length < components) {
            double[] probabilities = choiceProbabilities(points, chosen);
            double left = random.nextDouble();
            int next = -1;
            for (int i = 0; i < points.length && left >= 0; i++) {
                if (probabilities[i] > 0) {
                    next = i;
                    left -= probabilities[i];
                }
            }
            if (next < 0) {
                throw new IllegalArgumentException(
                        "only " + chosen.length + " different rows for " + components + " centres");
            }
            chosen = Arrays.copyOf(chosen, chosen.length + 1);
            chosen[chosen.length - 1] = next;
        }
        return Arrays.stream(chosen).mapToObj(i -> points[i]).toArray(double[][]::new);
    }

    /**
     * Runs EM steps.
     *
     * @param start the first model; steps = 0 returns it unchanged
     * @param rows n rows of d columns
     * @param steps how many steps
     * @param verbose receives the line "i q=Q -log prob=loss" after each step, i from 0
     * @return the fit; its history holds −loss after 0, 1, 2, … steps
     * @throws IllegalStateException if a step leads to invalid parameters: "NaNs in fit." with the step and the component
     */
    public static Fit<GaussianMixture> fit(GaussianMixture start, Rows rows, int steps, Consumer<String> verbose) {
        long began = System.nanoTime();
        Scan.refuseGaps(rows, "the reference program's EM");
        Scan.refuseCovariances(rows, "the reference program's EM");
        RowSummary summary = RowSummary.of(rows, 1);
        double[] origin = summary.origin();
        MaximumLikelihood algorithm = plain(rows, summary, start.size());
        GaussianMixture model =
                start.translated(Arrays.stream(origin).map(o -> -o).toArray()).named(rows.columns());
        Moments moments = Scan.moments(rows, algorithm.forms(model), Moments.Scatter.FULL, 1);
        List<Double> history = new ArrayList<>(List.of(meanLogLikelihood(moments)));
        for (int step = 0; step < steps; step++) {
            Moments before = moments;
            try {
                model = algorithm.update(before, model);
            } catch (CollapseException e) {
                throw new IllegalStateException("NaNs in fit. Step " + (step + 1) + ": " + e.getMessage(), e);
            }
            moments = Scan.moments(rows, algorithm.forms(model), Moments.Scatter.FULL, 1);
            history.add(meanLogLikelihood(moments));
            verbose.accept(step + "  q=" + expectedLogLikelihood(model, before) + "  -log prob="
                    + -meanLogLikelihood(moments));
        }
        Ascent.Climb<GaussianMixture> climb = new Ascent.Climb<>(
                model,
                moments,
                history.stream().mapToDouble(Double::doubleValue).toArray(),
                StopReason.MAX_ITERATIONS,
                "",
                Double.NaN);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("method", "em");
        options.put("compat", "reference");
        options.put("max_iter", Integer.toString(steps));
        return new Fit.Builder<>(steps == 0 ? start : model.translated(origin))
                .climbed(climb)
                .rows(rows.count())
                .freeParameters(start.freeParameters())
                .options(options)
                .seconds((System.nanoTime() - began) / 1e9)
                .build();
    }

    private static double meanLogLikelihood(Moments moments) {
        return moments.logLikelihood() / moments.totalWeight();
    }

    /**
     * The reference program's loss: −Σ w_n ln p(x_n) / Σ w.
     *
     * @param mixture the model
     * @param rows n rows of d columns
     * @return the loss, nats
     */
    public static double loss(GaussianMixture mixture, Rows rows) {
        return -meanLogLikelihood(Scan.moments(rows, mixture.forms(), Moments.Scatter.DIAGONAL, 1));
    }

    /**
     * The reference program's Q: the expected complete log-likelihood of one model under the responsibilities of another, Σ w_n
     * Σ_k R_nk (ln π_k + ln N(x_n; μ_k, Σ_k)) / Σ w.
     *
     * @param mixture the model to judge, Θ
     * @param previous the model that gives R, Θ_old
     * @param rows n rows of d columns
     * @return Q(Θ | Θ_old), nats
     */
    public static double q(GaussianMixture mixture, GaussianMixture previous, Rows rows) {
        Scan.refuseGaps(rows, "the reference program's EM");
        Scan.refuseCovariances(rows, "the reference program's EM");
        RowSummary summary = RowSummary.of(rows, 1);
        double[] back = Arrays.stream(summary.origin()).map(o -> -o).toArray();
        Moments moments =
                Scan.moments(rows, previous.translated(back).formsAbout(summary.origin()), Moments.Scatter.FULL, 1);
        return expectedLogLikelihood(mixture.translated(back), moments);
    }

    /** Q of a model relative to the origin, from the moments under the responsibilities of another. */
    private static double expectedLogLikelihood(GaussianMixture model, Moments moments) {
        int d = model.dimension();
        double sum = 0;
        for (int k = 0; k < model.size(); k++) {
            double weight = moments.weights()[k];
            double[] about = moments.scatter(k);
            double[] mean = moments.mean(k);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    double shift = (mean[i] - model.component(k).mean(i))
                            * (mean[j] - model.component(k).mean(j));
                    about[Packed.index(i, j)] += weight * shift;
                }
            }
            double logDeterminant = model.component(k).covariance().logDeterminant();
            sum += weight * (Math.log(model.weight(k)) - 0.5 * (d * Math.log(2 * Math.PI) + logDeterminant))
                    - 0.5 * model.component(k).covariance().traceOfInverseTimes(about);
        }
        return sum / moments.totalWeight();
    }
}
