/** Tests of the mixtures over clusters, on one machine. */
@NullMarked
package org.mixtura.spark;

import org.jspecify.annotations.NullMarked;
