package org.mixtura.data;

/** What it means that each row has a covariance of its own ({@link RowCovariances}). */
public enum RowCovariance {
    /** Rows have none: each is a point. */
    NONE,
    /**
     * A row stands for many that are spread about it: a cell, the summary of a part of a table, a component of another
     * mixture. It is scored by
     * the mean of their log-densities under each component, s_k(x) − ½ tr(Σ_k⁻¹ C), and its moments gain r C. The log-likelihood is
     * then a lower bound of that of the rows it stands for. See {@link Rows#withSpread}.
     */
    SPREAD,
    /**
     * A row was measured with an error, or rounded to the middle of a bin: what is seen is the true row and a Gaussian error of this covariance S. It is scored by the
     * density N(x; μ_k, Σ_k + S) of what is seen, and its moments are those expected of the true row: the model is one of rows
     * without errors. See {@link Rows#withErrors}.
     */
    ERROR
}
