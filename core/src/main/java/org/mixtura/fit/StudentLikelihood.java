package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.StudentMixture;

/**
 * EM's three formulas for components with tails (Peel &amp; McLachlan 2000, <a
 * href="https://doi.org/10.1023/A:1008981510081">doi:10.1023/A:1008981510081</a>): a pass weighs each row by w r u, and the
 * Gaussians' formulas lead from these moments to weights N_k / Σ N, locations that are means by w r u, and scales that are scatters
 * by w r u over N_k, whatever the structure, the penalty and what is frozen; then the {@link Tails} follow.
 *
 * <p>A scatter over Σ w r u in place of N_k converges in fewer steps (Kent, Tyler &amp; Vardi 1994, <a
 * href="https://doi.org/10.1080/03610919408813180">doi:10.1080/03610919408813180</a>), but raises the objective only where there is
 * no penalty and every volume is a component's own; here extrapolation shortens the way.
 */
final class StudentLikelihood implements MixtureAlgorithm<StudentMixture> {
    /** Twice the variance in each column. */
    private static final double MUCH_WIDER = Math.log(2);

    private final MaximumLikelihood gaussians;
    private final Tails tails;
    private final double[] origin;
    private final int components;

    /**
     * @param gaussians the formulas of the components without their tails
     * @param components K
     */
    StudentLikelihood(MaximumLikelihood gaussians, Tails tails, RowSummary summary, int components) {
        this.components = components;
        this.gaussians = gaussians;
        this.tails = tails;
        this.origin = summary.origin();
    }

    @Override
    public StudentMixture first(GaussianMixture start) {
        return StudentMixture.of(start, tails.first(start.size()));
    }

    @Override
    public GaussianMixture gaussians(StudentMixture mixture) {
        return mixture.gaussians();
    }

    @Override
    public StudentMixture translated(StudentMixture mixture, double[] shift) {
        return mixture.translated(shift);
    }

    @Override
    public StudentMixture canonical(StudentMixture mixture, int kept) {
        return mixture.canonical(kept);
    }

    @Override
    public long moreParameters() {
        return tails.parameters(components);
    }

    @Override
    public List<String> warnings(StudentMixture mixture) {
        List<String> warnings = new ArrayList<>();
        double[] freedom = mixture.degreesOfFreedom();
        for (int k = 0; k < freedom.length; k++) {
            if (tails.parameters(1) > 0 && freedom[k] <= Tails.LEAST) {
                warnings.add("component " + (k + 1) + " of " + mixture.size() + " has " + freedom[k]
                        + " degrees of freedom, the fewest allowed: its rows have no one scale");
            }
        }
        return warnings;
    }

    @Override
    public QuadraticForms forms(StudentMixture parameters) {
        return parameters.formsAbout(origin);
    }

    @Override
    public StudentMixture update(Moments moments, StudentMixture previous) {
        return StudentMixture.of(
                gaussians.update(moments, previous.gaussians()), tails.updated(moments, previous.degreesOfFreedom()));
    }

    /** The degrees of freedom by scoring: their own steps creep where they are many. */
    @Override
    public Optional<StudentMixture> guess(
            Moments moments, StudentMixture present, StudentMixture next, Optional<StudentMixture> extrapolated) {
        GaussianMixture others = extrapolated.orElse(next).gaussians();
        return Optional.of(StudentMixture.of(others, tails.scored(moments, present.degreesOfFreedom())));
    }

    /**
     * Where one component lies within another that is much wider, the wide one's rows become the narrow one's tail: of such junk
     * moments would make a component that is as wide.
     */
    @Override
    public Optional<Partition.Share> absorbed(Partition.Share one, Partition.Share other) {
        try {
            Covariance first = spread(one);
            Covariance second = spread(other);
            boolean swap = first.logDeterminant() > second.logDeterminant();
            Partition.Share narrow = swap ? other : one;
            Partition.Share wide = swap ? one : other;
            Covariance around = swap ? first : second;
            int d = narrow.mean().length;
            double wider = Math.abs(first.logDeterminant() - second.logDeterminant());
            if (!(wider > d * MUCH_WIDER) || !(around.mahalanobisSquared(narrow.mean(), wide.mean()) < d)) {
                return Optional.empty();
            }
            double all = one.weight() + other.weight();
            return Optional.of(narrow.times(all / narrow.weight()).withTail(Tails.HEAVY));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Covariance spread(Partition.Share share) {
        int d = share.mean().length;
        double[] elements = share.times(1 / share.weight()).scatter();
        return elements.length == d ? Covariance.diagonal(elements) : Covariance.full(elements, d);
    }

    @Override
    public double penalty(StudentMixture parameters) {
        return gaussians.penalty(parameters.gaussians());
    }

    @Override
    public Moments.Scatter scatter() {
        return gaussians.scatter();
    }

    @Override
    public double roundingAllowance(StudentMixture parameters, double objective, double weight) {
        return gaussians.roundingAllowance(parameters.gaussians(), objective, weight);
    }

    @Override
    public Optional<Squarem.Coordinates<StudentMixture>> coordinates() {
        return gaussians.coordinates().map(WithTails::new);
    }

    /** The Gaussians' coordinates and behind them ln ν_k. */
    private final class WithTails implements Squarem.Coordinates<StudentMixture> {
        private final Squarem.Coordinates<GaussianMixture> inner;

        WithTails(Squarem.Coordinates<GaussianMixture> inner) {
            this.inner = inner;
        }

        @Override
        public Optional<double[]> of(StudentMixture mixture) {
            double[] last = tails.coordinates(mixture.degreesOfFreedom());
            return inner.of(mixture.gaussians()).map(point -> {
                double[] all = Arrays.copyOf(point, point.length + last.length);
                System.arraycopy(last, 0, all, point.length, last.length);
                return all;
            });
        }

        @Override
        public StudentMixture at(double[] point, StudentMixture like) {
            int last = point.length - tails.parameters(like.size());
            return StudentMixture.of(
                    inner.at(Arrays.copyOf(point, last), like.gaussians()),
                    tails.at(Arrays.copyOfRange(point, last, point.length), like.degreesOfFreedom()));
        }
    }
}
