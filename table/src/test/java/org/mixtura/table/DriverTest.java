package org.mixtura.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver of DuckDB, 80 MB, is loaded only when it is needed. */
class DriverTest {
    @TempDir
    private Path temporary;

    /** Runs in a class loader of its own, which does not have the driver. */
    public static final class WithoutDriver {
        private WithoutDriver() {}

        /** Reads a file of text, streams it, and writes text beside it. */
        public static void text(String input, String output) {
            TableOptions options = TableOptions.defaults().storage(Storage.FILE).missing(MissingPolicy.DROP_ROWS);
            try (Table table = Table.matching(input).with(options)) {
                Reading reading = table.read(ColumnChoice.numbers());
                try (TableWriter writer = reading.writer(Path.of(output), List.of(OutputColumn.number("y")))) {
                    for (int i = 0; i < reading.rows().count(); i++) {
                        writer.number(i).endRow();
                    }
                    writer.commit();
                }
            }
        }

        /** Reads a table with a condition. */
        public static void filtered(String input, String condition) {
            try (Table table = Table.matching(input).where(condition)) {
                table.columns("a");
            }
        }
    }

    private static URLClassLoader loaderWithoutDriver() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("duckdb")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    private static void call(ClassLoader loader, String method, String first, String second) throws Throwable {
        try {
            Class.forName(WithoutDriver.class.getName(), true, loader)
                    .getMethod(method, String.class, String.class)
                    .invoke(null, first, second);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void textDoesWithoutIt() throws Throwable {
        Folder folder = new Folder(temporary);
        Path input = folder.write("in.csv", "a,t\n1,x\n,y\n3,z\n");
        try (URLClassLoader loader = loaderWithoutDriver()) {
            call(loader, "text", input.toString(), folder.path("out.csv").toString());
        }
        assertThat(folder.read("out.csv")).isEqualTo("a,t,y\n1,x,0.0\n,y,\n3,z,1.0\n");
    }

    @Test
    void othersSayThatTheyNeedIt() throws IOException {
        Folder folder = new Folder(temporary);
        String message = "Parquet, JSON and conditions on rows need DuckDB, which is not installed here: add"
                + " org.duckdb:duckdb_jdbc to the module path or class path";
        Path text = folder.write("in.csv", "a\n1\n");
        Path parquet = folder.parquet("in.parquet", "SELECT 1 a");
        try (URLClassLoader loader = loaderWithoutDriver()) {
            assertThatThrownBy(() -> call(loader, "filtered", text.toString(), "a > 0"))
                    .hasMessage(message);
            assertThatThrownBy(() -> call(loader, "filtered", parquet.toString(), "a > 0"))
                    .hasMessage(message);
            assertThatThrownBy(() -> call(
                            loader,
                            "text",
                            text.toString(),
                            folder.path("out.parquet").toString()))
                    .hasMessage(message);
        }
        assertThat(folder.names()).containsExactly("in.csv", "in.parquet");
    }
}
