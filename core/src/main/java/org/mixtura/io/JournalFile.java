package org.mixtura.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.mixtura.fit.PassJournal;

/**
 * A journal of passes in a file, so that a fit may be killed at any moment and go on.
 *
 * <p>Answers are appended, each with its question and a checksum. A record that a kill tore off is dropped when the file is
 * opened the next time, with all behind it, and what stands before it counts. Answers stay in the file until they are asked for.
 * Written is handed to the system, which outlives the process; the disk is waited for once a second.
 */
public final class JournalFile implements PassJournal, AutoCloseable {
    private static final byte[] HEADER = "mixtura passes 2\n".getBytes(StandardCharsets.US_ASCII);
    private static final int QUESTION = 64;
    private static final long FORCE_EVERY_NANOS = 1_000_000_000L;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Long> places = new HashMap<>();
    private long end;
    private long forced = System.nanoTime();

    private JournalFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a journal, or starts one.
     *
     * @param file the file; made if it does not exist
     * @return the journal with the answers that are whole
     * @throws UncheckedIOException if it cannot be read or written
     * @throws IllegalArgumentException if it is another kind of file
     */
    public static JournalFile open(Path file) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                JournalFile journal = new JournalFile(file, channel);
                journal.readThrough();
                return journal;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readThrough() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER.length);
        readFully(header, 0);
        byte[] found = Arrays.copyOf(header.array(), header.position());
        if (!Arrays.equals(found, Arrays.copyOf(HEADER, found.length))) {
            throw new IllegalArgumentException(file + " is no journal of passes; remove it or name another folder");
        }
        if (found.length < HEADER.length) {
            writeFully(ByteBuffer.wrap(HEADER), 0);
        }
        end = HEADER.length;
        for (Optional<ByteBuffer> record = record(end); record.isPresent(); record = record(end)) {
            places.put(question(record.get()), end);
            end += record.get().capacity();
        }
        channel.truncate(end);
    }

    /** The record at a place, empty if none stands there whole. */
    private Optional<ByteBuffer> record(long place) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        if (!readFully(length, place)) {
            return Optional.empty();
        }
        long size = size(length.getInt(0));
        if (length.getInt(0) < 0 || size > channel.size() - place) {
            return Optional.empty();
        }
        ByteBuffer record = ByteBuffer.allocate(Math.toIntExact(size));
        boolean whole =
                readFully(record, place) && record.getInt(record.capacity() - Integer.BYTES) == checksum(record);
        return whole ? Optional.of(record) : Optional.empty();
    }

    /** The bytes of a record: how many numbers, the question, the numbers, the checksum. */
    private static long size(int numbers) {
        return Integer.BYTES + QUESTION + (long) numbers * Double.BYTES + Integer.BYTES;
    }

    private static String question(ByteBuffer record) {
        byte[] question = new byte[QUESTION];
        record.get(Integer.BYTES, question);
        return new String(question, StandardCharsets.US_ASCII);
    }

    private static int checksum(ByteBuffer record) {
        CRC32C crc = new CRC32C();
        crc.update(record.duplicate().rewind().limit(record.capacity() - Integer.BYTES));
        return (int) crc.getValue();
    }

    private boolean readFully(ByteBuffer into, long place) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, place + into.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private void writeFully(ByteBuffer from, long place) throws IOException {
        while (from.hasRemaining()) {
            channel.write(from, place + from.position());
        }
    }

    /** {@return how many answers it holds} */
    public int size() {
        return places.size();
    }

    /**
     * Looks up an answer.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    @Override
    public Optional<double[]> recall(String question) {
        Long place = places.get(question);
        if (place == null) {
            return Optional.empty();
        }
        try {
            return record(place).map(record -> {
                double[] answer = new double[record.getInt(0)];
                record.position(Integer.BYTES + QUESTION).asDoubleBuffer().get(answer);
                return answer;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Appends an answer.
     *
     * @throws UncheckedIOException if the file cannot be written
     * @throws IllegalArgumentException if the question is not 64 characters of ASCII
     */
    @Override
    public void keep(String question, double[] answer) {
        byte[] digest = question.getBytes(StandardCharsets.US_ASCII);
        if (digest.length != QUESTION) {
            throw new IllegalArgumentException(
                    "a question of " + digest.length + " characters; a digest has " + QUESTION);
        }
        ByteBuffer record = ByteBuffer.allocate(Math.toIntExact(size(answer.length)));
        record.putInt(answer.length).put(digest);
        record.asDoubleBuffer().put(answer);
        record.putInt(record.capacity() - Integer.BYTES, checksum(record)).rewind();
        try {
            writeFully(record, end);
            places.put(question, end);
            end += record.capacity();
            if (System.nanoTime() - forced > FORCE_EVERY_NANOS) {
                channel.force(false);
                forced = System.nanoTime();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Closes the file, which stays.
     *
     * @throws UncheckedIOException if that fails
     */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
