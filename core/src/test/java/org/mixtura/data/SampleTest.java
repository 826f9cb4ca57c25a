package org.mixtura.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    private static double[] column(Rows rows) {
        try (Rows.Reader reader = rows.reader()) {
            Block block = reader.read(0, (int) rows.count());
            return IntStream.range(0, block.count())
                    .mapToDouble(i -> block.get(i, 0))
                    .toArray();
        }
    }

    private static Rows counting(int n) {
        return Rows.owning(IntStream.range(0, n).asDoubleStream().toArray(), 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 1000, 5000})
    void drawsEachRowOnceWithAsManyDrawsAsRows(int n) {
        double[] drawn = column(Sample.of(counting(n), n, 3).rows());
        double[] sorted = drawn.clone();
        Arrays.sort(sorted);
        assertThat(sorted).isEqualTo(column(counting(n)));
        if (n > 10) {
            assertThat(drawn).isNotEqualTo(sorted);
        }
    }

    @Test
    void drawsOneRowFromEachStretch() {
        double[] drawn = column(Sample.of(counting(1000), 100, 5).rows());
        Arrays.sort(drawn);
        for (int i = 0; i < 100; i++) {
            assertThat(drawn[i]).isBetween(10.0 * i, 10.0 * i + 9);
        }
    }

    @Test
    void beginsWithSmallerSamples() {
        Sample sample = Sample.of(counting(100), 40, 5);
        assertThat(column(sample.first(7))).isEqualTo(Arrays.copyOf(column(sample.rows()), 7));
        assertThat(sample.first(41)).isSameAs(sample.rows());
        assertThat(sample.size()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1000, 20_000})
    void takesAWeightForRepeatedRows(int size) {
        List<Double> repeated = new ArrayList<>();
        double[] weights = new double[6000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i * 31 % 4;
            for (int c = 0; c < weights[i]; c++) {
                repeated.add((double) i);
            }
        }
        Rows weighted = counting(weights.length).weighted(weights);
        Rows counted =
                Rows.owning(repeated.stream().mapToDouble(Double::doubleValue).toArray(), 1);
        double[] ones = new double[repeated.size()];
        Arrays.fill(ones, 1);
        double[] drawn = column(Sample.of(weighted, size, 9).rows());
        assertThat(drawn).isEqualTo(column(Sample.of(counted, size, 9).rows()));
        assertThat(drawn)
                .isEqualTo(column(Sample.of(counted.weighted(ones), size, 9).rows()));
        assertThat(Arrays.stream(drawn).filter(i -> weights[(int) i] == 0)).isEmpty();
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatThrownBy(() -> Sample.of(counting(3), 0, 1)).hasMessage("a sample of 0 rows; draw at least one");
    }
}
