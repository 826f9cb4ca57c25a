package org.mixtura.fit;

/**
 * How near to its end a climb has to come.
 *
 * <p>Plain climbs end when an iteration gains less than the tolerance, which is no distance: a climb that gains little in each of
 * many iterations has far to go. A search estimates what is left. Gains of the last iterations shrink by a factor r each, so that
 * after a gain g there remains about g r / (1 − r) (Aitken's extrapolation), never taken to be less than g. Of the last rates the
 * slowest counts; yet where components overlap much gains decline ever more slowly, and up to eight times as much may remain.
 *
 * <p>An estimate of p parameters from N rows is itself off the truth by about p / 2N nats per row (Wilks 1938). Climbing on
 * when what is left is far below fits noise; so a search of many rows stops at a twentieth of that, unless the user gives a
 * tolerance.
 */
public final class Tolerance {
    /** What is compared with the tolerance. */
    public enum Kind {
        /** The gain of the last iteration. */
        LAST_GAIN("last_gain"),
        /** An estimate of all that is left to gain. */
        LEFT_TO_GAIN("left_to_gain"),
        /** The same, with a tolerance that follows from the error of the estimate. */
        STATISTICAL("statistical");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** {@return the name in files and machine-readable output} */
        public String label() {
            return label;
        }
    }

    /** What a search leaves unless the user says otherwise, and the error of the estimate does not ask for less. */
    static final double DEFAULT = 1e-6;

    /** The share of the estimate's error at which a search stops. */
    private static final double STATISTICAL_SHARE = 0.05;

    private static final double MOST_SINCE_CHECK = 3;
    /** Beyond this rate a quotient of two gains says nothing. */
    private static final double SLOWEST = 0.999;

    private final Kind kind;
    private final double value;
    private final double statisticalError;

    private Tolerance(Kind kind, double value, double statisticalError) {
        this.kind = kind;
        this.value = value;
        this.statisticalError = statisticalError;
    }

    static Tolerance lastGain(double value) {
        return new Tolerance(Kind.LAST_GAIN, value, Double.NaN);
    }

    static Tolerance leftToGain(double value) {
        return new Tolerance(Kind.LEFT_TO_GAIN, value, Double.NaN);
    }

    /**
     * The tolerance of p parameters from n rows.
     *
     * @param least what to leave at least
     */
    static Tolerance statistical(long parameters, double rows, double least) {
        double error = parameters / (2 * rows);
        double value = STATISTICAL_SHARE * error;
        return value > least ? new Tolerance(Kind.STATISTICAL, value, error) : leftToGain(least);
    }

    /** The same to a share of another size of the estimate's error, or of a tolerance that does not follow from it. */
    Tolerance times(double factor) {
        return new Tolerance(kind, value * factor, statisticalError);
    }

    /** {@return what is compared} */
    public Kind kind() {
        return kind;
    }

    /** {@return the tolerance, nats per unit of weight; 0 is never reached} */
    public double value() {
        return value;
    }

    /** {@return p / 2N, the error of the estimate in nats per row; NaN unless the tolerance follows from it} */
    public double statisticalError() {
        return statisticalError;
    }

    /**
     * Whether a climb has come near enough.
     *
     * @param gain what the last iteration gained
     * @param rate the factor by which gains shrink from one iteration to the next; NaN if unknown
     * @param sinceCheck what was gained since the question was last asked, extrapolated steps included: an estimate of what is
     *     left is not trusted while that is much more
     */
    boolean reached(double gain, double rate, double sinceCheck) {
        if (kind == Kind.LAST_GAIN) {
            return Math.abs(gain) < value;
        }
        return left(gain, rate) < value && sinceCheck < MOST_SINCE_CHECK * value;
    }

    /** Whether a climb has come near enough that knows what is left by more than its gains. */
    boolean reached(double gain, double left) {
        return Math.abs(gain) < MOST_SINCE_CHECK * value && left < value;
    }

    /** What is left to gain; where the rate is unknown or no rate of decline, as much as after a very slow one. */
    static double left(double gain, double rate) {
        if (!(gain > 0)) {
            return 0;
        }
        double slow = rate < SLOWEST ? rate : SLOWEST;
        return Math.max(gain, gain * slow / (1 - slow));
    }
}
