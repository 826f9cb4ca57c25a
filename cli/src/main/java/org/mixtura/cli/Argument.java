package org.mixtura.cli;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One or more words behind a command that are no options: names of files, as a completion script is told by their type. */
final class Argument {
    private final PositionalParamSpec spec;
    private final String description;

    private Argument(PositionalParamSpec spec, String description) {
        this.spec = spec;
        this.description = description;
    }

    /** The model that a command asks, always the first word. */
    static Argument model() {
        return model(
                0,
                "MODEL",
                "A model file: what mixtura fit --model writes, or any JSON with format, covariance_type, weights,"
                        + " means and covariances.");
    }

    /**
     * One of several models that a command asks.
     *
     * @param index its place, from 0
     * @param label what stands for it in the help
     * @param description what it is
     */
    static Argument model(int index, String label, String description) {
        return new Argument(
                PositionalParamSpec.builder()
                        .index(Integer.toString(index))
                        .arity("1")
                        .required(true)
                        .paramLabel(label)
                        .type(List.class)
                        .auxiliaryTypes(File.class)
                        .build(),
                description);
    }

    /**
     * The data that a command reads: all words from some place on.
     *
     * @param index the place of the first of them, from 0
     */
    static Argument data(int index) {
        return new Argument(
                PositionalParamSpec.builder()
                        .index(index + "..*")
                        .arity("1..*")
                        .required(true)
                        .paramLabel("DATA")
                        .type(List.class)
                        .auxiliaryTypes(File.class)
                        .build(),
                "Files of one format, read as one table, or patterns such as \"logs/*.parquet\": .csv, .tsv or any"
                        + " text with delimiters, also .gz; .parquet; .json and .jsonl.");
    }

    /** What picocli knows of it. */
    PositionalParamSpec spec() {
        return spec;
    }

    /** What stands for it in the help. */
    String label() {
        return spec.paramLabel();
    }

    /** What it is. */
    String description() {
        return description;
    }

    /** The words that the user gave, once the command line was parsed. */
    List<String> words() {
        @Nullable List<File> files = spec.getValue();
        return files == null ? List.of() : files.stream().map(File::getPath).toList();
    }
}
