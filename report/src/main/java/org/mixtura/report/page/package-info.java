/** The page: HTML, styles and scripts from the resources around data as JSON. */
@NullMarked
package org.mixtura.report.page;

import org.jspecify.annotations.NullMarked;
