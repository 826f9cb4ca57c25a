package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private static StandardOutput failing(String reason) {
        return new StandardOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        });
    }

    @Test
    void passesBytesOn() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(target);
        out.write('a');
        out.write(new byte[] {'x', 'b', 'c', 'x'}, 1, 2);
        assertThat(target).hasToString("abc");
    }

    @Test
    void tellsAReaderThatLeftFromAFullDisk() {
        assertThatThrownBy(() -> failing("Broken pipe").write('a')).isInstanceOf(BrokenPipeException.class);
        assertThatThrownBy(() -> failing("The pipe is being closed").write('a'))
                .isInstanceOf(BrokenPipeException.class);
        assertThatThrownBy(() -> failing("No space left on device").write('a'))
                .isInstanceOf(CannotWriteException.class)
                .hasMessage("cannot write the results to the standard output: No space left on device");
    }
}
