package org.mixtura.report.contrast;

/**
 * One column in which a component differs from the rest of its mixture.
 *
 * @param column the column, from 0
 * @param effect (mean of the component − mean of the rest) / √((variance of the component + variance of the rest) / 2):
 *     Cohen's d
 * @param restMean the mean of the other components together
 * @param restDeviation their standard deviation
 */
public record Trait(int column, double effect, double restMean, double restDeviation) {}
