/** Reports of fits and comparisons, and static pictures of mixtures. */
@NullMarked
package org.mixtura.report;

import org.jspecify.annotations.NullMarked;
