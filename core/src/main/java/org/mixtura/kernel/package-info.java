/**
 * The one pass that every algorithm shares: quadratic forms × rows → moments. The only place that loops over rows; fast
 * code is confined to it.
 */
@NullMarked
package org.mixtura.kernel;

import org.jspecify.annotations.NullMarked;
