/** The few functions that the gamma library lacks. */
@NullMarked
package org.mixtura.special;

import org.jspecify.annotations.NullMarked;
