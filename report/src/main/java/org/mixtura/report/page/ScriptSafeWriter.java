package org.mixtura.report.page;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Passes JSON on so that it can stand within a script element: the characters that could end the element, open a comment or
 * break a line of JavaScript are written as escapes. In JSON they occur in texts alone, where the escape means the same.
 */
final class ScriptSafeWriter extends FilterWriter {
    ScriptSafeWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        switch (c) {
            case '<' -> out.write("\\u003c");
            case '>' -> out.write("\\u003e");
            case '&' -> out.write("\\u0026");
            case '\u2028' -> out.write("\\u2028");
            case '\u2029' -> out.write("\\u2029");
            default -> out.write(c);
        }
    }

    @Override
    public void write(char[] buffer, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            write(buffer[i]);
        }
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            write(text.charAt(i));
        }
    }
}
