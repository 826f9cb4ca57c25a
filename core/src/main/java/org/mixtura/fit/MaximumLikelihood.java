package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * EM's three formulas, for every covariance structure (Dempster, Laird &amp; Rubin 1977).
 *
 * <p>With the moments of a pass, N_k, means x̄_k and scatters S_k: π_k = N_k / Σ N, μ_k = x̄_k and
 *
 * <ul>
 *   <li>full: Σ_k = (S_k + aΛ)/(N_k + a) + ε I;
 *   <li>diagonal: the diagonal of the same; spherical: the mean of that diagonal;
 *   <li>tied structures: the same with Σ_k S_k and Σ_k N_k in place of S_k and N_k.
 * </ul>
 *
 * <p>A component that owns no weight keeps its mean and covariance and gets weight 0. Parameters are mixtures whose means are
 * relative to the rows' origin.
 */
final class MaximumLikelihood implements Algorithm<GaussianMixture> {
    /** A variance this small next to the column's variance in all rows is rounding: the component has collapsed. */
    private static final double COLLAPSED = 1e-14;

    private final CovarianceStructure structure;
    private final Regularization regularization;
    private final RowSummary summary;
    private final double[] origin;
    private final double[] pseudoScatter;
    private final List<String> columns;

    MaximumLikelihood(
            CovarianceStructure structure,
            Regularization regularization,
            RowSummary summary,
            List<String> columns,
            int components) {
        this.structure = structure;
        this.regularization = regularization;
        this.summary = summary;
        this.origin = summary.origin();
        this.pseudoScatter = regularization.pseudoScatter(summary, components);
        this.columns = columns;
    }

    @Override
    public QuadraticForms forms(GaussianMixture parameters) {
        return parameters.formsAbout(origin);
    }

    @Override
    public Moments.Scatter scatter() {
        return structure == CovarianceStructure.FULL || structure == CovarianceStructure.TIED
                ? Moments.Scatter.FULL
                : Moments.Scatter.DIAGONAL;
    }

    @Override
    public GaussianMixture update(Moments moments, GaussianMixture previous) {
        return structure.tied() ? tied(moments) : separate(moments, previous);
    }

    /** The parameters that follow from moments without a model before them, as at a start. */
    GaussianMixture first(Moments moments) {
        for (int k = 0; k < moments.components(); k++) {
            if (!(moments.weights()[k] > 0)) {
                throw new CollapseException(name(k, moments.components()) + " owns no row");
            }
        }
        return structure.tied() ? tied(moments) : separate(moments, null);
    }

    /**
     * A mixture brought into this fit's structure, as the M-step without regularisation would from its own moments; itself if
     * it has that structure already.
     */
    GaussianMixture restructured(GaussianMixture mixture) {
        if (mixture.structure() == structure || (structure.tied() && mixture.size() == 1 && sameKind(mixture))) {
            return mixture;
        }
        MaximumLikelihood plain =
                new MaximumLikelihood(structure, Regularization.none(), summary, columns, mixture.size());
        return plain.update(Initialization.Model.moments(mixture, summary, scatter()), mixture);
    }

    private boolean sameKind(GaussianMixture mixture) {
        return switch (mixture.structure()) {
            case FULL -> structure == CovarianceStructure.TIED;
            case DIAGONAL -> structure == CovarianceStructure.TIED_DIAGONAL;
            case SPHERICAL -> structure == CovarianceStructure.TIED_SPHERICAL;
            default -> false;
        };
    }

    private GaussianMixture separate(Moments moments, @Nullable GaussianMixture previous) {
        int k = moments.components();
        List<Gaussian> components = new ArrayList<>(k);
        for (int i = 0; i < k; i++) {
            double weight = moments.weights()[i];
            if (!(weight > 0) && previous != null) {
                components.add(previous.component(i));
                continue;
            }
            double[] scatter = moments.scatter(i);
            components.add(Gaussian.of(moments.mean(i), covariance(scatter, weight, name(i, k))));
        }
        return GaussianMixture.of(weights(moments), components).named(columns);
    }

