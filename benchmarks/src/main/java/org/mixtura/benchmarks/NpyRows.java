package org.mixtura.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mixtura.data.Rows;

/** Reads the .npy files that benchmarks/search/data.py writes: version 1, little-endian doubles, row by row, two axes. */
final class NpyRows {
    private static final Pattern SHAPE =
            Pattern.compile("'descr': '<f8', 'fortran_order': False, 'shape': \\((\\d+), (\\d+)\\)");
    private static final int HEADER_LENGTH_AT = 8;

    private NpyRows() {}

    static Rows read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int start = HEADER_LENGTH_AT + 2;
        int length = bytes.getShort(HEADER_LENGTH_AT);
        Matcher shape = SHAPE.matcher(new String(bytes.array(), start, length, StandardCharsets.ISO_8859_1));
        if (!shape.find()) {
            throw new IOException(file + " is not a table of little-endian doubles");
        }
        int d = Integer.parseInt(shape.group(2));
        double[] values = new double[Integer.parseInt(shape.group(1)) * d];
        bytes.position(start + length);
        bytes.asDoubleBuffer().get(values);
        return Rows.owning(values, d);
    }
}
