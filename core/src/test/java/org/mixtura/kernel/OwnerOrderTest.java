package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
}
