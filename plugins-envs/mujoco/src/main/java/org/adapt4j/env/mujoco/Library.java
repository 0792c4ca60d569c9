package org.adapt4j.env.mujoco;

import java.util.HashMap;
import java.util.Map;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.a4jWarning;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads MuJoCo once per process, checks its version, and makes its errors exceptions and its warnings log lines.
 *
 * <p>MuJoCo's handlers are global, so the state here is the process's.
 */
final class Library {

    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    /** A warning of a kind is logged this often; a policy that learns may otherwise fill a disk. */
    private static final int REPETITIONS = 5;

    private static final String MEMORY = "org.bytedeco.javacpp.maxPhysicalBytes";

    private static @Nullable MujocoVersion loaded;

    /** Reachable for ever: native code calls it. */
    @SuppressWarnings("UnusedVariable")
    private static @Nullable Warnings warnings;

    private Library() {}

    /** The version of the library. Loads it at the first call. */
    static synchronized MujocoVersion version() {
        if (loaded == null) {
            loaded = load();
        }
        return loaded;
    }

    private static MujocoVersion load() {
        allowMemory();
        try {
            MujocoVersion version = new MujocoVersion(MuJoCo.mj_version());
            check(new MujocoVersion(MuJoCo.a4j_headerVersion()), version);
            warnings = new Warnings();
            MuJoCo.a4j_installHandlers(warnings);
            return version;
        } catch (LinkageError e) {
            throw new PhysicsException(
                    "MuJoCo's library cannot be loaded: " + e.getMessage()
                            + "; the jar adapt4j-env-mujoco carries it for Linux on x86-64 with glibc 2.34 or later,"
                            + " and needs libstdc++6 (apt-get install libstdc++6). Build it anew with ./mvnw -pl"
                            + " plugins-envs/mujoco -am clean package, with another MuJoCo by -Dmujoco.home=…",
                    e);
        }
    }

    /**
     * JavaCPP refuses to allocate where the process as a whole holds more than a multiple of the Java heap, which tensors outside
     * the heap easily do.
     */
    private static void allowMemory() {
        if (System.getProperty(MEMORY) == null) {
            System.setProperty(MEMORY, "0");
        }
    }

    /** Refuses a library of another version than the headers, and tells what another version than the tested one changes. */
    static void check(MujocoVersion headers, MujocoVersion library) {
        if (headers.number() != library.number()) {
            throw new PhysicsException("the binding was made from the headers of MuJoCo " + headers
                    + ", but the library that was found is MuJoCo " + library
                    + ", whose structs lie differently in memory; build anew with ./mvnw -pl plugins-envs/mujoco clean"
                    + " package -Dmujoco.home=… naming one release, and take other libmujoco.so out of"
                    + " LD_LIBRARY_PATH");
        }
        for (String difference : library.differences()) {
            LOG.warn("MuJoCo {} instead of {}: {}", library, MujocoVersion.TESTED, difference);
        }
    }

    /** Passes MuJoCo's warnings on. */
    private static final class Warnings extends a4jWarning {
        private final WarningLog log = new WarningLog();

        @Override
        public void call(BytePointer message) {
            log.hear(message.getString());
        }
    }

    /** Logs warnings, each kind a few times. */
    static final class WarningLog {
        private final Map<String, Integer> heard = new HashMap<>();

        /** Logs a warning, or keeps quiet if its kind was logged often enough. */
        synchronized boolean hear(String message) {
            int count = heard.merge(message.replaceAll("-?[0-9][0-9.e+-]*", "#"), 1, Integer::sum);
            if (count > REPETITIONS) {
                return false;
            }
            LOG.warn("MuJoCo: {}{}", message, count == REPETITIONS ? " (more of this kind are not logged)" : "");
            return true;
        }
    }
}
