/**
 * Averages over a Gaussian mixture with honest errors: closed forms for pairs of Gaussians, adaptive Gauss–Kronrod rules in
 * one dimension, grids in two to four, scrambled Sobol points beyond. What entropies and divergences share.
 */
@NullMarked
package org.mixtura.integration;

import org.jspecify.annotations.NullMarked;
