package org.adapt4j.runtime.plugins;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads the jars of an executor. They see the platform, each other, and of the application what an executor is told in, so their libraries may
 * be of any version, and write their own logs.
 */
final class ExecutorClassLoader extends URLClassLoader {
    private static final List<String> SHARED = List.of("org.adapt4j.runtime.run.", "org.adapt4j.api.", "org.jspecify.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;

    ExecutorClassLoader(String name, List<URL> jars, ClassLoader application) {
        super("executor " + name, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.application = application;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return SHARED.stream().anyMatch(name::startsWith)
                ? application.loadClass(name)
                : super.loadClass(name, resolve);
    }
}
