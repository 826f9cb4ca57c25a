package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Rows;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;

/**
 * Every structure and option over every hardship: a sound model, the same clusters where a law asks for them, or a sentence that
 * says what is wrong and what to do, which stands in docs/torture.md.
 */
class TortureTest {
    private static final Path PAGE = Path.of("../docs/torture.md");

    static Stream<Torture.Hardship> hardships() {
        return Torture.hardships().stream();
    }

    @ParameterizedTest
    @MethodSource
    void hardships(Torture.Hardship hardship) throws IOException {
        String page = Files.readString(PAGE);
        for (Torture.Option option : Torture.options()) {
            for (CovarianceStructure structure : CovarianceStructure.values()) {
                for (String sentence : outcome(hardship, option, structure)) {
                    assertThat(page)
                            .as(hardship.name() + ", " + option.name() + ", " + structure)
                            .contains("\n1. " + sentence + "\n");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsTheClustersInManyColumns(CovarianceStructure structure) {
        boolean light = structure.unconstrained() != CovarianceStructure.FULL;
        requireTheClustersIn(light ? 1000 : 100, structure);
    }

    /** Two seconds to half a minute each. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED", "VEE", "EVE", "VVE", "EEV", "VEV", "EVV"})
    @Tag("study")
    void findsTheClustersInAThousandColumns(CovarianceStructure structure) {
        requireTheClustersIn(1000, structure);
    }

    private static void requireTheClustersIn(int d, CovarianceStructure structure) {
        Rows rows = Rows.of(Torture.clusters(60, d));
        Fit<GaussianMixture> fit = Em.components(2)
                .covariance(structure)
                .seed(1)
                .threads(1)
                .search(Search.NONE)
                .fit(rows);
        requireSound(fit);
        assertThat(fit.stopReason()).isEqualTo(StopReason.CONVERGED);
        assertThat(fit.warnings()).anyMatch(warning -> warning.endsWith("its covariances rest on the regularization"));
        requireTheSameClusters(fit.model().labels(rows), structure + " in " + d + " columns");
    }

    /** The page is what {@code mvn -pl core test -DexcludedGroups= -Dgroups=study -Dtest=TortureTest} leaves in core/target. */
    @Test
    @Tag("study")
    void makesThePage() throws IOException {
        Map<String, Integer> sentences = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        List<String> names =
                Torture.options().stream().map(Torture.Option::name).toList();
        lines.add("| | " + String.join(" | ", names) + " |");
        lines.add("|---|" + "---|".repeat(names.size()));
        for (Torture.Hardship hardship : Torture.hardships()) {
            StringBuilder line = new StringBuilder("| " + hardship.name());
            for (Torture.Option option : Torture.options()) {
                line.append(" | ").append(cell(hardship, option, sentences));
            }
            lines.add(line + " |");
        }
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf("| | default"));
        String between = page.substring(page.indexOf("\n\n", before.length()), page.indexOf("\n1. ") + 1);
        String made = before
                + String.join("\n", lines)
                + between
                + String.join(
                        "",
                        sentences.keySet().stream()
                                .map(sentence -> "1. " + sentence + "\n")
                                .toList());
        Files.writeString(Path.of("target/torture.md"), made);
        assertThat(made).isEqualTo(page);
    }

    private static String cell(Torture.Hardship hardship, Torture.Option option, Map<String, Integer> sentences) {
        Map<String, List<String>> told = new LinkedHashMap<>();
        for (CovarianceStructure structure : CovarianceStructure.values()) {
            List<String> notes = outcome(hardship, option, structure).stream()
                    .map(sentence -> Integer.toString(sentences.computeIfAbsent(sentence, any -> sentences.size() + 1)))
                    .distinct()
                    .sorted()
                    .toList();
            told.computeIfAbsent(notes.isEmpty() ? "✓" : String.join(", ", notes), any -> new ArrayList<>())
                    .add(structure.identifier());
        }
        if (told.size() == 1) {
            return told.keySet().iterator().next();
        }
        List<String> parts = new ArrayList<>();
        told.forEach((notes, codes) -> parts.add(notes.equals("✓") ? "✓" : notes + " " + String.join(" ", codes)));
        return String.join("; ", parts);
    }

    /** What the program says of a fit, numbers left out; nothing if there is nothing to say. */
    private static List<String> outcome(
            Torture.Hardship hardship, Torture.Option option, CovarianceStructure structure) {
        Rows rows = option.rows().apply(hardship.rows());
        Em em = Em.components(2).covariance(structure).restarts(2).seed(1).threads(1);
        Fit<?> fit;
        try {
            fit = option.estimator().apply(em, rows).fit(rows);
        } catch (IllegalArgumentException e) {
            return List.of(general(String.valueOf(e.getMessage())));
        }
        List<String> said = new ArrayList<>(
                fit.warnings().stream().map(TortureTest::general).toList());
        if (fit.stopReason() == StopReason.COLLAPSED) {
            said.add(general(fit.stopDetail()));
            return said;
        }
        requireSound(fit);
        if (hardship.law() == Torture.Law.SAME_LABELS && option.law() == Torture.Law.SAME_LABELS) {
            requireTheSameClusters(
                    gaussians(fit).labels(rows), hardship.name() + ", " + option.name() + ", " + structure);
        }
        return said;
    }

    /** The rows are of one cluster and the other by turns. */
    private static void requireTheSameClusters(int[] labels, String where) {
        for (int i = 0; i < labels.length; i++) {
            assertThat(labels[i]).as("%s: row %d", where, i).isEqualTo(labels[i % 2]);
        }
        assertThat(labels[0]).as(where).isNotEqualTo(labels[1]);
    }

    /** A sentence without its numbers and names, whose it is, and that no other start was better. */
    private static String general(String sentence) {
        return sentence.replaceAll("-?[0-9][0-9.]*(E-?[0-9]+)?|NaN|-?Infinity|\"[^\"]*\"", "…")
                .replaceFirst("^no valid start was found; the last attempt ended with: ", "")
                .replaceFirst("; ask for fewer components or keep the regularization$", "")
                .replaceFirst("^the covariance (of|that) all components( are multiples of)?|^component … of …", "…");
    }

    private static GaussianMixture gaussians(Fit<?> fit) {
        Object model = fit.model();
        if (model instanceof NoisyMixture noisy) {
            return noisy.gaussians();
        }
        if (model instanceof StudentMixture student) {
            return student.gaussians();
        }
        return model instanceof GaussianMixture mixture ? mixture : fail("no mixture: " + model);
    }

    private static void requireSound(Fit<?> fit) {
        GaussianMixture mixture = gaussians(fit);
        assertThat(fit.logLikelihood()).isFinite();
        assertThat(Arrays.stream(mixture.weights()).sum()).isBetween(1 - 1e-12, 1 + 1e-12);
        for (Gaussian component : mixture.components()) {
            assertThat(Arrays.stream(component.mean()).allMatch(Double::isFinite))
                    .isTrue();
            assertThat(component.covariance().logDeterminant()).isFinite();
        }
    }
}
