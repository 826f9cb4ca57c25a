package org.mixtura.report;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A headless Chromium, driven by its chromedriver in the WebDriver protocol: open a file, run a script in it, read what the
 * browser logged. The few calls that the tests need; scripts return texts.
 */
final class Browser implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String root;
    private @Nullable String session;

    private Browser(Path chromedriver, Path chromium) {
        int port = freePort();
        root = "http://127.0.0.1:" + port;
        try {
            driver = new ProcessBuilder(chromedriver.toString(), "--port=" + port, "--silent")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitDriver();
            session = start(chromium);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A browser, empty if this machine has none. */
    static Optional<Browser> start() {
        return found("chromedriver")
                .flatMap(driver -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .flatMap(name -> found(name).stream())
                        .findFirst()
                        .map(chromium -> new Browser(driver, chromium)));
    }

    private static Optional<Path> found(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitDriver() {
        for (int attempt = 0; ; attempt++) {
            try {
                call("GET", "/status", "");
                return;
            } catch (UncheckedIOException e) {
                if (attempt == 200) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String start(Path chromium) {
        String answer = call("POST", "/session", """
                {"capabilities": {"alwaysMatch": {"browserName": "chrome",
                  "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
                  "goog:chromeOptions": {"binary": %s, "args": ["--headless=new", "--no-sandbox", "--disable-gpu",
                    "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--window-size=1200,900"]}}}}
                """.formatted(quoted(chromium.toString())));
        return texts(answer, "sessionId").get(0);
    }

    /** Opens a file and waits until it is loaded. */
    void open(Path file) {
        command("url", "{\"url\": " + quoted(file.toUri().toString()) + "}");
    }

    /** Pretends that the screen has this width in pixels, and colours of one kind. */
    void screen(int width, int height, String colorScheme) {
        developer(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\": %d, \"height\": %d, \"deviceScaleFactor\": 1, \"mobile\": %b}"
                        .formatted(width, height, width < 600));
        developer(
                "Emulation.setEmulatedMedia",
                "{\"features\": [{\"name\": \"prefers-color-scheme\", \"value\": \"%s\"}]}".formatted(colorScheme));
    }

    /** One command of the developer tools. */
    void developer(String command, String parameters) {
        command("goog/cdp/execute", "{\"cmd\": \"%s\", \"params\": %s}".formatted(command, parameters));
    }

    /** Runs the body of a function in the page and gives what it returns, a text. */
    String run(String script) {
        return texts(command("execute/sync", "{\"script\": " + quoted(script) + ", \"args\": []}"), "value")
                .get(0);
    }

    /** Runs the body of a function that calls its argument {@code done} with a text when it is ready. */
    String await(String script) {
        String body = "const done = arguments[0];" + script;
        return texts(command("execute/async", "{\"script\": " + quoted(body) + ", \"args\": []}"), "value")
                .get(0);
    }

    /** What the page printed and what went wrong in it, since it was last asked. */
    List<String> console() {
        return texts(command("se/log", "{\"type\": \"browser\"}"), "message");
    }

    /** The addresses that were asked for, since it was last asked. */
    List<String> requests() {
        List<String> addresses = new ArrayList<>();
        for (String message : texts(command("se/log", "{\"type\": \"performance\"}"), "message")) {
            if (message.contains("\"Network.requestWillBeSent\"")) {
                addresses.addAll(texts(message, "documentURL"));
                addresses.addAll(texts(message, "url"));
            }
        }
        return addresses;
    }

    private String command(String name, String body) {
        return call("POST", "/session/" + session + "/" + name, body);
    }

    private String call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(path + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** All texts under a name, anywhere in some JSON. */
    private static List<String> texts(String json, String name) {
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && name.equals(parser.currentName())) {
                    texts.add(parser.getString());
                }
            }
        }
        return texts;
    }

    private static String quoted(String text) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeString(text);
        }
        return out.toString();
    }

    /** A script from the class path. */
    static String resource(String name) {
        try (InputStream in = Browser.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no " + name + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (session != null) {
            call("DELETE", "/session/" + session, "");
        }
        driver.destroy();
    }
}
