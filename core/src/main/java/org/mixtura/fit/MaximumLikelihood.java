package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * EM's three formulas (Dempster, Laird &amp; Rubin 1977).
 *
 * <p>With the moments of a pass, N_k, means x̄_k and scatters S_k: π_k = N_k / Σ N, or 1/K if the proportions are equal; μ_k = x̄_k;
 * and the Σ_k by the {@link CovarianceStep} of the structure from the {@link Scatters}, which hold the regularisation. Of a
 * parameter that is frozen the previous value stays; with frozen means the scatters are about those.
 *
 * <p>A component that owns no weight keeps its mean, and its covariance unless that has something in common with others: then it
 * follows from the pseudo-rows, or without those is the heaviest component's. Its weight is 0. Parameters are mixtures whose means are relative to the rows' origin.
 */
final class MaximumLikelihood implements MixtureAlgorithm<GaussianMixture> {
    private final Freedom freedom;
    private final CovarianceStructure structure;
    private final CovarianceStep step;
    private final Regularization regularization;
    private final RowSummary summary;
    private final double[] origin;
    private final Scatters.Prior joining;
    private final @Nullable ConjugatePrior prior;
    private final List<String> columns;
    private final SoundCovariances sound;

    MaximumLikelihood(
            Freedom freedom, Regularization regularization, RowSummary summary, List<String> columns, int components) {
        this.freedom = freedom;
        this.structure = freedom.structure();
        this.step = CovarianceStep.of(structure);
        this.regularization = regularization;
        this.summary = summary;
        this.origin = summary.origin();
        this.prior = regularization.shrinkage() > 0
                ? ConjugatePrior.of(structure, regularization.shrinkage(), summary, components)
                : null;
        this.joining = prior == null
                ? new Scatters.Prior(
                        regularization.pseudoScatter(summary, components),
                        regularization.pseudoRows(),
                        regularization.ridge())
                : prior.joining();
        this.columns = columns;
        this.sound = new SoundCovariances(summary, columns);
    }

    @Override
    public QuadraticForms forms(GaussianMixture parameters) {
        return parameters.formsAbout(origin);
    }

    @Override
    public Moments.Scatter scatter() {
        return structure.unconstrained() == CovarianceStructure.FULL ? Moments.Scatter.FULL : Moments.Scatter.DIAGONAL;
    }

    @Override
    public GaussianMixture update(Moments moments, GaussianMixture previous) {
        return updated(moments, previous);
    }

    @Override
    public GaussianMixture first(GaussianMixture start) {
        return start;
    }

    @Override
    public GaussianMixture gaussians(GaussianMixture mixture) {
        return mixture;
    }

    @Override
    public GaussianMixture translated(GaussianMixture mixture, double[] shift) {
        return mixture.translated(shift);
    }

    @Override
    public GaussianMixture canonical(GaussianMixture mixture, int kept) {
        return mixture.canonical(kept);
    }

    /** The parameters that follow from moments without a model before them, as at a start. */
    GaussianMixture first(Moments moments) {
        for (int k = 0; k < moments.components(); k++) {
            if (!(moments.weights()[k] > 0)) {
                throw new CollapseException(name(k, moments.components()) + " owns no row");
            }
        }
        return updated(moments, null);
    }

    /**
     * A mixture brought into this fit's structure and proportions, as the M-step without regularisation would from its own
     * moments; itself if that cannot change it. Covariances that are said to have something in common are not taken at the word.
     */
    GaussianMixture restructured(GaussianMixture mixture) {
        boolean evident = structure.tied() || structure.unconstrained() == structure;
        boolean same = mixture.structure() == structure
                || (mixture.size() == 1 && mixture.structure().unconstrained() == structure.unconstrained());
        if (same && (evident || mixture.size() == 1) && freedom.proportions() == Proportions.FREE) {
            return mixture;
        }
        Freedom free = freedom.with(Collections.emptySet());
        MaximumLikelihood plain = new MaximumLikelihood(free, Regularization.none(), summary, columns, mixture.size());
        return plain.update(Initialization.Model.moments(mixture, summary, scatter()), mixture);
    }

    private GaussianMixture updated(Moments moments, @Nullable GaussianMixture previous) {
        int k = moments.components();
        List<Partition.Share> shares = new ArrayList<>(k);
        for (int i = 0; i < k; i++) {
            shares.add(share(moments, i));
        }
        List<Covariance> covariances = covariances(shares, previous);
        List<Gaussian> components = new ArrayList<>(k);
        for (int i = 0; i < k; i++) {
            components.add(Gaussian.of(shares.get(i).mean(), covariances.get(i)));
        }
        return GaussianMixture.of(weights(moments, previous), components)
                .structured(k == 1 ? structure.unconstrained() : structure)
                .named(columns);
    }

