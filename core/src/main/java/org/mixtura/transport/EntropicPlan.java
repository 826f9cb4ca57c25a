package org.mixtura.transport;

import org.mixtura.data.Matrix;

/**
 * The solution of an entropic transport problem, and how good it is.
 *
 * <p>A plan that did not converge is still a plan: {@link #marginalError} says how far it is from the solution's conditions,
 * {@link #dualValue} how low the optimum may be.
 */
public final class EntropicPlan {
    private final double epsilon;
    private final Matrix coupling;
    private final Matrix normalisedCoupling;
    private final double value;
    private final double dualValue;
    private final double transportCost;
    private final double marginalError;
    private final int iterations;
    private final boolean converged;

    EntropicPlan(
            EntropicState solution,
            int iterations,
            double epsilon,
            double tolerance,
            Matrix costs,
            int[] rows,
            int[] columns) {
        double[] normalised = new double[costs.rows() * costs.columns()];
        double[] masses = new double[normalised.length];
        double[] plan = solution.normalisedPlan();
        double mass = solution.mass();
        double cost = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                int at = rows[i] * costs.columns() + columns[j];
                normalised[at] = plan[i * columns.length + j];
                masses[at] = normalised[at] * mass;
                cost += masses[at] * costs.get(rows[i], columns[j]);
            }
        }
        this.epsilon = epsilon;
        this.coupling = Matrix.owning(costs.rows(), costs.columns(), masses);
        this.normalisedCoupling = Matrix.owning(costs.rows(), costs.columns(), normalised);
        this.value = solution.primal();
        this.dualValue = solution.dual();
        this.transportCost = cost;
        this.marginalError = solution.residual();
        this.iterations = iterations;
        this.converged = marginalError <= tolerance;
    }

    /** {@return the objective at the coupling, ⟨P, C⟩ + ε KL(P ‖ R) + ρ KL(P1 ‖ a) + ρ KL(Pᵀ1 ‖ b)} */
    public double value() {
        return value;
    }

    /** {@return the objective of the dual problem: at most the optimum, and equal to {@link #value} once converged} */
    public double dualValue() {
        return dualValue;
    }

    /** {@return ⟨P, C⟩, the part of the value that is transport} */
    public double transportCost() {
        return transportCost;
    }

    /** {@return P, m × n; zero where a weight is zero} */
    public Matrix coupling() {
        return coupling;
    }

    /** {@return P / Σ P, m × n; when balanced it is P} */
    public Matrix normalisedCoupling() {
        return normalisedCoupling;
    }

    /**
     * How far the coupling's sums are from what they should be, Σ|P1 − a| + Σ|Pᵀ1 − b| when balanced. When unbalanced, from
     * the sums that the potentials call for, relative to Σ P.
     *
     * @return the error, never negative
     */
    public double marginalError() {
        return marginalError;
    }

    /** {@return how many times rows and columns were scaled, over all stages} */
    public int iterations() {
        return iterations;
    }

    /** {@return whether the marginal error is at most the tolerance} */
    public boolean converged() {
        return converged;
    }

    /** {@return ε in the units of the costs} */
    public double epsilon() {
        return epsilon;
    }
}
