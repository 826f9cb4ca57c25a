/** The model file. */
@NullMarked
package org.mixtura.io;

import org.jspecify.annotations.NullMarked;
