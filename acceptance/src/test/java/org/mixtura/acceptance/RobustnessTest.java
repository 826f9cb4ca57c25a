package org.mixtura.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.io.MixtureFile;

/**
 * Awkward data: each either gives a mixture of finite numbers, or ends with one line, exit code 3 and no file.
 */
class RobustnessTest {
    @TempDir
    Path folder;

    /** Makes the data of a case in a folder. */
    private interface Maker {
        Path in(Path folder);
    }

    private static Arguments works(String name, Maker maker, String... options) {
        return Arguments.of(name, maker, options);
    }

    private static Arguments fails(String name, String message, Maker maker, String... options) {
        return Arguments.of(name, message, maker, options);
    }

    private static Maker rows(String header, int count, IntFunction<double[]> row) {
        return folder -> Data.write(folder.resolve("data.csv"), header, count, row);
    }

    private static Maker text(String text) {
        return folder -> Data.write(folder.resolve("data.csv"), text);
    }

    /** Two clusters in two columns, each row changed. */
    private static IntFunction<double[]> clusters(UnaryOperator<double[]> change) {
        IntFunction<double[]> rows = Data.clusters(2);
        return i -> change.apply(rows.apply(i));
    }

    static Stream<Arguments> sound() {
        IntFunction<double[]> weighted = Data.clusters(2);
        IntFunction<double[]> wide = Data.clusters(200);
        IntFunction<double[]> bulk = Data.clusters(2);
        return Stream.of(
                works("one row with a ridge", text("a,b\n1,2\n"), "--reg-covar", "1e-6"),
                works(
                        "equal rows with a ridge",
                        rows("a,b", 20, i -> new double[] {1, 2}),
                        "--reg-covar",
                        "1e-6",
                        "--components",
                        "1"),
                works("more candidates than rows", text("a,b\n1,2\n3,4.5\n2,2\n")),
                works("constant column", rows("a,b,c", 60, clusters(x -> new double[] {x[0], 5, x[1]}))),
                works(
                        "constant column with a ridge",
                        rows("a,b,c", 60, clusters(x -> new double[] {x[0], 5, x[1]})),
                        "--reg-covar",
                        "1e-6",
                        "--components",
                        "2"),
                works("column twice", rows("a,b,c", 60, clusters(x -> new double[] {x[0], x[0], x[1]}))),
                works("collinear columns", rows("a,b,c", 60, clusters(x ->
                        new double[] {x[0], x[1], x[0] - 2 * x[1]}))),
                works("one column", rows("a", 60, clusters(x -> new double[] {x[0]}))),
                works("200 columns, 100 rows", rows(Data.header(200), 100, wide), "--components", "1,2"),
                works("offset 1e12", rows("a,b", 80, clusters(x -> new double[] {1e12 + x[0], x[1]}))),
                works("scales 1e-150 and 1e150", rows("a,b", 80, clusters(x ->
                        new double[] {1e-150 * x[0], 1e150 * x[1]}))),
                works(
                        "weights with zeros",
                        rows("a,b,w", 90, i -> {
                            double[] x = weighted.apply(i);
                            return new double[] {x[0], x[1], i % 3};
                        }),
                        "--weights",
                        "w"),
                works("far outlier", rows("a,b", 61, i -> i == 60 ? new double[] {1e30, 0} : bulk.apply(i))),
                works(
                        "rows with gaps, dropped",
                        text("a,b\n1,2\n3,NA\n4,6\n,1\n2,1\n9,7\n"),
                        "--missing",
                        "drop",
                        "--components",
                        "1..2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sound")
    void givesFiniteNumbers(String name, Maker maker, String[] options) {
        Path data = maker.in(folder);
        Path model = folder.resolve("model.json");
        Path scores = folder.resolve("scores.csv");

        Mixtura.Result result = fit(data, options, "--format", "json", "--model", model, "--scores", scores);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        Json json = result.json();
        // What is not a finite number is null in JSON; these two are null where there is nothing to say.
        assertThat(json.nulls()).isSubsetOf("stop_detail", "reason");
        assertThat(MixtureFile.read(model).size())
                .isEqualTo((int) json.get("components").number());
        assertThat(scores).exists();

        Mixtura.Result text = fit(data, options);
        assertThat(text.code()).isZero();
        assertThat(text.out()).doesNotContain("NaN", "∞", "Infinity");
    }

    static Stream<Arguments> hopeless() {
        return Stream.of(
                fails("one row", "no column varies (\"a\" is 1 in 1 row)", text("a,b\n1,2\n")),
                fails("equal rows", "no column varies (\"a\" is 1 in 20 rows)", rows("a,b", 20, i ->
                        new double[] {1, 2})),
                fails(
                        "more components than rows",
                        "5 components need at least as many different rows",
                        text("a,b\n1,2\n3,4.5\n2,2\n"),
                        "--components",
                        "5"),
                fails(
                        "more components than different rows",
                        "3 components need at least as many different rows",
                        rows("a,b", 20, i -> new double[] {i % 2, i % 2}),
                        "--components",
                        "3"),
                fails("column without a scale for doubles", "the squares are too large for a double", rows("a", 20, i ->
                        new double[] {1e200 * i})),
                fails(
                        "collapse",
                        "collapsed",
                        text("a,b\n1,2\n3,4.5\n2,2\n"),
                        "--components",
                        "2",
                        "--no-regularization"),
                fails("empty file", "is empty; a table has at least a header and one row", text("")),
                fails("header only", "has a header but no rows", text("a,b\n")),
                fails("ragged rows", "line 3 has 1 cell", text("a,b\n1,2\n3\n4,5,6\n")),
                fails("text in numbers", "line 3, column \"b\": \"x\" is not a number", text("a,b\n1,2\n3,x\n4,5\n")),
                fails("a gap", "line 3, column \"b\" is NaN", text("a,b\n1,2\n3,NaN\n4,5\n")),
                fails("an infinity", "line 3, column \"b\" is inf", text("a,b\n1,2\n3,inf\n4,5\n")),
                fails("a negative weight", "-1", text("a,w\n1,2\n3,-1\n4,5\n"), "--weights", "w"),
                fails("no weight", "all", text("a,w\n1,0\n3,0\n4,0\n"), "--weights", "w"),
                fails("no such column", "no column \"z\"; its columns are a, b", text("a,b\n1,2\n"), "--columns", "z"),
                fails("only text", "no number column", text("a,b\nx,y\nz,u\n")),
                fails("missing file", "no such file", folder -> folder.resolve("nosuch.csv")),
                fails("a folder", "is a folder", folder -> folder),
                fails("no match", "no file matches", folder -> folder.resolve("*.csv")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hopeless")
    void endsInOneLineAndWritesNothing(String name, String message, Maker maker, String[] options) {
        Path data = maker.in(folder);
        for (String format : List.of("text", "json")) {
            Mixtura.Result result = fit(
                    data,
                    options,
                    "--format",
                    format,
                    "--model",
                    folder.resolve("model.json"),
                    "--scores",
                    folder.resolve("scores.csv"));
            assertThat(result.error()).contains(message);
            assertThat(result.code()).isEqualTo(3);
            assertThat(result.out()).isEmpty();
            assertThat(folder.toFile().list((where, file) -> !file.equals("data.csv")))
                    .isEmpty();
        }
    }

    private static Mixtura.Result fit(Path data, String[] options, Object... more) {
        List<Object> words = new ArrayList<>(List.of("fit", data));
        words.addAll(Arrays.asList((Object[]) options));
        words.addAll(Arrays.asList(more));
        return Mixtura.run(words.toArray());
    }
}
