package org.mixtura.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mixtura.mixture.Box;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;

/** Reads a mixture from the JSON of a model file, checking every number and every shape. */
final class MixtureReader {
    private final JsonNode root;

    private MixtureReader(JsonNode root) {
        this.root = root;
    }

    static GaussianMixture read(JsonNode root) {
        return new MixtureReader(root).mixture();
    }

    /**
     * The noise of a file.
     *
     * @param gaussians the mixture of the same file
     */
    static NoisyMixture noise(JsonNode root, GaussianMixture gaussians) {
        JsonNode noise = root.get("noise");
        int d = gaussians.dimension();
        double share = noise.get("share").number();
        double[] corner = noise.get("corner").vector(d, "one per column");
        double[][] edges = noise.get("edges").matrix(d, d, "columns × columns");
        try {
            return NoisyMixture.of(gaussians, share, Box.of(corner, edges));
        } catch (IllegalArgumentException e) {
            throw root.wrong("noise is not valid: " + e.getMessage());
        }
    }

    /**
     * The mixture of a file with tails.
     *
     * @param gaussians the mixture of the same file without them
     */
    static StudentMixture tails(JsonNode root, GaussianMixture gaussians) {
        JsonNode node = root.get(MixtureFile.TAILS);
        double[] freedom = node.vector(gaussians.size(), "one per component");
        try {
            return StudentMixture.of(gaussians, freedom);
        } catch (IllegalArgumentException e) {
            throw node.wrong("are not valid: " + e.getMessage());
        }
    }

    private GaussianMixture mixture() {
        checkFormat();
        int k = root.get("weights").elements().size();
        double[] weights = root.get("weights").vector(k, "one per component");
        List<JsonNode> meanRows = root.get("means").elements();
        if (meanRows.isEmpty()) {
            throw root.get("means").wrong("is empty; expected one row per component");
        }
        int d = meanRows.get(0).elements().size();
        if (d == 0) {
            throw root.get("means").wrong("has rows without values");
        }
        double[][] means = root.get("means").matrix(k, d, "components × columns");
        List<Covariance> covariances = covariances(k, d);
        List<Gaussian> components = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            components.add(Gaussian.of(means[i], covariances.get(i)));
        }
        List<String> columns = columns(d);
        try {
            return GaussianMixture.of(weights, components)
                    .structured(structure())
                    .named(columns);
        } catch (IllegalArgumentException e) {
            throw root.wrong(String.valueOf(e.getMessage()));
        }
    }

    private void checkFormat() {
        boolean fromScikitLearn = root.has("type") && root.get("type").text().equals("GaussianMixture");
        if (fromScikitLearn && !root.has("format")) {
            return;
        }
        String format = root.get("format").text();
        if (!format.equals(MixtureFile.FORMAT)) {
            throw root.wrong("format is \"" + format + "\"; expected \"" + MixtureFile.FORMAT + "\"");
        }
        if (root.has("version")) {
            double version = root.get("version").number();
            if (version != MixtureFile.FORMAT_VERSION
                    && version != MixtureFile.NOISE_VERSION
                    && version != MixtureFile.TAILS_VERSION) {
                throw root.wrong("version is " + version + "; this program knows versions " + MixtureFile.FORMAT_VERSION
                        + " to " + MixtureFile.TAILS_VERSION);
            }
        }
    }

    private List<String> columns(int d) {
        List<String> names = new ArrayList<>();
        if (root.has("columns")) {
            root.get("columns").elements().forEach(name -> names.add(name.text()));
            if (names.size() != d) {
                throw root.get("columns")
                        .wrong("has " + names.size() + " names; expected " + d + " (the means' columns)");
            }
        } else {
            for (int j = 0; j < d; j++) {
                names.add("x" + j);
            }
        }
        return names;
    }

    private List<Covariance> covariances(int k, int d) {
        JsonNode node = root.get("covariances");
        CovarianceStructure structure = structure();
        if (structure.tied()) {
            Covariance shared = checked(node, () -> covariance(structure, node, d));
            return Collections.nCopies(k, shared);
        }
        return each(node, k).stream()
                .map(one -> checked(one, () -> covariance(structure, one, d)))
                .toList();
    }

    private static Covariance covariance(CovarianceStructure structure, JsonNode node, int d) {
        return switch (structure.unconstrained()) {
            case DIAGONAL -> Covariance.diagonal(node.vector(d, "one per column"));
            case SPHERICAL -> Covariance.spherical(d, node.number());
            default -> Covariance.full(node.matrix(d, d, "columns × columns"));
        };
    }

    private CovarianceStructure structure() {
        JsonNode node = root.get("covariance_type");
        try {
            return CovarianceStructure.of(node.text());
        } catch (ModelFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw node.wrong("is not known: " + e.getMessage());
        }
    }

    private static List<JsonNode> each(JsonNode node, int k) {
        List<JsonNode> each = node.elements();
        if (each.size() != k) {
            throw node.wrong("has " + each.size() + " entries; expected " + k + " (one per component)");
        }
        return each;
    }

    private static Covariance checked(JsonNode node, java.util.function.Supplier<Covariance> covariance) {
        try {
            return covariance.get();
        } catch (ModelFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw node.wrong("is not valid: " + e.getMessage());
        }
    }
}
