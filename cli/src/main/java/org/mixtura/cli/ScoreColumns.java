package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;

/** Which scores of a row go into a file, and what their columns are called. */
final class ScoreColumns {
    private ScoreColumns() {}

    /** The option for names that the table has already. */
    static Option<String> prefix() {
        return Option.text(
                        "--prefix",
                        "TEXT",
                        "What the names of the new columns begin with. Default: nothing; needed where DATA has a column"
                                + " of that name.")
                .orElse("");
    }

    /**
     * Checks the words of the user.
     *
     * @throws UsageException if one is not known, or given twice
     */
    static void check(List<String> words, String option) {
        List<String> known = new ArrayList<>(RowScore.WORDS);
        known.addAll(AnomalyScores.WORDS);
        for (int i = 0; i < words.size(); i++) {
            if (!known.contains(words.get(i))) {
                throw new UsageException(
                        option + " has \"" + words.get(i) + "\"; expected some of " + String.join(", ", known));
            }
            if (words.indexOf(words.get(i)) < i) {
                throw new UsageException(option + " has " + words.get(i) + " twice; give it once");
            }
        }
    }
}
