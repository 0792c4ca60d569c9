package org.adapt4j.env.procgen;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Options of a native environment, each of the kind that the library wants; it would end the process at another. Reachable as long as they are used. */
final class NativeOptions {

    private static final int DTYPE_AT = Libenv.NAME_BYTES;
    private static final int COUNT_AT = DTYPE_AT + Integer.BYTES;
    private static final int DATA_AT = COUNT_AT + Integer.BYTES;

    private record Option(String name, int dtype, int count, Memory data) {}

    private final List<Option> options = new ArrayList<>();

    NativeOptions text(String name, String value) {
        return bytes(name, value.getBytes(StandardCharsets.UTF_8));
    }

    NativeOptions truth(String name, boolean value) {
        return bytes(name, new byte[] {(byte) (value ? 1 : 0)});
    }

    private NativeOptions bytes(String name, byte[] value) {
        Memory data = new Memory(value.length);
        data.write(0, value, 0, value.length);
        options.add(new Option(name, Libenv.UINT8, value.length, data));
        return this;
    }

    NativeOptions number(String name, int value) {
        Memory data = new Memory(Integer.BYTES);
        data.setInt(0, value);
        options.add(new Option(name, Libenv.INT32, 1, data));
        return this;
    }

    /** All of them as the library takes them. */
    Libenv.Options pack() {
        Memory items = new Memory((long) options.size() * Libenv.OPTION_BYTES);
        items.clear();
        for (int i = 0; i < options.size(); i++) {
            Option option = options.get(i);
            long at = (long) i * Libenv.OPTION_BYTES;
            items.setString(at, option.name(), "US-ASCII");
            items.setInt(at + DTYPE_AT, option.dtype());
            items.setInt(at + COUNT_AT, option.count());
            items.setPointer(at + DATA_AT, option.data());
        }
        return new Libenv.Options(items, options.size());
    }
}
