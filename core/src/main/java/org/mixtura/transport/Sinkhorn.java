package org.mixtura.transport;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.mixtura.data.Matrix;
import org.mixtura.mixture.GaussianMixture;

/**
 * Transport with an entropic penalty, balanced or unbalanced: the options of the method of Sinkhorn.
 *
 * <pre>  min over P ≥ 0 of  ⟨P, C⟩ + ε KL(P ‖ R) + ρ KL(P1 ‖ a) + ρ KL(Pᵀ1 ‖ b),   ρ = ε τ / (1 − τ),</pre>
 *
 * with KL(P ‖ R) = Σ P ln(P/R) − Σ P + Σ R. Balanced, τ = 1, means that P has the row sums a and the column sums b. The
 * reference R is the product a bᵀ or, on request, counts the cells.
 *
 * <p>The potentials f and g of P = R exp((f + g − C)/ε) are found in log space, so ε may be as small as the costs' rounding
 * allows, by descending from a large ε; Newton steps take over where the alternation is slow. Balanced problems take ten to
 * twenty iterations for each power of ten between the costs and ε. Peyré and Cuturi 2019, <a
 * href="https://doi.org/10.1561/2200000073">doi:10.1561/2200000073</a>; Schmitzer 2019, <a
 * href="https://doi.org/10.1137/16M1106018">doi:10.1137/16M1106018</a>; unbalanced: Chizat, Peyré, Schmitzer and Vialard
 * 2018, <a href="https://doi.org/10.1090/mcom/3303">doi:10.1090/mcom/3303</a>.
 *
 * <p>For mixtures of up to several hundred components {@link Transport#between} is faster and has no bias; this is for the
 * entropic problem itself. Immutable; each option is set by a method that returns a changed copy.
 */
public final class Sinkhorn {
    /** The measure R against which the entropy of the coupling is taken. */
    public enum Reference {
        /** R = a bᵀ. */
        PRODUCT,
        /**
         * Σ P (ln P − 1) in place of KL(P ‖ R). The coupling that the scaling u = (a / K v)^τ of the Python library OTT
         * converges to; different from the product's only when unbalanced.
         */
        COUNTING
    }

    private enum Unit {
        ABSOLUTE,
        PRODUCT_COST
    }

    private final double epsilon;
    private final Unit unit;
    private final double tau;
    private final Reference reference;
    private final double tolerance;
    private final int maxIterations;

