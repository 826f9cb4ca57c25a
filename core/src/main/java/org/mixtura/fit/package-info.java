/** Estimators: from rows to fitted mixtures. */
@NullMarked
package org.mixtura.fit;

import org.jspecify.annotations.NullMarked;
