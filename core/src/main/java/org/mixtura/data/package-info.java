/** Tables of numbers: dense matrices, re-readable rows with names and weights, and their first summary. */
@NullMarked
package org.mixtura.data;

import org.jspecify.annotations.NullMarked;
