package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code and the commands of the guide run, from top to bottom. */
class GuideTest {
    private static final Path GUIDE = Mixtura.ROOT.resolve("docs/guide.md");

    private static final List<String> PACKAGES = List.of(
            "anomaly",
            "bayes",
            "data",
            "divergence",
            "entropy",
            "fit",
            "integration",
            "io",
            "mixture",
            "report",
            "transport");

    @TempDir
    private Path folder;

    /** The blocks of the guide in one language, in their order. */
    private static List<String> blocks(String language) throws IOException {
        Matcher fences = Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE));
        List<String> blocks = new ArrayList<>();
        while (fences.find()) {
            blocks.add(fences.group(1));
        }
        return blocks;
    }

    @Test
    void theJavaCodeRuns() throws Exception {
        List<String> blocks = blocks("java");
        assertThat(blocks).hasSizeGreaterThan(8);
        compile(program(blocks));
        URL[] classes = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, GuideTest.class.getClassLoader())) {
            loader.loadClass("Guide").getMethod("run", Path.class).invoke(null, folder);
        } catch (InvocationTargetException e) {
            throw new AssertionError("the code of the guide fails", e.getCause());
        }
        assertThat(folder.resolve("model.json")).isRegularFile();
    }

    private static String program(List<String> blocks) {
        String imports = PACKAGES.stream()
                .map(name -> "import org.mixtura." + name + ".*;\n")
                .collect(Collectors.joining());
        return imports
                + "import java.nio.file.Path;\nimport java.util.*;\n"
                + "public class Guide {\n"
                + "static void check(boolean holds) { if (!holds) throw new AssertionError(); }\n"
                + "public static void run(Path folder) throws Exception {\n"
                + String.join("\n", blocks)
                + "}\n}\n";
    }

    private void compile(String program) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Guide.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return program;
                    }
                };
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-classpath", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(source))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
    }

    @Test
    void theCommandsRun() throws IOException {
        try (Stream<Path> examples = Files.list(Mixtura.EXAMPLES)) {
            Path copies = Files.createDirectory(folder.resolve("examples"));
            for (Path example : examples.toList()) {
                Files.copy(example, copies.resolve(example.getFileName()));
            }
        }
        int commands = 0;
        for (String line : String.join("", blocks("sh")).lines().toList()) {
            assertThat(line).startsWith("./mixtura ");
            List<String> command = new ArrayList<>(List.of(line.split(" ", -1)));
            command.set(0, Mixtura.LAUNCHER.toString());
            Mixtura.Result result = Mixtura.execute(folder, Map.of(), command);
            assertThat(result.code()).as(line + "\n" + result.err()).isZero();
            commands++;
        }
        assertThat(commands).isGreaterThan(3);
        assertThat(folder.resolve("scored.csv")).isNotEmptyFile();
    }
}
