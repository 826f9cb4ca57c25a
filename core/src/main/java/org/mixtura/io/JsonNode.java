package org.mixtura.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A JSON value that knows where it stands, so that whoever finds it wrong can say where. */
final class JsonNode {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final @Nullable Object value;
    private final String path;

    private JsonNode(@Nullable Object value, String path) {
        this.value = value;
        this.path = path;
    }

    /**
     * Parses a text.
     *
     * @param source what to call the text in messages
     * @throws ModelFileException if it is not one JSON value
     */
    static JsonNode parse(String json, String source) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new ModelFileException(source + ": is empty; expected a model in JSON");
            }
            Object value = read(parser, token);
            if (parser.nextToken() != null) {
                throw new ModelFileException(source + ": goes on after the end of the JSON value");
            }
            return new JsonNode(value, source + ": ");
        } catch (JacksonException e) {
            String message = e.getOriginalMessage();
            throw new ModelFileException(source + ": is not JSON (line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + "): "
                    + message.lines().findFirst().orElse(""));
        }
    }

    private static @Nullable Object read(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            members.put(name, read(parser, parser.nextToken()));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(read(parser, token));
        }
        return elements;
    }

    ModelFileException wrong(String message) {
        return new ModelFileException(path + message);
    }

    boolean has(String name) {
        return value instanceof Map<?, ?> members && members.get(name) != null;
    }

    JsonNode get(String name) {
        if (!(value instanceof Map<?, ?> members)) {
            throw wrong("expected an object, found " + kind());
        }
        Object member = members.get(name);
        if (member == null) {
            throw wrong("has no \"" + name + "\"");
        }
        return new JsonNode(member, path + name + (member instanceof Map<?, ?> ? "." : " "));
    }

    /** The members of an object as text. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> texts.put(String.valueOf(name), String.valueOf(member)));
        }
        return texts;
    }

    List<JsonNode> elements() {
        if (!(value instanceof List<?> list)) {
            throw wrong("is " + kind() + "; expected a list");
        }
        List<JsonNode> elements = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            elements.add(new JsonNode(list.get(i), path.strip() + "[" + i + "] "));
        }
        return elements;
    }

    double number() {
        if (!(value instanceof Double number)) {
            throw wrong("is " + kind() + "; expected a number");
        }
        if (!Double.isFinite(number)) {
            throw wrong("is too large for a double");
        }
        return number;
    }

    String text() {
        if (!(value instanceof String text)) {
            throw wrong("is " + kind() + "; expected text");
        }
        return text;
    }

    /** A list of numbers of a known length. */
    double[] vector(int length, String meaning) {
        List<JsonNode> elements = elements();
        if (elements.size() != length) {
            throw wrong("has " + elements.size() + " values; expected " + length + " (" + meaning + ")");
        }
        double[] vector = new double[length];
        for (int i = 0; i < length; i++) {
            vector[i] = elements.get(i).number();
        }
        return vector;
    }

    /** A list of rows of known shape. */
    double[][] matrix(int rows, int columns, String meaning) {
        List<JsonNode> elements = elements();
        if (elements.size() != rows) {
            throw wrong("has " + elements.size() + " rows; expected " + rows + " (" + meaning + ")");
        }
        double[][] matrix = new double[rows][];
        for (int i = 0; i < rows; i++) {
            matrix[i] = elements.get(i).vector(columns, meaning);
        }
        return matrix;
    }

    private String kind() {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
    }
}
