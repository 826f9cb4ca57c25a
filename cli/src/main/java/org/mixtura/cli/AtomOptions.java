package org.mixtura.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mixtura.data.Block;
import org.mixtura.data.RowCovariances;
import org.mixtura.data.Rows;
import org.mixtura.data.RowsView;

/** The options for rows that are no points: measured with errors, rounded to bins, or standing for others. */
final class AtomOptions {
    private final Option<Map<String, String>> errors = Option.of(
            "--errors",
            "A=SIGMA,…",
            text -> pairs(text, name -> name),
            "Columns that hold the standard deviation of the error with which A of each row was measured; 0 for exact."
                    + " The model is then of the values without errors, and rows are scored by what was seen. The"
                    + " columns are not fitted.");
    private final Option<Map<String, Double>> binWidth = Option.of(
            "--bin-width",
            "A=H,…",
            text -> pairs(text, AtomOptions::width),
            "Column A holds the middles of bins of this width, as in a histogram, or was rounded to multiples of it: the"
                    + " variance H²/12 that this adds is taken off again. Counts go to --weights.");
    private final Option<Map<String, String>> spread = Option.of(
            "--spread",
            "A=SD,…",
            text -> pairs(text, name -> name),
            "Columns that hold the standard deviation of A among the rows that each row stands for; A is their mean, and"
                    + " --weights says how many. The log-likelihood is then a lower bound of theirs.");

    private static Double width(String text) {
        double width = NumberList.parse(text)[0];
        if (!(width > 0)) {
            throw new IllegalArgumentException("expected widths above 0");
        }
        return width;
    }

    /** Values by the names of columns: "a=1,b=2". */
    private static <T> Map<String, T> pairs(String text, Function<String, T> parser) {
        Map<String, T> pairs = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int at = part.lastIndexOf('=');
            if (at < 0
                    || part.substring(0, at).isBlank()
                    || part.substring(at + 1).isBlank()) {
                throw new IllegalArgumentException("expected pairs such as a=sigma_a,b=sigma_b");
            }
            String name = part.substring(0, at).strip();
            if (pairs.put(name, parser.apply(part.substring(at + 1).strip())) != null) {
                throw new IllegalArgumentException("column \"" + name + "\" is given twice");
            }
        }
        return pairs;
    }

    Subcommand.Group group() {
        return new Subcommand.Group("Rows that are no points", List.of(errors, binWidth, spread));
    }

    /** The option that is given, of which there may be one. */
    Optional<Option<?>> given() {
        List<Option<?>> given = new ArrayList<>();
        for (Option<?> option : List.of(errors, binWidth, spread)) {
            if (option.isGiven()) {
                given.add(option);
            }
        }
        if (given.size() > 1) {
            throw new UsageException(given.get(0).name() + " and "
                    + given.get(1).name() + " say different things of the same rows; give one of them");
        }
        return given.stream().findFirst();
    }

    /** The columns to read that hold no values of their own, each once. */
    List<String> beside() {
        List<String> names = new ArrayList<>();
        errors.given().ifPresent(map -> names.addAll(map.values()));
        spread.given().ifPresent(map -> names.addAll(map.values()));
        return names.stream().distinct().toList();
    }

    /** Some columns and behind them those beside them. */
    List<String> with(List<String> columns) {
        List<String> all = new ArrayList<>(columns);
        beside().stream().filter(name -> !columns.contains(name)).forEach(all::add);
        return all;
    }

    /** What the options say of the rows, in sentences. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        errors.given()
                .ifPresent(map -> map.forEach(
                        (column, sigma) -> notes.add("errors of \"" + column + "\" are in \"" + sigma + "\"")));
        binWidth.given()
                .ifPresent(map -> map.forEach(
                        (column, width) -> notes.add("\"" + column + "\" is in bins of width " + Digits.exact(width))));
        spread.given()
                .ifPresent(map -> map.forEach(
                        (column, sd) -> notes.add("the spread of \"" + column + "\" is in \"" + sd + "\"")));
        return notes;
    }

    /**
     * Rows with the covariances that the options give them.
     *
     * @param read the rows that were read, with the columns beside
     * @return the columns of values
     * @throws UsageException if a column is none of them
     */
    Rows applyTo(Rows read) {
        if (given().isEmpty()) {
            return read;
        }
        List<String> beside = beside();
        for (String name : beside) {
            if (!read.columns().contains(name)) {
                throw new UsageException(given().orElseThrow().name() + " names the column \"" + name
                        + "\", which is not among the columns of numbers: " + String.join(", ", read.columns()));
            }
        }
        List<String> names =
                read.columns().stream().filter(name -> !beside.contains(name)).toList();
        if (names.isEmpty()) {
            throw new UsageException("no column of values is left beside " + String.join(", ", beside));
        }
        Rows rows = beside.isEmpty() ? read : read.select(names);
        if (binWidth.isGiven()) {
            checkColumns(binWidth, names);
            double[] widths = names.stream()
                    .mapToDouble(name -> binWidth.value().getOrDefault(name, 0.0))
                    .toArray();
            return rows.withErrors(RowCovariances.binWidths(widths));
        }
        Option<Map<String, String>> option = errors.isGiven() ? errors : spread;
        checkColumns(option, names);
        RowCovariances own = RowCovariances.deviations(new Deviations(read, names, option.value()));
        return errors.isGiven() ? rows.withErrors(own) : rows.withSpread(own);
    }

    private static void checkColumns(Option<? extends Map<String, ?>> option, List<String> names) {
        for (String name : option.value().keySet()) {
            if (!names.contains(name)) {
                throw new UsageException(option.name() + " names the column \"" + name
                        + "\", which is not among those used: " + String.join(", ", names));
            }
        }
    }

    /** For each of some columns the one that holds its standard deviations, or zeros. */
    private static final class Deviations extends RowsView {
        private final List<String> names;
        private final int[] places;

        Deviations(Rows read, List<String> names, Map<String, String> holders) {
            super(read);
            this.names = names;
            this.places = names.stream()
                    .mapToInt(name -> read.columns().indexOf(holders.getOrDefault(name, "")))
                    .toArray();
        }

        @Override
        public int dimension() {
            return places.length;
        }

        @Override
        public List<String> columns() {
            return names;
        }

        @Override
        public Reader reader() {
            Reader inner = rows.reader();
            Block block = new Block();
            return new Reader() {
                private double[] values = new double[0];

                @Override
                public Block read(long first, int count) {
                    Block whole = inner.read(first, count);
                    if (values.length < count * places.length) {
                        values = new double[count * places.length];
                    }
                    for (int i = 0; i < count; i++) {
                        for (int j = 0; j < places.length; j++) {
                            values[i * places.length + j] = places[j] < 0 ? 0 : whole.get(i, places[j]);
                        }
                    }
                    block.show(values, 0, count, places.length, null, 0);
                    return block;
                }

                @Override
                public void close() {
                    inner.close();
                }
            };
        }
    }
}
