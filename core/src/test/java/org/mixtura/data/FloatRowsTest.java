package org.mixtura.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mixtura.testing.ComputedRows;

/** Rows kept as floats: what rounding does to them, and what it must not do. */
class FloatRowsTest {
    @Test
    void roundsEachValueByItsBoundAtMost() {
        SplittableRandom random = new SplittableRandom(5);
        double[] values = random.doubles(30_000, -1, 1)
                .map(u -> u * Math.pow(10, random.nextDouble(-30, 30)))
                .toArray();
        Rows rows = Rows.owning(values.clone(), 3).inSinglePrecision();
        Block block = rows.reader().read(0, 10_000);
        for (int i = 0; i < values.length; i++) {
            assertThat(Math.abs(block.get(i / 3, i % 3) - values[i]))
                    .isLessThanOrEqualTo(0x1p-24 * Math.abs(values[i]));
        }
    }

    @Test
    void keepsNamesWeightsAndWhatIsNotANumber() {
        Rows rows = Rows.of(new double[] {1, Double.NaN}, new double[] {Double.NEGATIVE_INFINITY, 0.5})
                .named(List.of("a", "b"))
                .weighted(new double[] {0.1, 3});
        Rows rounded = rows.inSinglePrecision();
        assertThat(rounded.columns()).containsExactly("a", "b");
        Block block = rounded.reader().read(0, 2);
        assertThat(block.weight(0)).isEqualTo(0.1);
        assertThat(block.get(0, 1)).isNaN();
        assertThat(block.get(1, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(rounded.inSinglePrecision()).isSameAs(rounded);
    }

    @Test
    void refusesWhatAFloatCannotHold() {
        Rows rows = Rows.of(new double[] {1, 2}, new double[] {3, -1e39}).named(List.of("a", "b"));
        assertThatThrownBy(rows::inSinglePrecision)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1, column \"b\" is -1.0E39, beyond the range of a float (3.4028235E38);"
                        + " divide the column by a constant, or keep the rows as doubles");
        assertThatThrownBy(() -> new ComputedRows(1L << 31, 1, n -> new double[] {n}).inSinglePrecision())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "2147483648 rows of 1 columns are more values than an array holds; leave them where they are");
    }
}
