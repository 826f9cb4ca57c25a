package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;

/** A fit of rows kept as floats is that of the rounded numbers kept as doubles. */
class FloatStorageTest {
    @Test
    void fitsTheRoundedNumbersToTheLastBit() {
        SplittableRandom random = new SplittableRandom(11);
        float[] floats = new float[3 * 5_000];
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) (random.nextGaussian() + 4 * (i / 3 % 2));
            doubles[i] = floats[i];
        }
        Em em = Em.components(2).seed(3).maxIterations(20);
        Fit<GaussianMixture> fit = em.fit(Rows.owning(floats, 3));
        Fit<GaussianMixture> same = em.fit(Rows.owning(doubles, 3));
        assertThat(fit.model()).isEqualTo(same.model());
        assertThat(fit.meanLogLikelihood()).isEqualTo(same.meanLogLikelihood());
    }
}
