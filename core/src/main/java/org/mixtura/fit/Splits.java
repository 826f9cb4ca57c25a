package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mixtura.data.Block;
import org.mixtura.data.RowCopies;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * What each component would gain if it were two: a few EM iterations of two Gaussians on the rows that it owns, each weighted by
 * its responsibility. With the other components as they are, a mixture's log-likelihood rises by at least as much (Jensen's
 * inequality), so these small fits predict large ones. Each starts twice, with the component cut across its two longest axes.
 */
final class Splits {
    private static final int ITERATIONS = 6;
    private static final int MOST_ROWS = 1000;
    private static final int AXES = 2;
    /** How far from the middle, in standard deviations along an axis, the halves of a component are put. */
    private static final double APART = 0.8;
    /** Responsibilities below this do not count as owning. */
    private static final double OWNS = 0.01;

    private static final Tolerance NEVER = Tolerance.lastGain(0);

    private final Rows rows;
    private final RowSummary summary;
    private final MaximumLikelihood local;
    private final Work work;

    /**
     * @param rows the rows, in memory if they are many
     * @param scatter the second moments of the shares
     * @param components K, for the penalty
     */
    Splits(Rows rows, RowSummary summary, Moments.Scatter scatter, int components, Work work) {
        CovarianceStructure structure =
                scatter == Moments.Scatter.FULL ? CovarianceStructure.FULL : CovarianceStructure.DIAGONAL;
        this.rows = rows;
        this.summary = summary;
        this.local = new MaximumLikelihood(
                Freedom.of(structure), Regularization.penalty(1), summary, rows.columns(), components);
        this.work = work;
    }

    /**
     * A component cut in two.
     *
     * @param component which
     * @param gain how much more log-likelihood, nats; −∞ if it cannot be cut
     * @param halves the two shares of its rows
     */
    record Split(int component, double gain, List<Partition.Share> halves) {}

    /**
     * All components, each cut in two.
     *
     * @param forms the forms of the present parameters
     * @param partition the rows as they are divided under them
     * @param fixed how many components, the first ones, are left alone
     */
    List<Split> of(QuadraticForms forms, Partition partition, int fixed) {
        List<Rows> owned = owned(forms);
        List<Integer> numbers = IntStream.range(fixed, partition.size()).boxed().toList();
        return work.each(numbers, rows, 2, (k, own) -> split(k, owned.get(k), partition.share(k), own));
    }

