package org.mixtura.table;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table in Parquet or JSON files, read by DuckDB. */
final class DuckSource implements Source {
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

    private final List<Path> files;
    private final FileFormat format;
    private final TableOptions options;
    private final String scan;
    private final List<Column> columns;
    private final Set<Integer> nativeNumbers;

    private DuckSource(
            List<Path> files,
            FileFormat format,
            TableOptions options,
            String scan,
            List<Column> columns,
            Set<Integer> nativeNumbers) {
        this.files = files;
        this.format = format;
        this.options = options;
        this.scan = scan;
        this.columns = columns;
        this.nativeNumbers = nativeNumbers;
    }

    /** Looks at the types of the columns, and at the first rows where those are text. */
    static DuckSource of(List<Path> files, FileFormat format, TableOptions options) {
        String name = FileList.name(files);
        try (DuckDb database = DuckDb.open(options)) {
            try {
                List<Described> described = describe(database, files, format);
                String scan = format == FileFormat.JSON ? jsonScan(files, described) : scan(files, format);
                List<Column> columns = kinds(database, name, scan, described, options);
                Set<Integer> nativeNumbers = new HashSet<>();
                for (int j = 0; j < described.size(); j++) {
                    if (described.get(j).isNumber()) {
                        nativeNumbers.add(j);
                    }
                }
                DuckSource source = new DuckSource(files, format, options, scan, List.copyOf(columns), nativeNumbers);
                if (options.where().isPresent()) {
                    Condition.check(database, columns, options, scan);
                }
                return source;
            } catch (SQLException e) {
                throw database.explain("cannot read " + name, e);
            }
        }
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
        String list = files.stream().map(DuckSource::literal).collect(Collectors.joining(", ", "[", "]"));
        return switch (format) {
            // By name: the types of all files are combined, where the first file's alone would round the others.
            // Not by folder: "year=2025" in a path is no column.
            case PARQUET ->
                "read_parquet(" + list + ", union_by_name = " + (files.size() > 1) + ", hive_partitioning = false)";
            // The types are judged from all rows, so that no later row contradicts them.
            case JSON -> "read_json(" + list + ", sample_size = -1, hive_partitioning = false)";
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

    private static String asText(String column) {
        return "CAST(" + Quoting.identifier(column) + " AS VARCHAR)";
    }

    @Override
    public String name() {
        return FileList.name(files);
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public TableOptions options() {
        return options;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rowCount() {
        if (format != FileFormat.PARQUET) {
            return OptionalLong.empty();
        }
        try (DuckDb database = DuckDb.open(options)) {
            try {
                // Without a condition the count stands in the files' footers.
                String count = database.rows("SELECT count(*) FROM " + from()).get(0)[0];
                return OptionalLong.of(Long.parseLong(String.valueOf(count)));
            } catch (SQLException e) {
                throw database.explain("cannot read " + name(), e);
            }
        }
    }

    @Override
    public Cursor open(Projection projection) {
        List<String> expressions = new ArrayList<>();
        boolean[] asText = new boolean[projection.numbers.length];
        for (int i = 0; i < asText.length; i++) {
            String column = columns.get(projection.numbers[i]).name();
            asText[i] = !nativeNumbers.contains(projection.numbers[i]);
            expressions.add(asText[i] ? asText(column) : "CAST(" + Quoting.identifier(column) + " AS DOUBLE)");
        }
        for (int column : projection.texts) {
            expressions.add(asText(columns.get(column).name()));
        }
        DuckDb database = DuckDb.open(options);
        try {
            DuckStream stream = DuckStream.open(database, "cannot read " + name(), expressions, from());
            List<String> names = Arrays.stream(projection.numbers)
                    .mapToObj(j -> columns.get(j).name())
                    .toList();
            return new DuckCursor(
                    database, stream, places(), names, asText, new CellText(options), projection.texts.length);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Where a row stands: in the file, or among the rows that DuckDB gives if there is a condition. */
    private LongFunction<String> places() {
        String suffix = options.where().isPresent() ? " of those that meet the condition" : "";
        return row -> name() + ", row " + row + suffix;
    }

    private String from() {
        return scan + (options.where().isPresent() ? " WHERE " + Condition.sql(options) : "");
    }

    @Override
    public String relation(DuckDb database) {
        return "(SELECT * FROM " + from() + ")";
    }
}
