package org.mixtura.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** The geometry of pictures, by laws. */
class DrawingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anEllipseIsAsFarAsItSays(int n) {
        Gaussian gaussian = Gaussian.of(new double[] {1e6, -2}, Covariance.full(new double[][] {{4, 1.5}, {1.5, 1}}));
        double[][] outline = Drawing.ellipse(gaussian, n);
        for (int i = 0; i < outline[0].length; i++) {
            double square = gaussian.covariance()
                    .mahalanobisSquared(new double[] {outline[0][i], outline[1][i]}, gaussian.mean());
            assertThat(Math.sqrt(square)).isCloseTo(n, within(1e-9));
        }
        // Half the length is n √eigenvalue: of this covariance 4.6213 and 0.3787.
        double longest = 0;
        for (int i = 0; i < outline[0].length; i++) {
            longest = Math.max(longest, Math.hypot(outline[0][i] - 1e6, outline[1][i] + 2));
        }
        assertThat(longest).isCloseTo(n * Math.sqrt(2.5 + Math.sqrt(4.5)), within(n * 1e-3));
    }

    @Test
    void theSpanHoldsComponentsAndNearlyAllRows() {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.5, 0.5},
                List.of(
                        Gaussian.of(new double[] {0}, Covariance.diagonal(1)),
                        Gaussian.of(new double[] {10}, Covariance.diagonal(4))));
        Span span = Span.of(mixture, new double[][] {{-4}, {5}, {1e12}}, 0);
        assertThat(span.from()).isBetween(-5.0, -4.0);
        assertThat(span.to()).isBetween(16.1, 30.0);
    }

    @Test
    void aHistogramIsADensity() {
        SplittableRandom random = new SplittableRandom(1);
        double[] values = random.doubles(5000).toArray();
        Span span = new Span(0, 1);
        int bins = span.bins(values);
        double[] heights = span.histogram(values, bins);
        assertThat(bins).isEqualTo(60);
        assertThat(Arrays.stream(heights).sum() / bins).isCloseTo(1, within(1e-9));
        assertThat(Arrays.stream(heights))
                .allSatisfy(height -> assertThat(height).isCloseTo(1, within(0.5)));
        assertThat(new Span(0, 2).bins(new double[] {1, 1, 1})).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0 0.2 0.4 0.6 0.8 1",
        "-3, 12, −2 0 2 4 6 8 10 12",
        "0.001, 0.0042, 0.001 0.0015 0.002 0.0025 0.003 0.0035 0.004",
        "100000000, 100000010, 100000000 100000002 100000004 100000006 100000008 100000010",
        "-2e-7, 4e-7, −2e−7 −1e−7 0 1e−7 2e−7 3e−7 4e−7",
        "1e9, 5e9, 1e9 1.5e9 2e9 2.5e9 3e9 3.5e9 4e9 4.5e9 5e9"
    })
    void ticksAreRound(double from, double to, String labels) {
        Axis axis = new Axis(from, to, 0, 100);
        assertThat(String.join(" ", axis.ticks(6).stream().map(Axis::label).toList()))
                .isEqualTo(labels);
        assertThat(axis.pixel(from)).isZero();
        assertThat(axis.pixel(to)).isEqualTo(100);
    }
}
