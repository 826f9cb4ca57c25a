package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KNOWN =
            List.of("fit", "score", "sample", "--columns", "--components", "--covariance", "--n-init", "--max-iter");

    @ParameterizedTest
    @CsvSource({
        "fti, fit",
        "fitt, fit",
        "scroe, score",
        "--component, --components",
        "--colums, --columns",
        "--cov, --covariance",
        "--max_iter, --max-iter",
        "--ninit, --n-init"
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(Suggestion.of(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"x", "plot", "--standardize", "predict"})
    void isSilentAboutOtherWords(String word) {
        assertThat(Suggestion.of(word, KNOWN)).isEmpty();
    }
}
