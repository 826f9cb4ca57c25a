/** Static pictures: one drawing, as SVG or as PNG. */
@NullMarked
package org.mixtura.report.plot;

import org.jspecify.annotations.NullMarked;
