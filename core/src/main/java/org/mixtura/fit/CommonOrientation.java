package org.mixtura.fit;

import java.util.List;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;

/**
 * The M-step of EVE and VVE: covariances Σ_k = D B_k Dᵀ with the same axes D.
 *
 * <p>In turn, the spectra B_k follow from the diagonals of Dᵀ W_k D by a {@link Spectra.Rule}, and D is turned to lower
 *
 * <pre>  F(D) = Σ_k tr B_k⁻¹ Dᵀ W_k D</pre>
 *
 * one plane of two axes l, m after the other. By an angle θ there, with T_k = Dᵀ W_k D and δ_k = 1/b_kl − 1/b_km,
 *
 * <pre>  F = constant + p cos 2θ + q sin 2θ,   p = ½ Σ_k δ_k (t_kll − t_kmm),   q = Σ_k δ_k t_klm,</pre>
 *
 * least where (cos 2θ, sin 2θ) points against (p, q). Every turn is exact, so that F never rises; F has several minima in general,
 * and the one near the axes before the step is found. (Flury &amp; Gautschi 1986, <a
 * href="https://doi.org/10.1137/0907013">doi:10.1137/0907013</a>, turn planes for the likelihood of VVE; Browne &amp; McNicholas
 * 2014, <a href="https://doi.org/10.1007/s11634-013-0139-1">doi:10.1007/s11634-013-0139-1</a>, minimise the same F by
 * majorisation, which takes hundreds of steps where this takes a few sweeps.)
 *
 * @param rule what the spectra have in common
 */
record CommonOrientation(Spectra.Rule rule) implements CovarianceStep {
    /** The most sweeps from axes that are good already: EM goes on from where a step was cut short. */
    private static final int MOST_SWEEPS = 10;

    /** The most at a start. */
    private static final int MOST_AT_START = 1000;

    /** When a sweep gains this part of what the best one did, the step has done what is worth doing before the rows move. */
    private static final double SETTLED = 0.01;

    /** The least fall of F worth a turn, next to its value n d: an angle of about 1e-9. */
    private static final double LEAST_FALL = 1e-18;

    @Override
    public List<Covariance> covariances(Scatters scatters, List<Covariance> previous, SoundCovariances sound) {
        int k = scatters.size();
        int d = scatters.dimension();
        double[][][] w = new double[k][][];
        double[][][] guides = new double[k][][];
        double n = 0;
        for (int i = 0; i < k; i++) {
            w[i] = scatters.rows(i);
            guides[i] = unitTrace(
                    previous.isEmpty()
                            ? scatters.each().get(i)
                            : previous.get(i).lowerTriangle(),
                    d);
            n += scatters.counts()[i];
        }
        Orientation orientation =
                Orientation.along(Orientation.diagonalising(guides).axes(), w);
        double[][] spectra = spectra(orientation, scatters);
        double most = 0;
        double fall = Double.POSITIVE_INFINITY;
        double enough = previous.isEmpty() ? 0 : SETTLED;
        int limit = previous.isEmpty() ? MOST_AT_START : MOST_SWEEPS;
        for (int sweep = 0; fall > enough * most && sweep < limit; sweep++) {
            fall = sweep(orientation, spectra, LEAST_FALL * n * d);
            most = Math.max(most, fall);
            spectra = spectra(orientation, scatters);
        }
        double[][] b = spectra;
        return CovarianceStep.each(
                scatters,
                i -> OwnOrientation.composed(
                        orientation.axes(), b[i], scatters.names().get(i), sound));
    }

    private double[][] spectra(Orientation orientation, Scatters scatters) {
        return rule.of(orientation.diagonals(), scatters.counts(), new double[0]);
    }

    /** A matrix as d × d, divided by its trace. */
    private static double[][] unitTrace(double[] packed, int d) {
        double trace = 0;
        for (int j = 0; j < d; j++) {
            trace += packed[Packed.index(j, j)];
        }
        double[][] rows = Packed.toSymmetricRows(packed, d);
        for (double[] row : rows) {
            for (int j = 0; j < d; j++) {
                row[j] /= trace;
            }
        }
        return rows;
    }

    /** Turns each plane once; answers by how much F fell. */
    private static double sweep(Orientation orientation, double[][] b, double leastFall) {
        int d = b[0].length;
        double all = 0;
        for (int l = 0; l < d; l++) {
            for (int m = l + 1; m < d; m++) {
                double p = 0;
                double q = 0;
                for (int k = 0; k < b.length; k++) {
                    double delta = 1 / b[k][l] - 1 / b[k][m];
                    p += delta * (orientation.get(k, l, l) - orientation.get(k, m, m)) / 2;
                    q += delta * orientation.get(k, l, m);
                }
                double length = Math.hypot(p, q);
                double fall = p < 0 ? q * (q / (length - p)) : length + p;
                if (fall > leastFall) {
                    orientation.turn(l, m, Math.atan2(-q, -p) / 2);
                    all += fall;
                }
            }
        }
        return all;
    }
}
