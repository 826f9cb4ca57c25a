package org.mixtura.bayes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Pass;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.special.LogSumExp;

/**
 * A mixture of Student distributions over named columns: the posterior predictive of a mixture with unknown covariances.
 * Components with infinite degrees of freedom are Gaussians, and a mixture of those alone is a {@link GaussianMixture}.
 */
public final class StudentMixture {
    /** How far weights may sum from one. */
    private static final double WEIGHT_SUM = 1e-9;

    private final double[] weights;
    private final double[] logWeights;
    private final List<StudentT> components;
    private final List<String> columns;

    private StudentMixture(double[] weights, List<StudentT> components, List<String> columns) {
        this.weights = weights;
        this.logWeights = Arrays.stream(weights).map(Math::log).toArray();
        this.components = components;
        this.columns = columns;
    }

    /**
     * A mixture; its columns are called x0, x1, ….
     *
     * @param weights K numbers that are not negative and sum to one within 1e-9; copied
     * @param components K distributions of one dimension
     * @return the mixture
     * @throws IllegalArgumentException if the weights break their rule, or numbers or dimensions do not fit
     */
    public static StudentMixture of(double[] weights, List<StudentT> components) {
        if (weights.length != components.size() || weights.length == 0) {
            throw new IllegalArgumentException(weights.length + " weights for " + components.size() + " components");
        }
        double sum = 0;
        int d = components.get(0).dimension();
        for (int k = 0; k < weights.length; k++) {
            if (!(weights[k] >= 0)) {
                throw new IllegalArgumentException(
                        "weight of component " + k + " is " + weights[k] + "; a weight is between 0 and 1");
            }
            if (components.get(k).dimension() != d) {
                throw new IllegalArgumentException(
                        "component " + k + " has " + components.get(k).dimension() + " columns, component 0 has " + d);
            }
            sum += weights[k];
        }
        if (!(Math.abs(sum - 1) <= WEIGHT_SUM)) {
            throw new IllegalArgumentException("weights sum to " + sum + "; they must sum to 1 within " + WEIGHT_SUM);
        }
        List<String> columns = IntStream.range(0, d).mapToObj(j -> "x" + j).toList();
        return new StudentMixture(weights.clone(), List.copyOf(components), columns);
    }

    /**
     * The same mixture under other column names.
     *
     * @param names d different names
     * @return the renamed mixture
     * @throws IllegalArgumentException if there are not d names or two are the same
     */
    public StudentMixture named(List<String> names) {
        return new StudentMixture(weights, components, Rows.checkColumns(names, dimension()));
    }

    /** {@return the number of components, K} */
    public int size() {
        return weights.length;
    }

    /** {@return the number of columns, d} */
    public int dimension() {
        return components.get(0).dimension();
    }

    /** {@return the names of the columns, d of them} */
    public List<String> columns() {
        return columns;
    }

    /** {@return the weights, K values, a copy} */
    public double[] weights() {
        return weights.clone();
    }

    /**
     * One component.
     *
     * @param component k, from 0
     * @return its distribution
     */
    public StudentT component(int component) {
        return components.get(component);
    }

    /**
     * The logarithm of the density at a point.
     *
     * @param x d values
     * @return nats
     * @throws IllegalArgumentException if x does not have d values
     */
    public double logDensity(double[] x) {
        if (x.length != dimension()) {
            throw new IllegalArgumentException(
                    "a point of " + x.length + " values for a mixture of " + dimension() + " columns");
        }
        double[] terms = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            terms[k] = logWeights[k] + components.get(k).logDensity(x);
        }
        return LogSumExp.of(terms);
    }

    /**
     * The log-density of each row, on all processors.
     *
     * @param rows n rows of d columns
     * @return nats, n values
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public double[] logDensity(Rows rows) {
        int d = dimension();
        if (rows.dimension() != d) {
            throw new IllegalArgumentException(
                    "rows of " + rows.dimension() + " columns for a mixture of " + d + " columns");
        }
        Scan.refuseGaps(rows, "a mixture of Student distributions");
        Scan.refuseCovariances(rows, "a mixture of Student distributions");
        double[] result = new double[Math.toIntExact(rows.count())];
        Pass.run(
                rows,
                Runtime.getRuntime().availableProcessors(),
                (long) size() * d * (d + 1) / 2,
                () -> {
                    double[] x = new double[d];
                    return (block, first, nothing) -> {
                        Scan.checkFinite(block, first, rows);
                        for (int i = 0; i < block.count(); i++) {
                            for (int j = 0; j < d; j++) {
                                x[j] = block.get(i, j);
                            }
                            result[(int) first + i] = logDensity(x);
                        }
                    };
                },
                () -> (Pass.Part) () -> {},
                nothing -> {});
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StudentMixture mixture
                && Arrays.equals(weights, mixture.weights)
                && components.equals(mixture.components)
                && columns.equals(mixture.columns);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + components.hashCode();
    }

    @Override
    public String toString() {
        return "mixture of " + size() + " Student distributions in " + dimension() + " columns";
    }
}
