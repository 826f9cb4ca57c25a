package org.mixtura.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
    /** The grammar of numbers, as the class comment has it. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private final CellText cell = new CellText(TableOptions.defaults());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+7",
                "1.",
                ".5",
                "-.5e1",
                "1e22",
                "1e23",
                "9007199254740991",
                "9007199254740993",
                "123456789012345678",
                "1234567890123456789",
                "0.000000000000000000000000000001",
                "1e-400",
                "4.9e-324",
                "2.4e-324",
                "1.7976931348623157e308",
                "1e400",
                "-1e400",
                "1e99999999999",
                "0e99999999999",
                "00000000000000000000000000000012",
                "0.1e-22",
                "3E5",
                "8.41e21",
                "9.5367431640625e-07"
            })
    void readsTheNearestDouble(String text) {
        assertThat(text).matches(NUMBER);
        assertThat(cell.read(" " + text + "\t")).isEqualTo(CellText.Kind.NUMBER);
        assertThat(Double.doubleToRawLongBits(cell.number()))
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @Test
    void readsTheNearestDoubleOfRandomNumbers() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            String text = random(random);
            assertThat(cell.read(text)).isEqualTo(CellText.Kind.NUMBER);
            if (Double.doubleToRawLongBits(cell.number()) != Double.doubleToRawLongBits(Double.parseDouble(text))) {
                throw new AssertionError(text + " is read as " + cell.number());
            }
        }
    }

    private static String random(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong() & 0xbfffffffffffffffL));
            case 1 -> String.format(Locale.ROOT, "%.6f", random.nextDouble(-1000, 1000));
            case 2 -> String.format(Locale.ROOT, "%." + random.nextInt(1, 20) + "e", random.nextDouble(-1, 1));
            default -> Long.toString(random.nextLong() >> random.nextInt(64));
        };
    }

    @Test
    void readsADecimalCommaWhenTold() {
        CellText comma = new CellText(TableOptions.defaults().decimal(','));
        assertThat(comma.read("-3,25e2")).isEqualTo(CellText.Kind.NUMBER);
        assertThat(comma.number()).isEqualTo(-325);
        assertThat(comma.read("1234567890,1234567890")).isEqualTo(CellText.Kind.NUMBER);
        assertThat(comma.number()).isEqualTo(Double.parseDouble("1234567890.1234567890"));
        assertThat(comma.read("3.25")).isEqualTo(CellText.Kind.OTHER);
    }

    @ParameterizedTest
    @CsvSource({
        "nan, NaN",
        "NaN, NaN",
        "-NAN, NaN",
        "inf, Infinity",
        "+Inf, Infinity",
        "-infinity, -Infinity",
        "INF, Infinity"
    })
    void readsTheWordsForWhatIsNotFinite(String text, Double value) {
        assertThat(cell.read(text)).isEqualTo(CellText.Kind.NUMBER);
        assertThat(cell.number()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x10",
                "0x1p3",
                "1_000",
                "1,000",
                "1d",
                "1f",
                "1L",
                "e5",
                "1e",
                "1e+",
                "1e5.5",
                "--1",
                "+-1",
                "1 2",
                ".",
                "-",
                "+.",
                "1.2.3",
                "setosa",
                "na",
                "nul",
                "infinite",
                "٣"
            })
    void takesAllElseForText(String text) {
        assertThat(cell.read(text)).isEqualTo(CellText.Kind.OTHER);
        assertThat(cell.number()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "NA", " N/A ", "null", "NULL", "None", "?"})
    void knowsTheUsualMissingValues(String text) {
        assertThat(cell.read(text)).isEqualTo(CellText.Kind.MISSING);
    }

    @Test
    void takesANumberForMissingInAllItsSpellings() {
        CellText custom = new CellText(TableOptions.defaults().missingValues(List.of("-999", "-")));
        assertThat(custom.read("-999")).isEqualTo(CellText.Kind.MISSING);
        assertThat(custom.read("-9.99e2")).isEqualTo(CellText.Kind.MISSING);
        assertThat(custom.read("-")).isEqualTo(CellText.Kind.MISSING);
        assertThat(custom.read("999")).isEqualTo(CellText.Kind.NUMBER);
        assertThat(custom.read("NA")).isEqualTo(CellText.Kind.OTHER);
        assertThat(custom.isMissing("-999.0")).isTrue();
        assertThat(custom.isMissing("NA")).isFalse();
    }
}
