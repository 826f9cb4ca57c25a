package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mixtura.data.Rows;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class SelectionTest {
    @Test
    void choosesTwoEruptionTypesOfOldFaithful() {
        Selection<GaussianMixture> selection =
                Selection.of(1, 5, k -> Em.components(k).restarts(3), Criterion.BIC, Examples.faithful());
        assertThat(selection.best().model().size()).isEqualTo(2);
        assertThat(selection.table()).hasSize(5);
        assertThat(selection.winner()).isSameAs(selection.table().get(1));
        // Maximum likelihood of two full components on these data, as published with R's mclust: −1130.264.
        assertThat(selection.best().logLikelihood()).isBetween(-1131.0, -1130.26);
        for (Selection.Candidate<GaussianMixture> candidate : selection.table()) {
            assertThat(candidate.value())
                    .isGreaterThanOrEqualTo(selection.winner().value());
            assertThat(candidate.value())
                    .isEqualTo(candidate.fit().orElseThrow().bic());
        }
    }

    @Test
    void findsTheClustersThatAreThere() {
        for (long seed = 1; seed <= 5; seed++) {
            Rows rows = Rows.of(Examples.clusters(seed, 600, 4, 4, 15));
            assertThat(Selection.of(2, 6, k -> Em.components(k).restarts(5), Criterion.BIC, rows)
                            .best()
                            .model()
                            .size())
                    .as("seed %d", seed)
                    .isEqualTo(4);
        }
    }

    @Test
    void choosesAmongStructures() {
        Rows rows = Rows.of(Examples.clusters(3, 600, 3, 3, 10));
        List<Em> candidates = new ArrayList<>();
        for (CovarianceStructure structure : CovarianceStructure.values()) {
            candidates.add(Em.components(3).covariance(structure).restarts(3));
        }
        assertThat(Selection.of(candidates, Criterion.BIC, rows).best().model().structure())
                .isEqualTo(CovarianceStructure.TIED_SPHERICAL);
    }

    @Test
    void keepsCandidatesThatCannotBeFittedInTheTable() {
        Rows rows = Rows.of(new double[][] {{1, 2}, {2, 1}, {4, 4}});
        Selection<GaussianMixture> selection = Selection.of(1, 4, Em::components, Criterion.AIC, rows);
        Selection.Candidate<GaussianMixture> last = selection.table().get(3);
        assertThat(last.fit()).isEmpty();
        assertThat(last.failure()).startsWith("4 components need at least as many different rows");
        assertThat(last.value()).isInfinite();
    }

    @Test
    void givesTheReasonIfNothingCanBeFitted() {
        Rows rows = Rows.of(new double[][] {{1, 2}});
        assertThatThrownBy(() -> Selection.of(2, 3, Em::components, Criterion.BIC, rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("2 components need at least as many different rows");
        assertThatThrownBy(() -> Selection.of(3, 2, Em::components, Criterion.BIC, rows))
                .hasMessage("no candidates to choose from");
    }

    @Test
    void computesCriteriaByTheirFormulas() {
        Rows rows = Examples.iris();
        Fit<GaussianMixture> fit = Em.components(3).restarts(2).fit(rows);
        GaussianMixture model = fit.model();
        double[] logDensity = model.logDensity(rows);
        double[][] r = model.responsibilities(rows).toRows();
        double likelihood = 0;
        double entropy = 0;
        for (int i = 0; i < 150; i++) {
            likelihood += logDensity[i];
            for (double share : r[i]) {
                entropy -= share > 0 ? share * Math.log(share) : 0;
            }
        }
        long parameters = 3 * 10 + 3 * 4 + 2;
        assertClose(fit.aic(), -2 * likelihood + 2 * parameters, 1e-12, "aic");
        assertClose(fit.bic(), -2 * likelihood + parameters * Math.log(150), 1e-12, "bic");
        assertClose(fit.icl(), fit.bic() + 2 * entropy, 1e-10, "icl");
    }
}
