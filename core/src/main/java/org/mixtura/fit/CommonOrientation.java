package org.mixtura.fit;

import java.util.List;
import java.util.Optional;
import org.mixtura.data.Matrix;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;

/**
 * The M-step of EVE and VVE: covariances Σ_k = D B_k Dᵀ with the same axes D.
 *
 * <p>With T_k = Dᵀ W_k D, the spectra B_k follow from the diagonals of the T_k by a {@link Spectra.Rule}, b_kj = t_kjj / ω_k. Axes are
 * turned one plane of two, l and m, after the other, to lower
 *
 * <pre>  F(D) = Σ_k tr B_k⁻¹ Dᵀ W_k D.</pre>
 *
 * By an angle θ there, with δ_k = 1/b_kl − 1/b_km,
 *
 * <pre>  F = constant + p cos 2θ + q sin 2θ,   p = ½ Σ_k δ_k (t_kll − t_kmm),   q = Σ_k δ_k t_klm,</pre>
 *
 * least where (cos 2θ, sin 2θ) points against (p, q). Then the spectra follow, and the plane is turned again, until it has settled:
 * all this takes numbers of the plane alone, so that the axes are turned once, by all angles together. Every turn and every change of
 * spectra raises Q, which has several maxima in general; the one near the axes before the step is found. (Flury &amp; Gautschi 1986, <a
 * href="https://doi.org/10.1137/0907013">doi:10.1137/0907013</a>, turn planes like that for VVE; Browne &amp; McNicholas 2014, <a
 * href="https://doi.org/10.1007/s11634-013-0139-1">doi:10.1007/s11634-013-0139-1</a>, minimise the same F by majorisation, which
 * takes hundreds of steps where this takes a few sweeps.)
 *
 * @param rule what the spectra have in common
 */
record CommonOrientation(Spectra.Rule rule) implements CovarianceStep {
    /** The most sweeps from axes that are good already: EM goes on from where a step was cut short. */
    private static final int MOST_SWEEPS = 100;

    /** The most at a start, where a step is to be exact, are these and this number by the number of columns. */
    private static final int MOST_AT_START = 1000;

    /** When a sweep gains this part of what the best one did, the step has done what is worth doing before the rows move. */
    private static final double SETTLED = 0.01;

    /** The least fall of F worth a turn at a start, next to its value n d: an angle of about 1e-9. */
    private static final double LEAST_AT_START = 1e-18;

    /** The same later and with many columns: all planes of a thousand columns together leave 1e-6 nats per row. */
    private static final double LEAST_FALL = 1e-15;

    /** By how much more each matrix counts than the one before it in a sum whose axes are to be those of all. */
    private static final double UNEVEN = 0.1;

    @Override
    public List<Covariance> covariances(Scatters scatters, List<Covariance> previous, SoundCovariances sound) {
        int k = scatters.size();
        int d = scatters.dimension();
        double[][][] w = new double[k][][];
        double n = 0;
        for (int i = 0; i < k; i++) {
            w[i] = scatters.rows(i);
            n += scatters.counts()[i];
        }
        Orientation orientation = Orientation.along(axesBefore(scatters, previous), w);
        boolean start = previous.isEmpty();
        double least = (start && d < Orientation.MANY ? LEAST_AT_START : LEAST_FALL) * n * d;
        int limit = MOST_SWEEPS + (start ? MOST_AT_START / d : 0);
        double most = 0;
        double fall = Double.POSITIVE_INFINITY;
        for (int sweep = 0; fall > (start ? 0 : SETTLED * most) && sweep < limit; sweep++) {
            // Planes that gain less than their share of what settles a step can wait.
            fall = sweep(orientation, scatters, start ? least : Math.max(least, SETTLED * most / (d * d)));
            most = Math.max(most, fall);
        }
        double[][] b = spectra(orientation, scatters);
        Matrix axes = Matrix.of(orientation.axes());
        return CovarianceStep.each(
                scatters, i -> sound.along(axes, b[i], scatters.names().get(i)));
    }

    private double[][] spectra(Orientation orientation, Scatters scatters) {
        return rule.of(orientation.diagonals(), scatters.counts(), new double[0]);
    }

