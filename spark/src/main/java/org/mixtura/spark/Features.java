package org.mixtura.spark;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** The features of a row: a vector, or an array of doubles or floats, as for Spark's own estimators. */
final class Features {
    private Features() {}

    /** The numbers of a cell, not to be changed; null for a null. NaN stands for a null within an array. */
    static double @Nullable [] of(@Nullable Object cell) {
        if (cell instanceof Vector vector) {
            return vector.toArray();
        }
        if (cell instanceof Seq<?> sequence) {
            double[] values = new double[sequence.length()];
            for (int j = 0; j < values.length; j++) {
                values[j] = sequence.apply(j) instanceof Number number ? number.doubleValue() : Double.NaN;
            }
            return values;
        }
        return null;
    }

    /**
     * Checks that a table has a column of features.
     *
     * @throws IllegalArgumentException if it has no such column, or one of another type
     */
    static void check(StructType schema, String column) {
        DataType type = type(schema, column);
        boolean array = type instanceof ArrayType of
                && (of.elementType().equals(DataTypes.DoubleType)
                        || of.elementType().equals(DataTypes.FloatType));
        if (!type.equals(SQLDataTypes.VectorType()) && !array) {
            throw new IllegalArgumentException("column \"" + column + "\" is of type " + type.simpleString()
                    + "; features are a vector or an array of doubles or floats: make one with VectorAssembler");
        }
    }

    /** A column's name as Spark's expressions take it, so that it may hold dots. */
    static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }

    /** The type of a column. */
    static DataType type(StructType schema, String column) {
        for (String name : schema.fieldNames()) {
            if (name.equals(column)) {
                return schema.apply(column).dataType();
            }
        }
        throw new IllegalArgumentException(
                "no column \"" + column + "\"; the columns are " + String.join(", ", schema.fieldNames()));
    }
}
