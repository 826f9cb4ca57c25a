package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, completion, and what is said of a wrong command line. */
class HelpTest {
    @TempDir
    Path folder;

    @Test
    void theOverviewTeaches() {
        for (Object[] words : new Object[][] {{}, {"--help"}, {"-h"}, {"help"}}) {
            Mixtura.Result result = Mixtura.run(words);
            assertThat(result.code()).isZero();
            assertThat(result.out())
                    .contains("Examples:", "mixtura fit examples/faithful.csv", "Commands:", "Exit codes:")
                    .contains("130  interrupted by Ctrl-C");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fit",
                "score",
                "predict",
                "impute",
                "sample",
                "show",
                "plot",
                "uncertainty",
                "test",
                "entropy",
                "compare",
                "reduce",
                "energy",
                "completion"
            })
    void eachCommandTeaches(String command) {
        Mixtura.Result help = Mixtura.run(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Examples:\n  ", "Usage: mixtura " + command);
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80, "fits 80 characters");
        assertThat(Mixtura.run("help", command).out()).isEqualTo(help.out());
    }

    @Test
    void fitExplainsEveryOptionOfTheReadme() {
        String help = Mixtura.run("fit", "--help").out();
        for (String option : List.of(
                "--columns",
                "--exclude",
                "--weights",
                "--components",
                "--covariance",
                "--criterion",
                "--init",
                "--init-labels",
                "--partial-labels",
                "--n-init",
                "--max-iter",
                "--tol",
                "--reg-covar",
                "--penalty",
                "--no-regularization",
                "--seed",
                "--threads",
                "--compat",
                "--where",
                "--missing",
                "--delimiter",
                "--decimal",
                "--stream",
                "--memory",
                "--temp",
                "--checkpoint",
                "--resume",
                "--model",
                "--report",
                "--scores",
                "--format",
                "--quiet",
                "--verbose")) {
            assertThat(help).contains(option + " ");
        }
        assertThat(help).contains("Exit codes:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "fti; unknown command fti (did you mean fit?)",
                "--seed 3; unknown option --seed where a command belongs",
                "fit; DATA is missing",
                "show; MODEL is missing",
                "show a b; one word too many: b",
                "fit x.csv --component 3; unknown option --component (did you mean --components?)",
                "fit x.csv --colums=a; unknown option --colums (did you mean --columns?)",
                "fit x.csv --components; --components needs a value: K",
                "fit x.csv --components 0; a mixture has at least 1 component",
                "fit x.csv --components three; expected a number such as 3",
                "fit x.csv --covariance round; unknown covariance type \"round\"",
                "fit x.csv --criterion xic; expected bic or aic or icl",
                "fit x.csv --init somewhere; expected kmeans++, random or a model file",
                "fit x.csv --init random --init-labels c; give one of them",
                "fit x.csv --memory lots; expected a number with m or g, as in 512m or 2g",
                "fit x.csv --memory 255m; expected at least 256m",
                "fit x.csv --temp nowhere; expected a folder that exists",
                "fit x.csv --resume; add --checkpoint DIR",
                "fit x.csv --checkpoint ck --method cavi --components 2 --compat reference; leave it out for a published program",
                "fit x.csv --n-init 0; expected at least 1",
                "fit x.csv --max-iter -1; expected at least 0",
                "fit x.csv --max-iter 1e3; expected a whole number",
                "fit x.csv --tol -1; expected a finite number, at least 0",
                "fit x.csv --tol NaN; expected a finite number, at least 0",
                "fit x.csv --reg-covar 1 --penalty 1; exclude each other",
                "fit x.csv --penalty 0; penalty is 0.0; it is a positive number",
                "fit x.csv --seed x; expected a whole number",
                "fit x.csv --threads 0; expected at least 1",
                "fit x.csv --missing fill; expected error or drop or exact",
                "fit x.csv --delimiter ab; expected one character",
                "fit x.csv --decimal x; is not '.' or ','",
                "fit x.csv --columns a,,b; expected names separated by single commas",
                "fit x.csv --format xml; expected text or json",
                "fit x.csv --seed 1 --seed 2; --seed",
                "fit x.csv --compat reference; give --components K",
                "fit x.csv --compat reference --components 1..3; one number of components",
                "fit x.csv --compat reference --components 3 --tol 1e-3; exactly --max-iter steps",
                "fit x.csv --compat reference --components 3 --covariance tied; full covariances only",
                "fit x.csv --compat reference --components 3 --penalty 2; no regularization",
                "score m.json x.csv; --out is missing",
                "score m.json x.csv --out y.csv --what label,odd; expected some of label, log_density",
                "score m.json x.csv --out y.csv --what label,label; has label twice",
                "sample m.json; -n is missing",
                "sample m.json -n 0; expected at least 1"
            })
    void aWrongCommandLineEndsInOneLine(String words, String message) {
        Mixtura.Result result = Mixtura.run((Object[]) words.split(" ", -1));
        assertThat(result.error()).contains(message);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void theCompletionScriptIsForBash() throws IOException {
        Mixtura.Result result = Mixtura.run("completion");
        assertThat(result.code()).isZero();
        Path script = Data.write(folder.resolve("completion.sh"), result.out());
        Files.createFile(folder.resolve("trips.parquet"));
        assertThat(completed(script, "mixtura fit --cov")).isEqualTo("--covariance --covariance-prior");
        assertThat(completed(script, "mixtura fit x.csv --criterion b")).isEqualTo("bic");
        assertThat(completed(script, "mixtura fit tri")).isEqualTo("trips.parquet");
        assertThat(completed(script, "mixtura score m.json x.csv --out tri")).isEqualTo("trips.parquet");
        assertThat(completed(script, "mixtura s")).isEqualTo("score sample show");
    }

    /** What bash offers for the last word. */
    private String completed(Path script, String line) {
        int last = line.split(" ", -1).length - 1;
        String bash = "source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + last
                + "; _complete_mixtura 2>/dev/null; echo \"${COMPREPLY[@]}\"";
        return Mixtura.execute(folder, Map.of(), List.of("bash", "-c", bash))
                .out()
                .strip();
    }
}
