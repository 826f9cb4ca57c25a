package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mixtura.data.ReorderedRows;
import org.mixtura.data.Rows;
import org.mixtura.testing.Generator;

class OwnerOrderTest {
    private static final int N = 3000;
    private static final int COMPONENTS = 6;

    private final Generator generator = Generator.seeded(4);
    private final QuadraticForms forms =
            FormsFixture.random(generator, QuadraticForms.Factor.TRIANGULAR, COMPONENTS, new double[3]);
    private final double[][] points = generator.points(N, 3, 1);

    private int owner(int row) {
        double[] scores = FormsFixture.scores(forms, points[row]);
        return IntStream.range(0, COMPONENTS)
                .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                .orElseThrow();
    }

    @Test
    void rowsOfOneOwnerFollowOneAnotherTheLeastProbableFirst() {
        int[] order = OwnerOrder.of(Rows.of(points), forms, 2);
        assertThat(Arrays.stream(order).sorted())
                .containsExactlyElementsOf(IntStream.range(0, N).boxed().toList());
        for (int i = 1; i < N; i++) {
            int owner = owner(order[i]);
            int before = owner(order[i - 1]);
            assertThat(owner).isGreaterThanOrEqualTo(before);
            if (owner == before) {
                // In the precision of floats.
                assertThat((float) FormsFixture.logDensity(forms, points[order[i]]) + 1e-5)
                        .isGreaterThanOrEqualTo((float) FormsFixture.logDensity(forms, points[order[i - 1]]));
            }
        }
    }

    @Test
    void rowsOfNoWeightComeLastWhateverTheyHold() {
        double[] weights = new double[N];
        Arrays.fill(weights, 0.5);
        for (int i = 0; i < N; i += 3) {
            weights[i] = 0;
            points[i][1] = i % 2 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
        }
        int[] order = OwnerOrder.of(Rows.of(points).weighted(weights), forms, 1);
        assertThat(Arrays.stream(order).skip(N - N / 3)).allMatch(row -> row % 3 == 0);
        assertThat(Arrays.stream(order).limit(N - N / 3)).noneMatch(row -> row % 3 == 0);
    }

    @Test
    void isTheSameForAnyThreads() {
        assertThat(OwnerOrder.of(Rows.of(points), forms, 3)).containsExactly(OwnerOrder.of(Rows.of(points), forms, 1));
    }

    /** Clusters far apart: of rows in the order of their owners one of six components matters to nearly every stretch. */
    @Test
    void tellsBeforehandWhatAnOrderPromises() {
        double[] centres = new double[COMPONENTS * 3];
        double[][] clustered = new double[N][];
        for (int i = 0; i < N; i++) {
            int k = i % COMPONENTS;
            centres[k * 3] = 100.0 * k;
            clustered[i] = points[i].clone();
            clustered[i][0] += centres[k * 3];
        }
        QuadraticForms apart = identical(centres);
        double promised = OwnerOrder.share(Rows.of(clustered), apart);
        assertThat(promised).isBetween(1.0 / COMPONENTS, 1.6 / COMPONENTS);
        Rows ordered = ReorderedRows.of(Rows.of(clustered), OwnerOrder.of(Rows.of(clustered), apart, 1));
        assertThat(Nearness.share(ordered, apart)).isBetween(1.0 / COMPONENTS, 1.6 / COMPONENTS);
        // All in one place: all matter everywhere.
        assertThat(OwnerOrder.share(Rows.of(points), identical(new double[COMPONENTS * 3])))
                .isEqualTo(1);
    }

    private static QuadraticForms identical(double[] centres) {
        double[][] factors = new double[COMPONENTS][];
        Arrays.fill(factors, new double[] {1});
        return QuadraticForms.of(QuadraticForms.Factor.SCALAR, new double[3], centres, new double[COMPONENTS], factors);
    }
}
