package org.mixtura.report;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.data.Rows;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Fit;
import org.mixtura.io.Version;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.Imputation;
import org.mixtura.mixture.Mixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;
import org.mixtura.report.contrast.ColumnSpread;
import org.mixtura.report.page.ComponentFacts;
import org.mixtura.report.page.ComponentTails;
import org.mixtura.report.page.MixturePicture;
import org.mixtura.report.page.Page;
import org.mixtura.report.page.PageData;
import org.mixtura.report.page.RowFacts;
import org.mixtura.report.survey.OddRow;
import org.mixtura.report.survey.Survey;

/**
 * A fit as one self-contained page of HTML to look at and to send on: what was fitted, whether to trust it, what the groups
 * are, which rows are odd.
 *
 * <p>The page needs no network and works from a disk. It holds up to 20,000 of the rows, drawn at random, and 50 odd ones;
 * whoever gets the page gets these. Names and values are shown as they are and never run. The same fit and rows give the same
 * page. The rows are read twice, the second time only those that are shown. Rows with gaps are shown with what the mixture expects
 * in them. Of components with tails the page shows locations and scales, and their densities as they are.
 *
 * <p>Immutable; an option gives a new report.
 */
public final class Report {
    private final Fit<?> fit;
    private final Mixture mixture;
    /** Its locations and scales, which are what is drawn. */
    private final GaussianMixture gaussians;

    private final Rows rows;
    private Optional<MixturePosterior> posterior = Optional.empty();
    private Optional<NoisyMixture> noisy = Optional.empty();
    private String source = "";
    private long rowsRead;
    private long rowsDropped;
    private List<String> notes = List.of();
    private List<String> warnings;
    private Criterion criterion = Criterion.BIC;
    private List<Candidate> candidates = List.of();
    private String made = "";
    private int threads = Runtime.getRuntime().availableProcessors();

    private Report(Fit<?> fit, Mixture mixture, Rows rows) {
        this.fit = fit;
        this.mixture = mixture;
        this.gaussians = mixture.gaussians();
        this.rows = rows;
        this.rowsRead = rows.count();
        this.warnings = new FitStory(fit).warnings();
    }

    private Report(Report other) {
        this(other.fit, other.mixture, other.rows);
        posterior = other.posterior;
        noisy = other.noisy;
        source = other.source;
        rowsRead = other.rowsRead;
        rowsDropped = other.rowsDropped;
        notes = other.notes;
        warnings = other.warnings;
        criterion = other.criterion;
        candidates = other.candidates;
        made = other.made;
        threads = other.threads;
    }

    /**
     * The report of a fitted mixture.
     *
     * @param fit the fit
     * @param rows the rows that it was fitted to
     * @return the report
     * @throws IllegalArgumentException if the rows have another number of columns than the mixture
     */
    public static Report of(Fit<? extends Mixture> fit, Rows rows) {
        return of(fit, fit.model(), rows);
    }

    /**
     * The report of a fitted posterior, by the mixture that it expects.
     *
     * @param fit the fit
     * @param rows the rows that it was fitted to
     * @return the report
     * @throws IllegalArgumentException if the rows have another number of columns than the posterior
     */
    public static Report ofPosterior(Fit<MixturePosterior> fit, Rows rows) {
        return of(fit, fit.model().mixture(), rows).posterior(fit.model());
    }

    /**
     * The report of a mixture fitted among noise.
     *
     * @param fit the fit
     * @param rows the rows that it was fitted to
     * @return the report
     * @throws IllegalArgumentException if the rows have another number of columns than the mixture
     */
    public static Report ofNoisy(Fit<NoisyMixture> fit, Rows rows) {
        return of(fit, fit.model().gaussians(), rows).noise(fit.model());
    }

    /**
     * The report of a fit of anything that stands for a mixture.
     *
     * @param fit the fit
     * @param mixture the mixture that it stands for
     * @param rows the rows that it was fitted to
     * @return the report
     * @throws IllegalArgumentException if the rows have another number of columns than the mixture
     */
    public static Report of(Fit<?> fit, Mixture mixture, Rows rows) {
        if (rows.dimension() != mixture.dimension()) {
            throw new IllegalArgumentException("rows of " + rows.dimension() + " columns for a report of a mixture of "
                    + mixture.dimension() + " columns; give the rows that it was fitted to");
        }
        return new Report(fit, mixture, rows);
    }

    /**
     * The same report with the posterior whose mixture it shows.
     *
     * @param value the posterior; the page shows its weights beside the prior's
     * @return the report
     */
    public Report posterior(MixturePosterior value) {
        Report copy = new Report(this);
        copy.posterior = Optional.of(value);
        return copy;
    }

    /**
     * The same report with the noise among which the mixture lies.
     *
     * @param value the mixture that it shows, with its noise; the page shows which rows are noise
     * @return the report
     */
    public Report noise(NoisyMixture value) {
        Report copy = new Report(this);
        copy.noisy = Optional.of(value);
        return copy;
    }

