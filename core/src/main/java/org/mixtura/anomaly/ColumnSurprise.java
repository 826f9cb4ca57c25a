package org.mixtura.anomaly;

/**
 * What one column of a row has to do with the row's energy; see {@link Explainer} for the formulas.
 *
 * @param column the column's name
 * @param value x_j, its value
 * @param share its part of the row's energy, nats; ½ on average over rows of the mixture, and negative if the value makes
 *     the others less unusual
 * @param alone what the mixture expects of the column when nothing else is known
 * @param givenOthers what the mixture expects of the column when the row's other columns are known
 */
public record ColumnSurprise(String column, double value, double share, Expectation alone, Expectation givenOthers) {
    /**
     * The expectation that the value departs from most: a person sees at once why 5.2 is odd where 1.3 ± 0.2 was expected.
     *
     * @return the one of {@link #alone} and {@link #givenOthers} with the larger excess
     */
    public Expectation expected() {
        return alone.excess() > givenOthers.excess() ? alone : givenOthers;
    }
}
