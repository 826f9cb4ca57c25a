package org.mixtura.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Opens the output that a file needs, told by the file's name and the table that it repeats. */
final class OutputFile {
    private OutputFile() {}

    /** An output for columns alone. */
    static RowOutput open(Path file, List<OutputColumn> columns) {
        return open(file, target -> {
            if (OutputFormat.of(file) == OutputFormat.PARQUET) {
                return new DuckOutput(target, null, columns, TableOptions.defaults());
            }
            char delimiter = OutputFormat.delimiter(file, Optional.empty());
            return new TextOutput(new CellWriter(target.open(), delimiter, '.'), target, null, columns);
        });
    }

    /** An output for columns beside those of a table. */
    static RowOutput openBeside(Source source, Path file, List<OutputColumn> columns) {
        checkNew(source, columns);
        checkNotInput(source, file);
        return open(file, target -> {
            if (source instanceof TextSource text && OutputFormat.of(file) == OutputFormat.TEXT) {
                char delimiter = OutputFormat.delimiter(file, Optional.of(text.delimiter()));
                char decimal = source.options().decimal();
                return new TextOutput(new CellWriter(target.open(), delimiter, decimal), target, text, columns);
            }
            return new DuckOutput(target, source, columns, source.options());
        });
    }

    /** Makes an output of a target. */
    private interface Opening {
        RowOutput open(Target target) throws IOException;
    }

    private static RowOutput open(Path file, Opening opening) {
        TableWriter.check(file);
        Target target = Target.create(file);
        try {
            return opening.open(target);
        } catch (IOException e) {
            target.close();
            throw WriteException.of(file.toString(), e);
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    /** Checks columns to be written: at least one, all of different names. */
    static List<OutputColumn> checkColumns(List<OutputColumn> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("no column to write; give at least one");
        }
        Set<String> names = new HashSet<>();
        for (OutputColumn column : columns) {
            if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("two columns to write are called " + Quoting.show(column.name())
                        + " (capitals do not count); rename one");
            }
        }
        return List.copyOf(columns);
    }

    private static void checkNew(Source source, List<OutputColumn> columns) {
        for (Column old : source.columns()) {
            for (OutputColumn column : columns) {
                if (old.name().equalsIgnoreCase(column.name())) {
                    throw new TableException(source.name() + " has a column " + Quoting.show(old.name())
                            + " already, so the new column " + Quoting.show(column.name())
                            + " needs another name (--prefix)");
                }
            }
        }
    }

    private static void checkNotInput(Source source, Path target) {
        for (Path file : source.files()) {
            try {
                if (Files.exists(target) && Files.isSameFile(file, target)) {
                    throw new WriteException(
                            "cannot write " + target + ": it is the table that is read; name another file");
                }
            } catch (IOException e) {
                throw WriteException.of(target.toString(), e);
            }
        }
    }
}
