package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.testing.ComputedRows;
import org.mixtura.testing.Generator;

/**
 * Work shared out has the bits of work done in turn, under the kernels that its size calls for. Runs twice, in a JVM without the
 * vector module and in one with it, where the two kinds of kernels differ.
 */
class WorkTest {
    private static final String PROPERTY = "mixtura.kernels";
    private static final int ITEMS = 6;

    private final String before = System.getProperty(PROPERTY, "");

    @BeforeEach
    void chooseKernelsBySize() {
        System.setProperty(PROPERTY, "");
    }

    @AfterEach
    void restore() {
        System.setProperty(PROPERTY, before);
    }

    private static QuadraticForms forms(Generator generator, int k, int d) {
        double[][] factors = new double[k][QuadraticForms.size(QuadraticForms.Factor.TRIANGULAR, d)];
        for (double[] factor : factors) {
            Arrays.setAll(factor, i -> generator.between(0.5, 1));
        }
        return QuadraticForms.of(
                QuadraticForms.Factor.TRIANGULAR, new double[d], generator.vector(k * d), generator.vector(k), factors);
    }

    /** What passes over the rows, one for each item, add up to. */
    private static List<double[]> sums(Work work, Rows rows, QuadraticForms forms) {
        List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
        return work.each(
                items,
                rows,
                forms.components(),
                (item, own) -> own.moments(rows, forms, Moments.Scatter.FULL).toArray());
    }

    /** As of components that are split on the rows that they own: passes under 2 components for work on far more. */
    @ParameterizedTest
    @ValueSource(longs = {1_000, 100_000, 10_000_000, 1_000_000_000})
    void choosesTheSameKernelsForAnyThreads(long count) {
        Generator generator = Generator.seeded(4);
        double[][] points = generator.points(200, 3, 1);
        Rows few = Rows.of(points);
        Rows all = new ComputedRows(count, 3, row -> points[(int) (row % points.length)]);
        QuadraticForms forms = forms(generator, 2, 3);
        List<double[]> inTurn = sums(Work.of(1, all, 128), few, forms);
        assertThat(sums(Work.of(2, all, 128), few, forms)).containsExactlyElementsOf(inTurn);
        double[] single =
                Work.of(2, all, 128).moments(few, forms, Moments.Scatter.FULL).toArray();
        assertThat(inTurn).containsOnly(single);
    }

    /** Which of the passes side by side comes first is chance: none may do as the first or as the last one does. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void takesTheRowsInTheSameOrderInEveryPass(int threads) {
        Generator generator = Generator.seeded(9);
        Rows all = Rows.of(generator.points(2100, 3, 1));
        QuadraticForms forms = forms(generator, 128, 3);
        List<double[]> sums = sums(Work.of(threads, all, 128), all, forms);
        assertThat(sums).containsOnly(sums.get(0));
    }

    /** Mended by splits on few rows each, in a fit of rows enough for the vector kernels. */
    @Test
    void givesAFitTheSameBitsForAnyThreads() {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        Generator generator = Generator.seeded(5);
        double[][] points = generator.points(42_000, 16, 1);
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < 16; j++) {
                points[i][j] += 4 * (i % (j == 0 ? 13 : 7));
            }
        }
        Rows rows = Rows.of(points);
        Em em = Em.components(6).seed(2);
        Fit<?> one = em.threads(1).fit(rows);
        Fit<?> several = em.threads(3).fit(rows);
        assertThat(several.history()).isEqualTo(one.history());
        assertThat(several.model()).isEqualTo(one.model());
        assertThat(several.passes()).isEqualTo(one.passes());
    }
}
