package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import org.junit.jupiter.api.Test;
import org.mixtura.data.Rows;
import org.mixtura.data.RowsView;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Generator;

/** Passes that take the rows in another order differ from others by rounding alone. */
class NeighbouringPassesTest {
    private static final int COMPONENTS = 128;
    private static final int ROWS = 5000;

    private static Fit<GaussianMixture> fit(Rows rows, int threads) {
        return Em.components(COMPONENTS)
                .search(Search.NONE)
                .tolerance(0)
                .maxIterations(8)
                .seed(3)
                .threads(threads)
                .fit(rows);
    }

    @Test
    void leadWhereTheRowsOwnOrderLeads() {
        Generator generator = Generator.seeded(11);
        double[][] points = generator.points(ROWS, 2, 1);
        for (int i = 0; i < ROWS; i++) {
            points[i][0] += 4 * (i % 13);
            points[i][1] += 4 * (i % 7);
        }
        Rows rows = Rows.of(points).weighted(generator.rowWeights(ROWS));
        Fit<GaussianMixture> ordered = fit(rows, 1);
        // A view that does not say that its rows are at hand is not sorted.
        Fit<GaussianMixture> own = fit(new RowsView(rows) {}, 1);
        assertThat(ordered.iterations()).isEqualTo(8);
        assertClose(ordered.history(), own.history(), 1e-12);
        for (int k = 0; k < COMPONENTS; k++) {
            assertClose(
                    ordered.model().component(k).mean(),
                    own.model().component(k).mean(),
                    1e-9);
        }
        assertThat(ordered.model()).isNotEqualTo(own.model());
        assertThat(fit(rows, 2).model()).isEqualTo(ordered.model());
    }
}
