package org.mixtura.report;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Selection;
import org.mixtura.mixture.CovarianceStructure;

/** One of the fits among which a model was chosen, an estimate of what it would be, or the reason why there is none. */
public final class Candidate {
    private final int components;
    private final CovarianceStructure structure;
    private final @Nullable Fit<?> fit;
    private final Selection.@Nullable Candidate<?> estimate;
    private final String failure;

    private Candidate(
            int components,
            CovarianceStructure structure,
            @Nullable Fit<?> fit,
            Selection.@Nullable Candidate<?> estimate,
            String failure) {
        this.components = components;
        this.structure = structure;
        this.fit = fit;
        this.estimate = estimate;
        this.failure = failure;
    }

    /**
     * A candidate that was fitted.
     *
     * @param components K
     * @param structure what the covariances have in common
     * @param fit the fit
     * @return the candidate
     */
    public static Candidate fitted(int components, CovarianceStructure structure, Fit<?> fit) {
        return new Candidate(components, structure, fit, null, "");
    }

    /**
     * A candidate that was fitted to a sample of the rows only.
     *
     * @param candidate with its estimated figures
     * @return the candidate
     */
    public static Candidate estimated(Selection.Candidate<?> candidate) {
        return new Candidate(candidate.components(), candidate.structure(), null, candidate, "");
    }

    /**
     * A candidate that could not be fitted.
     *
     * @param components K
     * @param structure what the covariances have in common
     * @param reason why there is no fit
     * @return the candidate
     */
    public static Candidate failed(int components, CovarianceStructure structure, String reason) {
        return new Candidate(components, structure, null, null, reason);
    }

    /** {@return K} */
    public int components() {
        return components;
    }

    /** {@return what the covariances have in common} */
    public CovarianceStructure structure() {
        return structure;
    }

    /** {@return the fit, empty if there is none} */
    public Optional<Fit<?>> fit() {
        return Optional.ofNullable(fit);
    }

    /** {@return the estimated figures, empty if there is a fit or nothing} */
    public Optional<Selection.Candidate<?>> estimate() {
        return Optional.ofNullable(estimate);
    }

    /** {@return why there is neither fit nor estimate; empty text if there is} */
    public String failure() {
        return failure;
    }
}
