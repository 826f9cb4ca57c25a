package org.mixtura.report;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mixtura.integration.Estimate;
import org.mixtura.io.Version;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.report.contrast.ColumnSpread;
import org.mixtura.report.page.MixturePicture;
import org.mixtura.report.page.Page;
import org.mixtura.report.page.PageData;
import org.mixtura.transport.Coupling;
import org.mixtura.transport.Matching;
import org.mixtura.transport.Transport;

/**
 * Two mixtures as one self-contained page of HTML: both in one picture, the optimal transport between their components as
 * flows, what moved, how far apart they are. As safe and as self-contained as {@link Report}.
 *
 * <p>Immutable; an option gives a new report.
 */
public final class ComparisonReport {
    /** A mean that moved by fewer of the source's standard deviations is not worth a word. */
    private static final double LEAST_SHIFT = 0.05;

    private static final int MOST_SHIFTS = 3;

    private final Transport.Plan plan;
    private final Matching matching;
    private final String nameA;
    private final String nameB;
    private final List<Distance> distances;
    private final String made;

    private ComparisonReport(
            Transport.Plan plan, Matching matching, String nameA, String nameB, List<Distance> distances, String made) {
        this.plan = plan;
        this.matching = matching;
        this.nameA = nameA;
        this.nameB = nameB;
        this.distances = distances;
        this.made = made;
    }

    private record Distance(String name, Estimate value, String unit) {}

    /**
     * The report of a plan.
     *
     * @param plan the optimal transport from one mixture, A, to another, B
     * @return the report; its first distance is MW₂, its components are matched by the plan's costs
     */
    public static ComparisonReport of(Transport.Plan plan) {
        Distance transport = new Distance("MW₂", Estimate.exact(plan.distance()), "transport, units of the columns");
        return new ComparisonReport(plan, Matching.of(plan.costs()), "A", "B", List.of(transport), "");
    }

    /**
     * The same report with what to call the mixtures.
     *
     * @param a the one from which the plan leads
     * @param b the one to which it leads
     * @return the report
     */
    public ComparisonReport names(String a, String b) {
        return new ComparisonReport(plan, matching, a, b, distances, made);
    }

    /**
     * The same report with one more distance.
     *
     * @param name what it is called
     * @param value the distance and its error
     * @param unit its unit and range in words
     * @return the report
     */
    public ComparisonReport distance(String name, Estimate value, String unit) {
        List<Distance> more = new ArrayList<>(distances);
        more.add(new Distance(name, value, unit));
        return new ComparisonReport(plan, matching, nameA, nameB, List.copyOf(more), made);
    }

    /**
     * The same report with a date.
     *
     * @param when in words, such as {@code 2026-03-14}; without it the page bears none
     * @return the report
     */
    public ComparisonReport made(String when) {
        return new ComparisonReport(plan, matching, nameA, nameB, distances, when);
    }

    /**
     * Writes the page, all or nothing.
     *
     * @param file the file; replaced if it exists
     * @throws UncheckedIOException if the file cannot be written
     */
    public void write(Path file) {
        GaussianMixture both = both();
        MixturePicture picture = MixturePicture.of(both, ColumnSpread.of(both));
        Page.write(file, nameA + " and " + nameB, data -> {
            data.text("kind", "comparison")
                    .text("version", Version.current())
                    .text("made", made)
                    .integer("dimension", both.dimension())
                    .object("a", member -> write(member, nameA, plan.source()))
                    .object("b", member -> write(member, nameB, plan.target()))
                    .object("picture", member -> {
                        picture.writeAxes(member);
                        member.object(
                                        "a",
                                        inner -> picture.writeComponents(
                                                inner,
                                                plan.source(),
                                                plan.source().weights()))
                                .object(
                                        "b",
                                        inner -> picture.writeComponents(
                                                inner,
                                                plan.target(),
                                                plan.target().weights()));
                    })
                    .objects("flows", plan.coupling().entries(), entry -> write(data, entry))
                    .objects(
                            "distances",
                            distances,
                            distance -> data.text("name", distance.name)
                                    .number("value", distance.value.value())
                                    .number("error", distance.value.error())
                                    .text("unit", distance.unit));
        });
    }

    /** The mixture of both mixtures, half of each: what axes and scales are chosen for. */
    private GaussianMixture both() {
        double[] weights = Stream.of(plan.source(), plan.target())
                .flatMapToDouble(mixture -> IntStream.range(0, mixture.size()).mapToDouble(k -> mixture.weight(k) / 2))
                .toArray();
        List<Gaussian> components = Stream.of(plan.source(), plan.target())
                .flatMap(mixture -> mixture.components().stream())
                .map(component -> Gaussian.of(
                        component.mean(),
                        Covariance.full(component.covariance().lowerTriangle(), component.dimension())))
                .toList();
        return GaussianMixture.of(weights, components).named(plan.source().columns());
    }

    private static void write(PageData data, String name, GaussianMixture mixture) {
        data.text("name", name)
                .integer("size", mixture.size())
                .text("structure", mixture.structure().label());
    }

    private void write(PageData data, Coupling.Entry entry) {
        Gaussian from = plan.source().component(entry.source());
        Gaussian to = plan.target().component(entry.target());
        List<Integer> moved = IntStream.range(0, from.dimension())
                .boxed()
                .filter(j -> shift(from, to, j) >= LEAST_SHIFT)
                .sorted(Comparator.comparingDouble(j -> -shift(from, to, j)))
                .limit(MOST_SHIFTS)
                .toList();
        data.integer("from", entry.source())
                .integer("to", entry.target())
                .number("mass", entry.mass())
                .number("distance", Math.sqrt(plan.costs().get(entry.source(), entry.target())))
                .truth("matched", matching.target(entry.source()) == entry.target())
                .objects(
                        "shifts",
                        moved,
                        j -> data.text("column", plan.source().columns().get(j))
                                .number("before", from.mean(j))
                                .number("beforeDeviation", deviation(from, j))
                                .number("after", to.mean(j))
                                .number("afterDeviation", deviation(to, j)));
    }

    private static double shift(Gaussian from, Gaussian to, int column) {
        return Math.abs(to.mean(column) - from.mean(column)) / deviation(from, column);
    }

    private static double deviation(Gaussian gaussian, int column) {
        return Math.sqrt(gaussian.covariance().get(column, column));
    }
}
