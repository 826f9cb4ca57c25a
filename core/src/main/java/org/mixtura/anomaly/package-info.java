/**
 * Which rows are unusual, how sure one can be of it, and which columns make them so: energies, thresholds, p-values and
 * explanations.
 */
@NullMarked
package org.mixtura.anomaly;

import org.jspecify.annotations.NullMarked;
