package org.mixtura.cli;

import java.util.Optional;
import org.mixtura.data.Rows;
import org.mixtura.fit.Cells;
import org.mixtura.fit.PartialLabels;
import org.mixtura.fit.PassJournal;
import org.mixtura.mixture.GaussianMixture;

/** A way to fit. Made from options, which it has checked, before any data is read. */
interface FitMethod {
    /**
     * Fits the rows.
     *
     * @throws IllegalArgumentException if the rows do not allow a fit
     */
    Outcome fit(Problem problem, Run run);

    /** Whether a column with one value only must be left out. */
    boolean refusesConstantColumns();

    /** Whether the file of --init is not a model and the method has read it by itself. */
    default boolean readsStart() {
        return false;
    }

    /** Whether rows may have gaps. */
    default boolean takesGaps() {
        return true;
    }

    /** Whether it asks a journal of passes before it passes over all rows. */
    default boolean asksJournal() {
        return false;
    }

    /**
     * The method that options ask for.
     *
     * @throws UsageException if options do not go together or a value is not allowed
     */
    static FitMethod of(FitOptions options) {
        Methods method = options.method();
        options.priors().check(method);
        if (method == Methods.EM) {
            return options.reference() ? new ReferenceMethod(options) : new EmMethod(options);
        }
        if (options.reference()) {
            if (!method.knownCovariance()) {
                throw new UsageException("--compat reference knows --method em, cavi and mean-field; change --method or"
                        + " leave --compat out");
            }
            return new PublishedMethod(options, method);
        }
        boolean fromFile = method == Methods.MEAN_FIELD && options.start() == FitOptions.Start.MODEL;
        return fromFile ? new PublishedMethod(options, method) : new VariationalMethod(options, method);
    }

    /**
     * What is to be fitted.
     *
     * @param rows the rows
     * @param cells their cells, if it is those that are to be fitted
     * @param start the mixture to start from, its columns those of the rows, if one was given
     * @param classes the classes to start from, if they were given
     * @param labels what is known of the rows' components, if that was given
     * @param journal what is known of passes over the rows, and learns of others
     */
    record Problem(
            Rows rows,
            Optional<Cells> cells,
            Optional<GaussianMixture> start,
            Optional<Classes> classes,
            Optional<PartialLabels> labels,
            PassJournal journal) {}
}
