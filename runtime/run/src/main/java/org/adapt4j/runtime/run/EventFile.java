package org.adapt4j.runtime.run;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Scalars and hyper-parameters as a TensorBoard event file, gathered in memory.
 *
 * <p>Each record is its length (u64, little endian), the masked CRC-32C of those eight bytes, the payload, and the masked
 * CRC-32C of the payload. The payload is the protocol buffer {@code Event}: 1 wall_time double, 2 step int64, 3
 * file_version string, 5 summary { 1 value { 1 tag string, 2 simple_value float, 8 tensor, 9 metadata } }, 7 session_log { 1 status }. Source:
 * tensorflow/tensorboard, summary/writer/record_writer.py, compat/proto and plugins/hparams/plugin_data.proto.
 */
public final class EventFile {
    private static final int MASK_DELTA = 0xa282ead8;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    /**
     * Begins a file.
     *
     * @param wallTime of its first record, seconds since 1970
     */
    public EventFile(double wallTime) {
        Message event = new Message();
        event.number(1, wallTime);
        event.text(3, "brain.Event:2");
        record(event.toBytes());
    }

    /** Adds one value of one series. */
    public void scalar(double wallTime, long step, String tag, double value) {
        Message scalar = new Message();
        scalar.text(1, tag);
        scalar.single(2, (float) value);
        summary(wallTime, step, scalar);
    }

    private void summary(double wallTime, long step, Message value) {
        Message summary = new Message();
        summary.bytes(1, value.toBytes());
        Message event = new Message();
        event.number(1, wallTime);
        event.whole(2, step);
        event.bytes(5, summary.toBytes());
        record(event.toBytes());
    }

    /** Says that the series begin here: a reader that followed an earlier file that said so forgets what it read there. */
    public void start(double wallTime) {
        Message log = new Message();
        log.whole(1, 1);
        Message event = new Message();
        event.number(1, wallTime);
        event.bytes(7, log.toBytes());
        record(event.toBytes());
    }

    /** Notes the settings that led to the series. @param settings numbers, truth values, or what is shown as text, by name */
    public void hyperParameters(double wallTime, Map<String, Object> settings) {
        Message start = new Message();
        new TreeMap<>(settings).forEach((name, value) -> {
            Message entry = new Message();
            entry.text(1, name);
            entry.bytes(2, value(value).toBytes());
            start.bytes(1, entry.toBytes());
        });
        start.number(5, wallTime);
        Message content = new Message();
        content.bytes(3, start.toBytes());
        Message plugin = new Message();
        plugin.text(1, "hparams");
        plugin.bytes(2, content.toBytes());
        Message metadata = new Message();
        metadata.bytes(1, plugin.toBytes());
        Message value = new Message();
        value.text(1, "_hparams_/session_start_info");
        value.bytes(8, oneZero().toBytes()); // readers want a tensor, and look at none of its numbers
        value.bytes(9, metadata.toBytes());
        summary(wallTime, 0, value);
    }

    /** A {@code google.protobuf.Value}. */
    private static Message value(Object value) {
        Message message = new Message();
        if (value instanceof Number number) {
            message.number(2, number.doubleValue());
        } else if (value instanceof Boolean truth) {
            message.whole(4, truth ? 1 : 0);
        } else {
            message.text(3, value.toString());
        }
        return message;
    }

    /** A {@code TensorProto} of one 32-bit float. */
    private static Message oneZero() {
        Message size = new Message();
        size.whole(1, 1);
        Message shape = new Message();
        shape.bytes(2, size.toBytes());
        Message tensor = new Message();
        tensor.whole(1, 1);
        tensor.bytes(2, shape.toBytes());
        tensor.single(5, 0);
        return tensor;
    }

    /** The file as it stands. */
    public byte[] toBytes() {
        return file.toByteArray();
    }

    /** What was added since this was last called, or since the beginning. */
    public byte[] drain() {
        byte[] added = file.toByteArray();
        file.reset();
        return added;
    }

    private void record(byte[] payload) {
        byte[] length = littleEndian(8).putLong(payload.length).array();
        file.writeBytes(length);
        file.writeBytes(littleEndian(4).putInt(masked(length)).array());
        file.writeBytes(payload);
        file.writeBytes(littleEndian(4).putInt(masked(payload)).array());
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The checksum, turned right by 15 bits and shifted, so that a checksum of checksums stays useful. */
    static int masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    /** A protocol buffer message being built. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        void number(int field, double value) {
            variable(((long) field << 3) | 1);
            out.writeBytes(littleEndian(8).putDouble(value).array());
        }

        void single(int field, float value) {
            variable(((long) field << 3) | 5);
            out.writeBytes(littleEndian(4).putFloat(value).array());
        }

        void whole(int field, long value) {
            variable((long) field << 3);
            variable(value);
        }

        void text(int field, String value) {
            bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        void bytes(int field, byte[] value) {
            variable(((long) field << 3) | 2);
            variable(value.length);
            out.writeBytes(value);
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        private void variable(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
