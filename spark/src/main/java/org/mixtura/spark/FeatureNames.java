package org.mixtura.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/** What the features of a column are called: what this module or VectorAssembler noted, else x0, x1, …. */
final class FeatureNames {
    private static final String KEY = "mixtura_columns";

    private FeatureNames() {}

    /** A note of names, to go with a column of arrays. */
    static Metadata note(List<String> names) {
        return new MetadataBuilder()
                .putStringArray(KEY, names.toArray(String[]::new))
                .build();
    }

    static List<String> of(StructField field, int dimension) {
        List<String> names = new ArrayList<>();
        if (field.metadata().contains(KEY)) {
            names.addAll(List.of(field.metadata().getStringArray(KEY)));
        } else if (field.dataType().equals(SQLDataTypes.VectorType())) {
            AttributeGroup group = AttributeGroup.fromStructField(field);
            if (group.attributes().isDefined()) {
                for (Attribute attribute : group.attributes().get()) {
                    if (attribute.name().isDefined()) {
                        names.add(attribute.name().get());
                    }
                }
            }
        }
        if (names.size() == dimension && new HashSet<>(names).size() == dimension) {
            return names;
        }
        names.clear();
        for (int j = 0; j < dimension; j++) {
            names.add("x" + j);
        }
        return names;
    }
}
