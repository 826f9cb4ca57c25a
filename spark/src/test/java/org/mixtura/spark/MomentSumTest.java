package org.mixtura.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;

/** A sum that was sent is the sum of the moments, rounded once. */
class MomentSumTest {
    private static final QuadraticForms FORMS = QuadraticForms.of(
            QuadraticForms.Factor.DIAGONAL, new double[3], new double[6], new double[2], new double[][] {
                {1, 1, 1}, {1, 1, 1}
            });

    @ParameterizedTest
    @EnumSource(Moments.Scatter.class)
    void theSumIsExactButForOneRounding(Moments.Scatter scatter) {
        SplittableRandom random = new SplittableRandom(3);
        MomentSum sum = new MomentSum(MomentSum.length(FORMS, scatter));
        BigDecimal[] exact = new BigDecimal[5];
        java.util.Arrays.fill(exact, BigDecimal.ZERO);
        for (int part = 0; part < 2000; part++) {
            Moments moments = Moments.about(FORMS, scatter);
            double size = Math.pow(10, random.nextInt(-8, 9));
            moments.weights()[1] = size * random.nextDouble();
            moments.firsts()[4] = size * random.nextGaussian();
            moments.second(1)[2] = size * random.nextGaussian();
            moments.acceptTotals(random.nextDouble(), size * random.nextGaussian(), random.nextDouble());
            double[] values = {
                moments.weights()[1],
                moments.firsts()[4],
                moments.second(1)[2],
                moments.logLikelihood(),
                moments.totalWeight()
            };
            for (int i = 0; i < values.length; i++) {
                exact[i] = exact[i].add(new BigDecimal(values[i]));
            }
            sum.add(moments);
        }
        Moments total = MomentSum.moments(sum.rounded(), FORMS, scatter);
        assertThat(total.weights()[1]).isEqualTo(exact[0].doubleValue());
        assertThat(total.firsts()[4]).isEqualTo(exact[1].doubleValue());
        assertThat(total.second(1)[2]).isEqualTo(exact[2].doubleValue());
        assertThat(total.logLikelihood()).isEqualTo(exact[3].doubleValue());
        assertThat(total.totalWeight()).isEqualTo(exact[4].doubleValue());
        int second = scatter == Moments.Scatter.FULL ? 6 : 3;
        assertThat(sum.rounded()).hasSize(2 * (1 + 3 + second) + 3);
    }
}
