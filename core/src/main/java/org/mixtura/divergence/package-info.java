/**
 * How far two Gaussian mixtures are apart: divergences that need integration, with their errors, those that have closed
 * forms, and quick approximations under names of their own. In nats where a logarithm is involved.
 */
@NullMarked
package org.mixtura.divergence;

import org.jspecify.annotations.NullMarked;
