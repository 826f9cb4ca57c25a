/**
 * The kernels on {@code jdk.incubator.vector}: the same results as the plain ones to rounding, several times faster on large
 * work. Nothing here is called by name; the kernels are found as a service.
 */
@NullMarked
package org.mixtura.simd;

import org.jspecify.annotations.NullMarked;
