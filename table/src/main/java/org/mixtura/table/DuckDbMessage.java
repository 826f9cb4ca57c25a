package org.mixtura.table;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what DuckDB says, several lines with advice for those who write SQL, into one line. */
final class DuckDbMessage {
    private static final Pattern PREFIX = Pattern.compile(
            "^(Invalid Input Error: Attempting to execute [^\\n]*\\n)?(Error: )?([A-Z][A-Za-z ]* Error: )+");
    /** Errors that a user can do something about, and what to call them; $1 is the first group. */
    private static final List<Rule> RULES = List.of(
            new Rule("Referenced column \"([^\"]*)\" not found", "there is no column \"$1\""),
            new Rule("syntax error at end of input", "the condition is not complete"),
            new Rule(
                    "(?:parser|syntax) error at or near \"([^\"]*)\"",
                    "this is not a condition in SQL, from \"$1\" on"),
            new Rule("Scalar Function with name \"?([^\" ]*)\"? does not exist", "there is no function \"$1\""),
            new Rule(
                    "Could not convert string '([^']*)' to (?:INT|DOUBLE|FLOAT|DECIMAL|UINT)[^\\n]*",
                    "\"$1\" is not a number"),
            new Rule(
                    "No magic bytes found at (?:end|start) of file|too small to be a Parquet file",
                    "this is not a Parquet file, or its end is missing; make or copy it again"),
            new Rule(
                    "Malformed JSON in file \"[^\"]*\", at byte \\d+ in (?:line|record/value) (\\d+): ([^.\\n]*)",
                    "the JSON is wrong near line $1: $2"),
            new Rule(
                    "JSON transform error in file \"[^\"]*\", in line (\\d+): ([^\\n]*)",
                    "the JSON cannot be read near line $1: $2"),
            new Rule(
                    "failed to cast column \"([^\"]*)\" from type (\\S+) to (\\S+):[^\\n]*",
                    "column \"$1\" is $2 in one file and $3 in another; files read together have the same columns"),
            new Rule("Failed to read file \"[^\"]*\": ([^\\n]*)", "the file is damaged ($1); make or copy it again"),
            new Rule(
                    "Out of Memory Error",
                    "DuckDB needs more memory than its limit; raise the limit (--memory) or use fewer threads"),
            new Rule("No space left on device", "no space left on device"));

    private DuckDbMessage() {}

    /** One line on an error. */
    static String of(@Nullable String error) {
        if (error == null || error.isBlank()) {
            return "DuckDB failed without saying why";
        }
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern.matcher(error);
            if (matcher.find()) {
                return fill(rule.words, matcher);
            }
        }
        return PREFIX.matcher(error)
                .replaceFirst("")
                .lines()
                .findFirst()
                .orElse(error)
                .strip();
    }

    private static String fill(String words, Matcher matcher) {
        String filled = words;
        for (int group = 1; group <= matcher.groupCount(); group++) {
            filled = filled.replace("$" + group, matcher.group(group).strip());
        }
        return filled;
    }

    /** A pattern in DuckDB's message and our words for it. */
    private static final class Rule {
        private final Pattern pattern;
        private final String words;

        Rule(String pattern, String words) {
            this.pattern = Pattern.compile(pattern);
            this.words = words;
        }
    }
}
