package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentCountsTest {
    @Test
    void numberRangeAndListInTheOrderGiven() {
        assertThat(ComponentCounts.parse("3")).isEqualTo(List.of(3));
        assertThat(ComponentCounts.parse("1..4")).isEqualTo(List.of(1, 2, 3, 4));
        assertThat(ComponentCounts.parse("8, 2,4")).isEqualTo(List.of(8, 2, 4));
        assertThat(ComponentCounts.parse("1..3,2..4,10")).isEqualTo(List.of(1, 2, 3, 4, 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "three; expected a number such as 3",
                "''; expected a number such as 3",
                "1,; expected a number such as 3",
                "1..; expected a number such as 3",
                "2.5; expected a number such as 3",
                "0; a mixture has at least 1 component",
                "-2; a mixture has at least 1 component",
                "9..1; the range 9..1 goes down; write 1..9",
                "1..2000000000; has more than 10000 numbers"
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> ComponentCounts.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
