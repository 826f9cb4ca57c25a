package org.mixtura.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that a run is to write: checked before the work starts, so that a long fit does not end in a wrong folder. */
final class OutputFile {
    private final String option;
    private final Path path;

    /**
     * @param option the option that names the file, for messages
     */
    OutputFile(String option, Path path) {
        this.option = option;
        this.path = path;
    }

    /** Where the file will be. */
    Path path() {
        return path;
    }

    /**
     * Checks that the file can be written: its folder is there and writable, it is not itself a folder.
     *
     * @throws CannotWriteException if not
     */
    OutputFile check() {
        Path folder = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path) || folder == null) {
            throw refusal("it is a folder; name a file in it");
        }
        if (!Files.exists(folder)) {
            throw refusal("there is no folder " + folder + "; create it first");
        }
        if (!Files.isDirectory(folder)) {
            throw refusal(folder + " is not a folder");
        }
        if (!Files.isWritable(folder) || (Files.exists(path) && !Files.isWritable(path))) {
            throw refusal("permission denied; choose another place");
        }
        return this;
    }

    /**
     * Checks that the file is none of those that are read: writing would replace them.
     *
     * @throws UsageException if it is
     */
    OutputFile checkApartFrom(List<Path> inputs) {
        for (Path input : inputs) {
            if (same(input)) {
                throw new UsageException(option + " " + path + " is also read by this command; choose another name");
            }
        }
        return this;
    }

    private boolean same(Path input) {
        try {
            return Files.exists(path) && Files.exists(input) && Files.isSameFile(path, input);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Runs something that writes the file.
     *
     * @throws CannotWriteException if it fails to write
     */
    void write(Runnable writer) {
        try {
            writer.run();
        } catch (UncheckedIOException e) {
            throw new CannotWriteException("cannot write " + path + " (" + option + "): " + IoReason.of(e), e);
        }
    }

    private CannotWriteException refusal(String reason) {
        return new CannotWriteException("cannot write " + path + " (" + option + "): " + reason);
    }
}
