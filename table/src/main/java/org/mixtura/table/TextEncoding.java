package org.mixtura.table;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns bytes into text: UTF-16 if they start with its mark, else UTF-8. Bytes that are no text in it are an error; to replace
 * them would spoil what is copied to an output.
 */
final class TextEncoding {
    private static final int MARK = 3;

    private TextEncoding() {}

    /** A reader of a stream, without the mark it may start with. */
    static Reader reader(InputStream stream) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(stream);
        bytes.mark(MARK);
        byte[] start = bytes.readNBytes(MARK);
        bytes.reset();
        Charset charset = StandardCharsets.UTF_8;
        int mark = 0;
        if (startsWith(start, 0xef, 0xbb, 0xbf)) {
            mark = 3;
        } else if (startsWith(start, 0xff, 0xfe)) {
            charset = StandardCharsets.UTF_16LE;
            mark = 2;
        } else if (startsWith(start, 0xfe, 0xff)) {
            charset = StandardCharsets.UTF_16BE;
            mark = 2;
        }
        bytes.skipNBytes(mark);
        return new InputStreamReader(bytes, strict(charset));
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** The number of the first line, counted from 1, that is not UTF-8; 0 if there is none. */
    static long firstWrongLine(InputStream stream) throws IOException {
        InputStream bytes = new BufferedInputStream(stream);
        CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long number = 1;
        for (int b = bytes.read(); b >= 0; b = bytes.read()) {
            line.write(b);
            if (b == '\n') {
                if (!isText(decoder, line)) {
                    return number;
                }
                line.reset();
                number++;
            }
        }
        return isText(decoder, line) ? 0 : number;
    }

    private static boolean isText(CharsetDecoder decoder, ByteArrayOutputStream line) {
        try {
            decoder.decode(ByteBuffer.wrap(line.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
