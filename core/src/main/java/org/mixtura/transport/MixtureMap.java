package org.mixtura.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;

/**
 * Moves points from one mixture to another along a coupling P of their components: a point x belongs to component i with
 * responsibility r_i(x), which sends it to component j with probability P_ij / Σ_j P_ij by the Monge map T_ij.
 *
 * <ul>
 *   <li>{@link #apply(double[])} is the mean image Σ_ij r_i(x) P_ij / Σ_j P_ij T_ij(x), a map.
 *   <li>{@link #sample} draws one image; points that are drawn from the source have images that are distributed as the
 *       target.
 * </ul>
 *
 * <p>Delon and Desolneux 2020, section 6, <a href="https://doi.org/10.1137/19M1301047">doi:10.1137/19M1301047</a>.
 */
public final class MixtureMap {
    private final GaussianMixture source;
    /** Of each source component: to which Gaussians it leads, and with which probabilities. */
    private final List<List<Branch>> branches;

    private MixtureMap(GaussianMixture source, List<List<Branch>> branches) {
        this.source = source;
        this.branches = branches;
    }

    private record Branch(MongeMap map, double probability) {}

    /**
     * The map along a coupling of components.
     *
     * @param source K₀ components
     * @param target K₁ components over the same columns
     * @param coupling P, K₀ × K₁ finite numbers that are not negative; each component of positive weight sends some mass
     * @return the map
     * @throws IllegalArgumentException if shapes or columns do not fit or the coupling breaks its rule
     */
    public static MixtureMap of(GaussianMixture source, GaussianMixture target, Matrix coupling) {
        BuresWasserstein.requireSameColumns(source, target);
        if (coupling.rows() != source.size() || coupling.columns() != target.size()) {
            throw new IllegalArgumentException("a coupling of " + coupling.rows() + " × " + coupling.columns()
                    + " between mixtures of " + source.size() + " and " + target.size() + " components");
        }
        List<List<Branch>> branches = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            double mass = 0;
            for (int j = 0; j < target.size(); j++) {
                if (!(coupling.get(i, j) >= 0 && coupling.get(i, j) < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("the coupling sends " + coupling.get(i, j) + " from component "
                            + i + " to component " + j + "; a mass is finite and not negative");
                }
                mass += coupling.get(i, j);
            }
            if (source.weight(i) > 0 && !(mass > 0)) {
                throw new IllegalArgumentException(
                        "the coupling sends nothing from component " + i + " of weight " + source.weight(i));
            }
            List<Branch> ways = new ArrayList<>();
            for (int j = 0; j < target.size(); j++) {
                if (coupling.get(i, j) > 0) {
                    MongeMap map = MongeMap.between(source.component(i), target.component(j));
                    ways.add(new Branch(map, coupling.get(i, j) / mass));
                }
            }
            branches.add(ways);
        }
        return new MixtureMap(source, branches);
    }

    /**
     * The mean image of a point.
     *
     * @param x d values
     * @return d values
     * @throws IllegalArgumentException if x has not d finite values
     */
    public double[] apply(double[] x) {
        return apply(Rows.of(x)).row(0);
    }

    /**
     * The mean images of points.
     *
     * @param points n rows of d values
     * @return n × d
     * @throws IllegalArgumentException if the dimensions differ or a value is not finite
     */
    public Matrix apply(Rows points) {
        int n = Math.toIntExact(points.count());
        int d = source.dimension();
        double[] images = new double[Math.multiplyExact(n, d)];
        double[] x = new double[d];
        try (Rows.Reader reader = points.reader()) {
            source.score(points, 1, (first, count, logDensity, responsibilities) -> {
                var block = reader.read(first, count);
                for (int row = 0; row < count; row++) {
                    System.arraycopy(block.values(), block.offset() + row * d, x, 0, d);
                    for (int i = 0; i < source.size(); i++) {
                        addImages(i, responsibilities[row * source.size() + i], x, images, ((int) first + row) * d);
                    }
                }
            });
        }
        return Matrix.owning(n, d, images);
    }

    private void addImages(int component, double responsibility, double[] x, double[] sum, int offset) {
        if (responsibility > 0) {
            for (Branch way : branches.get(component)) {
                double[] image = way.map().apply(x);
                for (int j = 0; j < image.length; j++) {
                    sum[offset + j] += responsibility * way.probability() * image[j];
                }
            }
        }
    }

    /**
     * Draws an image of a point.
     *
     * @param x d values
     * @param random the source of randomness
     * @return d values
     * @throws IllegalArgumentException if x has not d finite values
     */
    public double[] sample(double[] x, RandomGenerator random) {
        double[] responsibilities = source.responsibilities(x);
        double left = random.nextDouble();
        Branch last = null;
        for (int i = 0; i < responsibilities.length; i++) {
            for (Branch way : branches.get(i)) {
                double probability = responsibilities[i] * way.probability();
                if (probability > 0) {
                    last = way;
                    left -= probability;
                    if (left < 0) {
                        return way.map().apply(x);
                    }
                }
            }
        }
        if (last == null) {
            throw new IllegalStateException("no component of the mixture owns the point");
        }
        return last.map().apply(x);
    }
}
