package org.mixtura.report.plot;

import java.io.IOException;
import java.io.OutputStream;

/** A finished picture. */
@FunctionalInterface
public interface Picture {
    /**
     * Writes the picture.
     *
     * @param out where to; need not be closed
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
}
