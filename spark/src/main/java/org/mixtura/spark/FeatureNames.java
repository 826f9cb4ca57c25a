package org.mixtura.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.StructField;

/** What the features of a column are called: what VectorAssembler noted, else x0, x1, …. */
final class FeatureNames {
    private FeatureNames() {}

    static List<String> of(StructField field, int dimension) {
        List<String> names = new ArrayList<>();
        if (field.dataType().equals(SQLDataTypes.VectorType())) {
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
