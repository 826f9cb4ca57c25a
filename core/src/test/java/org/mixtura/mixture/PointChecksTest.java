package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every question about one point refuses a bad point in the same words, with the mixture's own column names. */
class PointChecksTest {
    private static final GaussianMixture MIXTURE = GaussianMixture.of(
                    new double[] {1}, List.of(Gaussian.of(new double[2], Covariance.spherical(2, 1))))
            .named(List.of("length", "width"));

    static Stream<BiConsumer<GaussianMixture, double[]>> questions() {
        return Stream.of(
                GaussianMixture::density,
                GaussianMixture::logDensity,
                GaussianMixture::responsibilities,
                GaussianMixture::label);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void nameTheColumn(BiConsumer<GaussianMixture, double[]> question) {
        assertThatThrownBy(() -> question.accept(MIXTURE, new double[] {0, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"width\" is NaN; every value must be a finite number");
        assertThatThrownBy(() -> question.accept(MIXTURE, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a point of 3 values for a mixture of 2 columns");
    }
}
