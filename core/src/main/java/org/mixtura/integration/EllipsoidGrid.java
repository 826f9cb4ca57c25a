package org.mixtura.integration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * The trapezoidal rule for averages over a mixture in one to three dimensions: a uniform grid over the union of the
 * components' ellipsoids of Mahalanobis radius 9, outside of which the mass is below 1e-16.
 *
 * <p>For functions that are analytic about the real space, as densities and their logarithms are, the error falls
 * exponentially with 1/step. Points are equally spaced in coordinates y = L⁻¹ x chosen from several (each component's own,
 * the columns' smallest deviations, the mean covariance) so that the points are fewest; the step is a multiple of the
 * smallest standard deviation that any component has there in any direction, so no component is ever missed. Grids are
 * refined by √2 until two agree within the tolerance; their difference is the error, hence that of the <em>coarser</em>
 * grid.
 *
 * <p>Only the union of the ellipsoids is visited, however far they are apart: axis by axis, an ellipsoid cuts an interval
 * from the next axis that its triangular factor gives.
 */
final class EllipsoidGrid {
    /** Mahalanobis radius; 9 leaves a mass of 3e-18 in two and 2e-17 in three dimensions. */
    private static final double RADIUS = 9;

    /** Steps in units of the smallest deviation. The first one already integrates each Gaussian to 1e-17. */
    private static final double[] STEPS = {0.7, 0.5, 0.35, 0.25, 0.175, 0.125, 0.0875};

    /** Volumes of the unit balls of dimensions 1, 2, 3. */
    private static final double[] BALL = {2, Math.PI, 4 * Math.PI / 3};

    private final GaussianMixture mixture;
    private final Covariance frame;
    private final int dimension;
    /** L of the frame, packed. */
    private final double[] frameFactor;
    /** The components' triangular factors in the frame, packed. */
    private final double[][] factors;

    private final double[][] centres;
    private final double smallestDeviation;
    private final double volume;

    private EllipsoidGrid(GaussianMixture mixture, List<Gaussian> features, Covariance frame) {
        this.mixture = mixture;
        this.frame = frame;
        this.dimension = mixture.dimension();
        this.frameFactor = frame.lowerFactor();
        this.factors = new double[mixture.size()][];
        this.centres = new double[mixture.size()][];
        double smallest = Double.POSITIVE_INFINITY;
        double sum = 0;
        for (int k = 0; k < mixture.size(); k++) {
            factors[k] = inFrame(mixture.component(k).covariance(), frame);
            centres[k] = frame.whiten(mixture.component(k).mean());
            sum += Math.exp(0.5 * Cholesky.logDeterminant(factors[k], dimension));
        }
        for (Gaussian feature : features) {
            smallest = Math.min(smallest, smallestDeviation(inFrame(feature.covariance(), frame), dimension));
        }
        this.smallestDeviation = smallest;
        this.volume = sum * BALL[dimension - 1] * Math.pow(RADIUS, dimension);
    }

    /**
     * The grid of fewest points among the known coordinates.
     *
     * @param mixture a mixture of 1 to 3 columns, about the origin
     * @param features all Gaussians that the step must resolve, those of the mixture among them
     */
    static EllipsoidGrid of(GaussianMixture mixture, List<Gaussian> features) {
        List<Covariance> frames = new ArrayList<>();
        frames.add(Covariance.diagonal(smallestVariances(features)));
        frames.add(meanCovariance(mixture));
        features.forEach(feature -> frames.add(feature.covariance()));
        return frames.stream()
                .map(frame -> new EllipsoidGrid(mixture, features, frame))
                .min(Comparator.comparingDouble(grid -> grid.points(STEPS[0])))
                .orElseThrow();
    }

    private static double[] smallestVariances(List<Gaussian> features) {
        double[] smallest = new double[features.get(0).dimension()];
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        for (Gaussian feature : features) {
            for (int j = 0; j < smallest.length; j++) {
                smallest[j] = Math.min(smallest[j], feature.covariance().get(j, j));
            }
        }
        return smallest;
    }

    private static Covariance meanCovariance(GaussianMixture mixture) {
        double[] sum = new double[Packed.size(mixture.dimension())];
        for (int k = 0; k < mixture.size(); k++) {
            double[] triangle = mixture.component(k).covariance().lowerTriangle();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += mixture.weight(k) * triangle[i];
            }
        }
        return Covariance.full(sum, mixture.dimension());
    }

    /** The factor of L⁻¹ Σ L⁻ᵀ, which is L⁻¹ times that of Σ, packed. */
    private static double[] inFrame(Covariance covariance, Covariance frame) {
        int d = covariance.dimension();
        double[] factor = new double[Packed.size(d)];
        for (int j = 0; j < d; j++) {
            double[] column = frame.whiten(GaussianPair.column(covariance, j));
            for (int i = j; i < d; i++) {
                factor[Packed.index(i, j)] = column[i];
            }
        }
        return factor;
    }

    /**
     * The smallest standard deviation in any direction, not more than 3 % below it: with P the precision matrix, its largest
     * eigenvalue is at most (tr P¹⁶)^{1/16}.
     */
    private static double smallestDeviation(double[] factor, int d) {
        double[] inverse = Cholesky.invert(factor, d);
        double[][] power = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int m = Math.max(i, j); m < d; m++) {
                    power[i][j] += inverse[Packed.index(m, i)] * inverse[Packed.index(m, j)];
                }
            }
        }
        // Divided by the trace at each step, so that no power overflows.
        double log = 0;
        double exponent = 1;
        for (int step = 0; step < 4; step++) {
            double trace = scaleByTrace(power);
            log += exponent * Math.log(trace);
            power = square(power);
            exponent /= 2;
        }
        log += exponent * Math.log(scaleByTrace(power));
        return Math.exp(-0.5 * log);
    }

    private static double scaleByTrace(double[][] matrix) {
        double trace = 0;
        for (int i = 0; i < matrix.length; i++) {
            trace += matrix[i][i];
        }
        for (double[] row : matrix) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= trace;
            }
        }
        return trace;
    }

    private static double[][] square(double[][] matrix) {
        int d = matrix.length;
        double[][] product = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int m = 0; m < d; m++) {
                    product[i][j] += matrix[i][m] * matrix[m][j];
                }
            }
        }
        return product;
    }

    /** About how many points a grid has, at most. */
    private double points(double step) {
        return volume / Math.pow(step * smallestDeviation, dimension);
    }

    /** Whether a pair of grids to judge the error by has at most this many points. */
    boolean fits(long maximumPoints) {
        return points(STEPS[1]) <= maximumPoints;
    }

    /**
     * The average of an integrand.
     *
     * @param integrands makes the integrand
     * @param smoothness whether the integrand is analytic; if not, two successive differences are taken as error
     * @param tolerance the error wanted
     * @param maximumPoints no grid of more points is used
     * @return the average; its error may exceed the tolerance if finer grids would be too large
     */
    Estimate average(Supplier<Integrand> integrands, Smoothness smoothness, double tolerance, long maximumPoints) {
        Walk walk = new Walk(integrands.get());
        double value = walk.run(STEPS[0]);
        double error = Double.POSITIVE_INFINITY;
        double previousError = Double.POSITIVE_INFINITY;
        for (int level = 1; level < STEPS.length && points(STEPS[level]) <= maximumPoints; level++) {
            double finer = walk.run(STEPS[level]);
            double difference = Math.abs(finer - value) + walk.rounding();
            error = smoothness == Smoothness.ANALYTIC ? difference : Math.max(difference, previousError);
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
        /** The standardised coordinates of the components, axis by axis. */
        private final double[][] z = new double[dimension][mixture.size()];

        private final long[][] from = new long[dimension][mixture.size()];
        private final long[][] to = new long[dimension][mixture.size()];
        private final double[][] centre = new double[dimension][mixture.size()];
        private double spacing;
        private double logCell;
        private long visited;
        private double lineSum;
        private double lineMass;
        private CompensatedSum total = new CompensatedSum();
        private CompensatedSum mass = new CompensatedSum();

        Walk(Integrand integrand) {
            this.integrand = integrand;
        }

        double run(double step) {
            spacing = step * smallestDeviation;
            logCell = dimension * Math.log(spacing) + 0.5 * frame.logDeterminant();
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

        /** The interval of an axis that each active ellipsoid covers, given the coordinates before. */
        private void cut(int j, int count) {
            for (int i = 0; i < count; i++) {
                int k = active[j][i];
                double middle = centres[k][j];
                for (int a = 0; a < j; a++) {
                    middle += factors[k][Packed.index(j, a)] * z[a][k];
                }
                double half = factors[k][Packed.index(j, j)] * Math.sqrt(left[j][i]);
                centre[j][i] = middle;
                from[j][i] = (long) Math.ceil((middle - half) / spacing);
                to[j][i] = (long) Math.floor((middle + half) / spacing);
            }
        }

        private int narrow(int j, int count, long index) {
            int reached = 0;
            for (int i = 0; i < count; i++) {
                if (from[j][i] <= index && index <= to[j][i]) {
                    int k = active[j][i];
                    double standard = (y[j] - centre[j][i]) / factors[k][Packed.index(j, j)];
                    z[j][k] = standard;
                    active[j + 1][reached] = k;
                    left[j + 1][reached] = Math.max(0, left[j][i] - standard * standard);
                    reached++;
                }
            }
            return reached;
        }

        private void visit() {
            for (int i = 0; i < dimension; i++) {
                x[i] = 0;
                for (int j = 0; j <= i; j++) {
                    x[i] += frameFactor[Packed.index(i, j)] * y[j];
                }
            }
            posterior.at(x);
            double cellMass = Math.exp(posterior.logDensity() + logCell);
            lineSum += cellMass * integrand.mean(posterior);
            lineMass += cellMass;
            visited++;
        }
    }
}
