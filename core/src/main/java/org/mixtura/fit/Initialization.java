package org.mixtura.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.kernel.FilledRows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.kernel.Seeding;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.GaussianMixture;

/**
 * Where a fit starts: first responsibilities, or a whole model.
 *
 * <p>Starts that draw at random can be tried again; the others give the same start every time, so a fit from them runs once.
 */
public abstract sealed class Initialization {
    private Initialization() {}

    /**
     * Nearest of K rows chosen by k-means++, distances in columns divided by their standard deviations (so that units do not
     * matter); the default.
     *
     * @return the start
     */
    public static Initialization kMeansPlusPlus() {
        return new KMeansPlusPlus();
    }

    /** {@return responsibilities drawn at random, uniform and then made to sum to one} */
    public static Initialization random() {
        return new Random();
    }

    /**
     * A given component for each row.
     *
     * @param labels one number from 0 to K − 1 per row, each of them used; copied
     * @return the start
     */
    public static Initialization labels(int[] labels) {
        return new Labels(labels.clone());
    }

    /**
     * Given responsibilities.
     *
     * @param responsibilities n × K, not negative, each row with a positive sum; rows need not sum to one
     * @return the start
     */
    public static Initialization responsibilities(Matrix responsibilities) {
        return new Responsibilities(responsibilities);
    }

    /**
     * A given mixture. If its covariances have another structure than the fit asks for, they are first brought into it: pooled
     * by weight, cut to their diagonals, averaged over the columns.
     *
     * @param mixture the first model, of the rows' dimension
     * @return the start
     */
    public static Initialization model(GaussianMixture mixture) {
        return new Model(mixture);
    }

    /** Whether another attempt may give another start. */
    abstract boolean randomized();

    /** Whether hierarchical clusters are a start of its kind. */
    boolean hierarchical() {
        return false;
    }

    /** Checks that the start fits rows and K. */
    abstract void check(Rows rows, int components);

    /** The moments of the rows under the first responsibilities, about the components' own means. */
    abstract Moments moments(Start start);

    /** First responsibilities that do not depend on the rows; empty if there are no such. */
    Optional<Scan.Assignment> assignment(Start start) {
        return Optional.empty();
    }

    /** Each row to the component of its label; to none if that is negative. */
    private static Scan.Assignment byLabel(int[] labels, int components) {
        return (block, first, responsibilities) -> {
            for (int i = 0; i < block.count(); i++) {
                int label = labels[(int) first + i];
                if (label >= 0) {
                    responsibilities[i * components + label] = 1;
                }
            }
        };
    }

    /**
     * What a start is made from.
     *
     * @param rows the rows
     * @param summary their summary
     * @param components K
     * @param scatter the second moments wanted
     * @param kind what kind of start, for those of which there are several
     * @param hierarchy of the rows
     * @param seed the seed of this attempt
     * @param work who works, and what it comes to
     */
    record Start(
            Rows rows,
            RowSummary summary,
            int components,
            Moments.Scatter scatter,
            StartKind kind,
            Hierarchy hierarchy,
            long seed,
            Work work) {
        /** A plain start, outside any search. */
        static Start plain(
                Rows rows, RowSummary summary, int components, Moments.Scatter scatter, long seed, int threads) {
            Work work = Work.of(threads, rows, components);
            return new Start(rows, summary, components, scatter, StartKind.PLAIN, new Hierarchy(), seed, work);
        }

        /** Checks that there are as many centres as components. */
        void requireCentres(double[][] centres) {
            if (centres.length < components) {
                throw new CollapseException(
                        "only " + centres.length + " different rows for " + components + " centres");
            }
        }

        /**
         * Two passes: the means first, then the moments about them, exact however far the clusters are apart. Where gaps were
         * filled, the moments have the spread that the missing values have given the others.
         */
        Moments moments(Scan.Assignment assignment) {
            double[] origin = summary.origin();
            int d = origin.length;
            Moments rough = Scan.moments(
                    rows, origin, new double[components * d], Moments.Scatter.DIAGONAL, assignment, work.threads());
            double[] means = new double[components * d];
            for (int k = 0; k < components; k++) {
                System.arraycopy(rough.mean(k), 0, means, k * d, d);
            }
            Moments moments = Scan.moments(rows, origin, means, scatter, assignment, work.threads());
            if (rows instanceof FilledRows filled) {
                filled.addSpread(moments, assignment, work.threads());
            }
            return moments;
        }
    }

    private static final class KMeansPlusPlus extends Initialization {
        @Override
        boolean randomized() {
            return true;
        }

        @Override
        boolean hierarchical() {
            return true;
        }

        @Override
        void check(Rows rows, int components) {}

        @Override
        Moments moments(Start start) {
            return switch (start.kind()) {
                case PLAIN -> plain(start);
                case HIERARCHY -> hierarchical(start);
                default -> new KMeansStart(start).moments();
            };
        }

        private static Moments hierarchical(Start start) {
            int[] labels = start.hierarchy()
                    .of(start.rows(), start.summary(), start.work())
                    .labels(start.components());
            return start.moments(byLabel(labels, start.components()));
        }

        private static Moments plain(Start start) {
            double[] scales = start.summary().scales();
            double[][] centres = Seeding.centres(
                    start.rows(),
                    start.components(),
                    scales,
                    new SplittableRandom(start.seed()),
                    start.work().threads());
            start.requireCentres(centres);
            return start.moments(Seeding.nearest(centres, scales));
        }

        @Override
        public String toString() {
            return "kmeans++";
        }
    }

    private static final class Random extends Initialization {
        @Override
        boolean randomized() {
            return true;
        }

        @Override
        void check(Rows rows, int components) {}

