package org.mixtura.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirichletTest {
    /** ∫ f(p) p^{a−1} (1−p)^{b−1} dp / B(a, b) by the midpoint rule, for a, b ≥ 2. */
    private static double expectation(double a, double b, java.util.function.DoubleUnaryOperator f) {
        int n = 200_000;
        double sum = 0;
        double total = 0;
        for (int i = 0; i < n; i++) {
            double p = (i + 0.5) / n;
            double density = Math.exp((a - 1) * Math.log(p) + (b - 1) * Math.log1p(-p));
            sum += density * f.applyAsDouble(p);
            total += density;
        }
        return sum / total;
    }

    @ParameterizedTest
    @CsvSource({"3, 2, 2, 5", "2.5, 7, 2.5, 7", "20, 31, 2, 2"})
    void agreesWithIntegralsOfItsDensity(double a, double b, double a0, double b0) {
        Dirichlet q = Dirichlet.of(a, b);
        Dirichlet p = Dirichlet.of(a0, b0);
        assertThat(q.mean()[0]).isCloseTo(expectation(a, b, x -> x), within(1e-9));
        assertThat(q.expectedLog()[0]).isCloseTo(expectation(a, b, Math::log), within(1e-8));
        double kl = expectation(
                a, b, x -> (a - a0) * Math.log(x) + (b - b0) * Math.log1p(-x) - q.logNormalizer() + p.logNormalizer());
        assertThat(q.klDivergence(p)).isCloseTo(kl, within(1e-8));
    }

    @Test
    void theDivergenceIsThatOfTheSpecification() {
        double[] posterior = {3.5, 0.2, 11};
        double[] prior = {0.5, 0.1, 2};
        Dirichlet q = Dirichlet.of(posterior);
        double expected = q.klDivergence(Dirichlet.of(prior));
        double sum = org.apache.commons.numbers.gamma.LogGamma.value(14.7)
                - org.apache.commons.numbers.gamma.LogGamma.value(2.6);
        for (int k = 0; k < 3; k++) {
            sum += org.apache.commons.numbers.gamma.LogGamma.value(prior[k])
                    - org.apache.commons.numbers.gamma.LogGamma.value(posterior[k])
                    + (posterior[k] - prior[k]) * q.expectedLog()[k];
        }
        assertThat(expected).isCloseTo(sum, within(1e-13));
        assertThat(expected).isPositive();
        assertThat(q.klDivergence(q)).isZero();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> Dirichlet.of(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight concentration alpha of component 1 is 0.0; it is positive and finite");
        assertThatThrownBy(() -> Dirichlet.of(Double.NaN)).hasMessageContaining("component 0 is NaN");
        assertThatThrownBy(() -> Dirichlet.of())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a Dirichlet distribution without concentrations");
        assertThatThrownBy(() -> Dirichlet.of(1, 1).klDivergence(Dirichlet.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Dirichlet distributions over 2 and 1 probabilities cannot be compared");
    }
}
