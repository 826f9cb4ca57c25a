/** Timings, run by hand: see the folder's README. */
@NullMarked
package org.mixtura.benchmarks;

import org.jspecify.annotations.NullMarked;
