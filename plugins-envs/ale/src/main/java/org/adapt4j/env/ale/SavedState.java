package org.adapt4j.env.ale;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;

/**
 * What ALE saves, in memory that is written again and again: of some 15 kB, a few bytes more or less each time.
 *
 * <p>Read so far as to put another seed into it: six numbers, the length of the emulator's part, that part, two numbers,
 * all little-endian. The emulator's part ends with ALE's random numbers, a Mersenne Twister in the text form of the C++ standard library
 * with its length before it.
 */
final class SavedState {

    private static final int NUMBERS_BEFORE = 6 * Integer.BYTES;
    private static final int WORDS = 624;
    private static final int SPARE = 16;

    private byte[] bytes = new byte[0];
    private int length;

    /** A state of such bytes. */
    static SavedState of(byte[] bytes) {
        SavedState state = new SavedState();
        state.bytes = bytes;
        state.length = bytes.length;
        return state;
    }

    /** Takes over what an emulator saved. */
    void take(BytePointer saved) {
        length = (int) saved.limit();
        if (length > bytes.length) {
            // Room for random numbers that have more digits.
            bytes = new byte[length + length / SPARE];
        }
        saved.get(bytes, 0, length);
    }

    /** A copy in native memory, the caller's to close. */
    BytePointer copy() {
        return new BytePointer(length).put(bytes, 0, length);
    }

    /** A copy. */
    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(length);
        out.write(bytes, 0, length);
    }

    static SavedState read(DataInputStream in) throws IOException {
        byte[] read = new byte[in.readInt()];
        in.readFully(read);
        return of(read);
    }

    /** The same state, as if ALE had been started with that seed. */
    SavedState reseeded(int seed) {
        byte[] state = bytes();
        ByteBuffer saved = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        int begin = NUMBERS_BEFORE + Integer.BYTES;
        int end = begin + saved.getInt(NUMBERS_BEFORE);
        int text = end;
        while (text > begin && isText(state[text - 1])) {
            text--;
        }
        if (text == end || saved.getInt(text - Integer.BYTES) != end - text) {
            throw new IllegalStateException("ALE saved a state that does not end with its random numbers");
        }
        byte[] other = twister(seed).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer result =
                ByteBuffer.allocate(state.length - (end - text) + other.length).order(ByteOrder.LITTLE_ENDIAN);
        result.put(state, 0, text - Integer.BYTES).putInt(other.length).put(other);
        result.put(state, end, state.length - end);
        result.putInt(NUMBERS_BEFORE, text - begin + other.length);
        return of(result.array());
    }

    private static boolean isText(byte value) {
        return value == ' ' || value >= '0' && value <= '9';
    }

    /** MT19937 just seeded (Matsumoto and Nishimura 1998, initialisation of 2002): its words, and the place of the next, past the end. */
    private static String twister(int seed) {
        StringBuilder text = new StringBuilder();
        int word = seed;
        for (int i = 0; i < WORDS; i++) {
            if (i > 0) {
                word = 1812433253 * (word ^ word >>> 30) + i;
            }
            text.append(Integer.toUnsignedString(word)).append(' ');
        }
        return text.append(WORDS).toString();
    }
}
