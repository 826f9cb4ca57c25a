package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SquaremTest {
    private static final Squarem.Coordinates<double[]> THEMSELVES = new Squarem.Coordinates<>() {
        @Override
        public Optional<double[]> of(double[] parameters) {
            return parameters[0] > 1e9 ? Optional.empty() : Optional.of(parameters);
        }

        @Override
        public double[] at(double[] point, double[] like) {
            return point;
        }
    };

    private static double[] map(double[] x, double factor) {
        return new double[] {factor * (x[0] - 3) + 3, factor * (x[1] + 7) - 7};
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.74})
    void leadsToTheFixedPointOfAContractionByOneFactor(double factor) {
        Squarem<double[]> squarem = new Squarem<>(THEMSELVES);
        double[] first = {10, 20};
        double[] second = map(first, factor);
        double[] proposed = squarem.propose(first, second, map(second, factor)).orElseThrow();
        assertClose(proposed, new double[] {3, -7}, 1e-12, "fixed point");
        assertClose(squarem.rate(), factor * factor, 1e-12, "rate");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.99})
    void goesNoFurtherThanItsLimitWhichGrowsWithSuccess(double factor) {
        Squarem<double[]> squarem = new Squarem<>(THEMSELVES);
        double[] x = {10, 20};
        double[] second = map(x, factor);
        double[] third = map(second, factor);
        double short4 = squarem.propose(x, second, third).orElseThrow()[0];
        // v0 + 2·4 r + 16 q with r = (f − 1)·7 and q = (f − 1)²·7 of the distance 7 from the fixed point.
        double step = (factor - 1) * 7;
        assertClose(short4, 10 + 8 * step + 16 * (factor - 1) * step, 1e-12, "step of length 4");
        squarem.judged(true);
        double further = squarem.propose(x, second, third).orElseThrow()[0];
        assertThat(further).isLessThan(short4);
        squarem.judged(false);
        assertThat(squarem.propose(x, second, third).orElseThrow()[0]).isEqualTo(short4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, -1.5})
    void proposesNothingWherePlainStepsAreLongEnough(double factor) {
        Squarem<double[]> squarem = new Squarem<>(THEMSELVES);
        double[] second = map(new double[] {10, 20}, factor);
        assertThat(squarem.propose(new double[] {10, 20}, second, map(second, factor)))
                .isEmpty();
        double[] border = {1e10, 0};
        assertThat(squarem.propose(border, second, second)).isEmpty();
        assertThat(squarem.rate()).isNaN();
    }
}
