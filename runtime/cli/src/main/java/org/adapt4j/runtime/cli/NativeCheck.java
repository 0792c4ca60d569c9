package org.adapt4j.runtime.cli;

import java.lang.reflect.InvocationTargetException;
import org.adapt4j.runtime.natives.DamagedLibraryException;
import org.adapt4j.runtime.natives.NativeLibraries;
import org.adapt4j.runtime.natives.UnsafeFolderException;
import org.adapt4j.runtime.natives.WrongLibraryException;
import org.adapt4j.runtime.program.Reasons;
import org.adapt4j.runtime.run.StorageException;

/** Loads libtorch as a cell would, without the command line knowing more of DJL than its name. */
final class NativeCheck {
    private NativeCheck() {}

    /**
     * Name and version of the tensor library, and where it is from.
     *
     * @throws NativeLibraryException if it is missing or cannot be loaded
     */
    static String version() {
        Object version = ask("getVersion");
        return "PyTorch " + version + " loads, "
                + NativeLibraries.ofThisProcess().describeTensors();
    }

    /**
     * How many accelerators it can use.
     *
     * @throws NativeLibraryException as above
     */
    static int accelerators() {
        return (int) ask("getGpuCount");
    }

    private static Object ask(String question) {
        try {
            NativeLibraries.ofThisProcess().readyForTensors();
            Class<?> type = Class.forName("ai.djl.engine.Engine");
            Object engine = type.getMethod("getEngine", String.class).invoke(null, "PyTorch");
            return type.getMethod(question).invoke(engine);
        } catch (UnsafeFolderException | DamagedLibraryException | WrongLibraryException | StorageException e) {
            throw new NativeLibraryException(String.valueOf(e.getMessage()), e);
        } catch (ClassNotFoundException e) {
            throw new NativeLibraryException("DJL is not on the class path", e);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new NativeLibraryException(Reasons.messages(cause), cause);
        } catch (ReflectiveOperationException e) {
            throw new NativeLibraryException("another version of DJL is on the class path: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new NativeLibraryException(Reasons.messages(e), e);
        }
    }
}
