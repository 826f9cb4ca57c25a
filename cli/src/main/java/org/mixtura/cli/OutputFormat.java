package org.mixtura.cli;

import java.util.List;

/** What results on the standard output look like. */
final class OutputFormat {
    private static final String JSON = "json";

    private final Option<String> option = Option.oneOf(
                    "--format",
                    List.of("text", JSON),
                    "text, the default, is for people; json is one object on the standard output, for programs.")
            .orElse("text");

    /** The option. */
    Option<String> option() {
        return option;
    }

    /** Whether a program is to read the results. */
    boolean isJson() {
        return option.value().equals(JSON);
    }
}