        @Override
        Moments moments(Start start) {
            return start.moments(drawn(start));
        }

        @Override
        Optional<Scan.Assignment> assignment(Start start) {
            return Optional.of(drawn(start));
        }

        private static Scan.Assignment drawn(Start start) {
            int components = start.components();
            return (block, first, responsibilities) -> {
                for (int i = 0; i < block.count(); i++) {
                    // A stream per row: the same numbers whichever thread comes by.
                    SplittableRandom random = new SplittableRandom(start.seed() ^ (first + i) * 0x9E3779B97F4A7C15L);
                    double sum = 0;
                    for (int k = 0; k < components; k++) {
                        responsibilities[i * components + k] = random.nextDouble();
                        sum += responsibilities[i * components + k];
                    }
                    for (int k = 0; k < components; k++) {
                        responsibilities[i * components + k] /= sum;
                    }
                }
            };
        }

        @Override
        public String toString() {
            return "random";
        }
    }

    private static final class Labels extends Initialization {
        private final int[] labels;

        Labels(int[] labels) {
            this.labels = labels;
        }

        @Override
        boolean randomized() {
            return false;
        }

        @Override
        void check(Rows rows, int components) {
            if (labels.length != rows.count()) {
                throw new IllegalArgumentException(labels.length + " labels for " + rows.count() + " rows");
            }
            boolean[] used = new boolean[components];
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] < 0 || labels[i] >= components) {
                    throw new IllegalArgumentException("label of row " + i + " is " + labels[i] + "; with " + components
                            + " components a label is between 0 and " + (components - 1));
                }
                used[labels[i]] = true;
            }
            for (int k = 0; k < components; k++) {
                if (!used[k]) {
                    throw new IllegalArgumentException("no row has label " + k + " of " + components + " components");
                }
            }
        }

        @Override
        Moments moments(Start start) {
            return start.moments(byLabel(labels, start.components()));
        }

        @Override
        public String toString() {
            return "labels";
        }
    }

    private static final class Responsibilities extends Initialization {
        private final Matrix responsibilities;

        Responsibilities(Matrix responsibilities) {
            this.responsibilities = responsibilities;
        }

        @Override
        boolean randomized() {
            return false;
        }

        @Override
        void check(Rows rows, int components) {
            if (responsibilities.rows() != rows.count() || responsibilities.columns() != components) {
                throw new IllegalArgumentException("responsibilities are " + responsibilities.rows() + " × "
                        + responsibilities.columns() + "; expected " + rows.count() + " rows × " + components
                        + " components");
            }
            for (int i = 0; i < responsibilities.rows(); i++) {
                double sum = 0;
                for (int k = 0; k < components; k++) {
                    double r = responsibilities.get(i, k);
                    if (!(r >= 0 && r < Double.POSITIVE_INFINITY)) {
                        throw new IllegalArgumentException("responsibility of row " + i + " for component " + k + " is "
                                + r + "; it is finite and not negative");
                    }
                    sum += r;
                }
                if (!(sum > 0)) {
                    throw new IllegalArgumentException("responsibilities of row " + i + " are all zero");
                }
            }
        }

        @Override
        Moments moments(Start start) {
            return start.moments((block, first, into) -> {
                for (int i = 0; i < block.count(); i++) {
                    for (int k = 0; k < start.components(); k++) {
                        into[i * start.components() + k] = responsibilities.get((int) first + i, k);
                    }
                }
            });
        }

        @Override
        public String toString() {
            return "responsibilities";
        }
    }

    static final class Model extends Initialization {
        private final GaussianMixture mixture;

        Model(GaussianMixture mixture) {
            this.mixture = mixture;
        }

        /** The mixture relative to an origin. */
        GaussianMixture about(double[] origin, List<String> columns) {
            return mixture.translated(Arrays.stream(origin).map(o -> -o).toArray())
                    .named(columns);
        }

        @Override
        boolean randomized() {
            return false;
        }

        @Override
        void check(Rows rows, int components) {
            if (mixture.dimension() != rows.dimension()) {
                throw new IllegalArgumentException(
                        "the start model has " + mixture.dimension() + " columns, the rows have " + rows.dimension());
            }
            if (mixture.size() != components) {
                throw new IllegalArgumentException(
                        "the start model has " + mixture.size() + " components, the fit asks for " + components);
            }
        }

        @Override
        Moments moments(Start start) {
            GaussianMixture relative =
                    about(start.summary().origin(), start.rows().columns());
            return moments(relative, start.summary(), start.scatter());
        }

        /** The moments of as many rows as there are, if they were spread as a mixture relative to their origin says. */
        static Moments moments(GaussianMixture mixture, RowSummary summary, Moments.Scatter scatter) {
            int d = mixture.dimension();
            double[] means = new double[mixture.size() * d];
            for (int k = 0; k < mixture.size(); k++) {
                System.arraycopy(mixture.component(k).mean(), 0, means, k * d, d);
            }
            Moments moments = Moments.about(summary.origin(), means, scatter);
            for (int k = 0; k < mixture.size(); k++) {
                double weight = mixture.weight(k) * summary.totalWeight();
                moments.weights()[k] = weight;
                double[] second = moments.second(k);
                Covariance covariance = mixture.component(k).covariance();
                for (int i = 0; i < d; i++) {
                    if (scatter == Moments.Scatter.DIAGONAL) {
                        second[i] = weight * covariance.get(i, i);
                    } else {
                        for (int j = 0; j <= i; j++) {
                            second[Packed.index(i, j)] = weight * covariance.get(i, j);
                        }
                    }
                }
            }
            return moments;
        }

        @Override
        public String toString() {
            return "model";
        }
    }
}
