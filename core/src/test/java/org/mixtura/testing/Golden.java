package org.mixtura.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A node of a golden file (JSON), read from the test resources; the README beside the files says what they hold. The
 * strings "NaN", "Infinity" and "-Infinity" stand for those numbers.
 */
public final class Golden {
    private final Object node;
    private final String path;

    private Golden(Object node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Reads a file, such as {@code em/em.json}. */
    public static Golden read(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/goldens/" + file);
                JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            return new Golden(value(parser, parser.nextToken()), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser, JsonToken token) {
        switch (token) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    map.put(name, value(parser, parser.nextToken()));
                }
                return map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    list.add(value(parser, next));
                }
                return list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return parser.getDoubleValue();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.getBooleanValue();
            }
            case VALUE_NULL -> {
                return Missing.INSTANCE;
            }
            default -> {
                return parser.getString();
            }
        }
    }

    private enum Missing {
        INSTANCE
    }

    /** The member of an object; fails if there is none. */
    public Golden get(String name) {
        Object child = map().get(name);
        if (child == null) {
            throw new IllegalArgumentException(path + " has no " + name + ", only " + map().keySet());
        }
        return new Golden(child, path + "/" + name);
    }

    /** Whether an object has a member that is not null. */
    public boolean has(String name) {
        Object child = map().get(name);
        return child != null && child != Missing.INSTANCE;
    }

    /** The names of an object's members. */
    public List<String> names() {
        return List.copyOf(map().keySet());
    }

    /** An element of a list. */
    public Golden get(int index) {
        return new Golden(list().get(index), path + "/" + index);
    }

    /** The elements of a list. */
    public List<Golden> elements() {
        List<Golden> elements = new ArrayList<>();
        for (int i = 0; i < list().size(); i++) {
            elements.add(get(i));
        }
        return elements;
    }

    /** Whether this is a list, where a file holds one value or a list of them. */
    public boolean isList() {
        return node instanceof List<?>;
    }

    /** Whether the value is null. */
    public boolean isMissing() {
        return node == Missing.INSTANCE;
    }

    public int size() {
        return list().size();
    }

    public double number() {
        if (node instanceof String text) {
            return Double.parseDouble(text);
        }
        return (Double) node;
    }

    public int integer() {
        return (int) number();
    }

    public boolean bool() {
        return (Boolean) node;
    }

    public String text() {
        return (String) node;
    }

    /** A list of numbers. */
    public double[] vector() {
        return elements().stream().mapToDouble(Golden::number).toArray();
    }

    /** A list of whole numbers. */
    public int[] integers() {
        return elements().stream().mapToInt(Golden::integer).toArray();
    }

    /** A list of lists of numbers. */
    public double[][] matrix() {
        return elements().stream().map(Golden::vector).toArray(double[][]::new);
    }

    /** A list of matrices. */
    public double[][][] matrices() {
        return elements().stream().map(Golden::matrix).toArray(double[][][]::new);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map() {
        return (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    private List<Object> list() {
        return (List<Object>) node;
    }

    /** The name of a case if it has one, else its path: for test reports. */
    @Override
    public String toString() {
        return node instanceof Map<?, ?> map && map.get("name") instanceof String name ? name : path;
    }
}
