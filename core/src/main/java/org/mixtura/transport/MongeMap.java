package org.mixtura.transport;

import org.mixtura.data.Matrix;
import org.mixtura.linalg.Cholesky;
import org.mixtura.mixture.Gaussian;

/**
 * The optimal map from one Gaussian to another for the squared distance, T(x) = μ₁ + M (x − μ₀) with the symmetric positive
 * definite M for which M Σ₀ M = Σ₁:
 *
 * <pre>  M = Σ₀^-½ (Σ₀^½ Σ₁ Σ₀^½)^½ Σ₀^-½.</pre>
 *
 * <p>It is computed as M = G L₀⁻¹ with the square root G of Σ₁ that lies nearest to the Cholesky factor L₀ of Σ₀, by
 * triangular solves. T moves N(μ₀, Σ₀) to N(μ₁, Σ₁), and E‖x − T(x)‖² = W₂². Knott and Smith 1984, <a
 * href="https://doi.org/10.1007/BF00934745">doi:10.1007/BF00934745</a>.
 */
public final class MongeMap {
    private final Gaussian source;
    private final Gaussian target;
    private final SquareRoot sourceRoot;
    /** G = M L₀. */
    private final SquareRoot targetRoot;

    private final Matrix matrix;

    private MongeMap(Gaussian source, Gaussian target) {
        this.source = source;
        this.target = target;
        this.sourceRoot = SquareRoot.of(source.covariance());
        this.targetRoot = SquareRoot.of(target.covariance()).nearestTo(sourceRoot);
        this.matrix = quotient(targetRoot, source.covariance().lowerFactor(), source.dimension());
    }

    /**
     * The map from one Gaussian to another.
     *
     * @param source N(μ₀, Σ₀)
     * @param target N(μ₁, Σ₁)
     * @return T
     * @throws IllegalArgumentException if the dimensions differ
     */
    public static MongeMap between(Gaussian source, Gaussian target) {
        BuresWasserstein.requireSameDimension(source.dimension(), target.dimension());
        return new MongeMap(source, target);
    }

    /** G L⁻¹ row by row, as solutions of Lᵀ m = g; symmetric in theory, made so against rounding. */
    private static Matrix quotient(SquareRoot g, double[] lower, int d) {
        double[][] rows = new double[d][];
        for (int i = 0; i < d; i++) {
            rows[i] = Cholesky.solveUpper(lower, g.row(i));
            for (int j = 0; j < i; j++) {
                rows[i][j] = 0.5 * (rows[i][j] + rows[j][i]);
                rows[j][i] = rows[i][j];
            }
        }
        return Matrix.of(rows);
    }

    /** {@return the Gaussian from which the map leads} */
    public Gaussian source() {
        return source;
    }

    /** {@return the Gaussian to which the map leads} */
    public Gaussian target() {
        return target;
    }

    /** {@return M, d × d} */
    public Matrix matrix() {
        return matrix;
    }

    /** {@return the map back} */
    public MongeMap inverse() {
        return new MongeMap(target, source);
    }

    /**
     * The image of a point.
     *
     * @param x d values
     * @return T(x), d values
     * @throws IllegalArgumentException if x has not d values
     */
    public double[] apply(double[] x) {
        double[] image = matrix.times(deviation(x));
        for (int j = 0; j < image.length; j++) {
            image[j] += target.mean(j);
        }
        return image;
    }

    /**
     * The dual potential f(x) = ½ xᵀx − ½ (x − μ₀)ᵀ M (x − μ₀) − xᵀμ₁, in squared units.
     *
     * <p>x − ∇f(x) = T(x). With g the potential of {@link #inverse}, f(x) + g(y) + μ₀ᵀμ₁ ≤ ½ ‖x − y‖² for all x and y, and
     * equal for y = T(x).
     *
     * @param x d values
     * @return f(x)
     * @throws IllegalArgumentException if x has not d values
     */
    public double potential(double[] x) {
        double[] deviation = deviation(x);
        double[] moved = matrix.times(deviation);
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += 0.5 * (x[j] * x[j] - deviation[j] * moved[j]) - x[j] * target.mean(j);
        }
        return sum;
    }

    /**
     * The Gaussian on the way at a time t, that of (1 − t) x + t T(x): the shortest path between the two Gaussians, at
     * constant speed.
     *
     * @param t from 0, the source, to 1, the target
     * @return N((1 − t) μ₀ + t μ₁, Σ_t)
     * @throws IllegalArgumentException if t is not between 0 and 1
     */
    public Gaussian interpolate(double t) {
        if (!(t >= 0 && t <= 1)) {
            throw new IllegalArgumentException(
                    "time " + t + " of an interpolation; it lies between 0 (the source) and 1 (the target)");
        }
        double[] mean = new double[source.dimension()];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = (1 - t) * source.mean(j) + t * target.mean(j);
        }
        return Gaussian.of(mean, sourceRoot.combined(1 - t, targetRoot, t).covariance());
    }

    private double[] deviation(double[] x) {
        if (x.length != source.dimension()) {
            throw new IllegalArgumentException(
                    "a point of " + x.length + " values for a map of " + source.dimension() + " columns");
        }
        double[] deviation = x.clone();
        for (int j = 0; j < deviation.length; j++) {
            deviation[j] -= source.mean(j);
        }
        return deviation;
    }
}
