package org.mixtura.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mixtura.integration.Estimate;
import org.mixtura.transport.EntropicPlan;

/** A comparison of two models for programs. */
final class ComparisonJson {
    private final Comparison comparison;
    private final Optional<EntropicPlan> entropic;
    private final double tau;

    ComparisonJson(Comparison comparison, Optional<EntropicPlan> entropic, double tau) {
        this.comparison = comparison;
        this.entropic = entropic;
        this.tau = tau;
    }

    /** One object. */
    String render() {
        return Json.object(json -> {
            json.texts("columns", comparison.columns())
                    .matrix("w2_squared", comparison.plan().costs())
                    .number("mw2_squared", comparison.plan().squaredDistance())
                    .matrix("plan", comparison.plan().coupling().toMatrix())
                    .list("matching", List.copyOf(comparison.pairs().entrySet()), pair -> pair(pair, json));
            estimate("kl_ab", comparison.klAb(), json);
            estimate("kl_ba", comparison.klBa(), json);
            estimate("jensen_shannon", comparison.jensenShannon(), json);
            estimate("hellinger", comparison.hellinger(), json);
            estimate("total_variation", comparison.totalVariation(), json);
            json.number("l2_squared", comparison.squaredL2()).number("cauchy_schwarz", comparison.cauchySchwarz());
            entropic.ifPresent(plan -> json.member(
                    "sinkhorn",
                    members -> members.number("value", plan.value())
                            .number("transport_cost", plan.transportCost())
                            .matrix("coupling", plan.coupling())
                            .number("marginal_error", plan.marginalError())
                            .integer("iterations", plan.iterations())
                            .truth("converged", plan.converged())
                            .number("epsilon", plan.epsilon())
                            .number("tau", tau)));
        });
    }

    private static void pair(Map.Entry<Integer, Integer> pair, Json json) {
        json.integer("a", pair.getKey()).integer("b", pair.getValue());
    }

    private static void estimate(String name, Estimate estimate, Json json) {
        json.member(
                name,
                members -> members.number("value", estimate.value())
                        .number("error", estimate.error())
                        .text("method", estimate.method().label())
                        .integer("evaluations", estimate.evaluations()));
    }
}
