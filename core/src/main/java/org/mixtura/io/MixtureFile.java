package org.mixtura.io;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mixtura.fit.Fit;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.Mixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * The model file: a mixture, the names of its columns and where it comes from, as readable JSON.
 *
 * <pre>
 * { "format": "mixtura-model", "version": 1, "covariance_type": "full", "columns": [d names],
 *   "weights": [K], "means": [K][d], "covariances": …, "provenance": { … } }
 * </pre>
 *
 * <p>A mixture with noise has version 2, which older programs refuse, and besides the Gaussians {@code "noise": { "share": ε,
 * "corner": [d], "edges": [d][d] }}.
 *
 * <p>A mixture with tails has version 3 and {@code "degrees_of_freedom": [K]}; its locations are the means, its scales the
 * covariances.
 *
 * <p>Covariances have the shapes that scikit-learn's users know: full [K][d][d], tied [d][d], diag [K][d], spherical [K], and
 * tied_diag [d], tied_spherical one number. Doubles are written so that reading gives the same bits. Reading checks every
 * number and shape and says what is wrong where; columns, version and provenance may be absent, other members are ignored. A
 * file with {@code "type": "GaussianMixture"} in place of the format, as a one-line dump from Python makes it, is read too.
 */
public final class MixtureFile {
    static final String FORMAT = "mixtura-model";
    static final int FORMAT_VERSION = 1;
    /** The version of a file that an older program must not take for a mixture without noise. */
    static final int NOISE_VERSION = 2;
    /** The same for tails. */
    static final int TAILS_VERSION = 3;

    static final String TAILS = "degrees_of_freedom";

    private static final JsonFactory FACTORY = new JsonFactory();

    /** The fact of how many parameters a fit estimated. */
    public static final String FREE_PARAMETERS = "free_parameters";

    private final GaussianMixture mixture;
    private final @Nullable NoisyMixture noisy;
    private final @Nullable StudentMixture tailed;
    private final Map<String, String> provenance;

    private MixtureFile(
            GaussianMixture mixture,
            @Nullable NoisyMixture noisy,
            @Nullable StudentMixture tailed,
            Map<String, String> provenance) {
        this.mixture = mixture;
        this.noisy = noisy;
        this.tailed = tailed;
        this.provenance = provenance;
    }

    /**
     * A file's content with a mixture among noise of unknown provenance.
     *
     * @param mixture the mixture
     * @return the content
     */
    public static MixtureFile of(NoisyMixture mixture) {
        return new MixtureFile(mixture.gaussians(), mixture, null, Map.of());
    }

    /**
     * A file's content with a fitted mixture among noise and how it was fitted.
     *
     * @param fit the fit
     * @return the content
     */
    public static MixtureFile ofNoisy(Fit<NoisyMixture> fit) {
        return new MixtureFile(fit.model().gaussians(), fit.model(), null, provenance(fit));
    }

    /**
     * A file's content with a mixture of Student distributions of unknown provenance.
     *
     * @param mixture the mixture
     * @return the content
     * @throws IllegalArgumentException if a component has infinite degrees of freedom, for which JSON has no number
     */
    public static MixtureFile of(StudentMixture mixture) {
        return tailed(mixture, Map.of());
    }

    /**
     * A file's content with a fitted mixture of Student distributions and how it was fitted.
     *
     * @param fit the fit
     * @return the content
     */
    public static MixtureFile ofTailed(Fit<StudentMixture> fit) {
        return tailed(fit.model(), provenance(fit));
    }

    private static MixtureFile tailed(StudentMixture mixture, Map<String, String> provenance) {
        for (double freedom : mixture.degreesOfFreedom()) {
            if (!Double.isFinite(freedom)) {
                throw new IllegalArgumentException("degrees of freedom are " + freedom
                        + ", for which a model file has no number; keep a mixture of Gaussians, or give 1e6");
            }
        }
        return new MixtureFile(mixture.gaussians(), null, mixture, provenance);
    }

    /**
     * A file's content with a mixture of unknown provenance.
     *
     * @param mixture the mixture
     * @return the content
     */
    public static MixtureFile of(GaussianMixture mixture) {
        return new MixtureFile(mixture, null, null, Map.of());
    }

