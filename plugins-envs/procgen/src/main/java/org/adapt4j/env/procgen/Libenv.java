package org.adapt4j.env.procgen;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;

/**
 * The C interface of a library of environments, version 1, with the two functions that Procgen adds (openai/gym3, libenv.h; openai/procgen).
 *
 * <p>There are no error codes: a library that is asked for something wrong ends the process, so callers check everything first. An environment
 * may be used by one thread at a time, with a stack of more than 1 MiB.
 */
interface Libenv extends Library {

    int VERSION = 1;

    int UINT8 = 1;
    int INT32 = 2;

    int OBSERVATION = 1;
    int ACTION = 2;
    int INFO = 3;

    /** Bytes of a name, of a described tensor and of an option. */
    int NAME_BYTES = 128;

    int TENSOR_BYTES = 212;
    int OPTION_BYTES = 144;

    int libenvVersion();

    Pointer libenvMake(int environments, Options options);

    int libenvGetTensortypes(Pointer environment, int space, Pointer types);

    /** Makes the first levels; once for each environment. */
    void libenvSetBuffers(Pointer environment, Pointer buffers);

    void libenvObserve(Pointer environment);

    void libenvAct(Pointer environment);

    void libenvClose(Pointer environment);

    int getState(Pointer environment, int index, Pointer state, int length);

    void setState(Pointer environment, int index, Pointer state, int length);

    /** Options, passed by value. */
    @Structure.FieldOrder({"items", "count"})
    final class Options extends Structure implements Structure.ByValue {
        /** {@link #count} entries of {@link #OPTION_BYTES} bytes. */
        public Pointer items;

        public int count;

        Options(Pointer items, int count) {
            this.items = items;
            this.count = count;
        }
    }
}
