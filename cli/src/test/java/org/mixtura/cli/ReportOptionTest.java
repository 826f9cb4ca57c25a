package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What --report writes and refuses; how the pages look is tested in a browser, with the module that makes them. */
class ReportOptionTest {
    private static final Path FAITHFUL = Path.of("../examples/faithful.csv");

    @TempDir
    private Path folder;

    private JsonValue page(Path file) throws IOException {
        String page = Files.readString(file);
        String start = "id=\"data\">";
        int from = page.indexOf(start) + start.length();
        return JsonValue.parse(page.substring(from, page.indexOf("</script>", from)));
    }

    @Test
    void fitWritesAPageOfWhatItSays() throws IOException {
        Path file = folder.resolve("fit.html");
        JsonValue said = Mixtura.run("fit --components 1..3 --format json --report", file, FAITHFUL)
                .json();
        JsonValue page = page(file);
        assertThat(page.get("kind").text()).isEqualTo("fit");
        assertThat(page.get("source").get("rowsRead").number()).isEqualTo(272);
        assertThat(page.get("fit").get("bic").number())
                .isEqualTo(said.get("bic").number());
        assertThat(page.get("candidates").elements()).hasSize(3);
        assertThat(page.get("candidates").elements().get(1).get("chosen").toString())
                .isEqualTo("true");
        assertThat(page.get("components").elements()).hasSize(2);
    }

    @Test
    void fitSaysWhereThePageIs() {
        Path file = folder.resolve("fit.html");
        assertThat(Mixtura.run("fit --components 2 --report", file, FAITHFUL).out())
                .contains("The report is in " + file);
    }

    @Test
    void warningsOfTheCommandComeAlong() throws IOException {
        Path file = folder.resolve("fit.html");
        Mixtura.run("fit --components 5 --max-iter 2 --report", file, FAITHFUL).out();
        assertThat(page(file).get("warnings").toString())
                .contains("not converged after 2 iterations; raise --max-iter");
    }

    @Test
    void aBayesianFitBringsItsWeights() throws IOException {
        Path file = folder.resolve("fit.html");
        Mixtura.run("fit --method dp --components 4 --report", file, FAITHFUL).out();
        assertThat(page(file).get("fit").get("priorWeights").elements()).hasSize(4);
        assertThat(page(file).get("fit").get("inUse").number()).isEqualTo(2);
    }

    @Test
    void compareWritesAPageOfWhatItSays() throws IOException {
        Path a = folder.resolve("a.json");
        Path b = folder.resolve("b.json");
        Path file = folder.resolve("compare.html");
        Mixtura.run("fit --components 2 --model", a, FAITHFUL).out();
        Mixtura.run("fit --components 3 --model", b, FAITHFUL).out();
        JsonValue said =
                Mixtura.run("compare --format json --report", file, a, b).json();
        JsonValue page = page(file);
        assertThat(page.get("kind").text()).isEqualTo("comparison");
        JsonValue distances = page.get("distances");
        assertThat(distances.elements()).hasSize(8);
        assertThat(Math.pow(distances.elements().get(0).get("value").number(), 2))
                .isCloseTo(said.get("mw2_squared").number(), within(1e-12));
        assertThat(distances.elements().get(2).get("value").number())
                .isEqualTo(said.get("total_variation").get("value").number());
        assertThat(Mixtura.run("compare --report", file, a, b).out()).contains("The report is in " + file);
        assertThat(Mixtura.run("compare --report", a, a, b).refusal(ExitCode.USAGE))
                .contains("is also read");
    }

    @Test
    void refusesAPlaceThatCannotBe() throws IOException {
        Path missing = folder.resolve("no/fit.html");
        assertThat(Mixtura.run("fit --report", missing, FAITHFUL).refusal(ExitCode.CANNOT_WRITE))
                .contains("cannot write " + missing + " (--report): there is no folder");
        Path same = folder.resolve("same");
        assertThat(Mixtura.run("fit --report", same, "--model", same, FAITHFUL).refusal(ExitCode.USAGE))
                .contains("--model and --report name the same file; choose two");
        Path data = Files.copy(FAITHFUL, folder.resolve("data.csv"));
        assertThat(Mixtura.run("fit --report", data, data).refusal(ExitCode.USAGE))
                .contains("--report " + data + " is also read by this command");
        assertThat(data).hasSameTextualContentAs(FAITHFUL);
    }
}
