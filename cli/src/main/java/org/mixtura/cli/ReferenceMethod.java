package org.mixtura.cli;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.fit.Fit;
import org.mixtura.fit.ReferenceEm;
import org.mixtura.mixture.GaussianMixture;

/** EM as the reference program runs it, one number of components, one start. */
final class ReferenceMethod implements FitMethod {
    /** How often the reference program tries to find a start. */
    private static final int ATTEMPTS = 50;

    private final FitOptions options;

    /**
     * @throws UsageException if something was asked for that the reference program does not do
     */
    ReferenceMethod(FitOptions options) {
        options.checkReference();
        if (options.maxIterations() < 0) {
            throw new UsageException("--max-iter is " + options.maxIterations() + "; it is at least 0");
        }
        boolean started = options.start() == FitOptions.Start.MODEL
                || options.labelColumn().isPresent();
        if (options.components().isEmpty() && !started) {
            throw new UsageException(
                    "--compat reference does not choose the number of components; give --components K");
        }
        this.options = options;
    }

    @Override
    public boolean takesGaps() {
        return false;
    }

    @Override
    public boolean refusesConstantColumns() {
        return false;
    }

    @Override
    public Outcome fit(Problem problem, Run run) {
        Consumer<String> lines = line -> {
            run.interruption().check();
            if (run.verbose()) {
                run.terminal().say(line);
            }
        };
        GaussianMixture start = problem.start()
                .or(() -> problem.classes().map(classes -> fromClasses(problem.rows(), classes)))
                .orElseGet(() -> ReferenceEm.initialize(
                        problem.rows(),
                        options.components().orElseThrow().get(0),
                        ATTEMPTS,
                        new SplittableRandom(options.seed()),
                        lines));
        options.components().ifPresent(counts -> requireSize(start, counts.get(0)));
        Fit<GaussianMixture> fit;
        try {
            fit = ReferenceEm.fit(start, problem.rows(), options.maxIterations(), lines);
        } catch (IllegalStateException e) {
            // The reference program's second error: it comes from the data, not from a defect here.
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        Choice only = Choice.only(start.size(), start.structure(), fit);
        return Outcome.of(fit, options.criterion(), List.of(only));
    }

    private static GaussianMixture fromClasses(Rows rows, Classes classes) {
        int[] codes = classes.codes();
        int components = classes.names().size();
        double[] responsibilities = new double[Math.multiplyExact(codes.length, components)];
        for (int i = 0; i < codes.length; i++) {
            responsibilities[i * components + codes[i]] = 1;
        }
        return ReferenceEm.fromResponsibilities(rows, Matrix.owning(codes.length, components, responsibilities));
    }

    private static void requireSize(GaussianMixture start, int components) {
        if (start.size() != components) {
            throw new IllegalArgumentException("the start has " + Digits.count(start.size(), "component")
                    + ", --components asks for " + components + "; leave --components out");
        }
    }
}
