package org.mixtura.transport;

import java.util.Arrays;

/**
 * The potentials f and g of an entropic transport problem and all that follows from them, the coupling P = R exp((f + g −
 * C)/ε) above all. For the reference R = α βᵀ the rows of P are right when
 *
 * <pre>  f_i = τ ε (ln a_i − ln α_i − ln Σ_j β_j exp((g_j − C_ij)/ε)),</pre>
 *
 * and the columns are when the same holds for g with the sides exchanged. Here g always is right for the present f.
 */
final class EntropicState {
    /** Holds parts of P that nothing but rounding ties together where they are; relative to the rows' mass. */
    private static final double GROUNDING = 1e-12;

    private final int m;
    private final int n;
    private final double[] logA;
    private final double[] logB;
    /** ln α and ln β. */
    private final double[] referenceA;

    private final double[] referenceB;
    private final double rho;
    private final double[] cost;
    private final double[] transposedCost;
    private double[] f;
    private final double[] g;
    private double epsilon;
    private double tau;

    /** P and what belongs to it, all divided by its largest element exp(shift), so that nothing underflows together. */
    private final double[] plan;

    private double shift;
    private final double[] rowSums;
    private final double[] columnSums;
    /** a exp(−f/ρ) and b exp(−g/ρ): the sums at the optimum. */
    private final double[] rowGoals;

    private final double[] columnGoals;
    private double residual;

