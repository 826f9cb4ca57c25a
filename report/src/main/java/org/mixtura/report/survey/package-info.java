/** What the rows say about a mixture, gathered in one pass. */
@NullMarked
package org.mixtura.report.survey;

import org.jspecify.annotations.NullMarked;