    /** For each component the rows that it owns, weighted by responsibility. */
    private List<Rows> owned(QuadraticForms forms) {
        int components = forms.components();
        double[][] weights = new double[components][Math.toIntExact(rows.count())];
        Scan.scores(rows, forms, work.threads(), (first, count, logDensity, responsibilities) -> {
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < components; k++) {
                    double r = responsibilities[i * components + k];
                    weights[k][(int) first + i] = r >= OWNS ? r : 0;
                }
            }
        });
        work.scored(rows.count(), components);
        List<Rows> owned = new ArrayList<>();
        try (Rows.Reader reader = rows.reader()) {
            for (double[] weight : weights) {
                int[] chosen = thinned(IntStream.range(0, weight.length)
                        .filter(i -> weight[i] > 0)
                        .toArray());
                RowCopies copies = new RowCopies(rows, Math.max(1, chosen.length));
                double[] shares = new double[copies.size()];
                for (int i = 0; i < chosen.length; i++) {
                    Block block = reader.read(chosen[i], 1);
                    copies.copy(block, 0, i, 1);
                    shares[i] = weight[chosen[i]] * block.weight(0);
                }
                boolean counts = Arrays.stream(shares).anyMatch(w -> w > 0);
                Rows those = copies.first(copies.size());
                owned.add(counts ? those.weighted(shares) : those);
            }
        }
        return owned;
    }

    private static int[] thinned(int[] chosen) {
        int step = 1 + (chosen.length - 1) / MOST_ROWS;
        return IntStream.range(0, (chosen.length + step - 1) / step)
                .map(i -> chosen[i * step])
                .toArray();
    }

    private Split split(int component, Rows owned, Partition.Share share, Work own) {
        Split best = new Split(component, Double.NEGATIVE_INFINITY, List.of());
        int d = rows.dimension();
        if (!(share.weight() > d + 1) || owned.count() < 2L * (d + 1)) {
            return best;
        }
        Ascent<GaussianMixture> ascent = new Ascent<>(local, owned, own, Ascent.Steps.PLAIN);
        Moments.Scatter scatter = local.scatter();
        try {
            Moments whole = Moments.about(summary.origin(), share.mean(), scatter);
            whole.weights()[0] = share.weight();
            System.arraycopy(share.scatter(), 0, whole.second(0), 0, share.scatter().length);
            GaussianMixture one = local.first(whole);
            Ascent.Climb<GaussianMixture> foot = ascent.start(one, Ascent.Watcher.NONE);
            for (double[] axis : axes(one.component(0).covariance())) {
                Ascent.Climb<GaussianMixture> climb = ascent.climb(
                        ascent.start(halves(one.component(0), axis), Ascent.Watcher.NONE),
                        NEVER,
                        ITERATIONS,
                        Ascent.Watcher.NONE);
                double gain = (climb.objective() - foot.objective()) * share.weight();
                if (climb.reason() != StopReason.COLLAPSED && gain > best.gain) {
                    double factor = share.weight() / climb.moments().totalWeight();
                    best = new Split(
                            component,
                            gain,
                            List.of(
                                    Partition.Share.of(climb.moments(), 0).times(factor),
                                    Partition.Share.of(climb.moments(), 1).times(factor)));
                }
            }
        } catch (CollapseException e) {
            return best;
        }
        return best;
    }

    /** The longest axes, as vectors of their standard deviations; lengths are compared in units of the columns' own. */
    private List<double[]> axes(Covariance covariance) {
        double[] scales = summary.scales();
        Optional<ScaledAxes> found = ScaledAxes.of(covariance.lowerTriangle(), scales);
        if (found.isEmpty()) {
            return List.of();
        }
        double[] variances = found.get().variances();
        return IntStream.range(0, variances.length)
                .boxed()
                .sorted((a, b) -> Double.compare(variances[b], variances[a]))
                .limit(AXES)
                .map(a -> {
                    double length = Math.sqrt(Math.max(0, variances[a]));
                    double[] axis = found.get().vectors()[a];
                    // The sign of an eigenvector is arbitrary, and the halves are numbered by it.
                    double sign =
                            Arrays.stream(axis).filter(v -> v != 0).findFirst().orElse(1);
                    for (int j = 0; j < axis.length; j++) {
                        axis[j] *= Math.copySign(length, sign) * scales[j];
                    }
                    return axis;
                })
                .toList();
    }

    /** Two Gaussians of the same mean and covariance together as one: apart along an axis, and as much thinner there. */
    private GaussianMixture halves(Gaussian whole, double[] axis) {
        int d = axis.length;
        double[][] means = new double[2][d];
        double[] covariance = whole.covariance().lowerTriangle();
        for (int i = 0; i < d; i++) {
            means[0][i] = whole.mean(i) - APART * axis[i];
            means[1][i] = whole.mean(i) + APART * axis[i];
            for (int j = 0; j <= i; j++) {
                covariance[Packed.index(i, j)] -= APART * APART * axis[i] * axis[j];
            }
        }
        // Two objects: one that both shared would make the mixture a tied one.
        return GaussianMixture.of(
                        new double[] {0.5, 0.5},
                        List.of(Gaussian.of(means[0], half(covariance)), Gaussian.of(means[1], half(covariance))))
                .named(rows.columns());
    }

    private Covariance half(double[] lowerTriangle) {
        int d = rows.dimension();
        try {
            if (local.scatter() == Moments.Scatter.FULL) {
                return Covariance.full(lowerTriangle, d);
            }
            double[] variances = new double[d];
            for (int j = 0; j < d; j++) {
                variances[j] = lowerTriangle[Packed.index(j, j)];
            }
            return Covariance.diagonal(variances);
        } catch (IllegalArgumentException e) {
            throw new CollapseException(String.valueOf(e.getMessage()));
        }
    }
}
