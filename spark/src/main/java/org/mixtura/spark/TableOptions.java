package org.mixtura.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which table a command reads and which of its columns and rows. */
final class TableOptions {
    /** The column that holds the features while a command works. */
    static final String FEATURES = "mixtura_features";

    static final String DATA = "Files or folders, as Spark names them, or the name of a table in its catalogue.";

    @Option(
            names = "--source",
            paramLabel = "FORMAT",
            description =
                    "What DATA is in Spark's words: parquet, csv, json, orc, delta, jdbc, … Default: by the ending of the"
                            + " name, parquet if it tells nothing.")
    private @Nullable String source;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option of that source, such as delimiter=;. May be given several times.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--columns",
            paramLabel = "A,B,…",
            split = ",",
            description = "Columns to use, in this order. Default: all columns of numbers.")
    private List<String> columns = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "A,B,…", split = ",", description = "Columns to leave out.")
    private List<String> excluded = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Only rows for which this holds, such as \"fare > 0\".")
    private @Nullable String where;

    @Option(
            names = "--missing",
            paramLabel = "error|drop",
            description = "What to do with rows that lack a value. Default: error.")
    private String missing = "error";

    /**
     * Reads the table, as far as Spark reads before rows are asked for.
     *
     * @param data files, folders or the name of a table
     */
    Dataset<Row> read(SparkSession session, List<String> data) {
        if (data.isEmpty() && source == null) {
            throw new UsageException("DATA is missing: name files, or a table of Spark's catalogue");
        }
        Dataset<Row> table;
        if (source == null && data.size() == 1 && !data.get(0).contains("/") && exists(session, data.get(0))) {
            table = session.table(data.get(0));
        } else {
            String format = source == null ? format(data.get(0)) : source;
            Map<String, String> all = new LinkedHashMap<>();
            if (format.equals("csv")) {
                all.put("header", "true");
                all.put("inferSchema", "true");
            }
            all.putAll(options);
            table = session.read().format(format).options(all).load(data.toArray(String[]::new));
        }
        return where == null ? table : table.where(where);
    }

    private static boolean exists(SparkSession session, String name) {
        return name.matches("[\\w.]+") && session.catalog().tableExists(name);
    }

    /** The source that the ending of a name tells. */
    static String format(String name) {
        String bare = name.replaceFirst("\\.(gz|zst|bz2)$", "").replaceFirst("/+$", "");
        for (String format : List.of("csv", "json", "orc", "avro")) {
            if (bare.endsWith("." + format)) {
                return format;
            }
        }
        return bare.endsWith(".jsonl") ? "json" : "parquet";
    }

    /**
     * The columns to fit.
     *
     * @param apart a column that has another use
     */
    List<String> chosen(Dataset<Row> table, Optional<String> apart) {
        List<String> chosen = new ArrayList<>(columns);
        if (chosen.isEmpty()) {
            for (StructField field : table.schema().fields()) {
                if (field.dataType() instanceof NumericType) {
                    chosen.add(field.name());
                }
            }
            apart.ifPresent(chosen::remove);
        }
        chosen.removeAll(excluded);
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "the table has no column of numbers to use; its columns are " + String.join(", ", table.columns()));
        }
        return chosen;
    }

    /** The table with the chosen columns as one of features, whose names are noted. */
    Dataset<Row> withFeatures(Dataset<Row> table, List<String> chosen) {
        chosen.forEach(name -> Features.type(table.schema(), name));
        Column[] cells = chosen.stream()
                .map(name -> functions.col(Features.quoted(name)).cast("double"))
                .toArray(Column[]::new);
        return rows(table, chosen).withColumn(FEATURES, functions.array(cells), FeatureNames.note(chosen));
    }

    private Dataset<Row> rows(Dataset<Row> table, List<String> chosen) {
        return switch (missing) {
            case "error" -> table;
            case "drop" -> table.na().drop(chosen.stream().map(Features::quoted).toArray(String[]::new));
            default -> throw new UsageException("--missing is \"" + missing + "\"; expected error or drop");
        };
    }
}
