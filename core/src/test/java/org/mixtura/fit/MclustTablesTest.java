package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Rows;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Golden;

/**
 * The tables of 14 structures × 1 to 9 components that mclust finds on five data sets (goldens/mclust), without regularisation,
 * which mclust has none of by default.
 */
class MclustTablesTest {
    static List<Golden> tables() {
        return Golden.read("mclust/tables.json").get("tables").elements();
    }

    static Rows rows(Golden table) {
        return switch (table.get("data").text()) {
            case "faithful" -> Examples.faithful();
            case "iris" -> Examples.iris();
            case "diabetes" -> golden("diabetes", 3);
            case "banknote" -> golden("banknote", 6);
            default -> golden("geyser", 2);
        };
    }

    private static Rows golden(String name, int columns) {
        return Rows.of(Examples.values("../core/src/test/resources/goldens/mclust/" + name, columns));
    }

    static Em em(CovarianceStructure structure, int components) {
        return Em.components(components)
                .covariance(structure)
                .regularization(Regularization.none())
                .seed(1);
    }

    /** mclust chooses at most four components on each. */
    @ParameterizedTest
    @MethodSource("tables")
    void choosesOneOfMclustsBestTwo(Golden table) {
        List<Em> candidates = new ArrayList<>();
        for (CovarianceStructure structure : CovarianceStructure.values()) {
            for (int k = 1; k <= 4; k++) {
                candidates.add(em(structure, k));
            }
        }
        GaussianMixture chosen =
                Selection.of(candidates, Criterion.BIC, rows(table)).best().model();
        List<String> best =
                table.get("best").elements().stream().map(Golden::text).toList();
        assertThat(best.subList(0, 2)).contains(chosen.structure().identifier() + "," + chosen.size());
    }

    /**
     * Where a cell stays below mclust's with this seed; with seeds 0 and 2 there are seven and four, of structures VVE, VEE and VEV,
     * most of them the same. mclust looks for common axes in another way, so that the same start leads elsewhere; and on geyser
     * it stops on the way to a collapse: from where it starts, EM goes on to a component of no volume.
     */
    private static final Set<String> BELOW = Set.of("iris VVE 5", "geyser VVE 9", "geyser VEV 7", "geyser VEV 9");

    /** By the default search from this seed a log-likelihood no lower than mclust's by 0.01 is found in 612 of 616 cells. */
    @ParameterizedTest
    @MethodSource("tables")
    @Tag("study")
    void reachesTheCells(Golden table) {
        Rows rows = rows(table);
        Set<String> below = new TreeSet<>();
        for (String name : table.get("logLikelihood").names()) {
            for (int k = 1; k <= 9; k++) {
                Golden theirs = table.get("logLikelihood").get(name).get(k - 1);
                if (!theirs.isMissing()
                        && !(logLikelihood(em(CovarianceStructure.of(name), k), rows) >= theirs.number() - 0.01)) {
                    below.add(table.get("data").text() + " " + name + " " + k);
                }
            }
        }
        assertThat(BELOW).containsAll(below);
    }

    private static double logLikelihood(Em em, Rows rows) {
        Fit<GaussianMixture> fit = em.fit(rows);
        return fit.stopReason() == StopReason.COLLAPSED ? Double.NEGATIVE_INFINITY : fit.logLikelihood();
    }
}
