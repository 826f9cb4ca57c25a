package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    Path folder;

    private static OutputFile file(Path path) {
        return new OutputFile("--model", path);
    }

    @Test
    void acceptsAFileThatIsThereOrNot() throws IOException {
        Path file = folder.resolve("m.json");
        assertThat(file(file).check().path()).isEqualTo(file);
        Files.createFile(file);
        assertThat(file(file).check().path()).isEqualTo(file);
    }

    @Test
    void refusesWhatCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("m.json"));
        assertThatThrownBy(() -> file(folder).check())
                .isInstanceOf(CannotWriteException.class)
                .hasMessage("cannot write " + folder + " (--model): it is a folder; name a file in it");
        assertThatThrownBy(() -> file(folder.resolve("no/m.json")).check())
                .hasMessage("cannot write " + folder.resolve("no/m.json") + " (--model): there is no folder "
                        + folder.resolve("no") + "; create it first");
        assertThatThrownBy(() -> file(file.resolve("m.json")).check())
                .hasMessage("cannot write " + file.resolve("m.json") + " (--model): " + file + " is not a folder");
    }

    @Test
    void refusesWhatIsRead() throws IOException {
        Path file = Files.createFile(folder.resolve("m.json"));
        Path other = Files.createFile(folder.resolve("other.json"));
        file(file).checkApartFrom(List.of(other));
        assertThatThrownBy(() -> file(folder.resolve("./m.json")).checkApartFrom(List.of(other, file)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is also read by this command; choose another name");
    }

    @Test
    void saysWhyWritingFailed() {
        Path file = folder.resolve("m.json");
        assertThatThrownBy(() -> file(file).write(() -> {
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }))
                .isInstanceOf(CannotWriteException.class)
                .hasMessage("cannot write " + file + " (--model): no space left on device");
    }
}
