package org.mixtura.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mixtura.io.MixtureFile;

/** Model files that the user names. */
final class ModelInput {
    private ModelInput() {}

    /** The file named by the argument MODEL. */
    static Path path(Argument argument) {
        return Option.parsePath(argument.words().get(0));
    }

    /**
     * Loads a model.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no valid model
     */
    static MixtureFile load(Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a folder; name a model file in it");
        }
        try {
            return MixtureFile.load(file);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException("cannot read the model " + file + ": " + IoReason.of(e), e);
        }
    }
}
