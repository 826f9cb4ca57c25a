package org.mixtura.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.mixture.GaussianMixture;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Pictures: well-formed, of the right size, with what they should show, whatever columns are called. */
class PlotTest {
    private static final Rows ROWS =
            Fits.rows(300, 3, 3).named(List.of("</svg><script>x()</script>", "a & b\u0001\"'", "c"));
    private static final GaussianMixture MIXTURE =
            Em.components(3).restarts(2).fit(ROWS).model();

    @TempDir
    private Path folder;

    private Document svg(Plot plot) throws Exception {
        Path file = folder.resolve("plot.SVG");
        plot.write(file);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static long elements(Document document, String name, String attribute, String value) {
        NodeList all = document.getElementsByTagName(name);
        long found = 0;
        for (int i = 0; i < all.getLength(); i++) {
            found += ((Element) all.item(i)).getAttribute(attribute).equals(value) ? 1 : 0;
        }
        return found;
    }

    @Test
    void aScatterHasEveryRowAndThreeEllipsesForEachComponent() throws Exception {
        Document svg = svg(Plot.of(MIXTURE, ROWS).size(500, 400));
        assertThat(svg.getDocumentElement().getAttribute("width")).isEqualTo("500");
        assertThat(elements(svg, "script", "src", "")).isZero();
        assertThat(elements(svg, "path", "stroke-width", "2")).isEqualTo(3);
        assertThat(elements(svg, "path", "stroke-width", "1.25")).isEqualTo(6);
        // 300 rows and three signs in the legend.
        assertThat(elements(svg, "path", "fill", "")).isEqualTo(303);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).contains("3 Gaussians and 300 rows");
    }

    @Test
    void namesAreShownAsTheyAreButForWhatXmlCannotHold() throws Exception {
        Document svg = svg(Plot.of(MIXTURE, ROWS).columns("</svg><script>x()</script>", "a & b\u0001\"'"));
        String text = svg.getDocumentElement().getTextContent();
        assertThat(text).contains("</svg><script>x()</script>", "a & b\uFFFD\"'");
        Rows renamed = ROWS.named(List.of("n".repeat(1000), "\uD83D\uDE00".repeat(300), "c"));
        Document longNames = svg(Plot.of(MIXTURE.named(renamed.columns()), renamed)
                .columns("n".repeat(1000), "\uD83D\uDE00".repeat(300)));
        assertThat(elements(longNames, "text", "font-size", "14")).isEqualTo(5);
        NodeList texts = longNames.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            assertThat(texts.item(i).getTextContent().length()).isLessThan(200);
        }
    }

    @Test
    void aHistogramHasACurveForEachComponentAndTheirSum() throws Exception {
        Document svg = svg(Plot.of(MIXTURE, ROWS).columns("c"));
        assertThat(elements(svg, "path", "stroke-width", "2.5")).isEqualTo(3);
        assertThat(elements(svg, "path", "stroke-dasharray", "5 4")).isEqualTo(1);
    }

    @Test
    void aPngIsDrawnWithoutADisplay() throws Exception {
        Path file = folder.resolve("plot.png");
        Plot.of(MIXTURE, ROWS).size(300, 200).write(file);
        BufferedImage image = Objects.requireNonNull(ImageIO.read(file.toFile()));
        assertThat(image.getWidth()).isEqualTo(600);
        assertThat(image.getHeight()).isEqualTo(400);
        int painted = 0;
        for (int x = 0; x < 600; x++) {
            for (int y = 0; y < 400; y++) {
                painted += (image.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF ? 0 : 1;
            }
        }
        assertThat(painted).isBetween(5_000, 150_000);
    }

    @Test
    void theSameRowsGiveTheSamePicture() throws Exception {
        Path one = folder.resolve("one.svg");
        Path two = folder.resolve("two.svg");
        Plot.of(MIXTURE, ROWS).write(one);
        Plot.of(MIXTURE, ROWS).write(two);
        assertThat(two).hasSameBinaryContentAs(one);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            Plot.of(MIXTURE, ROWS).write(two);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(two).hasSameBinaryContentAs(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plot.pdf", "plot", "svg"})
    void refusesOtherFiles(String name) {
        File file = folder.resolve(name).toFile();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plot.of(MIXTURE, ROWS).write(file.toPath()))
                .withMessage(file + " is no picture; let its name end in .svg or .png");
        assertThat(Files.exists(file.toPath())).isFalse();
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        Plot plot = Plot.of(MIXTURE, ROWS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plot.columns("c", "c"))
                .withMessage("axes are c, c; name one column for a histogram, or two different ones");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plot.columns("nosuch"))
                .withMessageStartingWith("no column \"nosuch\" to draw; the mixture's are ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plot.size(100, 600))
                .withMessage("a picture of 100 × 600 pixels; each must be from 200 to 10000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plot.of(MIXTURE, Fits.rows(10, 2, 2)))
                .withMessage(
                        "rows of 2 columns for a plot of a mixture of 3 columns; give rows of the mixture's columns");
    }
}
