package org.mixtura.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary matrix in a file: NumPy's format version 1.0, little-endian float64, row by row. The header is padded so that the
 * numbers start at a multiple of 64 bytes. Written from first to last, then read anywhere.
 */
final class NpyFile implements AutoCloseable {
    /** The header's length with its padding: room for the longest shape there is. */
    private static final int HEADER = 128;

    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final int columns;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long numbers;

    private NpyFile(Path file, int columns, FileChannel channel) {
        this.file = file;
        this.columns = columns;
        this.channel = channel;
        buffer.position(HEADER);
    }

    /** A new file in a folder, deleted when closed or else when the JVM ends. */
    static NpyFile create(Path folder, int columns) throws IOException {
        Path file = Files.createTempFile(folder, "mixtura-rows-", ".npy");
        file.toFile().deleteOnExit();
        return new NpyFile(file, columns, FileChannel.open(file, StandardOpenOption.WRITE));
    }

    Path file() {
        return file;
    }

    /** The number of rows. */
    long rows() {
        return numbers / columns;
    }

    /** The number of columns. */
    int columns() {
        return columns;
    }

    /** Appends the row that an array starts with. */
    void append(double[] row) {
        for (int j = 0; j < columns; j++) {
            append(row[j]);
        }
    }

    /** Appends the next number. */
    void append(double value) {
        if (buffer.remaining() < Double.BYTES) {
            flush();
        }
        buffer.putDouble(value);
        numbers++;
    }

    /** Ends the writing. */
    void finish() {
        flush();
        try (channel) {
            String shape = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows() + ", " + columns + "), }";
            byte[] text = shape.getBytes(StandardCharsets.US_ASCII);
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
            header.put((byte) 1).put((byte) 0).putShort((short) (HEADER - 10));
            header.put(text);
            while (header.remaining() > 1) {
                header.put((byte) ' ');
            }
            header.put((byte) '\n').flip();
            channel.write(header, 0);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        buffer.clear();
    }

    private WriteException cannotWrite(IOException e) {
        return new WriteException(
                "cannot write the temporary file " + file + " (" + WriteException.reason(e)
                        + "); name a folder with more room (--temporary-folder)",
                e);
    }

    /** A new reader of the finished file, for one thread. */
    Window read() {
        return new Window();
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads stretches of the file into an array that it lends. Each has its own channel: an interrupted thread closes the
     * channel that it reads, and must not close it for others.
     */
    final class Window implements AutoCloseable {
        private final FileChannel source;
        private ByteBuffer bytes = ByteBuffer.allocate(0);
        private double[] values = new double[0];

        private Window() {
            try {
                source = FileChannel.open(file, StandardOpenOption.READ);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the rows are gone: their table was closed, or someone deleted " + file, e);
            }
        }

        /** The numbers of some rows, from the start of the array. */
        double[] rows(long first, int count) {
            int length = Math.multiplyExact(count, columns);
            if (values.length < length) {
                values = new double[length];
                // On the heap: each pass makes new readers, and direct buffers would pile up until a collection.
                bytes = ByteBuffer.allocate(Math.multiplyExact(length, Double.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
            bytes.clear().limit(length * Double.BYTES);
            long position = HEADER + first * columns * Double.BYTES;
            try {
                while (bytes.hasRemaining()) {
                    int read = source.read(bytes, position + bytes.position());
                    if (read < 0) {
                        throw new IOException("the temporary file " + file + " has become shorter");
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bytes.flip();
            bytes.asDoubleBuffer().get(values, 0, length);
            return values;
        }

        @Override
        public void close() {
            try {
                source.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