    /** A component's share of the rows, about its mean or the one that stays. */
    private Partition.Share share(Moments moments, int component) {
        if (!freedom.frozen(Parameter.MEANS)) {
            Partition.Share share = Partition.Share.of(moments, component);
            return prior == null ? share : prior.shrunk(share);
        }
        int d = origin.length;
        double[] mean = Arrays.copyOfRange(moments.centres(), component * d, (component + 1) * d);
        Partition.Share share = new Partition.Share(moments.weights()[component], mean, moments.second(component));
        return prior == null ? share : prior.held(share);
    }

    private List<Covariance> covariances(List<Partition.Share> shares, @Nullable GaussianMixture previous) {
        List<Covariance> before = previous == null
                ? List.of()
                : previous.components().stream().map(Gaussian::covariance).toList();
        if (freedom.frozen(Parameter.COVARIANCES) && previous != null) {
            return before;
        }
        if (structure.tied()) {
            Scatters pooled = Scatters.pooled(shares, "the covariance of all components", joining);
            return Collections.nCopies(
                    shares.size(), step.covariances(pooled, List.of(), sound).get(0));
        }
        boolean apart = structure == structure.unconstrained() && !before.isEmpty();
        // An empty component has pseudo-rows still, and a part in the penalty, which what is common must not raise.
        boolean always = !apart && joining.pseudoRows() > 0;
        List<Integer> owning = new ArrayList<>();
        int heaviest = 0;
        for (int i = 0; i < shares.size(); i++) {
            if (always || shares.get(i).weight() > 0) {
                owning.add(i);
                heaviest = shares.get(i).weight() > shares.get(heaviest).weight() ? i : heaviest;
            }
        }
        Scatters scatters = Scatters.each(
                owning.stream().map(shares::get).toList(),
                owning.stream().map(i -> name(i, shares.size())).toList(),
                joining);
        List<Covariance> known =
                before.isEmpty() ? before : owning.stream().map(before::get).toList();
        List<Covariance> fitted = step.covariances(scatters, known, sound);
        List<Covariance> covariances = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            int at = owning.indexOf(i);
            Covariance ofEmpty = apart ? before.get(i) : fitted.get(owning.indexOf(heaviest));
            covariances.add(at >= 0 ? fitted.get(at) : ofEmpty);
        }
        return covariances;
    }

    private double[] weights(Moments moments, @Nullable GaussianMixture previous) {
        if (freedom.frozen(Parameter.WEIGHTS) && previous != null) {
            return previous.weights();
        }
        double[] weights = moments.weights().clone();
        if (freedom.proportions() == Proportions.EQUAL) {
            Arrays.fill(weights, 1.0 / weights.length);
            return weights;
        }
        double sum = Arrays.stream(weights).sum();
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    private static String name(int component, int components) {
        return "component " + (component + 1) + " of " + components;
    }

    @Override
    public double penalty(GaussianMixture parameters) {
        double a = joining.pseudoRows();
        if (a == 0 && prior == null) {
            return 0;
        }
        double sum = 0;
        for (int k = 0; k < distinct(parameters); k++) {
            Covariance covariance = parameters.component(k).covariance();
            sum += covariance.traceOfInverseTimes(joining.pseudoScatter()) + a * covariance.logDeterminant();
        }
        return sum / 2 + (prior == null ? 0 : prior.penaltyOfMeans(parameters));
    }

    @Override
    public double roundingAllowance(GaussianMixture parameters, double objective, double weight) {
        if (!regularization.monotone()) {
            return Double.POSITIVE_INFINITY;
        }
        // Of a prior's scatter, one row's worth, the trace counts even where no pseudo-rows do.
        double traces = Math.max(joining.pseudoRows(), prior == null ? 0 : 1) * distinct(parameters) / 2;
        return Rounding.allowance(parameters, summary, objective, traces / weight);
    }

    @Override
    public Optional<Squarem.Coordinates<GaussianMixture>> coordinates() {
        LogCholesky any = new LogCholesky(summary);
        boolean straight = structure.tied() || structure.unconstrained() == structure;
        return Optional.of(straight ? any : new Projection(any, this::restructured));
    }

    @Override
    public Optional<Slope<GaussianMixture>> slope() {
        boolean free =
                freedom.equals(Freedom.of(CovarianceStructure.FULL)) && regularization.monotone() && prior == null;
        return free
                ? Optional.of(new PrecisionFactors(summary, joining.pseudoRows(), joining.pseudoScatter()))
                : Optional.empty();
    }

    /** How many different covariances a mixture has. */
    private static int distinct(GaussianMixture parameters) {
        return parameters.structure().tied() ? 1 : parameters.size();
    }
}
