package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassesTest {
    @Test
    void numbersKeepTheirOrder() {
        Classes classes = Classes.of(new int[] {0, 1, 2, 1}, List.of("10", "2", "0"));
        assertThat(classes.names()).containsExactly("0", "2", "10");
        assertThat(classes.codes()).containsExactly(2, 1, 0, 1);
    }

    @Test
    void wordsAreInTheOrderOfTheAlphabet() {
        Classes classes = Classes.of(new int[] {0, 1, 2}, List.of("virginica", "2", "setosa"));
        assertThat(classes.names()).containsExactly("2", "setosa", "virginica");
        assertThat(classes.codes()).containsExactly(2, 0, 1);
    }
}
