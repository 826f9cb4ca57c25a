package org.mixtura.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mixtura.testing.Generator;

class ShrinkageTest {
    /** A lower triangle near the identity: packed. */
    private static double[] triangle(Generator generator, int d, double away) {
        double[] triangle = generator.vector(Packed.size(d));
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                int at = Packed.index(i, j);
                triangle[at] = away * triangle[at] / Math.sqrt(d) + (i == j ? 1 + i : 0);
            }
        }
        return triangle;
    }

    private static DMatrixRMaj matrix(double[] lower, int d) {
        DMatrixRMaj matrix = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                matrix.set(i, j, lower[Packed.index(i, j)]);
            }
        }
        return matrix;
    }

    private static double smallestSingularValue(double[] after, double[] before, int d) {
        DMatrixRMaj inverse = matrix(before, d);
        CommonOps_DDRM.invert(inverse);
        DMatrixRMaj quotient = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(matrix(after, d), inverse, quotient);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(d, d, false, false, true);
        assertThat(svd.decompose(quotient)).isTrue();
        return Arrays.stream(svd.getSingularValues()).limit(d).min().orElseThrow();
    }

    /** The smallest singular value, from a singular value decomposition of the whole quotient. */
    @ParameterizedTest
    @CsvSource({"1, 0.5", "2, 1", "5, 0.001", "5, 0.3", "16, 0.0001", "16, 0.5", "40, 0.02", "40, 0.9"})
    void isTheSmallestSingularValueOrALittleLess(int d, double away) {
        for (int seed = 0; seed < 20; seed++) {
            Generator generator = Generator.seeded(100L * d + seed);
            double[] before = triangle(generator, d, away);
            double[] after = triangle(generator, d, away);
            double smallest = smallestSingularValue(after, before, d);
            double bound = Shrinkage.between(after, before, d);
            assertThat(bound).isLessThanOrEqualTo(smallest * (1 + 1e-12)).isGreaterThan(smallest - 0.011);
        }
    }

    @Test
    void ofTheSameMatrixItIsOne() {
        double[] same = triangle(Generator.seeded(3), 7, 0.5);
        assertThat(Shrinkage.between(same, same, 7)).isGreaterThan(1 - 1e-12).isLessThanOrEqualTo(1);
    }

    @Test
    void ofASingularMatrixNothingIsSaid() {
        double[] zero = new double[3];
        double[] other = {1, 0.5, 2};
        assertThat(Shrinkage.between(other, zero, 2)).isZero();
        assertThat(Shrinkage.between(zero, other, 2)).isZero();
    }
}
