package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.Box;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;

/**
 * EM's three formulas where there is noise: those of the Gaussians from the moments that are theirs, and for the share of the
 * noise ε = N_noise / Σ N.
 */
final class NoisyLikelihood implements MixtureAlgorithm<NoisyMixture> {
    /** What share of the rows is noise before a first look. */
    private static final double FIRST_SHARE = 0.1;

    /** A share of the rows that is left to the Gaussians by rounding alone. */
    private static final double NO_CLUSTERS = 1e-12;

    private final MaximumLikelihood gaussians;
    private final double[] origin;
    private final Box box;

    /**
     * @param gaussians the formulas of the Gaussians
     * @param box relative to the summary's origin
     */
    NoisyLikelihood(MaximumLikelihood gaussians, RowSummary summary, Box box) {
        this.gaussians = gaussians;
        this.origin = summary.origin();
        this.box = box;
    }

    @Override
    public NoisyMixture first(GaussianMixture start) {
        return NoisyMixture.of(start, FIRST_SHARE, box);
    }

    @Override
    public GaussianMixture gaussians(NoisyMixture mixture) {
        return mixture.gaussians();
    }

    @Override
    public NoisyMixture translated(NoisyMixture mixture, double[] shift) {
        return mixture.translated(shift);
    }

    @Override
    public NoisyMixture canonical(NoisyMixture mixture, int kept) {
        return mixture.canonical(kept);
    }

    /** The share of the noise and the volume of its box. */
    @Override
    public long moreParameters() {
        return NoisyEm.MORE_PARAMETERS;
    }

    @Override
    public List<String> warnings(NoisyMixture mixture) {
        return mixture.share() > 0.5
                ? List.of("more than half of the rows, " + Math.round(100 * mixture.share())
                        + " %, are noise: there may be more components than asked for")
                : List.of();
    }

    /** The forms of the noise, which splits and merges leave alone, and of the Gaussians. */
    @Override
    public QuadraticForms forms(NoisyMixture parameters) {
        QuadraticForms forms = parameters.formsAbout(origin);
        int k = parameters.size();
        int d = origin.length;
        double[] centres = new double[(k + 1) * d];
        System.arraycopy(forms.centres(), 0, centres, d, k * d);
        double[] constants = new double[k + 1];
        System.arraycopy(forms.constants(), 0, constants, 1, k);
        constants[0] = forms.constants()[k];
        double[][] factors = new double[k + 1][];
        factors[0] = forms.factor(k);
        for (int i = 0; i < k; i++) {
            factors[i + 1] = forms.factor(i);
        }
        return QuadraticForms.of(forms.factor(), origin, centres, constants, factors)
                .flat(0, box::logVolume);
    }

    @Override
    public int fixed() {
        return 1;
    }

    @Override
    public NoisyMixture update(Moments moments, NoisyMixture previous) {
        int k = previous.size();
        double noise = moments.weights()[0];
        double clusters = 0;
        for (int i = 1; i <= k; i++) {
            clusters += moments.weights()[i];
        }
        if (!(clusters > NO_CLUSTERS * noise)) {
            throw new CollapseException("all rows are noise: the components own none");
        }
        GaussianMixture updated = gaussians.update(ofGaussians(moments), previous.gaussians());
        return NoisyMixture.of(updated, noise / (clusters + noise), box);
    }

    /** The moments of all components but the noise, which is the first. */
    private static Moments ofGaussians(Moments moments) {
        int k = moments.components() - 1;
        int d = moments.dimension();
        double[] centres = Arrays.copyOfRange(moments.centres(), d, (k + 1) * d);
        Moments part = Moments.about(moments.origin(), centres, moments.scatter());
        System.arraycopy(moments.weights(), 1, part.weights(), 0, k);
        System.arraycopy(moments.firsts(), d, part.firsts(), 0, k * d);
        for (int i = 0; i < k; i++) {
            System.arraycopy(moments.second(i + 1), 0, part.second(i), 0, part.second(i).length);
        }
        return part;
    }

    @Override
    public double penalty(NoisyMixture parameters) {
        return gaussians.penalty(parameters.gaussians());
    }

    @Override
    public Moments.Scatter scatter() {
        return gaussians.scatter();
    }

    @Override
    public double roundingAllowance(NoisyMixture parameters, double objective, double weight) {
        return gaussians.roundingAllowance(parameters.gaussians(), objective, weight);
    }

    @Override
    public Optional<Squarem.Coordinates<NoisyMixture>> coordinates() {
        return gaussians.coordinates().map(Logit::new);
    }

    /** The Gaussians' coordinates and before them ln(ε / (1 − ε)). */
    private static final class Logit implements Squarem.Coordinates<NoisyMixture> {
        private final Squarem.Coordinates<GaussianMixture> inner;

        Logit(Squarem.Coordinates<GaussianMixture> inner) {
            this.inner = inner;
        }

        @Override
        public Optional<double[]> of(NoisyMixture mixture) {
            if (!(mixture.share() > 0)) {
                return Optional.empty();
            }
            return inner.of(mixture.gaussians()).map(point -> {
                double[] all = new double[point.length + 1];
                all[0] = Math.log(mixture.share()) - Math.log1p(-mixture.share());
                System.arraycopy(point, 0, all, 1, point.length);
                return all;
            });
        }

        @Override
        public NoisyMixture at(double[] point, NoisyMixture like) {
            GaussianMixture gaussians = inner.at(Arrays.copyOfRange(point, 1, point.length), like.gaussians());
            // Above 25 hardly anything would be left to the Gaussians.
            double share = 1 / (1 + Math.exp(-Math.min(point[0], 25)));
            return NoisyMixture.of(gaussians, share, like.box());
        }
    }
}
