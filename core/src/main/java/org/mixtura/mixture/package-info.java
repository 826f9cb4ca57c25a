/** Gaussians and their mixtures as immutable values that know nothing of fitting. */
@NullMarked
package org.mixtura.mixture;

import org.jspecify.annotations.NullMarked;
