package org.mixtura.report.page;

import java.util.ArrayList;
import java.util.List;
import org.mixtura.anomaly.ColumnSurprise;
import org.mixtura.anomaly.Explainer;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.report.survey.EnergySpread;
import org.mixtura.report.survey.OddRow;
import org.mixtura.report.survey.Survey;

/** Writes how certain the rows are, how their energies spread, and which are odd and why. */
public final class RowFacts {
    /** Columns that explain an odd row. */
    private static final int MOST_REASONS = 3;
    /** A column's share of the energy is ½ on average; one below this is no reason. */
    private static final double LEAST_SHARE = 1;

    private final GaussianMixture mixture;
    private final Survey survey;

    private RowFacts(GaussianMixture mixture, Survey survey) {
        this.mixture = mixture;
        this.survey = survey;
    }

    /**
     * The facts of rows.
     *
     * @param mixture the mixture that was asked
     * @param survey what it said
     * @return the facts
     */
    public static RowFacts of(GaussianMixture mixture, Survey survey) {
        return new RowFacts(mixture, survey);
    }

    /**
     * Writes the facts.
     *
     * @param data where to
     * @param rows the rows of the survey
     */
    public void write(PageData data, Rows rows) {
        EnergySpread energies = survey.energies();
        data.numbers("certainty", survey.certainty())
                .number("shareSure", survey.shareSure())
                .object(
                        "energy",
                        member -> member.number("from", energies.from())
                                .number("to", energies.to())
                                .numbers("weights", energies.weights())
                                .number("beyond", energies.beyond())
                                .number("level", Survey.LEVEL)
                                .number("threshold", energies.threshold())
                                .number("above", energies.above()));
        Explainer explainer = Explainer.of(mixture);
        try (Rows.Reader reader = rows.reader()) {
            data.objects("oddest", survey.oddest(), odd -> write(data, odd, explainer.explain(values(reader, odd))));
        }
    }

    private static double[] values(Rows.Reader reader, OddRow odd) {
        Block block = reader.read(odd.row(), 1);
        double[] values = new double[block.dimension()];
        System.arraycopy(block.values(), block.offset(), values, 0, values.length);
        return values;
    }

    private static void write(PageData data, OddRow odd, List<ColumnSurprise> columns) {
        data.integer("row", odd.row()).number("energy", odd.energy()).integer("label", odd.label());
        List<ColumnSurprise> reasons = new ArrayList<>();
        for (ColumnSurprise column : columns) {
            if (reasons.isEmpty() || (column.share() >= LEAST_SHARE && reasons.size() < MOST_REASONS)) {
                reasons.add(column);
            }
        }
        data.objects(
                "reasons",
                reasons,
                reason -> data.text("column", reason.column())
                        .number("value", reason.value())
                        .number("share", reason.share())
                        .number("mean", reason.expected().mean())
                        .number("deviation", reason.expected().deviation())
                        .truth("givenOthers", reason.expected().equals(reason.givenOthers())));
    }
}
