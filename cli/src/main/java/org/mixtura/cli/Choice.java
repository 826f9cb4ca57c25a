package org.mixtura.cli;

import java.util.Optional;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Selection;
import org.mixtura.mixture.CovarianceStructure;

/**
 * One line of the choice table.
 *
 * @param components K
 * @param structure what the covariances have in common
 * @param fit the fit to all rows, empty if there is none
 * @param estimate the candidate if its figures are estimates from a sample; else empty
 * @param failure why there are no figures, else empty
 * @param chosen whether this is the result
 */
record Choice(
        int components,
        CovarianceStructure structure,
        Optional<Fit<?>> fit,
        Optional<Selection.Candidate<?>> estimate,
        String failure,
        boolean chosen) {
    static Choice of(Selection.Candidate<?> candidate, boolean chosen) {
        return new Choice(
                candidate.components(),
                candidate.structure(),
                candidate.fit().<Fit<?>>map(fit -> fit),
                Optional.<Selection.Candidate<?>>of(candidate).filter(one -> one.basis() == Selection.Basis.SAMPLE),
                candidate.failure(),
                chosen);
    }

    /** A fit without others to choose from. */
    static Choice only(int components, CovarianceStructure structure, Fit<?> fit) {
        return new Choice(components, structure, Optional.of(fit), Optional.empty(), "", true);
    }

    /** Whether there are figures, of a fit or estimated. */
    boolean known() {
        return fit.isPresent() || estimate.isPresent();
    }

    long parameters() {
        return fit.map(Fit::freeParameters)
                .or(() -> estimate.map(Selection.Candidate::freeParameters))
                .orElseThrow();
    }

    double logLikelihood() {
        return fit.map(Fit::logLikelihood)
                .or(() -> estimate.map(Selection.Candidate::logLikelihood))
                .orElseThrow();
    }

    double value(Criterion criterion) {
        return fit.map(criterion::of)
                .or(() -> estimate.map(candidate -> candidate.value(criterion)))
                .orElseThrow();
    }

    /** The candidate in words. */
    static String name(int components, CovarianceStructure structure) {
        return Digits.count(components, "component") + ", " + structure.label();
    }
}
