/**
 * How much is left to chance in a Gaussian mixture: its differential entropy with an error, closed-form bounds, and the
 * series in the moments E[pᵏ]. All values in nats.
 */
@NullMarked
package org.mixtura.entropy;

import org.jspecify.annotations.NullMarked;
