/** A look inside the vector kernels, from the package that they are in: the class path lets two archives share one. */
@NullMarked
package org.mixtura.simd;

import org.jspecify.annotations.NullMarked;
