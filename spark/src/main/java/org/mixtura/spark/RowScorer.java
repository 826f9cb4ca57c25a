package org.mixtura.spark;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;
import org.mixtura.mixture.GaussianMixture;

/** Scores one row: label, responsibilities and, if wanted, log-density. */
final class RowScorer implements UDF1<Object, Row> {
    private static final long serialVersionUID = 1;

    private final Broadcast<SentMixture> sent;
    private final boolean density;

    RowScorer(Broadcast<SentMixture> sent, boolean density) {
        this.sent = sent;
        this.density = density;
    }

    @Override
    public Row call(@Nullable Object cell) {
        double[] x = Features.of(cell);
        if (x == null) {
            throw new IllegalArgumentException("the features of a row are null; drop such rows or fill the gaps");
        }
        GaussianMixture mixture = sent.value().mixture();
        double[] shares = mixture.responsibilities(x);
        int label = GaussianMixture.largest(shares, 0, shares.length);
        return RowFactory.create(label, Vectors.dense(shares), density ? mixture.logDensity(x) : Double.NaN);
    }
}
