package org.adapt4j.api.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apiguardian.api.API;

/**
 * Something whose whole state can be written and read back, bit for bit, so that a killed run resumes where it stood.
 *
 * <p>The runtime calls these between two steps of a method's loop, never while another call is in progress.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Stateful {

    /** Writes everything that influences later behaviour. */
    void save(DataOutputStream out) throws IOException;

    /** Takes over a state written by an object that was built the same way. */
    void load(DataInputStream in) throws IOException;
}
