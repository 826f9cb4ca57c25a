package org.mixtura.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mixtura.data.Matrix;

/**
 * Where a mean-field fit starts, from a JSON file: {@code {"means": [K][d], "variances": [K]}}; other members are ignored.
 */
public final class StartFile {
    private final Matrix means;
    private final double[] variances;

    private StartFile(Matrix means, double[] variances) {
        this.means = means;
        this.variances = variances;
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its content; that variances are positive is for the fit to check
     * @throws ModelFileException if it holds no means and variances of the same number of components
     * @throws UncheckedIOException if it cannot be read
     */
    public static StartFile load(Path file) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new ModelFileException(file + ": is not text in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StartFile parse(String json, String source) {
        JsonNode root = JsonNode.parse(json, source);
        List<JsonNode> rows = root.get("means").elements();
        if (rows.isEmpty() || rows.get(0).elements().isEmpty()) {
            throw root.get("means").wrong("is empty; expected one row per component, one value per column");
        }
        int d = rows.get(0).elements().size();
        double[][] means = root.get("means").matrix(rows.size(), d, "components × columns");
        return new StartFile(Matrix.of(means), root.get("variances").vector(rows.size(), "one per component"));
    }

    /** {@return the means, K × d} */
    public Matrix means() {
        return means;
    }

    /** {@return the variances of the means, K values, a copy} */
    public double[] variances() {
        return variances.clone();
    }
}
