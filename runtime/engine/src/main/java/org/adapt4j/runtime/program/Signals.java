package org.adapt4j.runtime.program;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        return handle(name, action).isPresent();
    }

    /**
     * Does something that a person, a batch system or a lost terminal may want stopped: their signals interrupt this thread meanwhile, instead
     * of ending the process before it could clear up.
     *
     * @return false if it was to be stopped; then nothing that it threw is thrown, and the thread is no longer interrupted
     */
    public static boolean interruptible(Runnable work) {
        return interruptible(List.of("INT", "TERM", "HUP"), work);
    }

    static boolean interruptible(List<String> names, Runnable work) {
        Interruption interruption = new Interruption(Thread.currentThread());
        List<Runnable> restoring = new ArrayList<>();
        names.forEach(name -> handle(name, interruption::ask).ifPresent(restoring::add));
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!interruption.asked) {
                throw e;
            }
        } finally {
            restoring.forEach(Runnable::run);
            interruption.end();
        }
        return !interruption.asked;
    }

    /** Of one thread, and never once its work is over. */
    private static final class Interruption {
        private final Thread thread;
        private volatile boolean asked;
        private boolean over;

        private Interruption(Thread thread) {
            this.thread = thread;
        }

        private synchronized void ask() {
            if (!over) {
                asked = true;
                thread.interrupt();
            }
        }

        private synchronized void end() {
            over = true;
            if (asked) {
                var unused = Thread.interrupted();
            }
        }
    }

    /** @return what makes the signal do again what it did before; empty if it cannot be caught */
    private static Optional<Runnable> handle(String name, Runnable action) {
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
            Method handle = signal.getMethod("handle", signal, handler);
            Object before = handle.invoke(null, one, caught);
            return Optional.of(() -> {
                try {
                    handle.invoke(null, one, before);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("what caught SIG" + name + " before cannot be put back", e);
                }
            });
        } catch (InvocationTargetException e) {
            // The virtual machine keeps this signal for itself, as under -Xrs.
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
