package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;

class PartialLabelsTest {
    @Test
    void readsItsTexts() {
        assertThat(PartialLabel.parse("setosa")).isEqualTo(PartialLabel.oneOf("setosa"));
        assertThat(PartialLabel.parse(" setosa | versicolor")).isEqualTo(PartialLabel.oneOf("versicolor", "setosa"));
        assertThat(PartialLabel.parse("!a|b")).isEqualTo(PartialLabel.noneOf("a", "b"));
        assertThat(PartialLabel.parse("a:0.7|b:0.3")).isEqualTo(PartialLabel.soft(Map.of("a", 0.7, "b", 0.3)));
        assertThat(PartialLabel.parse("a:1|b:1")).isEqualTo(PartialLabel.oneOf("a", "b"));
        assertThat(PartialLabel.parse("x:y")).isEqualTo(PartialLabel.oneOf("x:y"));
        assertThat(PartialLabel.parse("")).isEqualTo(PartialLabel.unknown());
        assertThat(PartialLabel.parse("NA")).isEqualTo(PartialLabel.unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "setosa", "a|b", "!a|b", "a:0.7|b:0.3"})
    void writesWhatItReads(String text) {
        assertThat(PartialLabel.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a|!b; a ! stands once, before all that the row is not",
                "a||b; a class without a name",
                "!; a class without a name",
                "a|a; a class is named twice",
                "a:0.5|b; some classes have factors and some have none; give all of them one",
                "a:2|b:1; the factor of class \"a\" is 2.0; a factor is between 0 and 1",
                "a:-1; the factor of class \"a\" is -1.0; a factor is between 0 and 1",
            },
            ignoreLeadingAndTrailingWhitespace = true,
            maxCharsPerColumn = 400)
    void saysWhatIsWrongWithAText(String text, String problem) {
        assertThatThrownBy(() -> PartialLabel.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("label \"" + text + "\": " + problem)
                .hasMessageEndingWith("; a label is a class, a|b for one of them, !a for none of them, or a:0.7|b:0.3");
    }

    @Test
    void refusesLabelsWithoutMeaning() {
        assertThatThrownBy(() -> PartialLabel.soft(Map.of("a", 0.0)))
                .hasMessage("no class of {a=0.0} has a factor above 0, so that the row could belong to none");
        assertThatThrownBy(() -> PartialLabel.soft(Map.of("a", Double.NaN)))
                .hasMessage("the factor of class \"a\" is NaN; a factor is between 0 and 1");
        assertThatThrownBy(PartialLabel::oneOf).hasMessage("a label without a class; name at least one");
        assertThatThrownBy(() -> PartialLabels.of(new int[] {0, 1}, List.of(PartialLabel.unknown())))
                .hasMessage("the label of row 1 is number 1 of a list of 1; expected a number from 0 to 0");
    }

    private static PartialLabels labels(String... texts) {
        return PartialLabels.of(Stream.of(texts).map(PartialLabel::parse).toList());
    }

    @Test
    void ordersClassesByName() {
        assertThat(labels("b", "", "!c|a", "a").classes()).containsExactly("a", "b", "c");
        assertThat(labels("10", "9", "!1").classes()).containsExactly("1", "9", "10");
        assertThat(labels("10", "9", "x").classes()).containsExactly("10", "9", "x");
        assertThat(labels("b", "", "a")).hasToString("partial labels of 2 of 3 rows, classes [a, b]");
    }

    private static final Rows ROWS = Rows.of(new double[][] {{1}, {2}, {3}, {5}, {6}, {8}});

    private static void assertRefused(Em em, String message, String... texts) {
        assertThatThrownBy(() -> em.partialLabels(labels(texts)).fit(ROWS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void namesTheRowThatNoComponentMayHave() {
        Em two = Em.components(2);
        assertRefused(two, "5 partial labels for 6 rows", "a", "", "", "b", "");
        assertRefused(
                two,
                "components is 2, but the partial labels name 3 classes (row 4: \"c|b\"); ask for at least 3 components"
                        .replace("c|b", "b|c"),
                "a",
                "",
                "",
                "b",
                "c|b",
                "");
        assertRefused(
                two,
                "row 3: its label \"!a|b\" rules out all 2 components; ask for more components or mend the label",
                "a",
                "b",
                "",
                "!a|b",
                "",
                "");
        assertRefused(
                Em.components(4),
                "components is 4, but the label of every row names classes, of which there are 2: no row is left for"
                        + " another component; ask for 2 components",
                "a",
                "b",
                "a",
                "b",
                "a|b",
                "a");
        assertRefused(
                two,
                "class \"c\" is ruled out by the labels of all rows; give some row a label that allows it"
                        .replace("\"c\"", "\"b\""),
                "a",
                "!b",
                "a",
                "!b",
                "a",
                "a");
    }

    @Test
    void hasNoPlaceWhereRowsAreDrawnAnew() {
        Em labelled = Em.components(2).partialLabels(labels("a", "b", "", "", "", ""));
        assertThatThrownBy(() -> LikelihoodRatioTest.of(Em.components(1), labelled, ROWS, 9))
                .hasMessage(
                        "the bootstrapped likelihood ratio draws rows without labels; leave the partial labels out");
    }
}
