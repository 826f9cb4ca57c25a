package org.mixtura.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mixtura.table.OutputColumn.number;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file is written as a whole or not at all. */
class WriteFailureTest {
    private static final List<OutputColumn> X = List.of(number("x"));

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = new Folder(temporary);
    }

    private static void assertCannotWrite(Path target, String reason) {
        assertThatThrownBy(() -> TableWriter.create(target, X))
                .isInstanceOf(WriteException.class)
                .hasMessage("cannot write " + target + ": " + reason);
        assertThatThrownBy(() -> TableWriter.check(target)).isInstanceOf(WriteException.class);
    }

    @Test
    void saysBeforehandWhatCannotBeWritten() {
        Path nowhere = folder.path("no").resolve("t.csv");
        assertCannotWrite(nowhere, "there is no folder " + folder.path("no") + "; make it first");
        assertCannotWrite(temporary, "it is a folder; name a file in it");
        String extensions = "the extension says the format, and must be .csv, .tsv, .csv.gz, .tsv.gz or .parquet";
        assertCannotWrite(folder.path("t.xlsx"), extensions);
        assertCannotWrite(folder.path("t"), extensions);
        assertCannotWrite(folder.path("t.parquet.gz"), extensions);
        Path file = folder.write("t.csv", "x");
        assertCannotWrite(file.resolve("u.csv"), "no permission to; choose another place");
        TableWriter.check(folder.path("new.csv"));
        TableWriter.check(file);
        assertThat(folder.names()).containsExactly("t.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.csv.gz", "t.parquet"})
    void leavesNothingWithoutACommit(String name) {
        Path target = folder.path(name);
        try (TableWriter writer = TableWriter.create(target, X)) {
            writer.number(1).endRow();
        }
        assertThat(folder.names()).isEmpty();

        folder.write("old", "old");
        Path old = folder.write(name, "the old content");
        byte[] before = bytes(old);
        try (TableWriter writer = TableWriter.create(target, X)) {
            for (int i = 0; i < 100_000; i++) {
                writer.number(i).endRow();
            }
        }
        assertThat(bytes(old)).isEqualTo(before);
        assertThat(folder.names()).containsExactlyInAnyOrder("old", name);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void replacesAFileAndKeepsALink() throws IOException {
        Path real = folder.write("real.csv", "old");
        Path link = Files.createSymbolicLink(folder.path("link.csv"), real);
        try (TableWriter writer = TableWriter.create(link, X)) {
            writer.number(1).endRow();
            writer.commit();
        }
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(folder.read("real.csv")).isEqualTo("x\n1.0\n");
        Path plain = Files.createFile(folder.path("plain"));
        assertThat(Files.getPosixFilePermissions(real)).isEqualTo(Files.getPosixFilePermissions(plain));
        assertThat(Files.getPosixFilePermissions(real)).contains(PosixFilePermission.OWNER_READ);
    }

    @Test
    void writesToADeviceDirectly() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));
        try (TableWriter writer = TableWriter.create(device, X)) {
            writer.number(1).endRow();
            writer.commit();
        }
        assertThat(Files.isRegularFile(device)).isFalse();
        Path input = folder.parquet("in.parquet", "SELECT 1 AS a");
        try (TableWriter writer = Table.open(input).read(ColumnChoice.numbers()).writer(device, X)) {
            writer.number(1).endRow();
            writer.commit();
        }
        assertThat(Files.isRegularFile(device)).isFalse();
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        assertThatThrownBy(() -> {
                    try (TableWriter writer = TableWriter.create(full, X)) {
                        writer.number(1).endRow();
                        writer.commit();
                    }
                })
                .isInstanceOf(WriteException.class)
                .hasMessage("cannot write /dev/full: no space left on device");
    }

    @Test
    void saysWhenAStreamFails() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThatThrownBy(() -> {
                    try (TableWriter writer = TableWriter.create(broken, X)) {
                        writer.number(1).endRow();
                        writer.commit();
                    }
                })
                .isInstanceOf(WriteException.class)
                .hasMessage("cannot write the output: broken pipe");
    }

    /** On a file system of 256 KiB, which only root can make. */
    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.csv.gz", "t.parquet"})
    void leavesNothingOnAFullDisk(String name) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.path("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()), "no permission to mount");
        try {
            Path target = disk.resolve(name);
            Files.writeString(target, "old");
            assertThatThrownBy(() -> {
                        try (TableWriter writer = TableWriter.create(target, X)) {
                            for (int i = 0; i < 200_000; i++) {
                                writer.number(Math.sin(i)).endRow();
                            }
                            writer.commit();
                        }
                    })
                    .isInstanceOf(WriteException.class)
                    .hasMessage("cannot write " + target + ": no space left on device");
            assertThat(Files.readString(target)).isEqualTo("old");
            assertThat(new Folder(disk).names()).containsExactly(name);
        } finally {
            run("umount", disk.toString());
        }
    }

    /** The spool fits, and then the Parquet file does not. */
    @Test
    void leavesNothingWhenDuckDbFindsTheDiskFull() throws IOException, InterruptedException {
        Path input = folder.parquet("in.parquet", "SELECT random() AS a, random() AS b FROM range(20000)");
        Path disk = Files.createDirectory(folder.path("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()), "no permission to mount");
        try (Table table = Table.open(input)) {
            Path target = disk.resolve("t.parquet");
            Reading reading = table.read(ColumnChoice.numbers());
            assertThatThrownBy(() -> {
                        try (TableWriter writer = reading.writer(target, X)) {
                            for (int i = 0; i < 20_000; i++) {
                                writer.number(i).endRow();
                            }
                            writer.commit();
                        }
                    })
                    .isInstanceOf(WriteException.class)
                    .hasMessage("cannot write " + target + ": no space left on device");
            assertThat(disk).isEmptyDirectory();
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void saysThatTheCacheDoesNotFit() throws IOException, InterruptedException {
        Path input = folder.parquet("in.parquet", "SELECT random() AS a, random() AS b FROM range(200000)");
        Path disk = Files.createDirectory(folder.path("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()), "no permission to mount");
        try (Table table = Table.open(input)
                .with(TableOptions.defaults().storage(Storage.FILE).temporaryFolder(disk))) {
            assertThatThrownBy(() -> table.columns("a", "b"))
                    .isInstanceOf(WriteException.class)
                    .hasMessageMatching(
                            "cannot write the temporary file .*\\.npy \\(no space left on device\\); name a folder with"
                                    + " more room \\(--temp\\)");
            assertThat(disk).isEmptyDirectory();
        } finally {
            run("umount", disk.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A program that is stopped while it writes to files in the folder that it is given. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] args) throws InterruptedException {
            Folder folder = new Folder(Path.of(args[0]));
            Path input = folder.write("in.csv", "a\n1\n");
            TableOptions cached = TableOptions.defaults().storage(Storage.FILE).temporaryFolder(Path.of(args[0]));
            try (Table table = Table.open(input).with(cached);
                    TableWriter csv = TableWriter.create(folder.path("t.csv"), X);
                    TableWriter parquet = TableWriter.create(folder.path("t.parquet"), X)) {
                table.columns("a");
                for (int i = 0; i < 100_000; i++) {
                    csv.number(i).endRow();
                    parquet.number(i).endRow();
                }
                System.out.println(folder.names().size());
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void leavesNothingWhenInterrupted() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName(),
                        temporary.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            // The input, its rows, the text, and for Parquet the file and what waits to go there.
            assertThat(output.readLine()).isEqualTo("5");
            process.destroy();
            assertThat(process.waitFor()).isNotZero();
        }
        assertThat(folder.names()).containsExactly("in.csv");
    }

    @Test
    void refusesNamesThatTheTableHasAlready() {
        Path file = folder.write("in.csv", "Label,a\nx,1\n");
        Reading reading = Table.open(file).read(ColumnChoice.numbers());
        assertThatThrownBy(() -> reading.writer(folder.path("out.csv"), List.of(number("label"))))
                .isInstanceOf(TableException.class)
                .hasMessage(file
                        + " has a column \"Label\" already, so the new column \"label\" needs another name (--prefix)");
        assertThatThrownBy(() -> reading.writer(file, X))
                .isInstanceOf(WriteException.class)
                .hasMessage("cannot write " + file + ": it is the table that is read; name another file");
        assertThat(folder.names()).containsExactly("in.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.parquet"})
    void refusesTooFewRows(String name) {
        Path file = folder.write("in.csv", "a\n1\n2\n3\n");
        Reading reading = Table.open(file).read(ColumnChoice.numbers());
        try (TableWriter writer = reading.writer(folder.path(name), X)) {
            writer.number(1).endRow();
            assertThatThrownBy(writer::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the writer of " + folder.path(name) + " got 1 row for a table of 3");
        }
        assertThat(folder.names()).containsExactly("in.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.parquet"})
    void noticesThatTheInputChanged(String name) {
        for (String changed : List.of("a\n1\n", "a\n1\n2\n3\n4\n")) {
            Path file = folder.write("in.csv", "a\n1\n2\n3\n");
            Reading reading = Table.open(file).read(ColumnChoice.numbers());
            folder.write("in.csv", changed);
            assertThatThrownBy(() -> {
                        try (TableWriter writer = reading.writer(folder.path(name), X)) {
                            for (int i = 0; i < 3; i++) {
                                writer.number(i).endRow();
                            }
                            writer.commit();
                        }
                    })
                    .isInstanceOf(TableException.class)
                    .hasMessage("the table has gained or lost rows since it was read; start again");
            assertThat(folder.names()).containsExactly("in.csv");
        }
    }

    @Test
    void saysWhatIsWrongWithTheInputWhileWriting() {
        Path file = folder.write("in.csv", "a,b\n1,2\n2,3\n3,bad\n");
        Reading reading = Table.open(file).read(ColumnChoice.of("a"));
        assertThatThrownBy(() -> {
                    try (TableWriter writer = reading.writer(folder.path("out.parquet"), X)) {
                        for (int i = 0; i < 3; i++) {
                            writer.number(i).endRow();
                        }
                        writer.commit();
                    }
                })
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(file + ", line 4, column \"b\": \"bad\" is not a number");
        assertThat(folder.names()).containsExactly("in.csv");
    }
}
