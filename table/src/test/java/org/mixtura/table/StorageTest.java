package org.mixtura.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/** Rows give back what was stored, wherever they are kept and whoever reads them. */
class StorageTest {
    private static final int D = 3;

    @TempDir
    private Path temporary;

    /** The stores under test: pieces of an odd length, of the length of all rows, of the usual length, and a file. */
    private List<RowStore> stores(boolean weighted, long n) {
        return List.of(
                new MemoryStore(D, weighted, OptionalLong.of(1000)),
                new MemoryStore(D, weighted, OptionalLong.of(n)),
                new MemoryStore(D, weighted, OptionalLong.empty()),
                FileStore.temporary(temporary, D, weighted),
                automatic(weighted, n, n),
                automatic(weighted, n, n / 2),
                automatic(weighted, n, 0));
    }

    private RowStore automatic(boolean weighted, long n, long mostInMemory) {
        MemoryStore memory = new MemoryStore(D, weighted, n % 2 == 0 ? OptionalLong.of(n) : OptionalLong.empty());
        return new AutomaticStore(memory, mostInMemory, () -> FileStore.temporary(temporary, D, weighted));
    }

    static List<Arguments> sizes() {
        List<Arguments> sizes = new ArrayList<>();
        for (int n : new int[] {1, 2, 999, 1000, 1001, 2000, 131_072, 300_001}) {
            sizes.add(Arguments.of(n, false));
            sizes.add(Arguments.of(n, true));
        }
        return sizes;
    }

