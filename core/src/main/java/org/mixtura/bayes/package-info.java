/** Priors and posteriors of mixtures as immutable values: what is known of weights, means and precisions. */
@NullMarked
package org.mixtura.bayes;

import org.jspecify.annotations.NullMarked;