    private Sinkhorn(double epsilon, Unit unit, double tau, Reference reference, double tolerance, int maxIterations) {
        this.epsilon = epsilon;
        this.unit = unit;
        this.tau = tau;
        this.reference = reference;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /**
     * The default: ε = 0.01 in the units of the costs, as OTT has it, balanced, with the product as reference.
     *
     * @return the options
     */
    public static Sinkhorn standard() {
        return new Sinkhorn(1e-2, Unit.ABSOLUTE, 1, Reference.PRODUCT, 1e-10, 10_000);
    }

    /**
     * Sets ε in the units of the costs.
     *
     * @param newEpsilon ε, positive and finite
     * @return changed options
     * @throws IllegalArgumentException if it is not
     */
    public Sinkhorn epsilon(double newEpsilon) {
        return withEpsilon(newEpsilon, Unit.ABSOLUTE);
    }

    /**
     * Sets ε as a part of what the costs are under the product coupling, Σ a_i b_j C_ij, so that the result does not depend
     * on units.
     *
     * @param part ε / Σ a_i b_j C_ij, positive and finite
     * @return changed options
     * @throws IllegalArgumentException if it is not
     */
    public Sinkhorn relativeEpsilon(double part) {
        return withEpsilon(part, Unit.PRODUCT_COST);
    }

    private Sinkhorn withEpsilon(double newEpsilon, Unit newUnit) {
        if (!(newEpsilon > 0 && newEpsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon is " + newEpsilon
                    + "; it is positive and finite (for no penalty at all use Transport.between)");
        }
        return new Sinkhorn(newEpsilon, newUnit, tau, reference, tolerance, maxIterations);
    }

    /**
     * Sets how firmly the sums of the coupling are held.
     *
     * @param newTau τ: 1 is balanced, the smaller the more mass may be created and destroyed
     * @return changed options
     * @throws IllegalArgumentException unless 0 is less than τ and τ at most 1
     */
    public Sinkhorn tau(double newTau) {
        if (!(newTau > 0 && newTau <= 1)) {
            throw new IllegalArgumentException(
                    "tau is " + newTau + "; it is greater than 0 and at most 1, which means balanced");
        }
        return new Sinkhorn(epsilon, unit, newTau, reference, tolerance, maxIterations);
    }

    /**
     * Sets the measure against which the entropy of the coupling is taken.
     *
     * @param newReference R
     * @return changed options
     */
    public Sinkhorn reference(Reference newReference) {
        return new Sinkhorn(epsilon, unit, tau, newReference, tolerance, maxIterations);
    }

    /**
     * Sets when to stop.
     *
     * @param newTolerance the largest {@link EntropicPlan#marginalError} that counts as converged, positive; where ε is so
     *     small that rounding does not allow it, the error 2e-16 max|C| / ε counts instead
     * @return changed options
     * @throws IllegalArgumentException if it is not positive
     */
    public Sinkhorn tolerance(double newTolerance) {
        if (!(newTolerance > 0)) {
            throw new IllegalArgumentException("tolerance is " + newTolerance + "; it is positive");
        }
        return new Sinkhorn(epsilon, unit, tau, reference, newTolerance, maxIterations);
    }

    /**
     * Sets when to give up.
     *
     * @param newMaxIterations the most iterations, at least 1
     * @return changed options
     * @throws IllegalArgumentException if it is less than 1
     */
    public Sinkhorn maxIterations(int newMaxIterations) {
        if (newMaxIterations < 1) {
            throw new IllegalArgumentException("at most " + newMaxIterations + " iterations; allow at least 1");
        }
        return new Sinkhorn(epsilon, unit, tau, reference, tolerance, newMaxIterations);
    }

    /**
     * Solves the problem between the components of two mixtures with the costs W₂².
     *
     * @param source K₀ components
     * @param target K₁ components over the same columns
     * @return the plan; see {@link EntropicPlan#converged}
     * @throws IllegalArgumentException if the mixtures differ in dimension or describe the same columns in another order
     */
    public EntropicPlan between(GaussianMixture source, GaussianMixture target) {
        return between(source.weights(), target.weights(), BuresWasserstein.squaredDistances(source, target));
    }

    /**
     * Solves the problem between discrete distributions.
     *
     * @param source a, m weights that are not negative and sum to one within 1e-9
     * @param target b, n such weights
     * @param costs C, m × n finite numbers
     * @return the plan; see {@link EntropicPlan#converged}
     * @throws IllegalArgumentException if weights break their rule, the shapes do not fit or a cost is not finite
     */
    public EntropicPlan between(double[] source, double[] target, Matrix costs) {
        double[] a = Weights.normalised(source, costs.rows(), "source weights");
        double[] b = Weights.normalised(target, costs.columns(), "target weights");
        Coupling.requireFinite(costs);
        double absolute = unit == Unit.ABSOLUTE ? epsilon : epsilon * productCost(a, b, costs);
        double rho = tau < 1 ? absolute * tau / (1 - tau) : Double.POSITIVE_INFINITY;
        int[] rows = Coupling.positive(a);
        int[] columns = Coupling.positive(b);
        double[] c = Coupling.part(costs, rows, columns);
        EntropicState state = new EntropicState(Coupling.part(a, rows), Coupling.part(b, columns), c, reference, rho);
        DoubleSummaryStatistics spread = Arrays.stream(c).summaryStatistics();
        double largest = Math.max(Math.abs(spread.getMin()), Math.abs(spread.getMax()));
        // No potential is known better than this, so no smaller residual can be asked for.
        double attainable = Math.max(tolerance, Math.ulp(1.0) * largest / absolute);
        int iterations =
                EntropicSolver.solve(state, spread.getMax() - spread.getMin(), absolute, attainable, maxIterations);
        return new EntropicPlan(state, iterations, absolute, attainable, costs, rows, columns);
    }

    /**
     * The entropic problem's value without its bias: S(a, b) = V(a, b) − ½ V(a, a) − ½ V(b, b), with one ε for the three. It
     * is 0 exactly for a = b and tends to MW₂² as ε falls. Séjourné, Feydy, Vialard, Trouvé and Peyré 2019, <a
     * href="https://doi.org/10.48550/arXiv.1910.12958">doi:10.48550/arXiv.1910.12958</a>.
     *
     * @param source a, a mixture of K₀ components
     * @param target b, a mixture of K₁ components over the same columns
     * @return S and the three plans behind it
     * @throws IllegalArgumentException if the mixtures differ in dimension or describe the same columns in another order, or
     *     the reference is not the product
     */
    public Divergence divergence(GaussianMixture source, GaussianMixture target) {
        if (reference != Reference.PRODUCT) {
            throw new IllegalArgumentException(
                    "the debiased divergence with reference " + reference + "; it exists for the reference PRODUCT");
        }
        EntropicPlan between = between(source, target);
        Sinkhorn same = epsilon(between.epsilon());
        return new Divergence(between, same.between(source, source), same.between(target, target));
    }

    /**
     * A debiased value and the three plans behind it.
     *
     * @param between from a to b
     * @param source from a to a
     * @param target from b to b
     */
    public record Divergence(EntropicPlan between, EntropicPlan source, EntropicPlan target) {
        /** {@return S(a, b) = V(a, b) − ½ V(a, a) − ½ V(b, b)} */
        public double value() {
            return between.value() - 0.5 * source.value() - 0.5 * target.value();
        }

        /** {@return whether all three plans converged} */
        public boolean converged() {
            return between.converged() && source.converged() && target.converged();
        }
    }

    /** Σ a_i b_j C_ij; 1 if that is not positive: where all costs are zero, any ε gives the same coupling. */
    private static double productCost(double[] source, double[] target, Matrix costs) {
        double sum = 0;
        for (int i = 0; i < source.length; i++) {
            for (int j = 0; j < target.length; j++) {
                sum += source[i] * target[j] * costs.get(i, j);
            }
        }
        return sum > 0 ? sum : 1;
    }
}
