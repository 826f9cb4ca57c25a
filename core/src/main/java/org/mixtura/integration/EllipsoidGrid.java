package org.mixtura.integration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * The trapezoidal rule for averages over a mixture in one to four dimensions: a uniform grid over the union of the
 * components' ellipsoids of Mahalanobis radius 9, outside of which the mass is at most 1e-16.
 *
 * <p>For functions that are analytic about the real space, as densities and their logarithms are, the error falls
 * exponentially with 1/step. Points are equally spaced in the coordinates of a {@link GridFrame}; the step is a multiple of the
 * smallest standard deviation that any component has there in any direction, so no component is ever missed. Grids are
 * refined by √2 until two agree within the tolerance; their difference is the error, hence that of the <em>coarser</em>
 * grid.
 *
 * <p>Only the union of the ellipsoids is visited, however far they are apart: axis by axis, an ellipsoid cuts an interval
 * from the next axis that its triangular factor gives. Along the last axis each logarithmic density is a parabola, so a point
 * costs a few operations for each component.
 */
final class EllipsoidGrid {
    /** Mahalanobis radius; 9 leaves a mass of 3e-18 in two, 2e-17 in three and 1e-16 in four dimensions. */
    private static final double RADIUS = 9;

    /** Steps in units of the smallest deviation. The first one integrates each Gaussian to 3e-9, the second to 1e-17. */
    private static final double[] STEPS = {1, 0.7, 0.5, 0.35, 0.25, 0.175, 0.125, 0.0875};

    /** Volumes of the unit balls of dimensions 1, 2, 3, 4. */
    private static final double[] BALL = {2, Math.PI, 4 * Math.PI / 3, Math.PI * Math.PI / 2};

    private final GaussianMixture mixture;
    private final GridFrame frame;
    private final Smoothness smoothness;
    private final int dimension;

    private EllipsoidGrid(GaussianMixture mixture, GridFrame frame, Smoothness smoothness) {
        this.mixture = mixture;
        this.frame = frame;
        this.smoothness = smoothness;
        this.dimension = mixture.dimension();
    }

    /**
     * A grid.
     *
     * @param mixture a mixture of 1 to 4 columns, about the origin
     * @param features all Gaussians that the step must resolve, those of the mixture among them
     * @param smoothness whether the integrand is analytic; if not, four times the larger of two successive differences is the
     *     error
     */
    static EllipsoidGrid of(GaussianMixture mixture, List<Gaussian> features, Smoothness smoothness) {
        return new EllipsoidGrid(mixture, GridFrame.of(mixture, features, smoothness), smoothness);
    }

    /** About how many points a grid has, at most. */
    private double points(double step) {
        double cell = Math.pow(step * frame.smallestDeviation() / RADIUS, dimension);
        return frame.size() * BALL[dimension - 1] / cell;
    }

    /** Whether the grids that it takes to judge the error, two or three, have at most this many points. */
    boolean fits(long maximumPoints) {
        return points(STEPS[first() + (smoothness == Smoothness.ANALYTIC ? 1 : 2)]) <= maximumPoints;
    }

    /** The coarsest grid: in four dimensions one that is hardly good enough, since the next takes four times the points. */
    private int first() {
        return dimension == 4 ? 0 : 1;
    }

    /**
     * The average of an integrand.
     *
     * @param integrands makes the integrand
     * @param tolerance the error wanted
     * @param maximumPoints no grid of more points is used
     * @return the average; its error may exceed the tolerance if finer grids would be too large
     */
    Estimate average(Supplier<Integrand> integrands, double tolerance, long maximumPoints) {
        Walk walk = new Walk(integrands.get());
        double value = walk.run(STEPS[first()]);
        double error = Double.POSITIVE_INFINITY;
        double previousError = Double.POSITIVE_INFINITY;
        for (int level = first() + 1; level < STEPS.length && points(STEPS[level]) <= maximumPoints; level++) {
            double finer = walk.run(STEPS[level]);
            double difference = Math.abs(finer - value) + walk.rounding();
            error = smoothness == Smoothness.ANALYTIC ? difference : 4 * Math.max(difference, previousError);
            previousError = difference;
            value = finer;
            if (error <= tolerance) {
                break;
            }
        }
        return new Estimate(value, error, walk.visited, Method.GRID);
    }

    /** One pass over the points of a grid. */
    private final class Walk {
        private final Integrand integrand;
        private final Posterior posterior = new Posterior(mixture);
        private final double[] x = new double[dimension];
        private final double[] y = new double[dimension];
        /** Per axis, the components whose ellipsoids reach the coordinates so far, and what is left of their radius². */
        private final int[][] active = new int[dimension + 1][mixture.size()];

