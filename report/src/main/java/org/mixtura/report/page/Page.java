package org.mixtura.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mixtura.io.WholeFile;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One self-contained page: the frame {@code page.html} with the styles, the data and the scripts in it.
 *
 * <p>The page works from a disk and asks for nothing: its content security policy forbids every request, and every script
 * but those that it was written with, which it knows by their SHA-256. Data stand in a script element of type
 * application/json, which is never run; see {@link ScriptSafeWriter}.
 */
public final class Page {
    /** In the order in which they need each other; page.js starts them. */
    private static final List<String> SCRIPTS = List.of(
            "echarts.min.js",
            "numbers.js",
            "dom.js",
            "theme.js",
            "charts.js",
            "mixture.js",
            "contours.js",
            "summary.js",
            "scatter.js",
            "curves.js",
            "picture.js",
            "pairs.js",
            "components.js",
            "course.js",
            "rows.js",
            "comparison.js",
            "page.js");

    private static final JsonFactory FACTORY = new JsonFactory();

    private Page() {}

    /**
     * Writes a page, all or nothing.
     *
     * @param file the file; replaced if it exists
     * @param title what browsers call the page
     * @param data writes what the page shows
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(Path file, String title, Consumer<PageData> data) {
        WholeFile.write(file, out -> write(out, title, data));
    }

    private static void write(OutputStream out, String title, Consumer<PageData> data) throws IOException {
        List<String> scripts = SCRIPTS.stream().map(Page::resource).toList();
        String[] frame = resource("page.html").split("@[A-Z]+@", -1);
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.append(frame[0]).append(policy(scripts));
        writer.append(frame[1]).append(escaped(title));
        writer.append(frame[2]).append(resource("page.css"));
        writer.append(frame[3]);
        write(writer, data);
        writer.append(frame[4]);
        for (String script : scripts) {
            writer.append("<script>").append(script).append("</script>\n");
        }
        writer.append(frame[5]).flush();
    }

    private static void write(Writer writer, Consumer<PageData> data) throws IOException {
        Writer safe = new ScriptSafeWriter(writer);
        try (JsonGenerator json = FACTORY.createGenerator(new LeftOpen(), safe)) {
            json.writeStartObject();
            data.accept(new PageData(json));
            json.writeEndObject();
        }
        safe.flush();
    }

    private static String policy(List<String> scripts) {
        String hashes =
                scripts.stream().map(script -> "'sha256-" + hash(script) + "'").collect(Collectors.joining(" "));
        return "default-src 'none'; script-src " + hashes
                + "; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the module lacks its own file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closing the generator leaves the writer open: more of the page follows. */
    private static final class LeftOpen extends ObjectWriteContext.Base {
        @Override
        public int getStreamWriteFeatures(int defaults) {
            return defaults & ~tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET.getMask();
        }
    }
}
