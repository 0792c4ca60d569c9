package org.adapt4j.runtime.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.Enumeration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads one jar of the plug-in folder. It sees the platform, its own jar, and of the application the shared packages only,
 * classes and resources alike; so two plug-ins may hold different versions of a library. What halts the process exits from it instead.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;
    private final URL jar;

    PluginClassLoader(String name, URL jar, ClassLoader application) {
        super(name, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        this.application = application;
        this.jar = jar;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Optional<byte[]> changed = withoutHalts(name.replace('.', '/') + ".class");
        if (changed.isEmpty()) {
            return super.findClass(name);
        }
        byte[] code = changed.get();
        int lastDot = name.lastIndexOf('.');
        String packageName = lastDot < 0 ? "" : name.substring(0, lastDot);
        if (getDefinedPackage(packageName) == null) {
            definePackage(packageName, null, null, null, null, null, null, null);
        }
        return defineClass(name, code, 0, code.length, new CodeSource(jar, (CodeSigner[]) null));
    }

    private Optional<byte[]> withoutHalts(String file) throws ClassNotFoundException {
        URL place = findResource(file);
        if (place == null) {
            return Optional.empty();
        }
        try {
            URLConnection connection = place.openConnection();
            connection.setUseCaches(false); // what is kept open there outlives this loader, and the jar as it was
            try (InputStream in = connection.getInputStream()) {
                return Halts.replaced(in.readAllBytes());
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(file + " cannot be read", e);
        }
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