    private static double value(int row, int column) {
        return Double.longBitsToDouble(0x3ff0_0000_0000_0000L + row * 1_000_003L + column);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void readsBackWhatWasStored(int n, boolean weighted) {
        for (RowStore store : stores(weighted, n)) {
            try (store) {
                // As from a table: the weight stands behind the values too.
                double[] row = new double[D + 1];
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j <= D; j++) {
                        row[j] = value(i, j);
                    }
                    store.add(row, value(i, D));
                }
                Rows rows = store.finish(List.of("a", "b", "c"));
                assertThat(rows.count()).isEqualTo(n);
                assertThat(rows.dimension()).isEqualTo(D);
                assertThat(rows.columns()).containsExactly("a", "b", "c");
                assertThat(rows.weighted()).isEqualTo(weighted);
                SplittableRandom random = new SplittableRandom(n);
                try (Rows.Reader reader = rows.reader()) {
                    checkBlock(reader.read(0, n), 0, n, weighted);
                    for (int t = 0; t < 50; t++) {
                        int first = random.nextInt(n);
                        int count = 1 + random.nextInt(Math.min(n - first, 5000));
                        checkBlock(reader.read(first, count), first, count, weighted);
                    }
                }
            }
        }
    }

    private static void checkBlock(Block block, int first, int count, boolean weighted) {
        assertThat(block.count()).isEqualTo(count);
        assertThat(block.weighted()).isEqualTo(weighted);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < D; j++) {
                if (block.get(i, j) != value(first + i, j)) {
                    throw new AssertionError("row " + (first + i) + ", column " + j + ": " + block.get(i, j));
                }
            }
            if (block.weight(i) != (weighted ? value(first + i, D) : 1)) {
                throw new AssertionError("weight " + (first + i) + ": " + block.weight(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void allowsSeveralReadersAtOnce(int threads) throws InterruptedException, ExecutionException {
        int n = 20_000;
        for (RowStore store : stores(true, n)) {
            try (store) {
                double[] row = new double[D];
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < D; j++) {
                        row[j] = value(i, j);
                    }
                    store.add(row, value(i, D));
                }
                Rows rows = store.finish(List.of("a", "b", "c"));
                ExecutorService executor = Executors.newFixedThreadPool(threads);
                List<Future<?>> futures = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    int start = t;
                    futures.add(executor.submit(() -> {
                        try (Rows.Reader reader = rows.reader()) {
                            for (int first = start * 300; first + 300 <= n; first += 300) {
                                checkBlock(reader.read(first, 300), first, 300, true);
                            }
                        }
                    }));
                }
                for (Future<?> future : futures) {
                    future.get();
                }
                executor.shutdown();
            }
        }
    }

    @Test
    void keepsRowsInAFileThatNumpyReads() throws IOException {
        Path file = temporary.resolve("t.csv");
        Files.writeString(file, "a,w,b\n1,5,2\n3,6,4\n");
        Path cache = Files.createDirectory(temporary.resolve("cache"));
        TableOptions options = TableOptions.defaults().storage(Storage.FILE).temporaryFolder(cache);
        Rows rows;
        try (Table table = Table.open(file).with(options)) {
            rows = table.read(ColumnChoice.numbers().weights("w")).rows();
            assertThat(Folder.values(rows)).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
            assertThat(Folder.weights(rows)).containsExactly(5, 6);
            Path folder = Folder.only(cache);
            checkNpy(Files.readAllBytes(folder.resolve("weights.npy")), "(2, 1)", 5, 6);
            checkNpy(Files.readAllBytes(folder.resolve("rows.npy")), "(2, 2)", 1, 2, 3, 4);
        }
        assertThat(cache).isEmptyDirectory();
        assertThatThrownBy(rows::reader)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the rows are gone: their table was closed, or someone deleted " + cache);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 15, 16, 1000})
    void movesToAFileWhenRowsTakeMoreMemoryThanTheyMay(long memory) throws IOException {
        Path file = temporary.resolve("t.csv");
        Files.writeString(file, "a\n1\n3\n");
        Path cache = Files.createDirectory(temporary.resolve("cache"));
        TableOptions options = TableOptions.defaults()
                .storage(Storage.AUTOMATIC)
                .memoryForRows(memory)
                .temporaryFolder(cache);
        try (Table table = Table.open(file).with(options)) {
            assertThat(Folder.values(table.columns("a"))).isDeepEqualTo(new double[][] {{1}, {3}});
            assertThat(cache.toFile().list()).hasSize(memory < 16 ? 1 : 0);
        }
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void refusesNegativeMemory() {
        assertThatThrownBy(() -> TableOptions.defaults().memoryForRows(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("memory for rows is -1 bytes; it is 0 or more");
    }

    @Test
    void removesWhatAKilledProcessLeftAndNothingElse() throws IOException {
        Path left = Files.createDirectory(temporary.resolve("mixtura-rows-1"));
        Files.createFile(left.resolve("lock"));
        Files.createFile(left.resolve("rows.npy"));
        Path beginning = Files.createDirectory(temporary.resolve("mixtura-rows-2"));
        Path other = Files.createDirectory(temporary.resolve("mixtura-other"));
        Files.createFile(other.resolve("lock"));
        try (RowStore first = FileStore.temporary(temporary, 1, false)) {
            assertThat(left).doesNotExist();
            assertThat(beginning).exists();
            assertThat(other.resolve("lock")).exists();
            first.add(new double[] {7}, 1);
            Rows rows = first.finish(List.of("a"));
            try (RowStore second = FileStore.temporary(temporary, 1, false)) {
                second.add(new double[] {8}, 1);
                assertThat(Folder.values(rows)).isDeepEqualTo(new double[][] {{7}});
            }
        }
    }

    /** To look for leftovers must not give up one's own locks, as closing a second channel to a locked file does. */
    @Test
    void keepsItsLocksWhileItLooksForLeftovers() throws IOException {
        Path locks = Path.of("/proc/locks");
        assumeTrue(Files.isReadable(locks), "only Linux says which files are locked");
        try (RowStore first = FileStore.temporary(temporary, 1, false)) {
            Path lock = Folder.only(temporary).resolve("lock");
            String inode = ":" + Files.getAttribute(lock, "unix:ino") + " ";
            assertThat(Files.readString(locks)).contains(inode);
            FileStore.temporary(temporary, 1, false).close();
            assertThat(Files.readString(locks)).contains(inode);
            first.add(new double[] {1}, 1);
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void keepsAReadingForTheSameFilesAndOptions() throws IOException {
        Path file = temporary.resolve("t.csv");
        Files.writeString(file, "a,w,b,l\n1,5,2,x\n,1,1,x\n3,6,4,y\n");
        Path kept = temporary.resolve("kept");
        TableOptions options = TableOptions.defaults().keptIn(kept).missing(MissingPolicy.DROP_ROWS);
        ColumnChoice choice = ColumnChoice.numbers().weights("w").labels("l");
        List<Long> told = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            try (Table table = Table.open(file).with(options)) {
                Reading reading = table.read(choice, told::add);
                assertThat(Folder.values(reading.rows())).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
                assertThat(Folder.weights(reading.rows())).containsExactly(5, 6);
                assertThat(reading.rows().columns()).containsExactly("a", "b");
                assertThat(reading.tableRows()).isEqualTo(3);
                assertThat(reading.notes()).containsExactly("dropped 1 of 3 rows with gaps: 1 in a");
                assertThat(reading.labels().codes()).containsExactly(0, 1);
                assertThat(reading.labels().names()).containsExactly("x", "y");
            }
            // So that a second look at the rows of the table would show.
            var time0 = Files.getLastModifiedTime(file);
            Files.writeString(file, "a,w,b,l\n8,5,2,x\n,1,1,x\n3,6,4,y\n");
            Files.setLastModifiedTime(file, time0);
        }
        try (Table table = Table.open(file).with(options.missing(MissingPolicy.ERROR))) {
            assertThatThrownBy(() -> table.read(choice)).hasMessageContaining("line 3, column \"a\" is missing");
        }
        Files.writeString(file, "a,w,b,l\n9,5,2,x\n");
        try (Table table = Table.open(file).with(options)) {
            assertThat(Folder.values(table.read(choice).rows())).isDeepEqualTo(new double[][] {{9, 2}});
        }
        Files.delete(kept.resolve("rows.npy"));
        try (Table table = Table.open(file).with(options)) {
            assertThat(Folder.values(table.read(choice).rows())).isDeepEqualTo(new double[][] {{9, 2}});
        }
    }

    @Test
    void tellsHowFarAReadingIs() throws IOException {
        Path file = temporary.resolve("t.csv");
        Files.writeString(file, "a\n" + "1\n2\n".repeat(5000));
        List<Long> told = new ArrayList<>();
        try (Table table = Table.open(file)) {
            table.read(ColumnChoice.numbers(), told::add);
            assertThat(told).containsExactly(4096L, 8192L);
            assertThatThrownBy(() -> table.read(ColumnChoice.numbers(), rows -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
        }
    }

    /** Format version 1.0 as NumPy documents it. */
    private static void checkNpy(byte[] bytes, String shape, double... values) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(Arrays.copyOf(bytes, 8)).isEqualTo(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        int length = buffer.getShort(8);
        assertThat((10 + length) % 64).isZero();
        String header = new String(bytes, 10, length, StandardCharsets.US_ASCII);
        assertThat(header.strip()).isEqualTo("{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }");
        assertThat(header).endsWith("\n");
        buffer.position(10 + length);
        double[] stored = new double[values.length];
        buffer.asDoubleBuffer().get(stored);
        assertThat(stored).containsExactly(values);
        assertThat(bytes.length).isEqualTo(10 + length + 8 * values.length);
    }

    @Test
    void leavesNoFileOfATableThatCannotBeRead() throws IOException {
        Path file = temporary.resolve("t.csv");
        Files.writeString(file, "a,b\n1,2\n3,x\n");
        Path cache = Files.createDirectory(temporary.resolve("cache"));
        TableOptions options = TableOptions.defaults().storage(Storage.FILE).temporaryFolder(cache);
        try (Table table = Table.open(file).with(options)) {
            assertThatThrownBy(() -> table.columns("a", "b")).isInstanceOf(TableException.class);
            assertThat(cache).isEmptyDirectory();
        }
        Path nowhere = temporary.resolve("nowhere");
        assertThatThrownBy(() ->
                        Table.open(file).with(options.temporaryFolder(nowhere)).columns("a"))
                .isInstanceOf(WriteException.class)
                .hasMessageMatching(
                        "cannot make a temporary file in .*nowhere \\(.*\\); name another folder" + " \\(--temp\\)");
    }

    @Test
    void saysThatTheRowsDoNotFitIntoMemory() {
        try (RowStore store = new MemoryStore(1 << 20, false, OptionalLong.of(2000))) {
            assertThatThrownBy(() -> store.add(new double[1 << 20], 1))
                    .isInstanceOf(TableException.class)
                    .hasMessage("the rows do not fit into the memory of the JVM, "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB (0 rows of 1048576 columns did); keep them in a file (--stream) or raise -Xmx");
        }
    }

    @Test
    void anInterruptedReaderDoesNotHarmOthers() throws InterruptedException {
        try (RowStore store = FileStore.temporary(temporary, 1, false)) {
            store.add(new double[] {7}, 1);
            Rows rows = store.finish(List.of("a"));
            try (Rows.Reader good = rows.reader()) {
                Thread interrupted = new Thread(() -> {
                    Thread.currentThread().interrupt();
                    try (Rows.Reader reader = rows.reader()) {
                        reader.read(0, 1);
                    } catch (UncheckedIOException e) {
                        // Its channel was closed under it.
                    }
                });
                interrupted.start();
                interrupted.join();
                assertThat(good.read(0, 1).get(0, 0)).isEqualTo(7);
                assertThat(Folder.values(rows)).isDeepEqualTo(new double[][] {{7}});
            }
        }
    }
}
