package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void alignsColumnsAndDropsBlanksAtTheEnd() {
        TextTable table = new TextTable(3, 0)
                .add("name", "value", "")
                .add("a", "1.25", "low")
                .add("longer", "-10.5")
                .add("größe", "7", "");
        assertThat(table.render(1))
                .containsExactly(" name    value", " a        1.25  low", " longer  -10.5", " größe       7");
    }
}
