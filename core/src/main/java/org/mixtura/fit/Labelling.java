package org.mixtura.fit;

import java.util.Optional;
import java.util.function.Function;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;

/** What partial labels change in a fit, and nothing where there are none: its rows, its algorithm and its starts. */
final class Labelling {
    private final Optional<PartialLabels> labels;
    private final int components;
    private final Rows rows;

    private Labelling(Optional<PartialLabels> labels, int components, Rows rows) {
        this.labels = labels;
        this.components = components;
        this.rows = rows;
    }

    /**
     * The labelling of rows.
     *
     * @param given the labels, if there are any
     * @param components K
     * @param besides how many forms stand for something else, such as noise
     * @throws IllegalArgumentException if labels do not fit the rows or the components
     */
    static Labelling of(Optional<PartialLabels> given, int components, int besides, Rows rows) {
        Optional<Rows> coded = given.map(labels -> labels.on(rows));
        Optional<PartialLabels> naming =
                given.filter(labels -> !labels.classes().isEmpty());
        naming.ifPresent(labels -> labels.check(components, besides));
        return new Labelling(naming, components, naming.isPresent() ? coded.orElse(rows) : rows);
    }

    /** The rows, with what is known of them. */
    Rows rows() {
        return rows;
    }

    /** An algorithm that heeds the labels. */
    <P> Algorithm<P> heeded(Algorithm<P> inner) {
        return labels.isPresent() ? new LabelledLikelihood<>(inner, labels.get(), components) : inner;
    }

    /** What gives the first moments of a start that heeds the labels, unless the user says where to start. */
    Function<Initialization.Start, Moments> beginning(Initialization start, RowSummary summary, int threads) {
        return labels.isPresent() && start.randomized()
                ? new LabelledStart(labels.get(), start, rows, summary, components, threads)::moments
                : start::moments;
    }
}
