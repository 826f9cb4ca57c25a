package org.mixtura.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCovariancesTest {
    private static final Rows ROWS =
            Rows.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}).named(List.of("a", "b", "c"));

    private static double[] covariance(Rows rows, int row) {
        try (Rows.Reader reader = rows.reader()) {
            Block block = reader.read(row, 1);
            double[] elements = new double[block.covarianceSize()];
            Arrays.setAll(elements, e -> block.covariance(0, e));
            return elements;
        }
    }

    private static RowCovariances triangles(double[]... each) {
        return RowCovariances.triangles(Rows.of(each));
    }

    @Test
    void areVariancesOrTriangles() {
        assertThat(covariance(ROWS, 1)).isEmpty();
        Rows spread = ROWS.withSpread(RowCovariances.variances(1, 0, 4));
        assertThat(spread.rowCovariance()).isEqualTo(RowCovariance.SPREAD);
        assertThat(covariance(spread, 2)).containsExactly(1, 0, 4);
        Rows errors =
                ROWS.withErrors(RowCovariances.deviations(Rows.of(new double[][] {{1, 2, 3}, {0, 0, 0}, {4, 5, 6}})));
        assertThat(errors.rowCovariance()).isEqualTo(RowCovariance.ERROR);
        assertThat(covariance(errors, 2)).containsExactly(16, 25, 36);
        assertThat(covariance(ROWS.withErrors(RowCovariances.binWidths(0, 6, 12)), 0))
                .containsExactly(0, 3, 12);
        double[] whole = {4, -1, 9, 0.5, 2, 16};
        assertThat(covariance(ROWS.withErrors(triangles(whole)), 1)).containsExactly(whole);
        assertThat(covariance(ROWS.withErrors(triangles(new double[6], whole, new double[6])), 1))
                .containsExactly(whole);
    }

    @Test
    void goWithTheirRowsWhereverThoseGo() {
        double[][] own = {{1, 0.1, 2, 0.2, 0.3, 3}, {4, 0.4, 5, 0.5, 0.6, 6}, {7, 0.7, 8, 0.8, 0.9, 9}};
        for (Rows rows : List.of(ROWS.withErrors(triangles(own)), ROWS.withErrors(triangles(own[1])))) {
            int same = covariance(rows, 0)[0] == 4 ? 1 : 2;
            double[] last = own[same];
            assertThat(covariance(rows.select(List.of("c", "a")), 2)).containsExactly(last[5], last[3], last[0]);
            assertThat(covariance(rows.named(List.of("x", "y", "z")), 2)).containsExactly(last);
            assertThat(covariance(rows.weighted(new double[] {1, 2, 3}).withGaps(), 2))
                    .containsExactly(last);
            Rows sample = Sample.of(rows, 3, 5).rows();
            assertThat(sample.rowCovariance()).isEqualTo(RowCovariance.ERROR);
            for (int i = 0; i < 3; i++) {
                int row = i;
                try (Rows.Reader reader = sample.reader()) {
                    int number = (int) (reader.read(row, 1).get(0, 0) / 3);
                    assertThat(covariance(sample, row)).containsExactly(same == 1 ? own[1] : own[number]);
                }
            }
        }
        Rows variances = ROWS.withSpread(RowCovariances.variances(1, 2, 3));
        assertThat(covariance(variances.select(List.of("c", "a")), 2)).containsExactly(3, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | 3 | true  | 2 standard deviations in a row for rows of 3 columns; give 3
            6 | 3 | true  | 6 standard deviations in a row for rows of 3 columns; give 3
            2 | 3 | false | 2 elements of a covariance in a row for rows of 3 columns; give 3, or 6 of a lower triangle
            3 | 2 | true  | 2 rows of standard deviations for 3 rows; give one for each row, or a single one for all
            6 | 2 | false | 2 rows of covariances for 3 rows; give one for each row, or a single one for all
            """)
    void mustFitTheRows(int columns, int count, boolean deviations, String message) {
        Rows numbers = Rows.of(new double[count][columns]);
        RowCovariances own = deviations ? RowCovariances.deviations(numbers) : RowCovariances.triangles(numbers);
        assertThatThrownBy(() -> ROWS.withErrors(own))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void areRefusedWhereTheyAreNone() {
        assertThatThrownBy(() -> covariance(ROWS.withErrors(RowCovariances.variances(1, -2, 0)), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("all rows, column \"b\": the variance that goes with it is -2.0; it must be finite and not"
                        + " negative: mend it or drop the row");
        assertThatThrownBy(() -> covariance(
                        ROWS.withErrors(triangles(new double[6], new double[6], new double[] {1, 0, 4, 2, 0, 3})), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 2: the covariance that goes with it is not positive semidefinite, 2.0 between columns"
                        + " \"a\" and \"c\" of variances 1.0 and 3.0: mend it or drop the row");
        Rows errors = ROWS.withErrors(RowCovariances.variances(1, 1, 1));
        assertThatThrownBy(() -> errors.withSpread(RowCovariances.variances(1, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows have a covariance of their own already, which means ERROR");
    }

    /** The error of a value that is missing need not be known. */
    @Test
    void areZeroWhereAValueIsMissing() {
        Rows gapped = Rows.of(new double[][] {{1, Double.NaN, 3}, {4, 5, 6}}).withGaps();
        double nan = Double.NaN;
        Rows deviations = Rows.of(new double[][] {{1, nan, 2}, {1, 1, 1}});
        assertThat(covariance(gapped.withErrors(RowCovariances.deviations(deviations)), 0))
                .containsExactly(1, 0, 4);
        assertThat(covariance(gapped.withErrors(triangles(new double[] {1, nan, nan, 0.5, nan, 2}, new double[6])), 0))
                .containsExactly(1, 0, 0, 0.5, 0, 2);
    }
}
