package org.mixtura.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code and the commands of docs/scale.md run. */
class ScaleGuideTest {
    private static final Path GUIDE = Path.of("../docs/scale.md");

    @TempDir
    private Path folder;

    private static List<String> blocks(String language) throws IOException {
        Matcher fences = Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE));
        List<String> blocks = new ArrayList<>();
        while (fences.find()) {
            blocks.add(fences.group(1));
        }
        return blocks;
    }

    private static Dataset<Row> trips() {
        double[][] values = Data.clusters(400, 2, 2, 4, 10, 1);
        return Session.get()
                .createDataFrame(Arrays.stream(values).map(Trip::new).toList(), Trip.class);
    }

    /** A row as a bean. */
    public static final class Trip {
        private final double[] values;

        Trip(double[] values) {
            this.values = values;
        }

        /** {@return a made-up distance} */
        public double getDistance() {
            return values[0];
        }

        /** {@return a made-up fare} */
        public double getFare() {
            return values[1];
        }
    }

    @Test
    void theJavaCodeRuns() throws Exception {
        String program = """
                import java.nio.file.Path;
                import org.apache.spark.sql.*;
                import org.mixtura.io.MixtureFile;
                import org.mixtura.spark.*;
                public class Guide {
                public static void run(Dataset<Row> trips, String folder) throws Exception {
                """ + String.join("\n", blocks("java")) + "}\n}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Guide.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return program;
                    }
                };
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of("-proc:none", "-d", folder.toString(), "-classpath", classPath);
        assertThat(compiler.getTask(messages, null, null, options, null, List.of(source))
                        .call())
                .as(messages.toString())
                .isTrue();
        Dataset<Row> features = new VectorAssembler()
                .setInputCols(new String[] {"distance", "fare"})
                .setOutputCol("features")
                .transform(trips());
        URL[] classes = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, ScaleGuideTest.class.getClassLoader())) {
            loader.loadClass("Guide")
                    .getMethod("run", Dataset.class, String.class)
                    .invoke(null, features, folder.toString());
        }
        assertThat(folder.resolve("fare.json")).isRegularFile();
    }

    @Test
    void theCommandsRun() throws IOException {
        trips().coalesce(1)
                .write()
                .option("header", "true")
                .csv(folder.resolve("trips.csv").toString());
        for (String line : String.join("", blocks("sh")).lines().toList()) {
            assertThat(line).startsWith("./mixtura-spark ");
            List<String> words = new ArrayList<>(List.of(line.split(" ", -1)).subList(1, line.split(" ", -1).length));
            words.replaceAll(word -> word.matches("\\w+\\.(csv|json|parquet)")
                    ? folder.resolve(word).toString()
                    : word);
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = Main.run(
                    Session::get,
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    words.toArray(String[]::new));
            assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        }
        assertThat(folder.resolve("energies.parquet")).isDirectory();
    }
}
