package org.mixtura.anomaly;

/**
 * What is added to the diagonal of a covariance Σ of D columns before it is factored, L Lᵀ = Σ + εI, so that a covariance
 * without full rank has a factor too.
 *
 * <ul>
 *   <li>Absolute: ε is the number given. The result then depends on the units of the columns: 1e-6 is much for data in
 *       kilometres and nothing for the same data in millimetres.
 *   <li>Relative: ε is a share of the mean variance, ε = share · tr(Σ)/D. Multiplying all columns by one number changes
 *       nothing; but a component whose points are all equal has no variance to take a share of, and no factor.
 * </ul>
 */
public final class Ridge {
    private enum Kind {
        ABSOLUTE,
        RELATIVE
    }

    private final Kind kind;
    private final double amount;

    private Ridge(Kind kind, double amount) {
        if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("ridge is " + amount + "; a ridge is finite and not negative");
        }
        this.kind = kind;
        this.amount = amount;
    }

    /**
     * The same ε for every covariance, in squared units of the columns.
     *
     * @param epsilon ε, finite and not negative
     * @return the ridge
     * @throws IllegalArgumentException if ε is negative or not finite
     */
    public static Ridge absolute(double epsilon) {
        return new Ridge(Kind.ABSOLUTE, epsilon);
    }

    /**
     * An ε for each covariance in proportion to its mean variance.
     *
     * @param share ε / (tr(Σ)/D), finite and not negative
     * @return the ridge
     * @throws IllegalArgumentException if the share is negative or not finite
     */
    public static Ridge relative(double share) {
        return new Ridge(Kind.RELATIVE, share);
    }

    /**
     * The number to add.
     *
     * @param trace tr(Σ)
     * @param dimension D
     * @return ε
     */
    double epsilon(double trace, int dimension) {
        return kind == Kind.ABSOLUTE ? amount : amount * (trace / dimension);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ridge ridge && kind == ridge.kind && amount == ridge.amount;
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Double.hashCode(amount);
    }

    @Override
    public String toString() {
        return kind == Kind.ABSOLUTE ? amount + " absolute" : amount + " of the mean variance";
    }
}
