package org.mixtura.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a run speaks, in UTF-8: results on the standard output, everything else on the standard error.
 *
 * <p>The launcher tells what a JVM cannot find out by itself: the system property {@code mixtura.stderr} is {@code terminal}
 * where someone watches the standard error, and {@code mixtura.width} is the number of characters in a line.
 */
final class Terminal {
    private static final int DEFAULT_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;

    private final StandardOutput out;
    private final PrintStream err;
    private final int width;
    private final boolean watched;

    /**
     * @param watched whether someone watches the standard error, so that progress may be shown there
     */
    Terminal(OutputStream out, OutputStream err, int width, boolean watched) {
        this.out = new StandardOutput(out);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.width = Math.max(LEAST_WIDTH, width);
        this.watched = watched;
    }

    /** The terminal that the launcher describes. */
    static Terminal of(OutputStream out, OutputStream err) {
        boolean watched = "terminal".equals(System.getProperty("mixtura.stderr"));
        return new Terminal(out, err, Integer.getInteger("mixtura.width", DEFAULT_WIDTH), watched);
    }

    /** The stream of results, for whoever writes bytes. */
    StandardOutput out() {
        return out;
    }

    /** Prints results as they are. */
    void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Says something that is not a result, on a line of its own. */
    void say(String line) {
        err.println(line);
    }

    /** The stream beside the results. */
    PrintStream err() {
        return err;
    }

    /** The number of characters in a line. */
    int width() {
        return width;
    }

    /** Whether progress may be shown. */
    boolean watched() {
        return watched;
    }
}
