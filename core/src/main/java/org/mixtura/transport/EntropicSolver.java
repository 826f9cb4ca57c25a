package org.mixtura.transport;

/**
 * Finds the optimal potentials of an entropic transport problem.
 *
 * <p>Sinkhorn's alternation always converges, but slowly when ε is small. Where it is slow a Newton step follows, which
 * solves for the change of f, with g following, a system with the matrix
 *
 * <pre>  diag(P1 + (1/τ − 1) a e^(−f/ρ)) − τ P diag(Pᵀ1)⁻¹ Pᵀ</pre>
 *
 * and is shortened until the residual falls; near the optimum it squares the residual. To get near, ε descends from the
 * range of the costs.
 */
final class EntropicSolver {
    /** By how much ε falls from one stage to the next. */
    private static final double DESCENT = 4;
    /** The residual with which the stages before the last are content. */
    private static final double STAGE_TOLERANCE = 1e-6;
    /** An alternation that leaves more than this part of the residual is slow. */
    private static final double SLOW = 0.25;
    /** By how much a Newton step that fails is shortened, and how often. */
    private static final double SHORTER = 0.25;

    private static final int MOST_SHORTENINGS = 20;

    private final EntropicState state;
    private int iterations;

    private EntropicSolver(EntropicState state) {
        this.state = state;
    }

    /**
     * Brings a state to the optimum.
     *
     * @param state the state, with any potentials
     * @param range the difference of the largest and the smallest cost
     * @param epsilon ε
     * @param tolerance the residual at which to stop
     * @param maxIterations the most alternations
     * @return how many there were
     */
    static int solve(EntropicState state, double range, double epsilon, double tolerance, int maxIterations) {
        EntropicSolver solver = new EntropicSolver(state);
        // One iteration is kept for the last stage.
        for (double stage = range; stage > epsilon && solver.iterations < maxIterations - 1; stage /= DESCENT) {
            solver.solveStage(stage, STAGE_TOLERANCE, maxIterations - 1);
        }
        solver.solveStage(epsilon, tolerance, maxIterations);
        // One more step costs little and takes the error of the coupling from the tolerance to rounding.
        solver.newton();
        return solver.iterations;
    }

    private void solveStage(double epsilon, double tolerance, int most) {
        state.setEpsilon(epsilon);
        do {
            double before = state.residual();
            state.alternate();
            iterations++;
            if (state.residual() > tolerance && state.residual() > SLOW * before) {
                newton();
            }
        } while (state.residual() > tolerance && iterations < most);
    }

    /** Takes the Newton step or a part of it, such that the residual falls; nothing if there is none. */
    private void newton() {
        double before = state.residual();
        double[] f = state.f();
        double[] step = state.newtonStep();
        double length = 1;
        for (int shortenings = 0; shortenings <= MOST_SHORTENINGS; shortenings++) {
            double[] moved = new double[f.length];
            for (int i = 0; i < f.length; i++) {
                moved[i] = f[i] + length * step[i];
            }
            state.moveTo(moved);
            if (state.residual() < before) {
                return;
            }
            length *= SHORTER;
        }
        state.moveTo(f);
    }
}
