package org.mixtura.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mixtura.data.Rows;
import org.mixtura.kernel.FilledRows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.kernel.Seeding;

/**
 * Starts that heed partial labels. The first centre of a class is the mean of those of all rows that are rather of it than of
 * anything else; the other centres are drawn by k-means++ from rows that may belong there. A row goes to the nearest centre among
 * those that its label makes most likely (Basu, Banerjee &amp; Mooney 2002, Semi-supervised clustering by seeding, for labels that are
 * certain). Distances are in units of the spread within classes, as far as labels tell it. A class of few rows, of which a sample has
 * none, keeps the weight that it has among all rows.
 *
 * <p>In a race half of the starts draw all centres by k-means++, and classes take those nearest to their means: with few labels their
 * means may be far off.
 */
final class LabelledStart {
    private final PartialLabels labels;
    private final Initialization initialization;
    private final int components;
    private final RowSummary summary;
    /** The weights and means of the rows that are decidedly of a class. */
    private final Moments decided;
    /** For each code the components that it makes most likely. */
    private final boolean[][] likely;

    /**
     * @param rows all rows, with the codes of their labels
     */
    LabelledStart(
            PartialLabels labels,
            Initialization initialization,
            Rows rows,
            RowSummary summary,
            int components,
            int threads) {
        this.labels = labels;
        this.initialization = initialization;
        this.components = components;
        this.summary = summary;
        this.likely = new boolean[labels.size()][components];
        int classes = labels.classes().size();
        int[] decision = new int[labels.size()];
        for (int code = 0; code < likely.length; code++) {
            double greatest = components > classes ? labels.factor(code, classes) : 0;
            decision[code] = -1;
            for (int k = 0; k < classes; k++) {
                double factor = labels.factor(code, k);
                decision[code] = factor > greatest ? k : factor == greatest ? -1 : decision[code];
                greatest = Math.max(greatest, factor);
            }
            likely[code] = likely(code);
        }
        double[] centres = new double[classes * summary.origin().length];
        this.decided = Scan.moments(
                FilledRows.of(rows, summary),
                summary.origin(),
                centres,
                Moments.Scatter.FULL,
                (block, first, responsibilities) -> {
                    for (int i = 0; i < block.count(); i++) {
                        int k = decision[block.code(i)];
                        if (k >= 0) {
                            responsibilities[i * classes + k] = 1;
                        }
                    }
                },
                threads);
    }

    private boolean[] likely(int code) {
        double greatest = Double.MIN_VALUE;
        for (int k = 0; k < components; k++) {
            greatest = Math.max(greatest, labels.factor(code, k));
        }
        boolean[] most = new boolean[components];
        for (int k = 0; k < components; k++) {
            most[k] = labels.factor(code, k) >= greatest;
        }
        return most;
    }

    /** The first moments of an attempt. */
    Moments moments(Initialization.Start start) {
        return initialization
                .assignment(start)
                .map(drawn -> start.moments(masked(drawn)))
                .orElseGet(() -> new KMeansStart(start, new Seeds(start)).moments());
    }

    /** Responsibilities times the factors of the rows. */
    private Scan.Assignment masked(Scan.Assignment drawn) {
        return (block, first, responsibilities) -> {
            drawn.assign(block, first, responsibilities);
            for (int i = 0; i < block.count(); i++) {
                double sum = 0;
                for (int k = 0; k < components; k++) {
                    responsibilities[i * components + k] *= labels.factor(block.code(i), k);
                    sum += responsibilities[i * components + k];
                }
                for (int k = 0; k < components && sum > 0; k++) {
                    responsibilities[i * components + k] /= sum;
                }
            }
        };
    }

    /** The mean of the rows of a class, in the table's columns. */
    private double[] mean(int c) {
        double[] mean = decided.mean(c);
        for (int j = 0; j < mean.length; j++) {
            mean[j] += decided.origin()[j];
        }
        return mean;
    }

    /** The clustering of one attempt. */
    private final class Seeds implements Clustering {
        private final Initialization.Start start;

        Seeds(Initialization.Start start) {
            this.start = start;
        }

