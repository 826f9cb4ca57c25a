package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
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

    private static Rows rows(Golden table) {
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

    private static Em em(CovarianceStructure structure, int components) {
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
     * In every cell where both fit, a log-likelihood no lower than mclust's by 0.01 is found: by the default search in at
     * least five of six, by one with more starts, by going on from regularised fits, or by many plain climbs in the others.
     */
    @ParameterizedTest
    @MethodSource("tables")
    @Tag("study")
    void reachesEveryCell(Golden table) {
        Rows rows = rows(table);
        int cells = 0;
        int byDefault = 0;
        for (String name : table.get("logLikelihood").names()) {
            for (int k = 1; k <= 9; k++) {
                Golden theirs = table.get("logLikelihood").get(name).get(k - 1);
                if (theirs.isMissing()) {
                    continue;
                }
                cells++;
                double goal = theirs.number() - 0.01;
                Em em = em(CovarianceStructure.of(name), k);
                if (logLikelihood(em, rows) >= goal) {
                    byDefault++;
                    continue;
                }
                assertThat(waysOut(em, rows).stream().anyMatch(way -> way.getAsDouble() >= goal))
                        .as("%s with %d components", name, k)
                        .isTrue();
            }
        }
        assertThat(byDefault).isGreaterThan((int) (0.84 * cells));
    }

    private static List<DoubleSupplier> waysOut(Em em, Rows rows) {
        List<DoubleSupplier> ways = new ArrayList<>();
        for (int starts : new int[] {8, 64}) {
            ways.add(() -> logLikelihood(em.restarts(starts), rows));
            for (double penalty : new double[] {1, 1e-1, 1e-2, 1e-3}) {
                ways.add(() -> {
                    GaussianMixture from = em.restarts(starts)
                            .regularization(Regularization.penalty(penalty))
                            .fit(rows)
                            .model();
                    return logLikelihood(
                            em.initialization(Initialization.model(from))
                                    .tolerance(1e-9)
                                    .maxIterations(20_000),
                            rows);
                });
            }
        }
        for (long seed = 1; seed <= 5; seed++) {
            Em plain = em.search(Search.NONE).restarts(200).seed(seed);
            ways.add(() -> logLikelihood(plain, rows));
        }
        return ways;
    }

    private static double logLikelihood(Em em, Rows rows) {
        Fit<GaussianMixture> fit = em.fit(rows);
        return fit.stopReason() == StopReason.COLLAPSED ? Double.NEGATIVE_INFINITY : fit.logLikelihood();
    }
}
