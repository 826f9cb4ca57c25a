package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mixtura.linalg.Packed;
import org.mixtura.testing.Generator;

class MarginalFormsTest {
    private static BitSet missing(int... columns) {
        BitSet gaps = new BitSet();
        IntStream.of(columns).forEach(gaps::set);
        return gaps;
    }

    /** Noise in fewer columns is noise, in a room of those columns; columns go one by one as they do at once. */
    @Test
    void ofAnEvenDensityAreEven() {
        QuadraticForms.Extent room =
                columns -> IntStream.of(columns).mapToDouble(j -> j + 0.5).sum();
        double[] lower = Packed.of(Generator.seeded(1).positiveDefinite(4));
        QuadraticForms whole = QuadraticForms.of(
                        QuadraticForms.Factor.TRIANGULAR,
                        new double[4],
                        new double[8],
                        new double[] {-1, -2},
                        new double[][] {new double[10], lower})
                .flat(0, room);
        QuadraticForms marginal = new MarginalForms(whole, missing(1)).forms();
        assertThat(marginal.isFlat(0)).isTrue();
        assertThat(marginal.isFlat(1)).isFalse();
        assertThat(marginal.extent().logVolume(new int[] {0, 2})).isEqualTo(0.5 + 3.5);
        QuadraticForms further = new MarginalForms(marginal, missing(1)).forms();
        QuadraticForms atOnce = new MarginalForms(whole, missing(1, 2)).forms();
        assertThat(further.isFlat(0)).isTrue();
        assertClose(further.constants(), atOnce.constants(), 1e-13);
        assertClose(further.factor(1), atOnce.factor(1), 1e-13);
    }
}
