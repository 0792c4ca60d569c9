package org.adapt4j.runtime.plugins;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.experiment.Catalogue;
import org.adapt4j.runtime.experiment.ComponentException;
import org.adapt4j.runtime.experiment.Executors;

/** The loaded plug-ins, what they offer, and the injector of the process that builds it. */
public final class PluginCatalogue implements Catalogue {

    private final List<LoadedPlugin> plugins;
    private final ClassLoader application;
    private final Executors executors;
    private final Injector process = Guice.createInjector(Stage.PRODUCTION, new StrictModule());

    PluginCatalogue(List<LoadedPlugin> plugins, ClassLoader application) {
        this.plugins = List.copyOf(plugins);
        this.application = application;
        this.executors = InstalledExecutors.ofThisProcess(application);
    }

    /** The plug-ins: bundled ones by id, then those of the user's folder. */
    public List<LoadedPlugin> plugins() {
        return plugins;
    }

    @Override
    public Optional<Entry> find(Kind kind, String name) {
        return plugins.stream()
                .flatMap(plugin -> Stream.ofNullable(plugin.contributions().get(kind)))
                .flatMap(entries -> Stream.ofNullable(entries.get(name)))
                .findFirst();
    }

    @Override
    public Set<String> names(Kind kind) {
        Set<String> names = new TreeSet<>();
        for (LoadedPlugin plugin : plugins) {
            Optional.ofNullable(plugin.contributions().get(kind)).ifPresent(entries -> names.addAll(entries.keySet()));
        }
        return names;
    }

    @Override
    public Executors executors() {
        return executors;
    }

    @Override
    public List<ClassLoader> loaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(application);
        plugins.forEach(plugin -> loaders.add(plugin.loader()));
        return List.copyOf(loaders);
    }

    /**
     * Builds an entry's class in a child of the process's injector, so that one component never sees another's bindings.
     *
     * @throws ComponentException if its constructor asks for something that is not there, or fails
     */
    @Override
    public Object build(Entry entry, Record settings, Map<Class<?>, Object> services) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(entry.type().getClassLoader());
        try {
            return process.createChildInjector(new ComponentModule(entry, settings, services))
                    .getInstance(entry.type());
        } catch (CreationException e) {
            throw failed(entry, e, e.getErrorMessages());
        } catch (ConfigurationException e) {
            throw failed(entry, e, e.getErrorMessages());
        } catch (ProvisionException e) {
            throw failed(entry, e, e.getErrorMessages());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ComponentException failed(Entry entry, RuntimeException e, Collection<Message> messages) {
        String plugin = "plug-in '" + entry.pluginId() + "'";
        Throwable cause = e.getCause();
        if (cause instanceof IllegalArgumentException) {
            return new ComponentException(plugin + " refuses its settings: " + cause.getMessage(), cause);
        }
        String what = plugin + ": " + entry.type().getName() + " cannot be built: ";
        if (cause != null) {
            return new ComponentException(what + "its constructor failed: " + cause, cause);
        }
        String reasons = messages.stream()
                .map(message -> message.getMessage().lines().findFirst().orElse(""))
                .distinct()
                .collect(Collectors.joining("; "));
        return new ComponentException(
                what + reasons + " A constructor marked @Inject may ask for the plug-in's settings record and for what"
                        + " the contract names.",
                e);
    }

    /** Nothing is bound that was not asked for by name. */
    private static final class StrictModule extends AbstractModule {
        @Override
        protected void configure() {
            binder().requireExplicitBindings();
            binder().requireAtInjectOnConstructors();
            binder().requireExactBindingAnnotations();
            binder().disableCircularProxies();
        }
    }

    /** The settings, the services and the class itself. */
    private static final class ComponentModule extends AbstractModule {
        private final Entry entry;
        private final Record settings;
        private final Map<Class<?>, Object> services;

        private ComponentModule(Entry entry, Record settings, Map<Class<?>, Object> services) {
            this.entry = entry;
            this.settings = settings;
            this.services = services;
        }

        @Override
        protected void configure() {
            install(new StrictModule());
            bind(entry.type());
            bindInstance(entry.settings(), settings);
            services.forEach(this::bindInstance);
        }

        private <T> void bindInstance(Class<T> type, Object instance) {
            bind(type).toInstance(type.cast(instance));
        }
    }
}