    private GaussianMixture tied(Moments moments) {
        double[] pooled = new double[moments.second(0).length];
        List<double[]> means = new ArrayList<>();
        double total = 0;
        for (int k = 0; k < moments.components(); k++) {
            double[] scatter = moments.scatter(k);
            for (int i = 0; i < pooled.length; i++) {
                pooled[i] += scatter[i];
            }
            total += moments.weights()[k];
            means.add(moments.mean(k));
        }
        Covariance shared = covariance(pooled, total, "the covariance of all components");
        return GaussianMixture.tied(weights(moments), means, shared).named(columns);
    }

    private static double[] weights(Moments moments) {
        double sum = 0;
        for (double weight : moments.weights()) {
            sum += weight;
        }
        double[] weights = moments.weights().clone();
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    private static String name(int component, int components) {
        return "component " + (component + 1) + " of " + components;
    }

    /** Σ from a scatter of some weight. */
    private Covariance covariance(double[] scatter, double weight, String name) {
        int d = origin.length;
        double count = weight + regularization.pseudoRows();
        double[] variances = new double[d];
        boolean full = scatter() == Moments.Scatter.FULL;
        for (int j = 0; j < d; j++) {
            int at = Packed.index(j, j);
            variances[j] = (scatter[full ? at : j] + pseudoScatter[at]) / count + regularization.ridge();
        }
        return switch (structure) {
            case FULL, TIED -> full(scatter, count, variances, name);
            case DIAGONAL, TIED_DIAGONAL -> {
                for (int j = 0; j < d; j++) {
                    requireSpread(variances[j], j, name);
                }
                yield Covariance.diagonal(variances);
            }
            case SPHERICAL, TIED_SPHERICAL -> Covariance.spherical(d, sphericalVariance(variances, name));
        };
    }

    private Covariance full(double[] scatter, double count, double[] variances, String name) {
        int d = origin.length;
        double[] elements = new double[scatter.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (scatter[i] + pseudoScatter[i]) / count;
        }
        for (int j = 0; j < d; j++) {
            elements[Packed.index(j, j)] = variances[j];
            requireSpread(variances[j], j, name);
        }
        Covariance covariance;
        try {
            covariance = Covariance.full(elements, d);
        } catch (IllegalArgumentException e) {
            throw new CollapseException(name + ": " + e.getMessage());
        }
        for (int j = 0; j < d; j++) {
            double pivot = covariance.conditionalVariance(j);
            if (!(pivot > COLLAPSED * variances[j])) {
                throw new CollapseException(name + " has collapsed: given the columns before it, column \""
                        + columns.get(j) + "\" has variance " + pivot + " of " + variances[j]);
            }
        }
        return covariance;
    }

    private void requireSpread(double variance, int column, String name) {
        if (!(variance > COLLAPSED * summary.variance(column))) {
            throw new CollapseException(name + " has collapsed: its variance in column \"" + columns.get(column)
                    + "\" is " + variance + " (all rows: " + summary.variance(column) + ")");
        }
    }

    private double sphericalVariance(double[] variances, String name) {
        double sum = 0;
        double all = 0;
        for (int j = 0; j < variances.length; j++) {
            sum += variances[j];
            all += summary.variance(j);
        }
        if (!(sum > COLLAPSED * all)) {
            throw new CollapseException(name + " has collapsed: its variance is " + sum / variances.length
                    + " (all rows: " + all / variances.length + ")");
        }
        return sum / variances.length;
    }

    @Override
    public double penalty(GaussianMixture parameters) {
        double a = regularization.pseudoRows();
        if (a == 0) {
            return 0;
        }
        double sum = 0;
        for (int k = 0; k < distinct(parameters); k++) {
            Covariance covariance = parameters.component(k).covariance();
            sum += covariance.traceOfInverseTimes(pseudoScatter) + a * covariance.logDeterminant();
        }
        return sum / 2;
    }

    @Override
    public double roundingAllowance(GaussianMixture parameters, double objective, double weight) {
        if (!regularization.monotone()) {
            return Double.POSITIVE_INFINITY;
        }
        double traces = regularization.pseudoRows() * distinct(parameters) / 2;
        return Rounding.allowance(parameters, summary, objective, traces / weight);
    }

    @Override
    public Optional<Squarem.Coordinates<GaussianMixture>> coordinates() {
        return Optional.of(new LogCholesky(summary));
    }

    /** How many different covariances a mixture has. */
    private static int distinct(GaussianMixture parameters) {
        return parameters.structure().tied() ? 1 : parameters.size();
    }
}
