package org.mixtura.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.mixtura.io.MixtureFile;
import org.mixtura.io.StartFile;

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
        return load(file, "model", MixtureFile::load);
    }

    /**
     * Loads means and variances to start from.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds none
     */
    static StartFile loadStart(Path file) {
        return load(file, "start", StartFile::load);
    }

    private static <T> T load(Path file, String what, Function<Path, T> loader) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a folder; name a " + what + " file in it");
        }
        try {
            return loader.apply(file);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException("cannot read the " + what + " " + file + ": " + IoReason.of(e), e);
        }
    }
}