        @Override
        public double[][] centres(Space space, int count, RandomGenerator random) {
            boolean seeded = start.kind() == StartKind.PLAIN || random.nextBoolean();
            return seeded ? seeded(space, count, random) : matched(space, FREE.centres(space, count, random));
        }

        private double[][] seeded(Space space, int count, RandomGenerator random) {
            double[][] centres = new double[count][];
            List<double[]> given = new ArrayList<>();
            int classes = labels.classes().size();
            for (int c = 0; c < classes; c++) {
                if (decided.weights()[c] > 0) {
                    centres[c] = space.image().apply(mean(c));
                    given.add(centres[c]);
                }
            }
            for (int c = 0; c < classes; c++) {
                if (centres[c] == null) {
                    centres[c] = further(space, given, c, 1, random)[0];
                    given.add(centres[c]);
                }
            }
            double[][] others =
                    count > classes ? further(space, given, classes, count - classes, random) : new double[0][];
            System.arraycopy(others, 0, centres, classes, others.length);
            return centres;
        }

        /** Centres in an order in which each class has one near its mean: the nearest pairs first. */
        private double[][] matched(Space space, double[][] centres) {
            start.requireCentres(centres);
            double[][] ordered = new double[centres.length][];
            List<double[]> left = new ArrayList<>(List.of(centres));
            List<Integer> classes = new ArrayList<>(IntStream.range(0, decided.components())
                    .filter(c -> decided.weights()[c] > 0)
                    .boxed()
                    .toList());
            while (!classes.isEmpty()) {
                int nearest = 0;
                double[] centre = left.get(0);
                double least = Double.POSITIVE_INFINITY;
                for (int c : classes) {
                    double[] mean = space.image().apply(mean(c));
                    for (double[] other : left) {
                        double square = space.square(mean, other);
                        if (square < least) {
                            least = square;
                            nearest = c;
                            centre = other;
                        }
                    }
                }
                ordered[nearest] = centre;
                left.remove(centre);
                classes.remove((Integer) nearest);
            }
            for (int k = 0; k < ordered.length; k++) {
                if (ordered[k] == null) {
                    ordered[k] = left.remove(0);
                }
            }
            return ordered;
        }

        @Override
        public double[] spread(RowSummary of) {
            double[] sum = Regularization.penalty(1).pseudoScatter(of, components);
            double weight = 1;
            for (int c = 0; c < decided.components(); c++) {
                double[] scatter = decided.scatter(c);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += scatter[i];
                }
                weight += decided.weights()[c];
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] /= weight;
            }
            return sum;
        }

        private double[][] further(
                Space space, List<double[]> given, int component, int count, RandomGenerator random) {
            AllowedRows allowed = new AllowedRows(space.rows(), labels, component);
            double[][] drawn = allowed.anyCounts()
                    ? Seeding.furtherCentres(
                            allowed, given.toArray(double[][]::new), count, space.scales(), random, space.threads())
                    : new double[0][];
            if (drawn.length < count) {
                throw new CollapseException("only " + drawn.length + " different rows that labels leave to "
                        + (component < labels.classes().size()
                                ? "class \"" + labels.classes().get(component) + "\""
                                : count + " components without a class"));
            }
            return drawn;
        }

        @Override
        public Scan.Assignment nearest(double[][] centres, double[] scales) {
            return Seeding.nearest(centres, scales, (block, row, centre) -> likely[block.code(row)][centre]);
        }

        @Override
        public Moments completed(Moments moments) {
            Partition partition = Partition.of(moments);
            boolean whole = true;
            for (int c = 0; c < decided.components(); c++) {
                if (!(moments.weights()[c] > 0) && decided.weights()[c] > 0) {
                    double weight = decided.weights()[c] * moments.totalWeight() / summary.totalWeight();
                    Partition.Share few =
                            new Partition.Share(weight, decided.mean(c), new double[moments.second(c).length]);
                    partition = partition.replaced(c, List.of(few));
                    whole = false;
                }
            }
            return whole ? moments : partition.moments();
        }
    }
}
