package org.mixtura.report.page;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.report.contrast.ColumnSpread;
import org.mixtura.report.contrast.Separation;
import org.mixtura.report.contrast.Traits;
import org.mixtura.report.survey.Survey;

/** Writes what is to be said of each component, and of each two of them. */
public final class ComponentFacts {
    /** Columns in which a component differs, in words. */
    private static final int MOST_TRAITS = 3;
    /** Columns to show first. */
    private static final int MOST_TELLING = 8;
    /** Multiplications that the separations of all pairs may cost: about a second. */
    private static final double MOST_WORK = 1e9;

    private final GaussianMixture mixture;
    private final ColumnSpread spread;
    private final double[][] separations;

    private ComponentFacts(GaussianMixture mixture, ColumnSpread spread, double[][] separations) {
        this.mixture = mixture;
        this.spread = spread;
        this.separations = separations;
    }

    /**
     * The facts of a mixture's components.
     *
     * @param mixture K components
     * @param spread that of its columns
     * @return the facts
     */
    public static ComponentFacts of(GaussianMixture mixture, ColumnSpread spread) {
        double work = 0.5 * mixture.size() * mixture.size() * Math.pow(mixture.dimension(), 3) / 3;
        return new ComponentFacts(mixture, spread, work <= MOST_WORK ? Separation.within(mixture) : new double[0][]);
    }

    /** {@return the separation of each two components, K × K; nothing if finding it out takes too long} */
    public double[][] separations() {
        return separations.clone();
    }

    /**
     * Writes the facts.
     *
     * @param data where to
     * @param columns the columns to write, from 0
     * @param shares the components' shares of all rows
     * @param survey what the rows say
     */
    public void write(PageData data, List<Integer> columns, double[] shares, Survey survey) {
        double[] counts = survey.counts();
        List<Integer> components = IntStream.range(0, mixture.size()).boxed().toList();
        data.integer("dimension", mixture.dimension())
                .texts("columns", columns.stream().map(mixture.columns()::get).toList())
                .numbers("columnMeans", of(columns, spread::mean))
                .numbers("columnDeviations", of(columns, spread::deviation))
                .numbers(
                        "telling",
                        spread.telling(MOST_TELLING).stream()
                                .mapToDouble(columns::indexOf)
                                .toArray())
                .objects("components", components, k -> {
                    Gaussian component = mixture.component(k);
                    data.integer("label", k)
                            .number("weight", shares[k])
                            .number("rows", counts[k])
                            .numbers("mean", of(columns, component::mean))
                            .numbers("deviation", of(columns, j -> deviation(component, j)));
                    writeTraits(data, k);
                })
                .matrix("assigned", assigned(survey))
                .matrix("separations", separations);
    }

    private void writeTraits(PageData data, int component) {
        Gaussian own = mixture.component(component);
        Traits traits = Traits.of(mixture, spread);
        data.objects(
                "traits",
                traits.columns(component, MOST_TRAITS),
                trait -> data.text("column", mixture.columns().get(trait.column()))
                        .number("effect", trait.effect())
                        .number("mean", own.mean(trait.column()))
                        .number("deviation", deviation(own, trait.column()))
                        .number("restMean", trait.restMean())
                        .number("restDeviation", trait.restDeviation()));
        data.objects(
                "correlations",
                traits.correlation(component).stream().toList(),
                pair -> data.text("first", mixture.columns().get(pair.first()))
                        .text("second", mixture.columns().get(pair.second()))
                        .number("value", pair.correlation()));
    }

    private double[][] assigned(Survey survey) {
        double[][] shares = new double[mixture.size()][mixture.size()];
        for (int k = 0; k < shares.length; k++) {
            for (int l = 0; l < shares.length; l++) {
                shares[k][l] = survey.assigned(k, l);
            }
        }
        return shares;
    }

    private static double deviation(Gaussian component, int column) {
        return Math.sqrt(component.covariance().get(column, column));
    }

    private static double[] of(List<Integer> columns, IntToDoubleFunction value) {
        return columns.stream().mapToInt(j -> j).mapToDouble(value).toArray();
    }
}
