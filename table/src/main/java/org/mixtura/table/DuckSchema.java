package org.mixtura.table;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of Parquet or JSON files, and the call in SQL that reads them so that each column has one type in all files. */
final class DuckSchema {
    private static final int SAMPLE = 1000;
    private static final Set<String> NUMBER_TYPES = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE");
    private static final Set<String> NESTED_TYPES = Set.of("BLOB", "BIT", "VARIANT", "GEOMETRY");

    private final String scan;
    private final List<Described> described;
    private final List<Column> columns;

    private DuckSchema(String scan, List<Described> described, List<Column> columns) {
        this.scan = scan;
        this.described = described;
        this.columns = List.copyOf(columns);
    }

    /** Looks at the types of the columns, and at the first rows where those are text. */
    static DuckSchema of(DuckDb database, List<Path> files, FileFormat format, TableOptions options)
            throws SQLException {
        List<Described> described = describe(database, files, format);
        String scan = format == FileFormat.JSON ? jsonScan(files, described) : scan(files, format);
        return new DuckSchema(scan, described, kinds(database, FileList.name(files), scan, described, options));
    }

    /** The function call to select from. */
    String scan() {
        return scan;
    }

    List<Column> columns() {
        return columns;
    }

    /** Whether a column is of a type of numbers, and not text that may look like some. */
    boolean hasNumbers(int column) {
        return described.get(column).isNumber();
    }

    /** A column as text, in SQL. */
    static String asText(String column) {
        return "CAST(" + Quoting.identifier(column) + " AS VARCHAR)";
    }

    /** A column as DuckDB describes it. */
    private static final class Described {
        private final String name;
        private final String type;

        Described(@Nullable String[] row) {
            this.name = String.valueOf(row[0]);
            this.type = String.valueOf(row[1]);
        }

        boolean isNumber() {
            return NUMBER_TYPES.contains(type) || (type.startsWith("DECIMAL") && !isNested());
        }

        boolean isNested() {
            return NESTED_TYPES.contains(type)
                    || type.endsWith("]")
                    || type.startsWith("STRUCT")
                    || type.startsWith("MAP")
                    || type.startsWith("UNION");
        }

        /** Whether the cells may be numbers in the form of text. */
        boolean isText() {
            return type.equals("VARCHAR")
                    || type.equals("JSON")
                    || (type.startsWith("ENUM") && !isNested())
                    || type.equals("\"NULL\"");
        }
    }

    private static List<Described> describe(DuckDb database, List<Path> files, FileFormat format) throws SQLException {
        List<Described> all = describe(database, scan(files, format));
        if (format == FileFormat.PARQUET && files.size() > 1) {
            Set<String> names = all.stream().map(column -> column.name).collect(Collectors.toSet());
            for (Path file : files) {
                List<String> own = describe(database, scan(List.of(file), format)).stream()
                        .map(column -> column.name)
                        .toList();
                Set<String> absent = new HashSet<>(names);
                own.forEach(absent::remove);
                if (!absent.isEmpty()) {
                    throw new TableException(file + " has no column "
                            + Quoting.show(absent.iterator().next())
                            + ", which another of the files has; files read together have the same columns");
                }
            }
        }
        return all;
    }

    private static List<Described> describe(DuckDb database, String scan) throws SQLException {
        List<Described> described = new ArrayList<>();
        for (@Nullable String[] row : database.rows("DESCRIBE SELECT * FROM " + scan)) {
            described.add(new Described(row));
        }
        return described;
    }

    private static String scan(List<Path> files, FileFormat format) {
        String list = files.stream().map(DuckSchema::literal).collect(Collectors.joining(", ", "[", "]"));
        return switch (format) {
            // By name: the types of all files are combined, where the first file's alone would round the others.
            // Not by folder: "year=2025" in a path is no column.
            case PARQUET ->
                "read_parquet(" + list + ", union_by_name = " + (files.size() > 1)
                        + ", hive_partitioning = false, binary_as_string = true)";
            // The types are judged from all rows, so that no later row contradicts them; and objects of many keys, or
            // of
            // few in common, are rows nevertheless, not maps.
            case JSON ->
                "read_json(" + list + ", sample_size = -1, map_inference_threshold = -1,"
                        + " field_appearance_threshold = 0, hive_partitioning = false)";
            case TEXT -> throw new IllegalStateException("DuckDB does not read text for us");
        };
    }

    /** Reads JSON with the types that were found, and columns of several types as text. */
    private static String jsonScan(List<Path> files, List<Described> columns) {
        String types = columns.stream()
                .map(column -> Quoting.literal(column.name) + ": "
                        + Quoting.literal(column.isText() ? "VARCHAR" : column.type))
                .collect(Collectors.joining(", ", "{", "}"));
        String scan = scan(files, FileFormat.JSON);
        return scan.substring(0, scan.length() - 1) + ", columns = " + types + ")";
    }

    /** A file's name as an SQL string, with the signs of a pattern escaped. */
    private static String literal(Path file) {
        return Quoting.literal(file.toAbsolutePath().toString().replaceAll("([\\[*?])", "[$1]"));
    }

    private static List<Column> kinds(
            DuckDb database, String name, String scan, List<Described> described, TableOptions options)
            throws SQLException {
        List<KindVote> votes =
                described.stream().map(column -> new KindVote(name, options)).toList();
        List<Integer> asked = new ArrayList<>();
        for (int j = 0; j < described.size(); j++) {
            if (!described.get(j).isNumber() && !described.get(j).isNested()) {
                asked.add(j);
            }
        }
        List<@Nullable String[]> sample = asked.isEmpty()
                ? List.of()
                : database.rows(asked.stream()
                                .map(j -> asText(described.get(j).name))
                                .collect(Collectors.joining(", ", "SELECT ", " FROM "))
                        + scan + " LIMIT " + SAMPLE);
        for (@Nullable String[] row : sample) {
            for (int i = 0; i < row.length; i++) {
                String text = row[i];
                if (text != null) {
                    votes.get(asked.get(i)).add(text);
                }
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < described.size(); j++) {
            columns.add(column(described.get(j), votes.get(j)));
        }
        return columns;
    }

    private static Column column(Described described, KindVote vote) {
        if (described.isNumber()) {
            return new Column(described.name, ColumnKind.NUMBER, "");
        }
        if (described.isNested()) {
            return new Column(described.name, ColumnKind.NESTED, described.type);
        }
        return described.isText()
                ? vote.decide(described.name)
                : new Column(described.name, ColumnKind.TEXT, vote.example());
    }
}
