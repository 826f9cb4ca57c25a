package org.mixtura.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that a model adds to a table, in their order. */
final class ScoreColumns {
    private static final String LABEL = "label";
    private static final String SHARES = "responsibilities";
    private static final String LOG_DENSITY = "log_density";

    /** What {@link RowScorer} gives for each row. */
    static final StructType SCORES = DataTypes.createStructType(List.of(
            DataTypes.createStructField(LABEL, DataTypes.IntegerType, false),
            DataTypes.createStructField(SHARES, SQLDataTypes.VectorType(), false),
            DataTypes.createStructField(LOG_DENSITY, DataTypes.DoubleType, false)));

    private ScoreColumns() {}

    /** A new column: its name, and which score it shows. */
    private record Wanted(String name, String score, boolean negated) {
        DataType type() {
            return SCORES.apply(score).dataType();
        }

        Metadata metadata(int components) {
            return switch (score) {
                case LABEL ->
                    NominalAttribute.defaultAttr()
                            .withName(name)
                            .withNumValues(components)
                            .toMetadata();
                case SHARES -> new AttributeGroup(name, components).toMetadata();
                default -> Metadata.empty();
            };
        }

        Column of(Column scores) {
            Column value = scores.getField(score);
            return negated ? functions.negate(value) : value;
        }
    }

    private static List<Wanted> wanted(MixtureParams params) {
        List<Wanted> all = List.of(
                new Wanted(params.getPredictionCol(), LABEL, false),
                new Wanted(params.getProbabilityCol(), SHARES, false),
                new Wanted(params.getLogDensityCol(), LOG_DENSITY, false),
                new Wanted(params.getEnergyCol(), LOG_DENSITY, true));
        return all.stream().filter(column -> !column.name().isEmpty()).toList();
    }

    /** Whether the log-density is to be computed. */
    static boolean wantDensity(MixtureParams params) {
        return wanted(params).stream().anyMatch(column -> column.score().equals(LOG_DENSITY));
    }

    /**
     * The schema of a table with the new columns.
     *
     * @throws IllegalArgumentException if it has a column of such a name already
     */
    static StructType appendedTo(StructType schema, MixtureParams params) {
        List<StructField> fields = new ArrayList<>(List.of(schema.fields()));
        for (Wanted column : wanted(params)) {
            for (StructField field : fields) {
                if (field.name().equals(column.name())) {
                    throw new IllegalArgumentException("the table has a column \"" + column.name()
                            + "\" already; give the new one another name, or drop the old");
                }
            }
            fields.add(DataTypes.createStructField(column.name(), column.type(), true));
        }
        return DataTypes.createStructType(fields);
    }

    /** A table with the new columns. */
    static Dataset<Row> append(Dataset<?> table, MixtureParams params, Column scores, int components) {
        String together = params.uid() + "_scores";
        Dataset<Row> scored = table.withColumn(together, scores);
        for (Wanted column : wanted(params)) {
            scored = scored.withColumn(column.name(), column.of(scored.col(together)), column.metadata(components));
        }
        return scored.drop(together);
    }
}
