import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;

/** Spark MLlib on one machine, with full covariances; it starts from parameters of its own. Rows are cached beforehand. */
final class SparkPeer {
    public static void main(String[] arguments) throws Exception {
        Timing timing = new Timing(arguments);
        SparkSession session = SparkSession.builder()
                .master("local[" + timing.threads + "]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        session.sparkContext().setLogLevel("OFF");
        List<Row> rows = new ArrayList<>();
        for (double[] row : timing.rows) {
            rows.add(RowFactory.create(Vectors.dense(row)));
        }
        StructField features = DataTypes.createStructField("features", SQLDataTypes.VectorType(), false);
        Dataset<Row> table = session.createDataFrame(
                        new JavaSparkContext(session.sparkContext()).parallelize(rows, timing.threads),
                        DataTypes.createStructType(Arrays.asList(features)))
                .persist(StorageLevel.MEMORY_ONLY());
        table.count();
        timing.report(
                n -> new GaussianMixture()
                        .setK(timing.k)
                        .setMaxIter(n)
                        .setTol(0)
                        .setSeed(1)
                        .fit(table),
                10);
        session.stop();
    }
}
