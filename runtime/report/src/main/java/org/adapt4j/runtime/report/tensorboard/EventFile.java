package org.adapt4j.runtime.report.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Scalars as a TensorBoard event file, gathered in memory.
 *
 * <p>Each record is its length (u64, little endian), the masked CRC-32C of those eight bytes, the payload, and the masked
 * CRC-32C of the payload. The payload is the protocol buffer {@code Event}: 1 wall_time double, 2 step int64, 3
 * file_version string, 5 summary { 1 value { 1 tag string, 2 simple_value float } }. Source:
 * tensorflow/tensorboard, summary/writer/record_writer.py and compat/proto.
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
        event.bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        record(event.toBytes());
    }

    /** Adds one value of one series. */
    public void scalar(double wallTime, long step, String tag, double value) {
        Message scalar = new Message();
        scalar.bytes(1, tag.getBytes(StandardCharsets.UTF_8));
        scalar.single(2, (float) value);
        Message summary = new Message();
        summary.bytes(1, scalar.toBytes());
        Message event = new Message();
        event.number(1, wallTime);
        event.whole(2, step);
        event.bytes(5, summary.toBytes());
        record(event.toBytes());
    }

    /** The file as it stands. */
    public byte[] toBytes() {
        return file.toByteArray();
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