        private final double[][] left = new double[dimension + 1][mixture.size()];
        private final long[][] from = new long[dimension][mixture.size()];
        private final long[][] to = new long[dimension][mixture.size()];
        /** Per axis and component, the conditional mean given the coordinates before, and the coordinate standardised. */
        private final double[][] centre = new double[dimension][mixture.size()];

        private final double[][] z = new double[dimension][mixture.size()];
        /** The inverse conditional deviations of the components on the last axis, and their scores at the centres there. */
        private final double[] inverseDeviation = new double[mixture.size()];

        private final double[] peak = new double[mixture.size()];
        private final double[] highest = new double[mixture.size()];
        private final double[] scores = new double[mixture.size()];
        private double spacing;
        private double logCell;
        private long visited;
        private double lineSum;
        private double lineMass;
        private CompensatedSum total = new CompensatedSum();
        private CompensatedSum mass = new CompensatedSum();

        Walk(Integrand integrand) {
            this.integrand = integrand;
            for (int k = 0; k < mixture.size(); k++) {
                Gaussian component = mixture.component(k);
                highest[k] = Math.log(mixture.weight(k)) + component.logDensity(component.mean());
                inverseDeviation[k] = 1 / deviation(dimension - 1, k);
            }
        }

        double run(double step) {
            spacing = step * frame.smallestDeviation();
            logCell = dimension * Math.log(spacing) + frame.logVolume();
            total = new CompensatedSum();
            mass = new CompensatedSum();
            for (int k = 0; k < mixture.size(); k++) {
                active[0][k] = k;
                left[0][k] = RADIUS * RADIUS;
            }
            axis(0, mixture.size());
            return total.value();
        }

        /** What the grid's own mass betrays of rounding, since it is one but for that, and 64 half-ulps. */
        double rounding() {
            return (Math.abs(mass.value() - 1) + 64 * 0x1p-53) * Math.max(1, Math.abs(total.value()));
        }

        private void axis(int j, int count) {
            enter(j);
            cut(j, count);
            Integer[] order = new Integer[count];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparingLong(i -> from[j][i]));
            long next = Long.MIN_VALUE;
            for (int i : order) {
                for (long index = Math.max(next, from[j][i]); index <= to[j][i]; index++) {
                    y[j] = index * spacing;
                    if (j == dimension - 1) {
                        visit();
                    } else {
                        axis(j + 1, narrow(j, count, index));
                    }
                }
                next = Math.max(next, to[j][i] + 1);
            }
            if (j == dimension - 1) {
                total.add(lineSum);
                mass.add(lineMass);
                lineSum = 0;
                lineMass = 0;
            }
        }

        private double deviation(int j, int k) {
            return frame.factor(k)[Packed.index(j, j)];
        }

        /** Conditions every component on the coordinates before an axis. */
        private void enter(int j) {
            for (int k = 0; k < mixture.size(); k++) {
                double middle = frame.centre(k)[j];
                double distance = 0;
                for (int a = 0; a < j; a++) {
                    middle += frame.factor(k)[Packed.index(j, a)] * z[a][k];
                    distance += z[a][k] * z[a][k];
                }
                centre[j][k] = middle;
                peak[k] = highest[k] - 0.5 * distance;
            }
        }

        /** The interval of an axis that each active ellipsoid covers, given the coordinates before. */
        private void cut(int j, int count) {
            for (int i = 0; i < count; i++) {
                int k = active[j][i];
                double half = deviation(j, k) * Math.sqrt(left[j][i]);
                from[j][i] = (long) Math.ceil((centre[j][k] - half) / spacing);
                to[j][i] = (long) Math.floor((centre[j][k] + half) / spacing);
            }
        }

        private int narrow(int j, int count, long index) {
            for (int k = 0; k < mixture.size(); k++) {
                z[j][k] = (y[j] - centre[j][k]) / deviation(j, k);
            }
            int reached = 0;
            for (int i = 0; i < count; i++) {
                if (from[j][i] <= index && index <= to[j][i]) {
                    int k = active[j][i];
                    active[j + 1][reached] = k;
                    left[j + 1][reached] = Math.max(0, left[j][i] - z[j][k] * z[j][k]);
                    reached++;
                }
            }
            return reached;
        }

        private void visit() {
            double last = y[dimension - 1];
            double[] middle = centre[dimension - 1];
            for (int k = 0; k < scores.length; k++) {
                double standard = (last - middle[k]) * inverseDeviation[k];
                scores[k] = peak[k] - 0.5 * standard * standard;
            }
            frame.toPoint(y, x);
            posterior.at(x, scores);
            double cellMass = Math.exp(posterior.logDensity() + logCell);
            lineSum += cellMass * integrand.mean(posterior);
            lineMass += cellMass;
            visited++;
        }
    }
}
