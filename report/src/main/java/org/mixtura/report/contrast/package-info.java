/** How the components of a mixture differ: separation, telling columns, the projection that parts them. */
@NullMarked
package org.mixtura.report.contrast;

import org.jspecify.annotations.NullMarked;
