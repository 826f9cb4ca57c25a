package org.mixtura.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.mixtura.data.Block;
import org.mixtura.kernel.QuadraticForms;

/** Where features are used, and just beyond. */
class CommonCentreTest {
    private static final int D = 4;
    private static final int K = 8;

    /** Half of the components at −shift in the first column, half at +shift, so that the common centre is the origin. */
    private static QuadraticForms forms(double shift, double factor) {
        double[] centres = new double[K * D];
        double[][] factors = new double[K][D * (D + 1) / 2];
        for (int k = 0; k < K; k++) {
            centres[k * D] = k % 2 == 0 ? shift : -shift;
            for (int i = 0; i < D; i++) {
                factors[k][i * (i + 1) / 2 + i] = factor;
            }
        }
        return QuadraticForms.of(QuadraticForms.Factor.TRIANGULAR, new double[D], centres, new double[K], factors);
    }

    private static boolean near(QuadraticForms forms, double... row) {
        Block block = new Block();
        block.show(row, 0, 1, D, null, 0);
        Tile tile = new Tile(forms.origin());
        tile.takeAll(block, 0);
        return CommonCentre.of(forms).take(tile, new double[D * Tile.STRIDE]);
    }

    /** With Q = q²I of norm 2q² and μ = (±m, 0 …): q²‖y‖² + q²m‖y‖ + ½q²m² ≤ 768. */
    @Test
    void rowsAreNearUpToTheBound() {
        double q = 3;
        double m = 2;
        double distance = (-m + Math.sqrt(m * m - 4 * (m * m / 2 - CommonCentre.MOST / (q * q)))) / 2;
        for (int j = 0; j < D; j++) {
            double[] row = new double[D];
            row[j] = distance * (1 - 1e-12);
            assertThat(near(forms(m, q), row)).isTrue();
            row[j] = distance * (1 + 1e-12);
            assertThat(near(forms(m, q), row)).isFalse();
        }
    }

    @Test
    void noRowIsNearWhereTheCentresThemselvesAreFar() {
        double most = Math.sqrt(2 * CommonCentre.MOST);
        assertThat(near(forms(most * (1 - 1e-12), 1), new double[D])).isTrue();
        assertThat(near(forms(most * (1 + 1e-12), 1), new double[D])).isFalse();
        assertThat(near(forms(1e200, 1e200), new double[D])).isFalse();
    }

    @Test
    void rowsThatAreNotFiniteAreNotNear() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e200}) {
            assertThat(near(forms(1, 1), 0, 0, value, 0)).isFalse();
        }
    }

    @Test
    void momentsAreServedUpToTheirBound() {
        double most = Math.sqrt(CommonCentre.MOST_SHIFT) / 0.5;
        assertThat(CommonCentre.of(forms(most * (1 - 1e-12), 0.5)).servesMoments())
                .isTrue();
        assertThat(CommonCentre.of(forms(most * (1 + 1e-12), 0.5)).servesMoments())
                .isFalse();
    }

    /** A component that is switched off has no say. */
    @Test
    void theCentreIsTheMeanOfThoseThatCount() {
        QuadraticForms forms = forms(2, 1);
        Arrays.fill(forms.centres(), 0, D, 1e10);
        forms.constants()[0] = Double.NEGATIVE_INFINITY;
        double mean = (3 * 2 - 4 * 2) / 7.0;
        assertThat(CommonCentre.of(forms).values()[0]).isCloseTo(mean, Offset.offset(1e-15));
        assertThat(near(forms, new double[D])).isTrue();
    }
}