    /**
     * The axes of the step before, or those along which the covariances come near to having the same: nearest for few columns, those
     * of their sum for many.
     */
    private static double[][] axesBefore(Scatters scatters, List<Covariance> previous) {
        Optional<Matrix> known =
                previous.isEmpty() ? Optional.empty() : previous.get(0).axes();
        if (known.isPresent() && previous.stream().allMatch(c -> c.axes().equals(known))) {
            return known.get().toRows();
        }
        int d = scatters.dimension();
        double[][][] guides = new double[scatters.size()][][];
        double[] sum = new double[Packed.size(d)];
        for (int k = 0; k < guides.length; k++) {
            double[] guide = unitTrace(
                    previous.isEmpty()
                            ? scatters.each().get(k)
                            : previous.get(k).lowerTriangle(),
                    d);
            guides[k] = Packed.toSymmetricRows(guide, d);
            for (int i = 0; i < sum.length; i++) {
                // What is alike in the plain sum of matrices, two variances of one and the other, is not in this one.
                sum[i] += (1 + UNEVEN * k) * guide[i];
            }
        }
        return d < Orientation.MANY
                ? Orientation.diagonalising(guides).axes()
                : OwnOrientation.principal(sum, d, "the covariance of all components")
                        .vectors();
    }

    /** A matrix divided by its trace. */
    private static double[] unitTrace(double[] packed, int d) {
        double trace = 0;
        for (int j = 0; j < d; j++) {
            trace += packed[Packed.index(j, j)];
        }
        double[] unit = packed.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= trace;
        }
        return unit;
    }

    /** Turns each plane that is worth it; answers by how much F fell. */
    private double sweep(Orientation orientation, Scatters scatters, double leastFall) {
        int d = scatters.dimension();
        double[][] b = spectra(orientation, scatters);
        Plane plane = new Plane(orientation, d);
        for (int k = 0; k < b.length; k++) {
            plane.counts[k] = orientation.get(k, 0, 0) / b[k][0];
        }
        double all = 0;
        for (int l = 0; l < d; l++) {
            for (int m = l + 1; m < d; m++) {
                all += plane.settle(l, m, rule, leastFall);
            }
        }
        return all;
    }

    /** Two axes and what the matrices are along them. */
    private static final class Plane {
        /** The most turns until the spectra agree; seldom more than three are needed. */
        private static final int MOST_TURNS = 8;

        private final Orientation orientation;
        private final int dimension;
        /** ω_k. */
        private final double[] counts;
        /** t_kll, t_kmm and t_klm. */
        private final double[] first;

        private final double[] second;
        private final double[] beside;

        Plane(Orientation orientation, int dimension) {
            this.orientation = orientation;
            this.dimension = dimension;
            this.counts = new double[orientation.size()];
            this.first = new double[counts.length];
            this.second = new double[counts.length];
            this.beside = new double[counts.length];
        }

        /** Turns the axes l and m until they have settled; answers by how much F fell. */
        double settle(int l, int m, Spectra.Rule rule, double leastFall) {
            for (int k = 0; k < counts.length; k++) {
                first[k] = orientation.get(k, l, l);
                second[k] = orientation.get(k, m, m);
                beside[k] = orientation.get(k, l, m);
            }
            double cosine = 1;
            double sine = 0;
            double all = 0;
            for (int turn = 0; turn < MOST_TURNS; turn++) {
                double p = 0;
                double q = 0;
                for (int k = 0; k < counts.length; k++) {
                    double delta = counts[k] / first[k] - counts[k] / second[k];
                    p += delta * (first[k] - second[k]) / 2;
                    q += delta * beside[k];
                }
                double length = Math.hypot(p, q);
                double fall = q * (q / (length - p));
                if (!(fall > Math.max(leastFall, SETTLED * all))) {
                    break;
                }
                // p ≤ 0: the angle is at most an eighth of a turn.
                double c = Math.sqrt((1 - p / length) / 2);
                double s = -q / length / (2 * c);
                turn(c, s, rule);
                double turned = cosine * c - sine * s;
                sine = cosine * s + sine * c;
                cosine = turned;
                all += fall;
            }
            if (all > 0) {
                orientation.turn(l, m, cosine, sine);
            }
            return all;
        }

        private void turn(double c, double s, Spectra.Rule rule) {
            for (int k = 0; k < counts.length; k++) {
                double x = first[k];
                double y = second[k];
                double z = beside[k];
                first[k] = c * (c * x + 2 * s * z) + s * s * y;
                second[k] = c * (c * y - 2 * s * z) + s * s * x;
                beside[k] = c * s * (y - x) + (c - s) * (c + s) * z;
                if (rule == Spectra.Rule.COMMON_VOLUME) {
                    counts[k] *= Math.pow(first[k] / x * (second[k] / y), 1.0 / dimension);
                }
            }
        }
    }
}
