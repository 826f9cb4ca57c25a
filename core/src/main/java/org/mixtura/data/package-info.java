/** Tables of numbers: dense matrices, and re-readable rows with names and weights. */
@NullMarked
package org.mixtura.data;

import org.jspecify.annotations.NullMarked;
