/** Cholesky factors and triangular work for small dimensions; lower triangles are packed row by row. */
@NullMarked
package org.mixtura.linalg;

import org.jspecify.annotations.NullMarked;
