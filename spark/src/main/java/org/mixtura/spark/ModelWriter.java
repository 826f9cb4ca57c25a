package org.mixtura.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Writes a model: Spark's metadata and, in the same folder, the model file. */
final class ModelWriter extends MLWriter {
    static final String FILE = "model.json";

    private final GaussianMixtureModel model;

    ModelWriter(GaussianMixtureModel model) {
        this.model = model;
    }

    @Override
    // Spark 3.5 has no other way; Spark 4 still has this one.
    @SuppressWarnings("deprecation")
    public void saveImpl(String path) {
        DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
        Path file = new Path(path, FILE);
        try (OutputStream out = file.getFileSystem(sc().hadoopConfiguration()).create(file)) {
            out.write(model.file().toJson().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
