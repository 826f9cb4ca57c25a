/** Optimal transport between Gaussians and their mixtures, and what follows from it: matching, barycentre, reduction. */
@NullMarked
package org.mixtura.transport;

import org.jspecify.annotations.NullMarked;
