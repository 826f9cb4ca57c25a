package org.mixtura.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What stands in a page: nothing that leaves the data's place, nothing that a browser would fetch. */
class PageTest {
    @TempDir
    private Path folder;

    private String page(String title, String text) {
        Path file = folder.resolve("page.html");
        Page.write(file, title, data -> data.text("kind", text));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String data(String page) {
        String start = "<script type=\"application/json\" id=\"data\">";
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf("</script>", from));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "<!--<script>",
                "]]>&lt;&amp;",
                "line\u2028and\u2029paragraph",
                "quotes \" ' ` ${x} \\ and \u0000 and emoji \uD83D\uDE00",
            })
    void dataStayInTheirPlaceAndReadBackAsTheyWere(String text) {
        String json = data(page("t", text));
        assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            assertThat(parser.nextName()).isEqualTo("kind");
            assertThat(parser.nextStringValue()).isEqualTo(text);
        }
    }

    @Test
    void theWriterEscapesHoweverItIsCalled() throws IOException {
        StringWriter text = new StringWriter();
        try (ScriptSafeWriter writer = new ScriptSafeWriter(text)) {
            writer.write('<');
            writer.write("a<b", 1, 1);
            writer.write("x>&y".toCharArray(), 1, 2);
        }
        assertThat(text.toString()).isEqualTo("\\u003c\\u003c\\u003e\\u0026");
    }

    @Test
    void theTitleIsText() {
        assertThat(page("</title><script>alert(1)</script> & co", "x"))
                .contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</title>");
    }

    @Test
    void thePolicyNamesEveryScriptAndForbidsTheRest() throws Exception {
        String page = page("t", "x");
        String policy = page.substring(page.indexOf("default-src"), page.indexOf("\">", page.indexOf("default-src")));
        assertThat(policy).startsWith("default-src 'none'; script-src 'sha256-").doesNotContain("http", "*", "eval");
        int scripts = 0;
        for (int at = page.indexOf("<script>"); at >= 0; at = page.indexOf("<script>", at + 1)) {
            String script = page.substring(at + "<script>".length(), page.indexOf("</script>", at));
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            assertThat(policy).contains(Base64.getEncoder().encodeToString(hash));
            scripts++;
        }
        assertThat(scripts).isEqualTo(17);
        String markup = page.replaceAll("(?s)<script>.*?</script>", "");
        assertThat(markup).doesNotContain("<link", "<img", "<iframe", "@import", "src=", "url(", "http://", "https://");
    }

    @Test
    void theChartingLibraryIsTheOneThatWasReviewed() throws Exception {
        // Apache ECharts 6.1.0, dist/echarts.min.js of its npm package.
        assertThat(hash("echarts.min.js"))
                .isEqualTo("b66b25aeb4df84e33199dc21694014d336d222cbd9deb0e5a7c14bd6aa0d0fd0");
        for (String name : new String[] {"echarts-LICENSE", "echarts-NOTICE", "echarts-LICENSE-d3"}) {
            assertThat(Page.class.getResource("/META-INF/licenses/" + name))
                    .as(name)
                    .isNotNull();
        }
    }

    private static String hash(String resource) throws Exception {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(resource))) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()));
        }
    }

    @Test
    void notFiniteNumbersAreNull() {
        Path file = folder.resolve("numbers.html");
        Page.write(file, "t", data -> data.numbers("n", 1, Double.NaN, Double.POSITIVE_INFINITY, -0.5));
        try {
            assertThat(data(Files.readString(file))).isEqualTo("{\"n\":[1.0,null,null,-0.5]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
