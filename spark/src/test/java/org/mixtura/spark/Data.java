package org.mixtura.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Made-up rows: clusters of known membership, and as a table of Spark. */
final class Data {
    static final StructType SCHEMA = DataTypes.createStructType(List.of(
            DataTypes.createStructField("features", SQLDataTypes.VectorType(), false),
            DataTypes.createStructField("weight", DataTypes.DoubleType, false),
            DataTypes.createStructField("truth", DataTypes.IntegerType, false)));

    private Data() {}

    /**
     * Rows about K centres, cluster after cluster in turn.
     *
     * @param gap how far the centres are apart in each column, in standard deviations
     */
    static double[][] clusters(int rows, int dimension, int clusters, double gap, double offset, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] centres = new double[clusters][dimension];
        for (int k = 0; k < clusters; k++) {
            for (int j = 0; j < dimension; j++) {
                centres[k][j] = offset + gap * (k + (random.nextBoolean() ? 0.25 : -0.25));
            }
        }
        double[][] values = new double[rows][dimension];
        for (int i = 0; i < rows; i++) {
            double common = random.nextGaussian();
            for (int j = 0; j < dimension; j++) {
                values[i][j] = centres[i % clusters][j] + 0.8 * random.nextGaussian() + 0.6 * common;
            }
        }
        return values;
    }

    /** A table of rows that weigh 1, 2, 3, 1, … and know their cluster. */
    static Dataset<Row> table(SparkSession session, double[][] values, int clusters) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(RowFactory.create(Vectors.dense(values[i]), 1.0 + i % 3, i % clusters));
        }
        return session.createDataFrame(rows, SCHEMA);
    }
}
