package org.adapt4j.env.rlbench.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapt4j.env.rlbench.bridge.BridgeException.Kind;
import org.jspecify.annotations.Nullable;

/** A header, and the arrays that came with it; valid until the next one of the same connection. */
final class Message {

    private static final Map<String, Integer> WIDTHS = Map.of("uint8", 1, "int32", 4, "float32", 4);

    private final JsonNode header;
    private final Map<String, Block> blocks = new LinkedHashMap<>();

    /** Bytes of an array within the body. */
    private record Block(String type, int offset, int bytes) {}

    private byte[] body = {};

    /** The type of the message that this is a part of; empty if it is none. */
    private String whole = "";

    /** Takes over what the header says of the arrays. */
    Message(JsonNode header, int largestBody) {
        this.header = header;
        long end = 0;
        for (JsonNode entry : header.path("arrays")) {
            String name = entry.path("name").asText();
            String type = entry.path("dtype").asText();
            long bytes = entry.path("bytes").asLong(-1);
            long offset = entry.path("offset").asLong(-1);
            Integer width = WIDTHS.get(type);
            if (name.isEmpty() || width == null || bytes < 0 || bytes % width != 0 || offset != end) {
                throw new BridgeException(
                        Kind.NONSENSE, "the server describes an array as nothing that was agreed: " + brief(entry));
            }
            end = offset + bytes;
            if (end > largestBody) {
                throw new BridgeException(
                        Kind.NONSENSE, "the server announces arrays of more than " + largestBody + " bytes");
            }
            blocks.put(name, new Block(type, (int) offset, (int) bytes));
        }
    }

    /** So much of a node as a message may hold. */
    static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    int bodyBytes() {
        int end = 0;
        for (Block block : blocks.values()) {
            end = Math.max(end, block.offset + block.bytes);
        }
        return end;
    }

    Message with(byte[] newBody) {
        body = newBody;
        return this;
    }

    String type() {
        return whole.isEmpty() ? header.path("type").asText() : whole;
    }

    /** The header itself. */
    JsonNode header() {
        return header;
    }

    /** A part of the header that must be there. */
    Message part(String name) {
        JsonNode node = header.path(name);
        if (!node.isObject()) {
            throw lacks(name, "an object");
        }
        Message part = new Message(node, 0);
        part.whole = type();
        return part;
    }

    /** A text of the header that must be there. */
    String text(String name) {
        JsonNode node = header.path(name);
        if (!node.isTextual()) {
            throw lacks(name, "a text");
        }
        return node.asText();
    }

    /** A finite number of the header that must be there. */
    double number(String name) {
        JsonNode node = header.path(name);
        if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
            throw lacks(name, "a finite number");
        }
        return node.asDouble();
    }

    /** A whole number of the header that must be there. */
    int whole(String name) {
        JsonNode node = header.path(name);
        if (!node.canConvertToInt()) {
            throw lacks(name, "a whole number");
        }
        return node.asInt();
    }

    /** Yes or no of the header, which must be there. */
    boolean flag(String name) {
        JsonNode node = header.path(name);
        if (!node.isBoolean()) {
            throw lacks(name, "true or false");
        }
        return node.asBoolean();
    }

    private BridgeException lacks(String name, String what) {
        return new BridgeException(
                Kind.NONSENSE,
                "the server's " + type() + " should have " + what + " as '" + name + "' but is " + brief(header));
    }

    /**
     * The bytes of an array, little-endian.
     *
     * @throws BridgeException if there is none of this name and type
     */
    ByteBuffer array(String name, String type) {
        @Nullable Block block = blocks.get(name);
        if (block == null || !block.type.equals(type)) {
            throw new BridgeException(
                    Kind.NONSENSE,
                    "the server's " + type() + " should have an array '" + name + "' of " + type + " but has "
                            + (block == null ? blocks.keySet() : block.type));
        }
        return ByteBuffer.wrap(body, block.offset, block.bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
