import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.mixtura.io.Version;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Mixtura beside Spark's own Gaussian mixture: one session, the same tables. Arguments: parts to run, and where to write. */
public final class Compare {
    private static final StructType SCHEMA = DataTypes.createStructType(List.of(
            DataTypes.createStructField("features", SQLDataTypes.VectorType(), false),
            DataTypes.createStructField("truth", DataTypes.IntegerType, false)));

    private final SparkSession session;
    private final StringBuilder page = new StringBuilder();

    private Compare(SparkSession session) {
        this.session = session;
    }

    public static void main(String... args) throws IOException {
        SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        Compare compare = new Compare(session);
        List<String> parts = List.of(args[0].split(","));
        if (parts.contains("speed")) {
            compare.speed(1_000_000, 8, 16, Integer.getInteger("rounds", 100));
        }
        if (parts.contains("rounds")) {
            compare.rounds(1_000_000);
        }
        if (parts.contains("columns")) {
            compare.columns(30);
            compare.columns(100);
        }
        Files.writeString(Path.of(args[1]), compare.page);
        session.stop();
    }

    /** Wall and processor time of some work, in seconds. */
    private record Times<T>(T result, double wall, double processor) {
        static <T> Times<T> of(Supplier<T> work) {
            long began = System.nanoTime();
            long processor = processorTime();
            T result = work.get();
            return new Times<>(
                    result, (System.nanoTime() - began) / 1e9, (processorTime() - processor) / 1e9);
        }

