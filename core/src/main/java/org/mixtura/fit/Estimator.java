package org.mixtura.fit;

import org.mixtura.data.Rows;

/**
 * Turns rows into a fitted model. Estimators are immutable holders of options.
 *
 * @param <M> the model
 */
@FunctionalInterface
public interface Estimator<M> {
    /**
     * Fits the model.
     *
     * @param rows the rows
     * @return the fit; one that stopped early is returned all the same and says so
     * @throws IllegalArgumentException if the rows or the options do not allow a fit
     */
    Fit<M> fit(Rows rows);
}
