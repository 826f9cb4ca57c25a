/** The mixtura command: one class per subcommand, and what they share. */
@NullMarked
package org.mixtura.cli;

import org.jspecify.annotations.NullMarked;
