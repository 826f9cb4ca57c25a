package org.mixtura.report.survey;

/**
 * A row of high energy.
 *
 * @param row its number among the rows, from 0
 * @param energy −ln p(x), nats; +∞ beyond the range of a double
 * @param label its most probable component; −1 for noise
 */
public record OddRow(long row, double energy, int label) {}
