package org.mixtura.bayes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.kernel.Moments;
import org.mixtura.mixture.CovarianceStructure;

/**
 * What is believed of a mixture of K components before any row was seen, and the conjugate step from the moments of rows to
 * what is believed after: the variational "M-step" of every combination of priors.
 */
public final class MixturePrior {
    private final int components;
    private final WeightPrior weights;
    private final GaussianPosterior component;
    private final boolean tied;

    private MixturePrior(int components, WeightPrior weights, GaussianPosterior component, boolean tied) {
        this.components = components;
        this.weights = weights;
        this.component = component;
        this.tied = tied;
    }

    /**
     * A prior.
     *
     * @param components K, at least 1
     * @param weights the prior of the weights
     * @param component the prior of each component's mean and precision
     * @param tied whether all components share one precision
     * @return the prior
     * @throws IllegalArgumentException if K is less than 1 or the weight prior is for another number of components
     */
    public static MixturePrior of(int components, WeightPrior weights, GaussianPosterior component, boolean tied) {
        if (components < 1) {
            throw new IllegalArgumentException("components is " + components + "; a mixture has at least one");
        }
        MixturePrior prior = new MixturePrior(components, weights, component, tied);
        weights.posterior(new double[components]);
        return prior;
    }

    /** {@return K} */
    public int components() {
        return components;
    }

    /** {@return the prior of the weights} */
    public WeightPrior weights() {
        return weights;
    }

    /** {@return the prior of each component's mean and precision} */
    public GaussianPosterior component() {
        return component;
    }

    /** {@return whether all components share one precision} */
    public boolean tied() {
        return tied;
    }

    /** {@return the structure of the components' covariances} */
    public CovarianceStructure structure() {
        CovarianceStructure own = component.precision().covariance().structure();
        if (!tied || components == 1) {
            return own;
        }
        return switch (own) {
            case DIAGONAL -> CovarianceStructure.TIED_DIAGONAL;
            case SPHERICAL -> CovarianceStructure.TIED_SPHERICAL;
            default -> CovarianceStructure.TIED;
        };
    }

    /** {@return the second moments that {@link #posterior} needs; internal} */
    public Moments.Scatter scatter() {
        return component.precision().scatter();
    }

    /** {@return what is believed before any row was seen, as a posterior} */
    public MixturePosterior withoutRows() {
        List<GaussianPosterior> all =
                IntStream.range(0, components).mapToObj(k -> component).toList();
        return MixturePosterior.of(this, weights.posterior(new double[components]), all);
    }

    /**
     * The posterior that maximises the evidence lower bound for given responsibilities; internal.
     *
     * @param moments the rows' moments under the responsibilities
     * @param order the component of the moments that goes to each place
     * @return the posterior, its means relative to the moments' origin as this prior's
     * @throws IllegalArgumentException if a covariance is not positive definite in double precision
     */
    public MixturePosterior posterior(Moments moments, List<Integer> order) {
        double[] counts = order.stream().mapToDouble(k -> moments.weights()[k]).toArray();
        List<double[]> means = order.stream().map(moments::mean).toList();
        List<double[]> scatters = order.stream().map(moments::scatter).toList();
        for (int k = 0; k < components; k++) {
            component.addShift(scatters.get(k), counts[k], means.get(k));
        }
        List<PrecisionPosterior> precisions = tied ? shared(counts, scatters) : separate(counts, scatters);
        List<GaussianPosterior> posteriors = new ArrayList<>(components);
        for (int k = 0; k < components; k++) {
            posteriors.add(component.updated(counts[k], means.get(k), precisions.get(k)));
        }
        return MixturePosterior.of(this, weights.posterior(counts), posteriors);
    }

    private List<PrecisionPosterior> separate(double[] counts, List<double[]> scatters) {
        return IntStream.range(0, components)
                .mapToObj(k -> learnt(counts[k], scatters.get(k), "component " + (k + 1) + " of " + components))
                .toList();
    }

    private PrecisionPosterior learnt(double count, double[] scatter, String name) {
        try {
            return component.precision().updated(count, scatter);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + ": " + e.getMessage()
                            + "; give a larger covariance prior or leave out columns that follow from others",
                    e);
        }
    }

    private List<PrecisionPosterior> shared(double[] counts, List<double[]> scatters) {
        double count = 0;
        double[] scatter = new double[scatters.get(0).length];
        for (int k = 0; k < components; k++) {
            count += counts[k];
            for (int i = 0; i < scatter.length; i++) {
                scatter[i] += scatters.get(k)[i];
            }
        }
        PrecisionPosterior one = learnt(count, scatter, "the precision of all components");
        return IntStream.range(0, components).mapToObj(k -> one).toList();
    }

    /**
     * The same prior moved.
     *
     * @param shift d values, added to the prior mean
     * @return the prior of moved rows
     */
    public MixturePrior translated(double[] shift) {
        return new MixturePrior(components, weights, component.translated(shift), tied);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MixturePrior prior
                && components == prior.components
                && weights.equals(prior.weights)
                && component.equals(prior.component)
                && tied == prior.tied;
    }

    @Override
    public int hashCode() {
        return 31 * weights.hashCode() + component.hashCode();
    }

    @Override
    public String toString() {
        return "prior of " + components + " components, weights " + weights + ", each " + component;
    }
}
