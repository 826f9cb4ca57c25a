package org.mixtura.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mixtura.testing.Dense;
import org.mixtura.testing.Generator;

class MatrixTest {
    private final Matrix matrix = Matrix.of(new double[] {1, 2, 3}, new double[] {4, 5, 6});

    @Test
    void showsItsElementsEveryWay() {
        assertThat(matrix.rows()).isEqualTo(2);
        assertThat(matrix.columns()).isEqualTo(3);
        assertThat(matrix.get(1, 0)).isEqualTo(4);
        assertThat(matrix.row(1)).containsExactly(4, 5, 6);
        assertThat(matrix.column(1)).containsExactly(2, 5);
        assertThat(matrix.toRowMajor()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(matrix.toRows()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(matrix).hasToString("[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]");
        assertThat(matrix.transpose()).isEqualTo(Matrix.of(3, 2, new double[] {1, 4, 2, 5, 3, 6}));
    }

    @Test
    void mayBeEmpty() {
        assertThat(Matrix.of().rows()).isZero();
        assertThat(Matrix.of(0, 3, new double[0]).transpose().rows()).isEqualTo(3);
        assertThat(Matrix.of(2, 0, new double[0]).row(1)).isEmpty();
    }

    @Test
    void isApartFromTheArraysThatItCameFromAndGives() {
        double[] row = {1, 2};
        double[] elements = {1, 2};
        Matrix copied = Matrix.of(row);
        Matrix alsoCopied = Matrix.of(1, 2, elements);
        row[0] = 7;
        elements[0] = 7;
        copied.row(0)[0] = 7;
        copied.column(0)[0] = 7;
        copied.toRowMajor()[0] = 7;
        copied.toRows()[0][0] = 7;
        assertThat(copied).isEqualTo(alsoCopied).isEqualTo(Matrix.of(new double[] {1, 2}));
    }

    @Test
    void equalsByShapeAndBits() {
        assertThat(matrix).isEqualTo(Matrix.of(2, 3, new double[] {1, 2, 3, 4, 5, 6}));
        assertThat(matrix).hasSameHashCodeAs(Matrix.of(2, 3, new double[] {1, 2, 3, 4, 5, 6}));
        assertThat(matrix).isNotEqualTo(Matrix.of(3, 2, new double[] {1, 2, 3, 4, 5, 6}));
        assertThat(Matrix.of(new double[] {0.0})).isNotEqualTo(Matrix.of(new double[] {-0.0}));
        assertThat(Matrix.of(new double[] {Double.NaN})).isEqualTo(Matrix.of(new double[] {Double.NaN}));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 3, 4", "7, 5, 3", "1, 40, 1", "40, 1, 40"})
    void multiplies(int m, int d, int n) {
        Generator generator = Generator.seeded(m * 1000 + d * 10 + n);
        double[][] a = generator.matrix(m, d);
        double[][] b = generator.matrix(d, n);
        double[] x = generator.vector(d);
        assertClose(Matrix.of(a).times(Matrix.of(b)), Dense.times(a, b), 1e-14);
        assertClose(Matrix.of(a).times(x), Dense.times(a, x), 1e-14);
        assertThat(Matrix.identity(m).times(Matrix.of(a))).isEqualTo(Matrix.of(a));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Matrix.of(new double[] {1, 2}, new double[] {3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 has 1 values, row 0 has 2");
        assertThatThrownBy(() -> Matrix.of(2, 2, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 values do not fill a matrix of 2 × 2");
        assertThatThrownBy(() -> Matrix.owning(-1, -3, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 values do not fill a matrix of -1 × -3");
        assertThatThrownBy(() -> matrix.times(matrix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot multiply a matrix of 2 × 3 by one of 2 × 3");
        assertThatThrownBy(() -> matrix.times(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot multiply a matrix of 2 × 3 by 2 values");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "2, 0", "0, -1", "0, 3", "1, 3"})
    void hasNoElementsOutside(int row, int column) {
        assertThatThrownBy(() -> matrix.get(row, column)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void hasNoRowsOrColumnsOutside() {
        for (int row : new int[] {-1, 2}) {
            assertThatThrownBy(() -> matrix.row(row)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        for (int column : new int[] {-1, 3}) {
            assertThatThrownBy(() -> matrix.column(column)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
