package org.adapt4j.env.ale;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.util.Map;
import java.util.Objects;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.toolkit.run.Causes;
import org.bytedeco.ale.ALEInterface;
import org.bytedeco.javacpp.Loader;

/** Loads the native library once per process, and keeps it from writing to the user's terminal. */
final class AleLibrary {

    /** Release of ALE, for results. */
    static final String VERSION = "0.7.3";

    private static final String LOADING = "org.bytedeco.javacpp.loadlibraries";

    private static final String MEMORY = "org.bytedeco.javacpp.maxPhysicalBytes";

    /** {@code ale::Logger::current_mode}: messages below this level are dropped; 2 is the highest level, errors. */
    private static final String LOG_LEVEL = "_ZN3ale6Logger12current_modeE";

    private static final int ABOVE_ALL_LEVELS = 3;
    private static final int RTLD_LAZY = 1;

    private AleLibrary() {}

    /**
     * Loads it if it is not there yet.
     *
     * @throws UnplayableTaskException if it cannot be loaded on this machine
     */
    static void load() {
        try {
            Once.load();
        } catch (LinkageError e) {
            throw new UnplayableTaskException("ALE's native library cannot be loaded on "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ": "
                    + Causes.root(e).getMessage()
                    + ". The jar ale-" + VERSION
                    + "-…-linux-x86_64 must be on the class path, and the folder that ADAPT4J_CACHE names (~/.cache/adapt4j if it is not"
                    + " set) must allow programs");
        }
    }

    /** Class initialisation happens once, and others wait for it. */
    private static final class Once {
        static {
            allowMemory();
            skipVersionCheck();
            Loader.load(ALEInterface.class);
            silence();
        }

        static void load() {}

        /**
         * JavaCPP refuses to allocate where the process as a whole holds more than twice the Java heap, which a replay outside the heap
         * easily does.
         */
        private static void allowMemory() {
            if (System.getProperty(MEMORY) == null) {
                System.setProperty(MEMORY, "0");
            }
        }

        /**
         * The binding was made for an older JavaCPP, with which it works; JavaCPP would say so on the user's terminal, unless it
         * is told that nothing is to be loaded yet.
         */
        private static void skipVersionCheck() {
            String before = System.getProperty(LOADING);
            System.setProperty(LOADING, "false");
            try {
                Class.forName(org.bytedeco.ale.presets.ale.class.getName());
            } catch (ClassNotFoundException e) {
                throw new LinkageError("no binding of ALE", e);
            } finally {
                if (before == null) {
                    System.clearProperty(LOADING);
                } else {
                    System.setProperty(LOADING, before);
                }
            }
        }

        /** The binding leaves out the logger. Opened lazily and locally, so that no symbol of ALE meets one of libtorch. */
        private static void silence() {
            String file = Objects.requireNonNull(Loader.getLoadedLibraries().get("ale"), "libale.so is not loaded");
            NativeLibrary.getInstance(file, Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY))
                    .getGlobalVariableAddress(LOG_LEVEL)
                    .setInt(0, ABOVE_ALL_LEVELS);
        }
    }
}
