/** Tests of the whole: the command as users start it, the rules between packages. */
@NullMarked
package org.mixtura.acceptance;

import org.jspecify.annotations.NullMarked;
