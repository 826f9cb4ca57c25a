package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

class SearchTest {
    @Test
    void aStartModelThatIsTooThinForTheRowsIsReported() {
        Rows rows = Rows.of(new double[] {0, 0}, new double[] {1, 3}, new double[] {2, 1});
        GaussianMixture thin = GaussianMixture.of(
                new double[] {1},
                List.of(Gaussian.of(
                        new double[] {1, 1}, Covariance.full(new double[] {1e-20, 0}, new double[] {0, 1e-20}))));
        assertThatThrownBy(() -> Em.components(1)
                        .covariance(CovarianceStructure.DIAGONAL)
                        .initialization(Initialization.model(thin))
                        .fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no valid start was found; the last attempt ended with: component 1 of 1 has collapsed: its"
                        + " variance in column \"x0\" is 1.0E-20 (all rows: 0.6666666666666666); ask for fewer"
                        + " components or keep the regularization");
    }
}
