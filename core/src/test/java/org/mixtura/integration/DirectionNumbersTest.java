package org.mixtura.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionNumbersTest {
    @Test
    void takesThePrimitivePolynomialsInOrder() {
        int[] polynomials = IntStream.range(1, DirectionNumbers.dimensions())
                .map(dimension -> DirectionNumbers.row(dimension)[0])
                .toArray();
        assertThat(polynomials).hasSize(63).isEqualTo(DirectionSearch.primitivePolynomials(63));
    }

    @Test
    void startsWithOddNumbersBelowPowersOfTwo() {
        for (int dimension = 1; dimension < DirectionNumbers.dimensions(); dimension++) {
            int[] row = DirectionNumbers.row(dimension);
            assertThat(row).hasSize(DirectionSearch.degree(row[0]) + 1);
            for (int i = 1; i < row.length; i++) {
                assertThat(row[i] & 1).isEqualTo(1);
                assertThat(row[i]).isBetween(1, (1 << i) - 1);
            }
        }
    }

    /** The quality t of all two-dimensional projections at 2^m points: of the first 8 dimensions and of all 64. */
    @ParameterizedTest
    @CsvSource({"6, 3, 5", "8, 4, 7", "10, 3, 7", "12, 3, 6", "14, 3, 7"})
    void projectsEvenly(int m, int firstEight, int all) {
        int worstOfEight = 0;
        int worst = 0;
        for (int i = 0; i < DirectionNumbers.dimensions(); i++) {
            for (int j = 0; j < i; j++) {
                int t = DirectionSearch.quality(DirectionNumbers.columns(i), DirectionNumbers.columns(j), m);
                worst = Math.max(worst, t);
                worstOfEight = i < 8 ? Math.max(worstOfEight, t) : worstOfEight;
            }
        }
        assertThat(worstOfEight).isEqualTo(firstEight);
        assertThat(worst).isEqualTo(all);
    }

    @Test
    @Tag("study")
    void areWhatTheSearchFinds() {
        int[][] found = DirectionSearch.search(DirectionNumbers.dimensions(), 1);
        for (int dimension = 1; dimension < DirectionNumbers.dimensions(); dimension++) {
            assertThat(DirectionNumbers.row(dimension)).isEqualTo(found[dimension - 1]);
        }
    }
}