    /**
     * A file's content with a fitted mixture and how it was fitted: version, options, data size, iterations, stop reason,
     * log-likelihood.
     *
     * @param fit the fit
     * @return the content
     */
    public static MixtureFile of(Fit<GaussianMixture> fit) {
        return of(fit.model(), fit);
    }

    /**
     * A file's content with the mixture that a fit of something else stands for, such as the one that a posterior expects,
     * and how it was fitted.
     *
     * @param mixture the mixture
     * @param fit the fit
     * @return the content
     */
    public static MixtureFile of(GaussianMixture mixture, Fit<?> fit) {
        return new MixtureFile(mixture, null, null, provenance(fit));
    }

    private static Map<String, String> provenance(Fit<?> fit) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("mixtura", Version.current());
        provenance.putAll(fit.options());
        provenance.put("seed", Long.toString(fit.seed()));
        provenance.put("rows", Long.toString(fit.rows()));
        provenance.put("total_weight", Double.toString(fit.totalWeight()));
        provenance.put(FREE_PARAMETERS, Long.toString(fit.freeParameters()));
        provenance.put("iterations", Integer.toString(fit.iterations()));
        provenance.put("stop_reason", fit.stopReason().label());
        provenance.put("log_likelihood", Double.toString(fit.logLikelihood()));
        return provenance;
    }

    /**
     * The same content with one more fact about where it comes from.
     *
     * @param key the fact's name
     * @param value the fact
     * @return the content
     */
    public MixtureFile with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(provenance);
        more.put(key, value);
        return new MixtureFile(mixture, noisy, tailed, more);
    }

    /**
     * The mixture.
     *
     * @return the Gaussian mixture
     * @throws ModelFileException if it has noise or tails, of which what is asked of Gaussians alone must not be silent; see {@link
     *     #noisy} and {@link #tailed}
     */
    public GaussianMixture mixture() {
        requireNoNoise();
        if (tailed != null) {
            throw new ModelFileException("the model has tails, " + Arrays.toString(tailed.degreesOfFreedom())
                    + " degrees of freedom, for which this has no answer; fit without tails");
        }
        return mixture;
    }

    /**
     * The mixture, with its tails if it has any.
     *
     * @return the mixture of Gaussians or of Student distributions
     * @throws ModelFileException if it has noise
     */
    public Mixture withoutNoise() {
        requireNoNoise();
        return components();
    }

    private void requireNoNoise() {
        if (noisy != null) {
            throw new ModelFileException("the model has noise, a share of " + noisy.share()
                    + " of the rows, for which this has no answer; fit without noise");
        }
    }

    /** {@return the components with their tails if they have any, without the noise among which they may lie} */
    public Mixture components() {
        return tailed == null ? mixture : tailed;
    }

    /** {@return the Gaussians, without the noise or the tails that a mixture may have besides} */
    public GaussianMixture gaussians() {
        return mixture;
    }

    /** {@return the mixture with its tails; empty if there are none} */
    public Optional<StudentMixture> tailed() {
        return Optional.ofNullable(tailed);
    }

    /** {@return the mixture with its noise; empty if there is none} */
    public Optional<NoisyMixture> noisy() {
        return Optional.ofNullable(noisy);
    }

    /** {@return what is known of where the mixture comes from, by name} */
    public Map<String, String> provenance() {
        return Collections.unmodifiableMap(provenance);
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its content
     * @throws ModelFileException if it holds no valid model
     * @throws UncheckedIOException if it cannot be read
     */
    public static MixtureFile load(Path file) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new ModelFileException(file + ": is not text in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the mixture of a file.
     *
     * @param file the file
     * @return its mixture
     * @throws ModelFileException if it holds no valid model
     * @throws UncheckedIOException if it cannot be read
     */
    public static GaussianMixture read(Path file) {
        return load(file).mixture();
    }

    /**
     * Reads a text.
     *
     * @param json the text
     * @param source what to call it in messages
     * @return its content
     * @throws ModelFileException if it holds no valid model
     */
    public static MixtureFile parse(String json, String source) {
        JsonNode root = JsonNode.parse(json, source);
        Map<String, String> provenance =
                root.has("provenance") ? root.get("provenance").texts() : Map.of();
        GaussianMixture mixture = MixtureReader.read(root);
        NoisyMixture noisy = root.has("noise") ? MixtureReader.noise(root, mixture) : null;
        StudentMixture tailed = root.has(TAILS) ? MixtureReader.tails(root, mixture) : null;
        if (noisy != null && tailed != null) {
            throw root.wrong("has noise and tails; a model has one of them at most");
        }
        return new MixtureFile(mixture, noisy, tailed, provenance);
    }

    /**
     * Writes a mixture, all or nothing.
     *
     * @param mixture the mixture
     * @param file the file; replaced if it exists
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(GaussianMixture mixture, Path file) {
        of(mixture).save(file);
    }

    /**
     * Writes the content, all or nothing.
     *
     * @param file the file; replaced if it exists
     * @throws UncheckedIOException if it cannot be written
     */
    public void save(Path file) {
        WholeFile.write(file, out -> out.write(toJson().getBytes(StandardCharsets.UTF_8)));
    }

    private int version() {
        if (tailed != null) {
            return TAILS_VERSION;
        }
        return noisy == null ? FORMAT_VERSION : NOISE_VERSION;
    }

    /** {@return the content as JSON, ending with a line feed} */
    public String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(new Indented(), text)) {
            json.writeStartObject();
            json.writeStringProperty("format", FORMAT);
            json.writeNumberProperty("version", version());
            writeParameters(mixture, json);
            if (noisy != null) {
                writeNoise(noisy, json);
            }
            if (tailed != null) {
                writeTails(tailed, json);
            }
            if (!provenance.isEmpty()) {
                json.writeName("provenance");
                json.writeStartObject();
                provenance.forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    /**
     * Writes a mixture's {@code covariance_type}, {@code columns}, {@code weights}, {@code means} and {@code covariances} into an
     * open object, in the shapes of the file.
     *
     * @param mixture the mixture
     * @param json where to
     */
    public static void writeParameters(GaussianMixture mixture, JsonGenerator json) {
        json.writeStringProperty("covariance_type", mixture.structure().label());
        json.writeName("columns");
        json.writeStartArray();
        mixture.columns().forEach(json::writeString);
        json.writeEndArray();
        json.writeName("weights");
        writeVector(mixture.weights(), json);
        json.writeName("means");
        json.writeStartArray();
        mixture.components().forEach(component -> writeVector(component.mean(), json));
        json.writeEndArray();
        json.writeName("covariances");
        if (mixture.structure().tied()) {
            writeCovariance(mixture.component(0).covariance(), json);
        } else {
            json.writeStartArray();
            mixture.components().forEach(component -> writeCovariance(component.covariance(), json));
            json.writeEndArray();
        }
    }

    /**
     * Writes the member {@code degrees_of_freedom} of a mixture into an open object, in the shape of the file.
     *
     * @param mixture the mixture
     * @param json where to
     */
    public static void writeTails(StudentMixture mixture, JsonGenerator json) {
        json.writeName(TAILS);
        writeVector(mixture.degreesOfFreedom(), json);
    }

    /**
     * Writes the member {@code noise} of a mixture into an open object, in the shapes of the file.
     *
     * @param mixture the mixture
     * @param json where to
     */
    public static void writeNoise(NoisyMixture mixture, JsonGenerator json) {
        json.writeName("noise");
        json.writeStartObject();
        json.writeNumberProperty("share", mixture.share());
        json.writeName("corner");
        writeVector(mixture.box().corner(), json);
        json.writeName("edges");
        json.writeStartArray();
        for (double[] edge : mixture.box().edges()) {
            writeVector(edge, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeCovariance(Covariance covariance, JsonGenerator json) {
        int d = covariance.dimension();
        switch (covariance.structure()) {
            case SPHERICAL -> json.writeNumber(covariance.get(0, 0));
            case DIAGONAL -> {
                double[] variances = new double[d];
                for (int j = 0; j < d; j++) {
                    variances[j] = covariance.get(j, j);
                }
                writeVector(variances, json);
            }
            default -> {
                json.writeStartArray();
                for (double[] row : covariance.toMatrix().toRows()) {
                    writeVector(row, json);
                }
                json.writeEndArray();
            }
        }
    }

    private static void writeVector(double[] values, JsonGenerator json) {
        json.writeStartArray();
        for (double value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }

    /** One member per line, lists on one line. */
    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
