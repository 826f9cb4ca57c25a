package org.mixtura.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mixtura.fit.PassJournal;
import org.mixtura.io.JournalFile;
import org.mixtura.io.WholeFile;

/**
 * A folder with all that a fit needs to go on after its process was killed: what was asked for, the rows that were read, and what
 * each pass over them came to. A fit that goes on is the same fit run again, with the same bits; it asks the journal first.
 */
final class Checkpoint implements PassJournal, AutoCloseable {
    private static final String REQUEST = "fit";
    private static final String PASSES = "passes";
    private static final String LOCK = "lock";
    /** The files of a checkpoint; those of {@link org.mixtura.table.TableOptions#keptIn} among them. */
    private static final String FILES = "{fit,passes,lock,reading,rows.npy,weights.npy,.fit.*.tmp,.reading.*.tmp}";

    /** Whether a fit is to begin or to go on. */
    enum Mode {
        BEGIN,
        /** Where there is nothing to go on with: begin. */
        RESUME
    }

    private final Path folder;
    private final FileChannel lock;
    private final JournalFile journal;

    private Checkpoint(Path folder, FileChannel lock, JournalFile journal) {
        this.folder = folder;
        this.lock = lock;
        this.journal = journal;
    }

    /**
     * Opens a checkpoint, or begins one.
     *
     * @param folder the folder; made if there is none
     * @param mode whether to go on
     * @param request what is asked for, by name, each a line of text; must be the same when a fit goes on
     * @throws UsageException if there is a fit to go on with and the mode is another, or it is another fit
     * @throws IllegalArgumentException if another process is at work in the folder
     */
    static Checkpoint open(Path folder, Mode mode, Map<String, String> request) {
        try {
            Files.createDirectories(folder);
            FileChannel lock = lock(folder);
            try {
                Path file = folder.resolve(REQUEST);
                if (Files.exists(file)) {
                    checkResumes(folder, mode, parse(Files.readString(file, StandardCharsets.UTF_8)), request);
                } else {
                    removeFiles(folder, LOCK);
                    WholeFile.write(file, out -> out.write(text(request).getBytes(StandardCharsets.UTF_8)));
                }
                return new Checkpoint(folder, lock, JournalFile.open(folder.resolve(PASSES)));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw cannotWrite(folder, e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same as held by another.
        }
        channel.close();
        throw new IllegalArgumentException(
                "another mixtura is at work in " + folder + "; wait for it or name another --checkpoint folder");
    }

    private static void checkResumes(Path folder, Mode mode, Map<String, String> begun, Map<String, String> request) {
        if (mode == Mode.BEGIN) {
            throw new UsageException("--checkpoint " + folder + " holds a fit that has not ended; add --resume to go on"
                    + " with it, or remove the folder");
        }
        Map<String, String> all = new LinkedHashMap<>(begun);
        request.forEach(all::putIfAbsent);
        for (String name : all.keySet()) {
            String was = begun.getOrDefault(name, "not given");
            String now = request.getOrDefault(name, "not given");
            if (!was.equals(now)) {
                throw new UsageException("--checkpoint " + folder + " is of another fit: " + name + " was " + was
                        + ", now it is " + now + "; give what was given then, or name another folder");
            }
        }
    }

    private static String text(Map<String, String> request) {
        StringBuilder text = new StringBuilder();
        request.forEach((name, value) ->
                text.append(name).append('\t').append(value.replace('\n', ' ')).append('\n'));
        return text.toString();
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> request = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int tab = line.indexOf('\t');
            request.put(line.substring(0, Math.max(0, tab)), line.substring(tab + 1));
        });
        return request;
    }

    private static CannotWriteException cannotWrite(Path folder, Exception e) {
        String reason =
                e instanceof UncheckedIOException unchecked ? IoReason.of(unchecked) : IoReason.of((IOException) e);
        return new CannotWriteException("cannot write the checkpoint in " + folder + ": " + reason, e);
    }

    /** Where the rows are to stay. */
    Path folder() {
        return folder;
    }

    /** How many passes it remembers. */
    int passes() {
        return journal.size();
    }

    @Override
    public Optional<double[]> recall(String question) {
        return journal.recall(question);
    }

    @Override
    public void keep(String question, double[] answer) {
        try {
            journal.keep(question, answer);
        } catch (UncheckedIOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /** Removes the checkpoint of a fit that is done. */
    void remove() {
        try {
            journal.close();
            // First the request: without it the rest is nothing to go on with.
            Files.deleteIfExists(folder.resolve(REQUEST));
            removeFiles(folder, "");
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Someone keeps other things there.
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    private static void removeFiles(Path folder, String butNot) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FILES)) {
            for (Path file : files) {
                if (!file.endsWith(butNot)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public void close() {
        try (lock) {
            journal.close();
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }
}