        private static long processorTime() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }
    }

    /** A mixture of components that overlap somewhat, their centres three of their widths apart per column. */
    private static GaussianMixture mixture(int d, int k, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Gaussian> components = new ArrayList<>();
        double[] weights = new double[k];
        for (int c = 0; c < k; c++) {
            weights[c] = 1 + 2 * random.nextDouble();
            double[] lower = new double[Packed.size(d)];
            double[] mean = new double[d];
            for (int i = 0; i < d; i++) {
                mean[i] = 2 * random.nextGaussian();
                for (int j = 0; j < i; j++) {
                    lower[Packed.index(i, j)] = 0.4 * random.nextGaussian();
                }
                lower[Packed.index(i, i)] = 0.5 + random.nextDouble();
            }
            double[] covariance = new double[lower.length];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    for (int m = 0; m <= j; m++) {
                        covariance[Packed.index(i, j)] += lower[Packed.index(i, m)] * lower[Packed.index(j, m)];
                    }
                }
            }
            components.add(Gaussian.of(mean, Covariance.full(covariance, d)));
        }
        double sum = Arrays.stream(weights).sum();
        return GaussianMixture.of(Arrays.stream(weights).map(w -> w / sum).toArray(), components);
    }

    private Dataset<Row> table(int rows, int d, int k, int partitions) {
        List<Integer> seeds = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            seeds.add(p);
        }
        JavaRDD<Row> drawn = JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(seeds, partitions)
                .flatMap(seed -> {
                    double[][] sample = mixture(d, k, 42)
                            .sample(rows / partitions, new SplittableRandom(1000 + seed))
                            .toRows();
                    return Arrays.stream(sample)
                            .map(row -> RowFactory.create(Vectors.dense(row), 0))
                            .iterator();
                });
        Dataset<Row> table = session.createDataFrame(drawn, SCHEMA).cache();
        table.count();
        return table;
    }

    private void speed(int rows, int d, int k, int most) {
        Dataset<Row> table = table(rows, d, k, 2);
        line("## Time to a likelihood");
        line("");
        line(String.format(
                Locale.ROOT,
                "%,d × %d drawn from a mixture of %d, K = %d, 2 partitions, table cached, local[2]; Mixtura with %s.",
                rows,
                d,
                k,
                k,
                Version.kernels()));
        line("");
        line("| program | wall s | processor s | rounds over all rows | log-likelihood per row |");
        line("|---|---|---|---|---|");
        for (int run = 1; run <= 2; run++) {
            int number = run;
            var ours = Times.of(() -> new org.mixtura.spark.GaussianMixture().setK(k).setSeed(number).fit(table));
            var summary = ours.result.summary();
            row("Mixtura, run " + run, ours, summary.numIter(), summary.logLikelihood() / rows);
        }
        var theirs = Times.of(() -> new org.apache.spark.ml.clustering.GaussianMixture()
                .setK(k)
                .setSeed(1)
                .setMaxIter(most)
                .fit(table));
        row("Spark", theirs, theirs.result.summary().numIter(), theirs.result.summary().logLikelihood() / rows);
        line(String.format(
                Locale.ROOT, "| the true mixture | | | | %.6f |", mixtureLikelihood(table, mixture(d, k, 42)) / rows));
        line("");
        table.unpersist();
    }

    private static double mixtureLikelihood(Dataset<Row> table, GaussianMixture mixture) {
        return org.mixtura.spark.GaussianMixtureModel.of(mixture)
                .setPredictionCol("")
                .setProbabilityCol("")
                .setLogDensityCol("ll")
                .transform(table)
                .selectExpr("sum(ll)")
                .first()
                .getDouble(0);
    }

    private void row(String name, Times<?> times, int rounds, double perRow) {
        line(String.format(
                Locale.ROOT, "| %s | %.1f | %.1f | %d | %.6f |", name, times.wall, times.processor, rounds, perRow));
    }

    /** What a round costs: its fixed part, and its part per row. */
    private void rounds(int rows) {
        line("## A round");
        line("");
        line("Difference of fits of 2 and of 22 rounds from one start, divided by 20.");
        line("");
        line("| rows × columns, K | partitions | wall ms | processor ms |");
        line("|---|---|---|---|");
        for (int[] shape : new int[][] {{1000, 8, 16, 2}, {1000, 8, 16, 16}, {1000, 8, 16, 64}, {rows, 8, 16, 2}, {rows, 8, 16, 16}, {rows / 4, 32, 64, 2}}) {
            Dataset<Row> table = table(shape[0], shape[1], shape[2], shape[3]);
            var start = org.mixtura.spark.GaussianMixtureModel.of(mixture(shape[1], shape[2], 42));
            Supplier<org.mixtura.spark.GaussianMixture> estimator = () -> new org.mixtura.spark.GaussianMixture()
                    .setInitialModel(start)
                    .setTol(0);
            estimator.get().setMaxIter(22).fit(table);
            var few = Times.of(() -> estimator.get().setMaxIter(2).fit(table));
            var many = Times.of(() -> estimator.get().setMaxIter(22).fit(table));
            line(String.format(
                    Locale.ROOT,
                    "| %,d × %d, K %d | %d | %.0f | %.0f |",
                    shape[0],
                    shape[1],
                    shape[2],
                    shape[3],
                    (many.wall - few.wall) * 50,
                    (many.processor - few.processor) * 50));
            table.unpersist();
        }
        line("");
    }

    /** Three clusters, four standard deviations apart in every column. */
    private void columns(int d) {
        line("## " + d + " columns, three separated clusters, 3,000 rows");
        line("");
        line("Adjusted Rand index of the predictions with the truth.");
        line("");
        line("| seed | Mixtura | Spark |");
        line("|---|---|---|");
        for (int seed = 1; seed <= 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                double[] x = new double[d];
                for (int j = 0; j < d; j++) {
                    x[j] = 4 * (i % 3) + random.nextGaussian();
                }
                rows.add(RowFactory.create(Vectors.dense(x), i % 3));
            }
            Dataset<Row> table =
                    session.createDataFrame(rows, SCHEMA).coalesce(2).cache();
            double ours = index(new org.mixtura.spark.GaussianMixture()
                    .setK(3)
                    .setSeed(seed)
                    .fit(table)
                    .transform(table));
            String theirs;
            try {
                theirs = String.format(
                        Locale.ROOT,
                        "%.3f",
                        index(new org.apache.spark.ml.clustering.GaussianMixture()
                                .setK(3)
                                .setSeed(seed)
                                .fit(table)
                                .transform(table)));
            } catch (RuntimeException e) {
                theirs = "fails: " + e.getClass().getSimpleName();
            }
            line(String.format(Locale.ROOT, "| %d | %.3f | %s |", seed, ours, theirs));
            table.unpersist();
        }
        line("");
    }

    private static double index(Dataset<Row> predicted) {
        double[][] counts = new double[3][3];
        for (Row row : predicted.select("truth", "prediction").collectAsList()) {
            counts[row.getInt(0)][row.getInt(1)]++;
        }
        double both = 0;
        double[] rows = new double[3];
        double[] columns = new double[3];
        double n = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                both += pairs(counts[i][j]);
                rows[i] += counts[i][j];
                columns[j] += counts[i][j];
                n += counts[i][j];
            }
        }
        double a = Arrays.stream(rows).map(Compare::pairs).sum();
        double b = Arrays.stream(columns).map(Compare::pairs).sum();
        double expected = a * b / pairs(n);
        return (both - expected) / ((a + b) / 2 - expected);
    }

    private static double pairs(double n) {
        return n * (n - 1) / 2;
    }

    private void line(String text) {
        System.out.println(text);
        page.append(text).append('\n');
    }
}
