package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mixtura.data.Rows;
import org.mixtura.table.OutputColumn;
import org.mixtura.table.Reading;
import org.mixtura.table.TableWriter;

/** Scores rows and writes the scores beside the columns that were read. */
final class Scores {
    private final RowScorer scorer;
    private final List<RowScore> scores;

    Scores(RowScorer scorer, List<RowScore> scores) {
        this.scorer = scorer;
        this.scores = scores;
    }

    /**
     * Writes the file, all or nothing.
     *
     * @param reading what was read
     * @param rows its rows as the mixture wants them
     * @param target the file
     * @param threads how many threads may work
     */
    void write(Reading reading, Rows rows, Path target, int threads, Run run) {
        List<OutputColumn> columns = new ArrayList<>();
        scores.forEach(score -> columns.addAll(score.columns()));
        try (TableWriter writer = reading.writer(target, columns);
                Progress progress = run.progress()) {
            ScoredRow row = new ScoredRow(scorer.components(), scorer.width());
            scorer.scoring().score(rows, threads, (first, count, logDensity, responsibilities) -> {
                run.interruption().check();
                progress.rows("scoring", first, rows.count());
                for (int i = 0; i < count; i++) {
                    row.show(first, logDensity, responsibilities, i);
                    scores.forEach(score -> score.write(row, writer));
                    writer.endRow();
                }
            });
            writer.commit();
        }
    }
}