    /**
     * The same report with where the rows come from.
     *
     * @param name of the file or the table
     * @param read how many rows were there
     * @param dropped how many of them were left out
     * @param remarks what else was left out, and why, in sentences
     * @return the report
     */
    public Report source(String name, long read, long dropped, List<String> remarks) {
        Report copy = new Report(this);
        copy.source = name;
        copy.rowsRead = read;
        copy.rowsDropped = dropped;
        copy.notes = List.copyOf(remarks);
        return copy;
    }

    /**
     * The same report with other warnings than the fit's own.
     *
     * @param sentences what a reader should know before anything else; what the mixture itself says against it is added
     * @return the report
     */
    public Report warnings(List<String> sentences) {
        Report copy = new Report(this);
        copy.warnings = List.copyOf(sentences);
        return copy;
    }

    /**
     * The same report with the candidates among which the fit was chosen.
     *
     * @param by what was chosen by
     * @param all the candidates, the chosen one among them
     * @return the report
     */
    public Report candidates(Criterion by, List<Candidate> all) {
        Report copy = new Report(this);
        copy.criterion = by;
        copy.candidates = List.copyOf(all);
        return copy;
    }

    /**
     * The same report with a date.
     *
     * @param when in words, such as {@code 2026-03-14}; without it the page bears none
     * @return the report
     */
    public Report made(String when) {
        Report copy = new Report(this);
        copy.made = when;
        return copy;
    }

    /**
     * The same report, made by another number of threads; all processors work if none is given.
     *
     * @param count at least 1
     * @return the report
     * @throws IllegalArgumentException if the count is less
     */
    public Report threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads is " + count + "; at least 1 must work");
        }
        Report copy = new Report(this);
        copy.threads = count;
        return copy;
    }

    /**
     * Writes the page, all or nothing.
     *
     * @param file the file; replaced if it exists
     * @throws IllegalArgumentException if a value of the rows is not finite and no gap
     * @throws UncheckedIOException if the file cannot be written
     */
    public void write(Path file) {
        ColumnSpread spread = ColumnSpread.of(gaussians);
        MixturePicture picture = MixturePicture.of(gaussians, spread);
        Survey survey = Survey.of(mixture, noisy, rows, picture.sampleSize(), threads);
        ComponentFacts components = ComponentFacts.of(gaussians, spread);
        Page.write(file, title(), data -> {
            Caveats.Emptiness emptiness =
                    posterior.isPresent() ? Caveats.Emptiness.INTENDED : Caveats.Emptiness.UNEXPECTED;
            writeSummary(data, Caveats.of(gaussians, survey.counts(), components.separations(), emptiness));
            FitStory story = new FitStory(fit);
            story.write(data, posterior);
            story.writeChoice(data, criterion, candidates);
            noisy.ifPresent(found -> data.object(
                    "noise", member -> member.number("share", found.share()).number("rows", survey.noise())));
            components.write(data, picture.columns(), shares(), survey);
            writePicture(data, picture, survey);
            RowFacts.of(gaussians, survey).write(data, Imputation.of(mixture).complete(rows));
        });
    }

    private Optional<ComponentTails> tails() {
        return mixture instanceof StudentMixture student ? Optional.of(ComponentTails.of(student)) : Optional.empty();
    }

    /** The components' shares of all rows: their weights, less the noise. */
    private double[] shares() {
        double clusters = noisy.map(found -> 1 - found.share()).orElse(1.0);
        return Arrays.stream(mixture.weights()).map(weight -> weight * clusters).toArray();
    }

    private String title() {
        String groups = mixture.size() == 1 ? "1 component" : mixture.size() + " components";
        return source.isEmpty() ? groups : groups + " in " + source;
    }

    private void writeSummary(PageData data, List<String> caveats) {
        List<String> all = new ArrayList<>(warnings);
        caveats.stream().filter(caveat -> !all.contains(caveat)).forEach(all::add);
        data.text("kind", "fit")
                .text("version", Version.current())
                .text("made", made)
                .object(
                        "source",
                        member -> member.text("name", source)
                                .integer("rowsRead", rowsRead)
                                .integer("rowsDropped", rowsDropped)
                                .truth("weighted", rows.weighted())
                                .texts("notes", remarks()))
                .text("structure", gaussians.structure().label())
                .texts("warnings", all);
    }

    private List<String> remarks() {
        if (!rows.gapped()) {
            return notes;
        }
        List<String> remarks = new ArrayList<>(notes);
        remarks.add("rows with gaps are drawn, and held to be odd or not, with what the mixture expects in the gaps");
        return remarks;
    }

    private void writePicture(PageData data, MixturePicture picture, Survey survey) {
        long[] sample = survey.sample();
        long[] odd = survey.oddest().stream().mapToLong(OddRow::row).toArray();
        data.object("picture", member -> {
            picture.writeAxes(member);
            picture.writeComponents(member, gaussians, shares());
            tails().ifPresent(tails -> tails.write(member));
            member.integer("sampled", sample.length).integer("of", survey.rows());
            Rows whole = Imputation.of(mixture).complete(rows);
            picture.writeRows(member, "rows", whole, sample);
            picture.writeRows(member, "oddest", whole, odd);
            member.shorts("labels", survey.sampledLabels());
        });
    }
}