    EntropicState(double[] a, double[] b, double[] cost, Sinkhorn.Reference reference, double rho) {
        this.m = a.length;
        this.n = b.length;
        this.logA = Arrays.stream(a).map(Math::log).toArray();
        this.logB = Arrays.stream(b).map(Math::log).toArray();
        this.referenceA = reference == Sinkhorn.Reference.PRODUCT ? logA : new double[m];
        this.referenceB = reference == Sinkhorn.Reference.PRODUCT ? logB : new double[n];
        this.rho = rho;
        this.cost = cost;
        this.transposedCost = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                transposedCost[j * m + i] = cost[i * n + j];
            }
        }
        this.f = new double[m];
        this.g = new double[n];
        this.plan = new double[m * n];
        this.rowSums = new double[m];
        this.columnSums = new double[n];
        this.rowGoals = new double[m];
        this.columnGoals = new double[n];
    }

    /** Goes to another ε with the potentials as they are; the coupling follows with the next move. */
    void setEpsilon(double newEpsilon) {
        epsilon = newEpsilon;
        tau = rho < Double.POSITIVE_INFINITY ? rho / (rho + epsilon) : 1;
    }

    /** Makes the rows right, then the columns: the step of Sinkhorn's method. */
    void alternate() {
        update(f, g, logA, referenceA, referenceB, cost);
        moveTo(f);
    }

    /** Takes f and lets g follow. */
    void moveTo(double[] newF) {
        f = newF;
        update(g, f, logB, referenceB, referenceA, transposedCost);
        setPlan();
    }

    /** f; not to be changed. */
    double[] f() {
        return f;
    }

    /** Makes one side's sums right. */
    private void update(
            double[] mine,
            double[] theirs,
            double[] logMass,
            double[] myReference,
            double[] theirReference,
            double[] c) {
        int k = theirs.length;
        double[] terms = new double[k];
        for (int i = 0; i < mine.length; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < k; j++) {
                terms[j] = theirReference[j] + (theirs[j] - c[i * k + j]) / epsilon;
                largest = Math.max(largest, terms[j]);
            }
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += Math.exp(terms[j] - largest);
            }
            mine[i] = tau * epsilon * (logMass[i] - myReference[i] - largest - Math.log(sum));
        }
    }

    private void setPlan() {
        shift = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double exponent = referenceA[i] + referenceB[j] + (f[i] + g[j] - cost[i * n + j]) / epsilon;
                plan[i * n + j] = exponent;
                shift = Math.max(shift, exponent);
            }
        }
        Arrays.fill(rowSums, 0);
        Arrays.fill(columnSums, 0);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double mass = Math.exp(plan[i * n + j] - shift);
                plan[i * n + j] = mass;
                rowSums[i] += mass;
                columnSums[j] += mass;
            }
        }
        residual = (deviation(logA, f, rowSums, rowGoals) + deviation(logB, g, columnSums, columnGoals))
                / Arrays.stream(rowSums).sum();
    }

    private double deviation(double[] logMass, double[] potential, double[] sums, double[] goals) {
        double deviation = 0;
        for (int i = 0; i < goals.length; i++) {
            goals[i] = Math.exp(logMass[i] - potential[i] / rho - shift);
            deviation += Math.abs(goals[i] - sums[i]);
        }
        return deviation;
    }

    /** Σ|P1 − a e^(−f/ρ)| + Σ|Pᵀ1 − b e^(−g/ρ)| relative to Σ P: how far the optimality conditions are from holding. */
    double residual() {
        return residual;
    }

    /** The change of f by Newton's method for the condition P1 = a e^(−f/ρ), with g following f. */
    double[] newtonStep() {
        double[][] weights = new double[m][m];
        double[] excess = new double[m];
        double[] right = new double[m];
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < i; k++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += plan[i * n + j] * plan[k * n + j] / columnSums[j];
                }
                weights[i][k] = tau * sum;
            }
            excess[i] = (1 - tau) * (rowSums[i] + rowGoals[i] / tau) + GROUNDING * rowSums[i];
            right[i] = epsilon * (rowGoals[i] - rowSums[i]);
        }
        return Laplacian.solve(weights, excess, right);
    }

    /** P / Σ P, m × n, row by row. */
    double[] normalisedPlan() {
        double mass = Arrays.stream(rowSums).sum();
        return Arrays.stream(plan).map(p -> p / mass).toArray();
    }

    /** Σ P. */
    double mass() {
        return Arrays.stream(rowSums).sum() * Math.exp(shift);
    }

    /** The objective at P. ⟨P, C⟩ + ε Σ P ln(P/R) is Σ P_ij (f_i + g_j), without cancellation. */
    double primal() {
        return linear(f, rowSums)
                + linear(g, columnSums)
                + epsilon * (referenceMass() - mass())
                + penalty(logA, rowSums)
                + penalty(logB, columnSums);
    }

    private double linear(double[] potential, double[] sums) {
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += potential[i] * sums[i] * Math.exp(shift);
        }
        return sum;
    }

    /** What the reference weighs in the objective: 1 for the product, nothing by convention for the counting measure. */
    private double referenceMass() {
        return referenceA == logA ? 1 : 0;
    }

    /**
     * ρ KL(sums ‖ masses of one side), 0 when balanced. With s = ln(sum / mass) a term is mass (s e^s − e^s + 1), here in
     * a form that keeps its digits where ρ is large and s small.
     */
    private double penalty(double[] logMass, double[] sums) {
        double divergence = 0;
        for (int i = 0; i < sums.length; i++) {
            double s = Math.log(sums[i]) + shift - logMass[i];
            double term = sums[i] > 0 ? s * Math.expm1(s) + (s - Math.expm1(s)) : 1;
            divergence += Math.exp(logMass[i]) * term;
        }
        return rho < Double.POSITIVE_INFINITY ? rho * divergence : 0;
    }

    /** The dual objective at f and g: never above the optimum. */
    double dual() {
        return conjugate(logA, f) + conjugate(logB, g) + epsilon * (referenceMass() - mass());
    }

    /** −ρ Σ a (e^(−f/ρ) − 1), whose limit is Σ a f when balanced. */
    private double conjugate(double[] logMass, double[] potential) {
        double sum = 0;
        for (int i = 0; i < potential.length; i++) {
            double term = rho < Double.POSITIVE_INFINITY ? -rho * Math.expm1(-potential[i] / rho) : potential[i];
            sum += Math.exp(logMass[i]) * term;
        }
        return sum;
    }
}
