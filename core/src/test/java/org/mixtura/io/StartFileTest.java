package org.mixtura.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mixtura.data.Matrix;

class StartFileTest {
    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("start.json"), text);
    }

    @Test
    void readsMeansAndVariances() throws IOException {
        StartFile start = StartFile.load(write("{\"means\": [[1, 2], [3, 4e-1]], \"variances\": [0.5, 7], \"K\": 2}"));
        assertThat(start.means()).isEqualTo(Matrix.of(new double[] {1, 2}, new double[] {3, 0.4}));
        assertThat(start.variances()).containsExactly(0.5, 7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; has no \"means\"",
                "{\"means\": []}; means is empty",
                "{\"means\": [[]]}; means is empty",
                "{\"means\": [[1], [1, 2]]}; has 2 values",
                "{\"means\": [[1]]}; has no \"variances\"",
                "{\"means\": [[1]], \"variances\": [1, 2]}; has 2 values",
                "[; is not JSON"
            })
    void saysWhatIsWrong(String text, String message) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> StartFile.load(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void doesNotHideThatAFileIsMissing() {
        assertThatThrownBy(() -> StartFile.load(folder.resolve("nowhere.json")))
                .isInstanceOf(UncheckedIOException.class);
    }
}
