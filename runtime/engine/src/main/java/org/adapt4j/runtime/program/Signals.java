package org.adapt4j.runtime.program;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Catches signals of the operating system.
 *
 * <p>Java offers no supported way to survive a signal: a shutdown hook runs once only and cannot tell a second Ctrl-C. The class {@code
 * sun.misc.Signal} is exported by {@code jdk.unsupported} for exactly this; it is reached by reflection because naming it is a warning that
 * cannot be switched off.
 */
public final class Signals {
    private Signals() {}

    /** Calls an action, on a thread of its own, at each signal of that name, such as {@code INT}; false if this machine has no such thing. */
    public static boolean on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object caught = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "handle" -> action.run();
                            case "hashCode" -> {
                                return System.identityHashCode(proxy);
                            }
                            case "equals" -> {
                                return proxy == arguments[0];
                            }
                            default -> {
                                return "handler of " + name;
                            }
                        }
                        return null;
                    });
            Object one = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, one, caught);
            return true;
        } catch (InvocationTargetException e) {
            // The virtual machine keeps this signal for itself, as under -Xrs.
            return false;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
