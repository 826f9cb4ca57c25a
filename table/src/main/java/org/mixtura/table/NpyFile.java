package org.mixtura.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A matrix in a file: NumPy's format version 1.0, little-endian float64, row by row. The header is padded so that the numbers
 * start at a multiple of 64 bytes. Written from first to last, then read anywhere.
 *
 * <p>Read, not mapped: a mapped page counts as memory of the process for as long as it is mapped, and a JVM has no way to give it
 * back; a read into a buffer that is used again costs a copy, a tenth of what the cheapest pass does with the numbers.
 */
final class NpyFile implements AutoCloseable {
    /** The header's length with its padding: room for the longest shape there is. */
    private static final int HEADER = 128;

    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final int columns;
    private final Deque<Window> idle = new ArrayDeque<>();
    private @Nullable FileChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long numbers;
    private boolean closed;

    private NpyFile(Path file, int columns, long numbers) {
        this.file = file;
        this.columns = columns;
        this.numbers = numbers;
    }

    /** A new file, in place of one of that name. */
    static NpyFile create(Path file, int columns) throws IOException {
        NpyFile created = new NpyFile(file, columns, 0);
        created.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        created.buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        created.buffer.position(HEADER);
        return created;
    }

    /**
     * A file that was written before.
     *
     * @throws IOException if it is not there or not of that size
     */
    static NpyFile existing(Path file, long rows, int columns) throws IOException {
        if (Files.size(file) != HEADER + rows * columns * Double.BYTES) {
            throw new IOException(file + " does not hold " + rows + " rows of " + columns + " columns");
        }
        return new NpyFile(file, columns, rows * columns);
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
        buffer = ByteBuffer.allocate(0);
        try (FileChannel written = channel()) {
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
            written.write(header, 0);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Waits until the disk has what was written to a file. */
    static void force(Path file) throws IOException {
        try (FileChannel whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
            whole.force(true);
        }
    }

    private FileChannel channel() {
        FileChannel open = channel;
        if (open == null) {
            throw new IllegalStateException(file + " is not open for writing");
        }
        return open;
    }

    private void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel().write(buffer);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        buffer.clear();
    }

    private WriteException cannotWrite(IOException e) {
        return new WriteException(
                "cannot write the temporary file " + file + " (" + WriteException.reason(e)
                        + "); name a folder with more room (--temp)",
                e);
    }

    /** A reader of the finished file, for one thread. */
    Window read() {
        synchronized (idle) {
            Window used = idle.poll();
            if (used != null) {
                return used;
            }
        }
        return new Window();
    }

    /** Closes the file, which stays where it is; nobody can start to read it any more. */
    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            synchronized (idle) {
                closed = true;
                for (Window window : idle) {
                    window.source.close();
                }
                idle.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads stretches of the file into an array that it lends. Each has its own channel: an interrupted thread closes the
     * channel that it reads, and must not close it for others. Closed, it waits for the next who reads: each pass makes new
     * readers, and their direct buffers would pile up until a collection.
     */
    final class Window implements AutoCloseable {
        private final FileChannel source;
        private ByteBuffer bytes = ByteBuffer.allocate(0);
        private DoubleBuffer numbersOfBytes = bytes.asDoubleBuffer();
        private double[] values = new double[0];

        private Window() {
            if (closed) {
                throw gone(new IOException("closed"));
            }
            try {
                source = FileChannel.open(file, StandardOpenOption.READ);
            } catch (IOException e) {
                throw gone(e);
            }
        }

        private UncheckedIOException gone(IOException cause) {
            return new UncheckedIOException(
                    "the rows are gone: their table was closed, or someone deleted " + file, cause);
        }

        /** The numbers of some rows, from the start of the array. */
        double[] rows(long first, int count) {
            int length = Math.multiplyExact(count, columns);
            if (values.length < length) {
                values = new double[length];
                bytes = ByteBuffer.allocateDirect(Math.multiplyExact(length, Double.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
                numbersOfBytes = bytes.asDoubleBuffer();
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
            numbersOfBytes.get(0, values, 0, length);
            return values;
        }

        @Override
        public void close() {
            synchronized (idle) {
                if (!closed && source.isOpen()) {
                    idle.add(this);
                    return;
                }
            }
            try {
                source.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
