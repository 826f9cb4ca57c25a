package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What plot draws and refuses. */
class PlotCommandTest {
    private static final Path FAITHFUL = Path.of("../examples/faithful.csv");

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void fit() {
        model = folder.resolve("m.json");
        Mixtura.run("fit -q --components 2 --model", model, FAITHFUL).out();
    }

    @Test
    void drawsEveryKindOfPicture() throws IOException {
        for (String name : List.of("p.svg", "p.png")) {
            Path file = folder.resolve(name);
            assertThat(Mixtura.run("plot --size 400x300 --out", file, model, FAITHFUL)
                            .out())
                    .contains("272 rows", "The picture is in " + file);
            assertThat(Files.size(file)).isGreaterThan(2000);
        }
        Path histogram = folder.resolve("h.svg");
        Mixtura.run("plot --axes waiting --out", histogram, model, FAITHFUL).out();
        assertThat(histogram).content().contains("waiting</text>", "density</text>");
    }

    @Test
    void takesTheColumnsOfNumbersForAModelWithoutNames() throws IOException {
        Path unnamed =
                Mixtura.file(folder, "u.json", Files.readString(model).replaceAll("\"columns\" : \\[[^]]*\\],", ""));
        Path file = folder.resolve("p.svg");
        Mixtura.run("plot --out", file, unnamed, FAITHFUL).out();
        assertThat(file).content().contains("waiting</text>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "plot; --out is missing; say where to draw, as in --out picture.svg",
                "plot --out p.gif; --out: p.gif is no picture; let its name end in .svg or .png",
                "plot --out p.svg --size 800; expected width and height such as 800x600",
                "plot --out p.svg --size 80x600; each must be from 200 to 10000",
                "plot --out p.svg --axes a; no column \"a\" to draw; the mixture's are eruptions, waiting",
                "plot --out p.svg --axes waiting,waiting; name one column for a histogram, or two different ones",
            })
    void refuses(String line, String message) {
        assertThat(Mixtura.run(line, model, FAITHFUL).refusal(ExitCode.USAGE)).contains(message);
        assertThat(Path.of("p.svg")).doesNotExist();
    }
}
