package org.adapt4j.runtime.plugins;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads one jar of the plug-in folder. It sees the platform, its own jar, and of the application the shared packages only,
 * classes and resources alike; so two plug-ins may hold different versions of a library.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;

    PluginClassLoader(String name, URL jar, ClassLoader application) {
        super(name, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        this.application = application;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return SharedPackages.holdsClass(name) ? application.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return SharedPackages.holdsResource(name) ? application.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return SharedPackages.holdsResource(name) ? application.getResources(name) : super.getResources(name);
    }
}
